"""Pieces of a file, read one by one, give what the whole file gives."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from dragoman.errors import InputError
from dragoman.read import read_inputs
from dragoman.read.filesystems import File, list_files
from dragoman.read.pieces import cut, place_in, read_piece
from dragoman.records import Document

NO_DEFAULTS: dict[str, str | None] = {}


def whole(path: Path) -> list[Any]:
    return [plain(item) for item in read_inputs([str(path)])]


def plain(item: object) -> object:
    return str(item) if isinstance(item, InputError) else item


def in_pieces(path: Path, size: int) -> list[Any]:
    """As a cluster reads: each piece by itself, lines counted in those before it."""
    (file,) = list_files(str(path))
    assert isinstance(file, File)
    found: list[Any] = []
    first = 1
    for piece in cut(file, size):
        piece = replace(piece, first=first)
        reader = read_piece(piece, NO_DEFAULTS)
        try:
            while True:
                found.append(plain(next(reader)[1]))
        except StopIteration as end:
            first += end.value
    return found


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "\n", "\n\n\n"])
def test_lines_belong_to_the_piece_in_which_they_begin(tmp_path: Path, ending: str, last: str) -> None:
    lines = ["{broken", "", *(json.dumps({"text": "Ünal met Øst. " * n}, ensure_ascii=False) for n in range(9)), "[]"]
    path = tmp_path / "a.jsonl"
    path.write_bytes((ending.join(lines) + last).encode("utf-8"))
    expected = whole(path)
    assert len(expected) == 11
    for size in range(1, path.stat().st_size + 1):
        assert in_pieces(path, size) == expected, size


def test_a_line_that_is_too_long_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.read.text.LONGEST_LINE", 60)
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps({"text": "Lima met Oslo. " * n}) for n in (1, 40, 2, 30, 3)), encoding="utf-8")
    expected = whole(path)
    assert [type(item) for item in expected] == [Document, str, Document, str, Document]
    for size in (1, 2, 5, 50, 333, 5000):
        assert in_pieces(path, size) == expected


def test_rows_are_shared_out_whatever_the_row_groups(tmp_path: Path) -> None:
    day = datetime.date(2018, 4, 12)
    columns = {
        "text": [f"Lima met Oslo {n} times." if n % 11 else "" for n in range(1000)],
        "id": list(range(1000)),
        "published": [day + datetime.timedelta(n) if n % 3 else None for n in range(1000)],
        "pages": [[n] for n in range(1000)],
    }
    path = tmp_path / "a.parquet"
    for rows in (1, 7, 300, 5000):
        parquet.write_table(pyarrow.table(columns), path, row_group_size=rows)
        expected = whole(path)
        assert len(expected) == 1000
        for number in (1, 2, 3, 17):
            assert in_pieces(path, path.stat().st_size // number) == expected


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("a.parquet", "has no column 'text'"),
        ("b.parquet", "is no"),
        ("c.txt", "is neither JSON"),
        ("d.jsonl", "is empty"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_once(tmp_path: Path, name: str, problem: str) -> None:
    path = tmp_path / name
    if name == "a.parquet":
        parquet.write_table(pyarrow.table({"words": ["Lima met Oslo."] * 99}), path)
    else:
        path.write_bytes(b"x" * 99 if name != "d.jsonl" else b"")
    (told,) = in_pieces(path, 10)
    assert told.startswith(f"{path}: {problem}")


def test_a_place_is_told_in_the_words_of_its_format(tmp_path: Path) -> None:
    for name, told in (("a.jsonl", "line 12"), ("a.parquet", "row 3")):
        (tmp_path / name).write_bytes(b"x" * 99)
        (file,) = list_files(str(tmp_path / name))
        assert isinstance(file, File)
        _, piece = cut(file, 50)
        assert place_in(replace(piece, first=10), 3) == f"{tmp_path / name}, {told}"
