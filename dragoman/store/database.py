"""Documents and their claims go in, a case file (DuckDB, one file) grows; the same document twice changes nothing."""

from __future__ import annotations

import hashlib
import json
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb
from filelock import FileLock, Timeout

from dragoman.errors import AbsentError, CaseError, InputError
from dragoman.records import Document, Skipped, Span
from dragoman.store.turns import turn

SCHEMA_VERSION = "5"
# How long a command waits for another one that has the file open for a moment.
_PATIENCE = 20.0
# The scripts that bring a layout to the next one.
MIGRATIONS: Mapping[str, Sequence[str]] = {
    "2": ("from_2_to_3.sql", "sketch.sql", "reviews.sql"),
    "3": ("added.sql", "reviewed.sql"),
    "4": ("intake.sql",),
}
Flat = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Added:
    """A document to be added, with the spans of its sentences and the flat rows of its claims."""

    document: Document
    sentences: Sequence[Span]
    claims: Sequence[Flat]


class CaseFile:
    """An open case file; use ``open_case``."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self._prepared: dict[str, str] = {}

    def prepare(self, what: str, script: str) -> None:
        """Run a script that makes the temporary tables ``what``, unless they are there from the same script."""
        if self._prepared.get(what) != script:
            self.connection.execute(script)
            self._prepared[what] = script

    def changed(self) -> None:
        """Forget what was prepared, since claims or decisions have changed."""
        self._prepared.clear()

    def known_documents(self) -> dict[str, tuple[str, str]]:
        """The documents already there: id to the run that coded them and the digest of their text."""
        found = self.connection.execute("SELECT id, run, sha256(text) FROM documents").fetchall()
        return {document: (run, digest) for document, run, digest in found}

    def documents(self, ids: Sequence[str]) -> list[Document]:
        """Documents as they were read, in the order of ``ids``."""
        rows = self.rows("SELECT * FROM documents WHERE id IN (SELECT unnest($ids))", {"ids": list(ids)})
        found = {
            row["id"]: Document(
                id=row["id"],
                text=row["text"],
                published=row["published"] and row["published"].isoformat(),
                publisher=row["publisher"],
                title=row["title"],
                url=row["url"],
                language=row["language"],
            )
            for row in rows
        }
        return [found[each] for each in ids if each in found]

    def document(self, document: str) -> Flat:
        """A document with its text.  Raises AbsentError where there is none of that id."""
        found = self.rows("SELECT * EXCLUDE (run) FROM documents WHERE id = $document", {"document": document})
        if not found:
            raise AbsentError(f"there is no document {document!r}. List documents with: dragoman show CASE --json")
        return found[0]

    def add(self, batch: Sequence[Added], *, run: str) -> None:
        """Add documents with their sentences and the flat rows of their claims, all or nothing.

        A document that is there already is replaced; what another run had coded in it is kept in ``earlier``.
        """
        structure = json.dumps([_structure(self.connection, "claims")])
        ids = [each.document.id for each in batch]
        self.changed()
        with self.transaction():
            self._make_room(ids, run)
            documents = (each.document for each in batch)
            self._insert(
                "documents",
                [(d.id, d.text, d.published, d.publisher, d.title, d.url, d.language, run) for d in documents],
            )
            self.connection.execute(read_sql("sketch.sql"))
            self._insert(
                "sentences",
                [
                    (each.document.id, number, start, end)
                    for each in batch
                    for number, (start, end) in enumerate(each.sentences)
                ],
            )
            claims = [{k: v for k, v in row.items() if k != "sources"} for each in batch for row in each.claims]
            if claims:
                self.connection.execute(
                    read_sql("insert.sql"),
                    {"claims": json.dumps(claims, ensure_ascii=False), "structure": structure},
                )
            self._add_sources(row for each in batch for row in each.claims)
            self.keep_added(ids)

    def keep_added(self, documents: Sequence[str]) -> None:
        """Make anew what people added to these documents, inside the transaction that changes either."""
        these = {"documents": list(documents)}
        about = "WHERE document IN (SELECT unnest($documents))"
        if not self.rows(f"SELECT 1 FROM reviews {about} AND action = 'add' LIMIT 1", these):
            return
        self.connection.execute(f"DELETE FROM added_sources WHERE claim IN (SELECT id FROM added {about})", these)
        self.connection.execute(f"DELETE FROM added {about}", these)
        structure = json.dumps(_structure(self.connection, "claims"))
        self.connection.execute(read_sql("keep_added.sql"), {**these, "structure": structure})
        self.connection.execute(read_sql("keep_chains.sql"), these)

    def add_failures(self, problems: Iterable[InputError]) -> None:
        """Record what could not be read or coded, and why."""
        for problem in problems:
            self.connection.execute(
                "INSERT OR REPLACE INTO failures VALUES (?, ?, ?)", [problem.where, problem.problem, problem.remedy]
            )

    def add_skipped(self, passed_over: Iterable[Skipped]) -> None:
        """Record what was passed over without being a fault, and why."""
        for each in passed_over:
            self.connection.execute(
                "INSERT OR REPLACE INTO skipped VALUES (?, ?, ?)", [each.where, each.reason, each.number]
            )

    def start_run(self, *, version: str, codebook: str, model: str) -> str:
        """The id of the run, which is written down where it is new."""
        run = run_id(version=version, codebook=codebook, model=model)
        self.connection.execute(
            "INSERT OR IGNORE INTO runs SELECT ?, ?, ?, ?, (SELECT count(*) + 1 FROM runs)",
            [run, version, codebook, model],
        )
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
            "SELECT * FROM reviewed_sources WHERE claim IN (SELECT unnest($ids)) ORDER BY claim, position",
            {"ids": list(claims)},
        ):
            found.setdefault(row["claim"], []).append(row)
        return found

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def _make_room(self, documents: Sequence[str], run: str) -> None:
        """Take out documents that are there, with all that was coded in them; what another run coded is set aside."""
        these = "(SELECT unnest($documents))"
        if not self.rows(f"SELECT 1 FROM documents WHERE id IN {these} LIMIT 1", {"documents": list(documents)}):
            return
        self.connection.execute(read_sql("set_aside.sql"), {"documents": list(documents), "run": run})
        for where in (
            f"sources WHERE claim IN (SELECT id FROM claims WHERE document IN {these})",
            f"claims WHERE document IN {these}",
            f"sentences WHERE document IN {these}",
            f"sketches WHERE document IN {these}",
            f"documents WHERE id IN {these}",
        ):
            self.connection.execute(f"DELETE FROM {where}", {"documents": list(documents)})

    def _add_sources(self, rows: Iterable[Flat]) -> None:
        fields = ("name", "kind", "code", "cue", "text")
        links = {
            (row["id"], position): (*(link[field] for field in fields), *(link["span"] or (None, None)))
            for row in rows
            for position, link in enumerate(row["sources"])
        }
        self._insert("sources", [key + link for key, link in links.items()])

    def _insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add whole rows, all at once; what is there already under their key stays."""
        if rows:
            values = {f"c{number}": list(column) for number, column in enumerate(zip(*rows, strict=True))}
            columns = ", ".join(f"unnest(${name})" for name in values)
            self.connection.execute(f"INSERT OR IGNORE INTO {table} SELECT {columns}", values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is done inside is kept whole or not at all."""
        self.connection.execute("BEGIN")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")


def run_id(*, version: str, codebook: str, model: str) -> str:
    """The id of the run with this version, codebook and model; the same ones give the same id."""
    return "r_" + hashlib.sha256("\x1f".join((version, codebook, model)).encode()).hexdigest()[:12]


@contextmanager
def open_case(path: Path | str, *, read_only: bool = False) -> Iterator[CaseFile]:
    """Open a case file, and make it when it is not there.  One of an earlier layout is brought up to date.

    Where another program has it open, waits some seconds for it; other threads of this one wait their turn.
    Raises CaseError where the file is no case file, of a later version, or stays open elsewhere.
    """
    path = Path(path)
    if read_only and not path.exists():
        raise AbsentError(f"{path}: there is no such case file. Make one with: dragoman code ARTICLES --to {path}")
    with ExitStack() as stack:
        connection = _enter(stack, path, read_only=read_only)
        if read_only and _layout(path, connection) in MIGRATIONS:
            stack.close()
            with open_case(path):
                pass
            connection = _enter(stack, path, read_only=True)
        if not read_only:
            _lay_out(connection)
            _migrate(path, connection)
        if (found := _layout(path, connection)) != SCHEMA_VERSION:
            raise CaseError(
                f"{path}: was made by another version (layout {found}, this one needs {SCHEMA_VERSION}). "
                "Install the version that made it, or code the articles again into a new file"
            )
        yield CaseFile(connection)


@contextmanager
def attached(case: CaseFile, other: Path) -> Iterator[None]:
    """Read a second case file beside the first, as ``other``."""
    with open_case(other, read_only=True):
        pass  # is there, and of this layout
    own = case.rows("SELECT path FROM duckdb_databases() WHERE NOT internal")[0]["path"]
    if other.samefile(own):
        raise CaseError(f"{other}: is the same case file twice. Name two different files")
    name = str(other).replace("'", "''")
    case.connection.execute(f"ATTACH '{name}' AS other (READ_ONLY)")
    try:
        yield
    finally:
        case.connection.execute("DETACH other")


@contextmanager
def sole_writer(path: Path | str) -> Iterator[None]:
    """Keep other commands from writing the same file meanwhile; reading a case file stays possible.

    Raises CaseError at once where another command is adding to it.
    """
    name = hashlib.sha256(str(Path(path).resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
    folder = Path(tempfile.gettempdir())
    lock = FileLock(folder / f"dragoman-{name}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as problem:
        raise CaseError(
            f"{path}: another dragoman is adding to it. Wait until it has finished, or name another file"
        ) from problem
    try:
        yield
    finally:
        lock.release()


def _enter(stack: ExitStack, path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """A connection, once it is this thread's turn; the stack closes it."""
    stack.enter_context(turn(path, read_only=read_only))
    connection = _connect(path, read_only=read_only)
    stack.callback(connection.close)
    return connection


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Connect; while another program has the file locked, try again for some seconds."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            return duckdb.connect(str(path), read_only=read_only)
        except duckdb.Error as problem:
            if not _passes(str(problem)) or time.monotonic() > deadline:
                raise CaseError(_explain(path, str(problem))) from problem
            time.sleep(0.05)


def _lay_out(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables in a new file; a file with tables of its own is left as it is."""
    if connection.execute("SELECT 1 FROM duckdb_tables() LIMIT 1").fetchone() is None:
        connection.execute("BEGIN")
        connection.execute(read_sql("schema.sql"))
        for script in ("intake.sql", "reviews.sql", "added.sql", "reviewed.sql"):
            connection.execute(read_sql(script))
        connection.execute("INSERT INTO meta VALUES ('schema', ?)", [SCHEMA_VERSION])
        connection.execute("COMMIT")


def _migrate(path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Bring an earlier layout up to date, step by step, each step whole or not at all."""
    while (found := _layout(path, connection)) in MIGRATIONS:
        connection.execute("BEGIN")
        for script in MIGRATIONS[found]:
            connection.execute(read_sql(script))
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [str(int(found) + 1)])
        connection.execute("COMMIT")


def _layout(path: Path, connection: duckdb.DuckDBPyConnection) -> str:
    try:
        found = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    except duckdb.CatalogException as problem:
        raise CaseError(f"{path}: is a DuckDB file, but no case file. Name another with --to or as CASE") from problem
    return str(found[0]) if found else "none"


def _passes(problem: str) -> bool:
    """Is it only that somebody has the file open now: another program, or this one in the other way?"""
    return any(words in problem.lower() for words in ("lock", "different configuration", "file handle conflict"))


def _explain(path: Path, problem: str) -> str:
    if "different configuration" in problem:
        return f"{path}: is open in this program already, for reading or for writing only. Close it there first"
    if "lock" in problem.lower():
        return f"{path}: another program is writing to it. Wait until it has finished, then try again"
    first = problem.splitlines()[0]
    return f"{path}: can't be opened as a case file ({first}). Check the path, or name a file that ends in .duckdb"


def _structure(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, Any]:
    columns = connection.execute("SELECT name, type FROM pragma_table_info(?)", [table]).fetchall()
    return {name: [kind.removesuffix("[]")] if kind.endswith("[]") else kind for name, kind in columns}


def read_sql(name: str) -> str:
    """The text of a script that lies beside the modules of this folder."""
    return resources.files("dragoman.store").joinpath(name).read_text(encoding="utf-8")
