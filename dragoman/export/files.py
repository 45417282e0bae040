"""Rows go in one by one, a file comes out whole: it gets its name only when everything is in it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import duckdb

from dragoman.errors import DragomanError
from dragoman.export.rows import FLAT_COLUMNS, Row, flat_row

FORMATS = (".jsonl", ".csv", ".parquet")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Writer(Protocol):
    """What every format does: take rows, and make the file final."""

    def write(self, row: Row) -> None:
        """Take one row."""

    def finalize(self) -> None:
        """Give the file its name; nothing can be written after."""


class JsonLinesWriter:
    """One JSON object a line, keys in the order of the contract."""

    def __init__(self, path: Path) -> None:
        self._path, self._partial = path, partial_path(path)
        self._file = self._partial.open("w", encoding="utf-8", newline="\n")

    def write(self, row: Row) -> None:
        """Add one line."""
        self._file.write(json.dumps(row, ensure_ascii=False) + "\n")

    def finalize(self) -> None:
        """Close the file and give it its name."""
        self._file.close()
        self._partial.replace(self._path)


class CsvWriter:
    """One claim a row, one level of columns, the chain as JSON; cells that a spreadsheet would run are quoted."""

    def __init__(self, path: Path, columns: Iterable[str]) -> None:
        self._path, self._partial = path, partial_path(path)
        self._file = self._partial.open("w", encoding="utf-8", newline="")
        self._csv = csv.DictWriter(self._file, fieldnames=list(columns))
        self._csv.writeheader()

    def write(self, row: Row) -> None:
        """Add one row."""
        self._csv.writerow({key: _cell(value) for key, value in flat_row(row).items()})

    def finalize(self) -> None:
        """Close the file and give it its name."""
        self._file.close()
        self._partial.replace(self._path)


class ParquetWriter:
    """One claim a row with nested columns, written by DuckDB, so that no second library is needed."""

    def __init__(self, path: Path) -> None:
        self._path, self._partial = path, partial_path(path)
        self._connection = duckdb.connect()
        self._connection.execute(f"CREATE TABLE claims ({_PARQUET_COLUMNS})")
        self._waiting: list[Row] = []

    def write(self, row: Row) -> None:
        """Add one row."""
        self._waiting.append(row)
        if len(self._waiting) >= 1000:
            self._flush()

    def finalize(self) -> None:
        """Write the file and give it its name."""
        self._flush()
        target = str(self._partial).replace("'", "''")
        self._connection.execute(f"COPY claims TO '{target}' (FORMAT parquet)")
        self._connection.close()
        self._partial.replace(self._path)

    def _flush(self) -> None:
        if self._waiting:
            structure = json.dumps([_structure()])
            self._connection.execute(
                "INSERT INTO claims SELECT claim.* FROM (SELECT unnest(from_json(?, ?)) AS claim)",
                [json.dumps(self._waiting, ensure_ascii=False), structure],
            )
            self._waiting = []


def check_target(path: Path, formats: Iterable[str] = FORMATS) -> None:
    """Raise DragomanError where a file of that name could not be written, or its ending is none of ``formats``."""
    if path.suffix.lower() not in formats:
        raise DragomanError(f"{path}: unknown format {path.suffix!r}. Let the name end in {' or '.join(formats)}")
    if not path.absolute().parent.is_dir():
        raise DragomanError(f"{path}: there is no folder {path.parent}. Make it first")
    if path.is_dir():
        raise DragomanError(f"{path}: is a folder. Name a file")


def partial_path(path: Path) -> Path:
    """Where a file grows until it is whole."""
    return path.with_name(f".{path.name}.partial")


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        if all(isinstance(item, str) for item in value):
            return _cell("|".join(value))
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


_SPAN = "INTEGER[]"
_ACTOR = {"text": "VARCHAR", "span": _SPAN, "name": "VARCHAR", "code": "VARCHAR", "found": "VARCHAR"}
_COLUMNS: dict[str, Any] = {
    "id": "VARCHAR",
    "document": "VARCHAR",
    "sentence": "INTEGER",
    "sentence_span": _SPAN,
    "trigger": {"text": "VARCHAR", "span": _SPAN},
    "type": "VARCHAR",
    "mode": "VARCHAR",
    "contexts": "VARCHAR[]",
    "quad": "TINYINT",
    "intensity": "DOUBLE",
    "cameo": "VARCHAR",
    "actor": _ACTOR,
    "recipient": _ACTOR,
    "status": "VARCHAR",
    "commitment": "DOUBLE",
    "status_rule": "VARCHAR",
    "sources": [
        {"name": "VARCHAR", "text": "VARCHAR", "span": _SPAN, "cue": "VARCHAR", "kind": "VARCHAR", "code": "VARCHAR"}
    ],
    "quoted": "VARCHAR",
    "date": {"text": "VARCHAR", "span": _SPAN, "value": "VARCHAR", "granularity": "VARCHAR"},
    "place": {
        "text": "VARCHAR",
        "span": _SPAN,
        "name": "VARCHAR",
        "country": "VARCHAR",
        "latitude": "DOUBLE",
        "longitude": "DOUBLE",
        "geonames_id": "BIGINT",
        "precision": "VARCHAR",
    },
    "about": "VARCHAR",
    "codebook": "VARCHAR",
    "score": "DOUBLE",
    "rule": "VARCHAR",
}


def _sql_type(kind: Any) -> str:
    if isinstance(kind, dict):
        return "STRUCT(" + ", ".join(f'"{name}" {_sql_type(inner)}' for name, inner in kind.items()) + ")"
    if isinstance(kind, list):
        return _sql_type(kind[0]) + "[]"
    return str(kind)


def _structure() -> Any:
    """The columns in the notation of DuckDB's ``from_json``."""

    def shape(kind: Any) -> Any:
        if isinstance(kind, dict):
            return {name: shape(inner) for name, inner in kind.items()}
        if isinstance(kind, list):
            return [shape(kind[0])]
        return [kind.removesuffix("[]")] if kind.endswith("[]") else kind

    return shape(_COLUMNS)


_PARQUET_COLUMNS = ", ".join(f'"{name}" {_sql_type(kind)}' for name, kind in _COLUMNS.items())


@contextmanager
def writing(path: Path, formats: Iterable[str] = FORMATS) -> Iterator[Writer]:
    """The writer for the file's ending; the file is made final when the block ends well, else nothing is left.

    Raises DragomanError as ``check_target`` does.
    """
    check_target(path, formats)
    writer = _open_writer(path)
    try:
        yield writer
        writer.finalize()
    finally:
        partial_path(path).unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all."""
    partial = partial_path(path)
    try:
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _open_writer(path: Path) -> Writer:
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return CsvWriter(path, FLAT_COLUMNS)
    if suffix == ".parquet":
        return ParquetWriter(path)
    return JsonLinesWriter(path)
