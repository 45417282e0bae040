"""A CSV or Parquet file goes in, a document a row comes out; a bad row is an error of its own."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

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
        except InputError as problem:
            yield where, problem
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
                yield (
                    place,
                    problem
                    if isinstance(problem, InputError)
                    else InputError(place, f"is not CSV ({problem})", "Mend its quotes"),
                )
                continue
            place = f"{where}, line {lines.number}"
            try:
                yield place, make_document(fields, where=place, defaults=defaults)
            except InputError as problem:
                yield place, problem


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
            result = connection.execute("SELECT * FROM read_parquet(?)", [where])
        except duckdb.Error as problem:
            first = str(problem).splitlines()[0]
            yield where, InputError(where, f"is not a readable Parquet file ({first})", "Write it again")
            return
        names = [column[0] for column in result.description or ()]
        if "text" not in names:
            yield where, InputError(where, f"has no column 'text' (columns: {', '.join(names)})", "Name the column")
            return
        number = 0
        while batch := result.fetchmany(_BATCH):
            for values in batch:
                number += 1
                place = f"{where}, row {number}"
                try:
                    yield place, make_document(dict(zip(names, values, strict=True)), where=place, defaults=defaults)
                except InputError as problem:
                    yield place, problem
