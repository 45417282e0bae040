"""CSV and Parquet: a document a row; a bad row is an error of its own, a bad file is one error."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from dragoman.errors import InputError
from dragoman.read import read_inputs
from dragoman.records import Document


def texts(path: Path) -> list[str]:
    return [
        item.text if isinstance(item, Document) else f"! {item.where.rpartition('/')[2]}"
        for item in read_inputs([str(path)])
    ]


def write_parquet(path: Path, query: str, option: str = "COMPRESSION snappy") -> Path:
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, {option})")
    return path


def test_csv_rows_with_quoted_breaks_and_a_mark_at_the_start(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'\xef\xbb\xbftext,published,extra\r\n"Lima, Peru.\r\n\r\nQuito.",2020-02-03,x\r\nBogota.,,\r\n')
    first, second = read_inputs([str(path)])
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.text, first.published) == ("Lima, Peru.\r\n\r\nQuito.", "2020-02-03")
    assert (second.text, second.published) == ("Bogota.", None)


def test_bad_csv_rows_are_named_and_the_others_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,text,published\n1,Lima.,2020-02-03\n2,,\n3,Quito.,soon\n4,caf\xe9,\n5,Bogota.,\n6\n")
    assert texts(path) == [
        "Lima.",
        "! a.csv, line 3",
        "! a.csv, line 4",
        "! a.csv, line 5",
        "Bogota.",
        "! a.csv, line 7",
    ]


def test_csv_without_a_text_column_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("headline,body\nLima,Quito\n", encoding="utf-8")
    (problem,) = read_inputs([str(path)])
    assert isinstance(problem, InputError)
    assert "'text'" in problem.problem
    assert "headline, body" in problem.problem


def test_csv_with_old_line_ends_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,text\r1,Lima.\r2,Quito.\r")
    assert texts(path) == ["! a.csv"]


def test_parquet_rows_with_dates_and_numbers(tmp_path: Path) -> None:
    path = write_parquet(
        tmp_path / "a [1].parquet",
        "SELECT 7 AS id, 'Lima.' AS text, DATE '2020-02-03' AS published UNION ALL SELECT 8, NULL, NULL ORDER BY id",
    )
    first, second = read_inputs([str(path)])
    assert isinstance(first, Document)
    assert (first.id, first.published) == ("7", date(2020, 2, 3).isoformat())
    assert isinstance(second, InputError)
    assert second.where == f"{path}, row 2"


def test_malformed_parquet_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1" + b"\x15\x04" * 200 + b"PAR1")
    assert texts(path) == ["! a.parquet"]


def test_truncated_parquet_is_one_error(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "a.parquet", "SELECT 'Lima ' || range AS text FROM range(2000)")
    path.write_bytes(path.read_bytes()[:-100])
    assert texts(path) == ["! a.parquet"]


def test_parquet_whose_data_is_broken_behind_a_sound_footer_is_told(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "a.parquet", "SELECT 'Lima ' || range AS text FROM range(2000)")
    data = bytearray(path.read_bytes())
    data[40:400] = b"\xff" * 360
    path.write_bytes(data)
    assert texts(path)[-1].startswith("! a.parquet")


def test_parquet_without_a_text_column_is_one_error(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "a.parquet", "SELECT 'Lima.' AS body")
    (problem,) = read_inputs([str(path)])
    assert isinstance(problem, InputError)
    assert "columns: body" in problem.problem


def test_parquet_of_many_row_groups_is_read_in_order_without_its_other_columns(tmp_path: Path) -> None:
    path = write_parquet(
        tmp_path / "a.parquet",
        "SELECT {'a': [range]} AS nested, 'Lima ' || range AS text, 'x' AS \"odd \"\"name\", range AS id "
        "FROM range(9000)",
        "ROW_GROUP_SIZE 2048",
    )
    found = [item for item in read_inputs([str(path)]) if isinstance(item, Document)]
    assert [(d.id, d.text) for d in found] == [(str(n), f"Lima {n}") for n in range(9000)]
