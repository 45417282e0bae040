"""The three formats read back as what was written, and a file that is whole or not there."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dragoman.errors import DragomanError
from dragoman.export.files import FORMATS, partial_path, writing
from dragoman.export.rows import FLAT_COLUMNS, claim_row, flat_row
from dragoman.records import Claim, DateMention, Document, PlaceMention, SourceLink

Make = Callable[..., Claim]
DOCUMENT = Document(id="=1+1", text="=Lima “😀”, said Quito on Monday, had shelled\nTumbes.")
LINKS = (SourceLink("unspecified", "unspecified"), SourceLink("Équateur", "institution", (17, 22), "said", "ECUGOV"))


@pytest.fixture
def rows(claim_in: Make) -> list[dict[str, Any]]:
    """One claim with everything and one with nothing."""
    from dataclasses import replace

    full = claim_in(DOCUMENT, "shelled", actor=("Lima", "=HYPERLINK(1)", "PER"), chain=LINKS, about="c_2")
    date = DateMention((26, 32), 0, 5, 6, "DATE", "2020-02-03", "day")
    place = PlaceMention((46, 52), 0, 8, 9, 8, "Tumbes", "PER", -3.56, -80.45, 3691148, "city")
    full = replace(full, event=replace(full.event, date=date, place=place))
    bare = claim_in(DOCUMENT, "said", event_type="ACCUSE")
    bare = replace(bare, event=replace(bare.event, contexts=()))
    return [claim_row(full, DOCUMENT.text), claim_row(bare, DOCUMENT.text)]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    with writing(path) as writer:
        for row in rows:
            writer.write(row)
    return path


def test_json_lines_read_back(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    path = write(tmp_path / "a.jsonl", rows)
    assert [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] == rows
    assert b"\r" not in path.read_bytes()
    assert "Équateur" in path.read_text(encoding="utf-8")


def test_parquet_reads_back_with_its_nested_columns(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    path = write(tmp_path / "it's.parquet", rows)
    with duckdb.connect() as connection:
        result = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
        names = [column[0] for column in result.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    assert found == rows


def test_parquet_without_claims_has_its_columns(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    path = write(tmp_path / "a.parquet", [])
    with duckdb.connect() as connection:
        result = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
        assert [column[0] for column in result.description or ()] == list(rows[0])
        assert result.fetchall() == []


def test_parquet_of_many_claims(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    path = write(tmp_path / "a.parquet", [rows[1] | {"sentence": number} for number in range(2500)])
    with duckdb.connect() as connection:
        found = connection.execute("SELECT sentence FROM read_parquet(?)", [str(path)]).fetchall()
    assert [number for (number,) in found] == list(range(2500))


def test_csv_reads_back_with_the_columns_of_a_case_file(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    path = write(tmp_path / "a.csv", rows)
    with path.open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert list(first) == list(FLAT_COLUMNS)
    flat = flat_row(rows[0])
    assert first["trigger_text"] == "shelled"
    assert int(first["actor_start"]) == flat["actor_start"]
    assert float(first["intensity"]) == -9.0
    assert first["contexts"] == "military"
    assert first["place_country"] == "PER"
    assert json.loads(first["sources"]) == rows[0]["sources"]
    assert (second["actor_text"], second["place_name"], second["sources"]) == ("", "", "")


def test_csv_cells_that_a_spreadsheet_would_run_are_neutral(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    hostile = ["=cmd()", "+1", "-2+3", "@SUM(A1)", "\tx", "\rx"]
    path = write(tmp_path / "a.csv", [rows[0] | {"rule": text, "contexts": [text]} for text in hostile])
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert [row["rule"] for row in found] == ["'" + text for text in hostile]
    for row in found:
        for name, cell in row.items():
            is_number = name in ("intensity", "commitment", "place_latitude", "place_longitude")
            assert is_number or cell[:1] not in ("=", "+", "-", "@", "\t", "\r"), (name, cell)
        assert row["document"] == "'=1+1"


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_file_gets_its_name_only_when_it_is_whole(tmp_path: Path, rows: list[dict[str, Any]], suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text("what was there before", encoding="utf-8")
    with pytest.raises(RuntimeError, match="stopped"), writing(path) as writer:
        writer.write(rows[0])
        raise RuntimeError("stopped")
    assert path.read_text(encoding="utf-8") == "what was there before"
    assert not partial_path(path).exists()
    write(path, rows)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("name", ["a.xlsx", "a", "none/a.jsonl", "folder.csv"])
def test_a_file_that_can_not_be_written_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(DragomanError, match=name.partition("/")[0]), writing(tmp_path / name):
        pass


def test_the_same_rows_give_the_same_bytes(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    for suffix in FORMATS:
        first, second = (write(tmp_path / f"{n}{suffix}", rows).read_bytes() for n in "ab")
        assert first == second
