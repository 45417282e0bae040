"""A query of a case file goes in; its rows stay in memory to be asked again, while the file is free for others."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from dragoman.store.database import CaseFile, Flat


class Snapshot:
    """The rows of a query over a case file as table ``name``, in a database of their own in memory."""

    def __init__(self, case: CaseFile, name: str, sql: str) -> None:
        self._memory = duckdb.connect(":memory:")
        with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
            file = str(Path(folder) / "rows.parquet").replace("'", "''")
            case.connection.execute(f"COPY ({sql}) TO '{file}' (FORMAT parquet)")
            self._memory.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{file}')")

    def execute(self, script: str, values: Mapping[str, Any] | None = None) -> None:
        """Run a script: macros, tables that follow from the rows, changes."""
        self._memory.execute(script, dict(values or {}))

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> list[Flat]:
        """The rows that a query finds, as dictionaries; several threads may ask at once."""
        result = self._memory.cursor().execute(sql, dict(values or {}))
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
