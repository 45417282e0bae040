"""A CSV or Parquet file goes in, a document a row comes out; a bad row is an error of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from dragoman.errors import InputError
from dragoman.read.checks import FIELDS, make_document
from dragoman.read.csv_rows import read_csv_rows
from dragoman.records import Document

_BATCH = 256


def read_csv(path: Path, *, defaults: Mapping[str, str | None]) -> Iterator[tuple[str, Document | InputError]]:
    """Rows of a CSV file with a header that names at least ``text``."""
    with path.open("rb") as file:
        rows = read_csv_rows(file, where=str(path), needs=("text",), remedy="Name the column with the article")
        for place, fields in rows:
            if isinstance(fields, InputError):
                yield place, fields
                continue
            try:
                yield place, make_document(fields, where=place, defaults=defaults)
            except InputError as problem:
                yield place, problem


def read_parquet(path: Path, *, defaults: Mapping[str, str | None]) -> Iterator[tuple[str, Document | InputError]]:
    """Rows of a Parquet file with a column ``text``; DuckDB reads it, so that no second reader is needed.

    One thread and the columns of a document: with more, several row groups are in memory at a time.
    """
    where = str(path)
    with duckdb.connect(config={"threads": 1}) as connection:
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
    file = [where]
    found = [
        column[0] for column in connection.execute("SELECT * FROM read_parquet(?) LIMIT 0", file).description or ()
    ]
    names = [name for name in FIELDS if name in found]
    if "text" not in names:
        columns = ", ".join(found)[:80]
        raise InputError(where, f"has no column 'text' (columns: {columns})", "Name the column with the article")
    result = connection.execute(f"SELECT {', '.join(names)} FROM read_parquet(?)", file)
    while batch := result.fetchmany(_BATCH):
        for values in batch:
            yield dict(zip(names, values, strict=True))
