"""A CSV or Parquet file goes in, a document a row comes out; a bad row is an error of its own."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from dragoman.errors import InputError
from dragoman.read.checks import make_document
from dragoman.read.limits import LONGEST_LINE
from dragoman.read.text import decode, read_lines
from dragoman.records import Document

_BATCH = 256


def read_csv(path: Path, *, defaults: Mapping[str, str | None]) -> Iterator[tuple[str, Document | InputError]]:
    """Rows of a CSV file with a header that names at least ``text``."""
    where = str(path)
    csv.field_size_limit(LONGEST_LINE)
    with path.open("rb") as file:
        lines = _CsvLines(file=read_lines(file, where=where), where=where)
        rows = csv.DictReader(lines)
        try:
            header = rows.fieldnames or []
        except (InputError, csv.Error) as problem:
            yield where, _not_csv(problem, where)
            return
        if "text" not in header:
            names = ", ".join(map(str, header))[:80]
            yield (
                where,
                InputError(where, f"has no column 'text' (columns: {names})", "Name the column with the article"),
            )
            return
        while True:
            try:
                fields = next(rows)
            except StopIteration:
                return
            except (InputError, csv.Error) as problem:
                place = f"{where}, line {lines.number}"
                yield place, _not_csv(problem, place)
                continue
            place = f"{where}, line {lines.number}"
            try:
                yield place, make_document(fields, where=place, defaults=defaults)
            except InputError as problem:
                yield place, problem


def _not_csv(problem: InputError | csv.Error, where: str) -> InputError:
    if isinstance(problem, InputError):
        return problem
    return InputError(where, f"is not CSV ({problem})", "Mend its quotes and line breaks")


class _CsvLines:
    """Decoded lines for the csv module; remembers the number of the last one."""

    def __init__(self, *, file: Iterator[tuple[int, bytes | InputError]], where: str) -> None:
        self._file, self._where, self.number = file, where, 0

    def __iter__(self) -> _CsvLines:
        return self

    def __next__(self) -> str:
        self.number, line = next(self._file)
        if isinstance(line, InputError):
            raise line
        text = decode(line, where=self._where, first_line=self.number)
        return text.removeprefix("\ufeff") if self.number == 1 else text


def read_parquet(path: Path, *, defaults: Mapping[str, str | None]) -> Iterator[tuple[str, Document | InputError]]:
    """Rows of a Parquet file with a column ``text``; DuckDB reads it, so that no second reader is needed."""
    where = str(path)
    with duckdb.connect() as connection:
        try:
            for number, fields in enumerate(_parquet_rows(connection, where), start=1):
                place = f"{where}, row {number}"
                try:
                    yield place, make_document(fields, where=place, defaults=defaults)
                except InputError as problem:
                    yield place, problem
        except duckdb.Error as broken:
            first = str(broken).splitlines()[0]
            yield where, InputError(where, f"is not a readable Parquet file ({first})", "Write it again")
        except InputError as problem:
            yield where, problem


def _parquet_rows(connection: duckdb.DuckDBPyConnection, where: str) -> Iterator[dict[str, Any]]:
    result = connection.execute("SELECT * FROM read_parquet(?)", [where])
    names = [column[0] for column in result.description or ()]
    if "text" not in names:
        columns = ", ".join(names)[:80]
        raise InputError(where, f"has no column 'text' (columns: {columns})", "Name the column with the article")
    while batch := result.fetchmany(_BATCH):
        for values in batch:
            yield dict(zip(names, values, strict=True))
