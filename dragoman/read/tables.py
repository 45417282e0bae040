"""A CSV or Parquet file goes in, a document a row comes out; a bad row is an error of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
            file = [where]
            told = connection.execute("SELECT * FROM read_parquet(?) LIMIT 0", file).description or ()
            names = document_columns([column[0] for column in told], where=where)
            result = connection.execute(f"SELECT {', '.join(names)} FROM read_parquet(?)", file)
            first = 1
            while batch := result.fetchmany(_BATCH):
                yield from _documents(batch, names, where=where, first=first, defaults=defaults)
                first += len(batch)
        except duckdb.Error as broken:
            yield where, unreadable_parquet(where, str(broken))
        except InputError as problem:
            yield where, problem


def read_batches(
    batches: Iterable[Any], names: Sequence[str], *, where: str, first: int, defaults: Mapping[str, str | None]
) -> Iterator[tuple[str, Document | InputError]]:
    """Arrow tables with the columns ``names`` as ``read_parquet`` reads their file; the rows count from ``first``.

    DuckDB makes values of them here too, so that a day or a number is told in the same words.
    """
    with duckdb.connect(config={"threads": 1}) as connection:
        try:
            for table in batches:
                connection.register("batch", table)
                values = connection.execute(f"SELECT {', '.join(names)} FROM batch").fetchall()
                connection.unregister("batch")
                yield from _documents(values, names, where=where, first=first, defaults=defaults)
                first += len(values)
        except duckdb.Error as broken:
            yield where, unreadable_parquet(where, str(broken))


def document_columns(found: Sequence[str], *, where: str) -> list[str]:
    """Those of a file's columns that tell something of a document.  Raises InputError where there is no ``text``."""
    names = [name for name in FIELDS if name in found]
    if "text" not in names:
        columns = ", ".join(found)[:80]
        raise InputError(where, f"has no column 'text' (columns: {columns})", "Name the column with the article")
    return names


def unreadable_parquet(where: str, problem: str) -> InputError:
    """The error for a file that is no Parquet."""
    first = problem.splitlines()[0] if problem else "nothing is known"
    return InputError(where, f"is not a readable Parquet file ({first})", "Write it again")


def _documents(
    rows: Iterable[Sequence[Any]],
    names: Sequence[str],
    *,
    where: str,
    first: int,
    defaults: Mapping[str, str | None],
) -> Iterator[tuple[str, Document | InputError]]:
    for number, values in enumerate(rows, start=first):
        place = f"{where}, row {number}"
        try:
            yield place, make_document(dict(zip(names, values, strict=True)), where=place, defaults=defaults)
        except InputError as problem:
            yield place, problem
