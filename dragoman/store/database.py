"""Documents and their claims go in, a case file (DuckDB, one file) grows; the same document twice changes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb

from dragoman.errors import CaseError, InputError
from dragoman.records import Document

SCHEMA_VERSION = "2"
Flat = dict[str, Any]


class CaseFile:
    """An open case file; use ``open_case``."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def known_documents(self) -> dict[str, tuple[str, str]]:
        """The documents already there: id to the run that coded them and the digest of their text."""
        found = self.connection.execute("SELECT id, run, sha256(text) FROM documents").fetchall()
        return {document: (run, digest) for document, run, digest in found}

    def add(self, batch: Sequence[tuple[Document, Sequence[Flat]]], *, run: str) -> None:
        """Add documents with the flat rows of their claims, all or nothing.

        A document that is there already is replaced with its claims when another run coded it.
        """
        structure = json.dumps([_structure(self.connection, "claims")])
        with self._transaction():
            for d, _ in batch:
                self._remove(d.id)
                fields = [d.id, d.text, d.published, d.publisher, d.title, d.url, d.language, run]
                self.connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)", fields)
            claims = [{k: v for k, v in row.items() if k != "sources"} for _, rows in batch for row in rows]
            if claims:
                self.connection.execute(
                    _sql("insert.sql"), {"claims": json.dumps(claims, ensure_ascii=False), "structure": structure}
                )
            self._add_sources(row for _, rows in batch for row in rows)

    def add_failures(self, problems: Iterable[InputError]) -> None:
        """Record what could not be read or coded, and why."""
        for problem in problems:
            self.connection.execute(
                "INSERT OR REPLACE INTO failures VALUES (?, ?, ?)", [problem.where, problem.problem, problem.remedy]
            )

    def start_run(self, *, version: str, codebook: str, model: str) -> str:
        """The id of the run with this version, codebook and model; the same ones give the same id."""
        run = "r_" + hashlib.sha256("\x1f".join((version, codebook, model)).encode()).hexdigest()[:12]
        self.connection.execute("INSERT OR IGNORE INTO runs VALUES (?, ?, ?, ?)", [run, version, codebook, model])
        return run

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> list[Flat]:
        """The rows that a query finds, as dictionaries."""
        result = self.connection.execute(sql, dict(values or {}))
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def sources(self, claims: Iterable[str]) -> dict[str, list[Flat]]:
        """The source chains of claims, outermost first, by claim."""
        found: dict[str, list[Flat]] = {}
        for row in self.rows(
            "SELECT * FROM sources WHERE claim IN (SELECT unnest($ids)) ORDER BY claim, position", {"ids": list(claims)}
        ):
            found.setdefault(row["claim"], []).append(row)
        return found

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def _remove(self, document: str) -> None:
        self.connection.execute(
            "DELETE FROM sources WHERE claim IN (SELECT id FROM claims WHERE document = ?)", [document]
        )
        self.connection.execute("DELETE FROM claims WHERE document = ?", [document])
        self.connection.execute("DELETE FROM documents WHERE id = ?", [document])

    def _add_sources(self, rows: Iterable[Flat]) -> None:
        links = [
            [row["id"], position, link["name"], link["kind"], link["code"], link["cue"], link["text"]]
            + (link["span"] or [None, None])
            for row in rows
            for position, link in enumerate(row["sources"])
        ]
        if links:
            self.connection.executemany("INSERT OR IGNORE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", links)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.connection.execute("BEGIN")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")


@contextmanager
def open_case(path: Path | str, *, read_only: bool = False) -> Iterator[CaseFile]:
    """Open a case file, and make it when it is not there.

    Raises CaseError where the file is no case file, of another version, or open elsewhere.
    """
    path = Path(path)
    if read_only and not path.exists():
        raise CaseError(f"{path}: there is no such case file. Make one with: dragoman code ARTICLES --to {path}")
    try:
        connection = duckdb.connect(str(path), read_only=read_only)
    except duckdb.Error as problem:
        raise CaseError(_explain(path, str(problem))) from problem
    try:
        if not read_only:
            _lay_out(connection)
        _check_version(path, connection)
        yield CaseFile(connection)
    finally:
        connection.close()


def _lay_out(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables in a new file; a file with tables of its own is left as it is."""
    if connection.execute("SELECT 1 FROM duckdb_tables() LIMIT 1").fetchone() is None:
        connection.execute("BEGIN")
        connection.execute(_sql("schema.sql"))
        connection.execute("INSERT INTO meta VALUES ('schema', ?)", [SCHEMA_VERSION])
        connection.execute("COMMIT")


def _check_version(path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    try:
        found = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    except duckdb.CatalogException as problem:
        raise CaseError(f"{path}: is a DuckDB file, but no case file. Name another with --to or as CASE") from problem
    if found is None or found[0] != SCHEMA_VERSION:
        raise CaseError(
            f"{path}: was made by another version (layout {found and found[0]}, this one needs {SCHEMA_VERSION}). "
            "Code the articles again into a new file"
        )


def _explain(path: Path, problem: str) -> str:
    if "lock" in problem.lower():
        return f"{path}: another program is writing to it. Wait until it has finished, then try again"
    first = problem.splitlines()[0]
    return f"{path}: can't be opened as a case file ({first}). Check the path, or name a file that ends in .duckdb"


def _structure(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, Any]:
    columns = connection.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", [table]
    ).fetchall()
    return {name: [kind.removesuffix("[]")] if kind.endswith("[]") else kind for name, kind in columns}


def _sql(name: str) -> str:
    return resources.files("dragoman.store").joinpath(name).read_text(encoding="utf-8")
