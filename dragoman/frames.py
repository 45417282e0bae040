"""A case file and a question go in, a data frame comes out: pandas, Polars or an Arrow table, in one call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from dragoman.analyse.contacts import find_contacts
from dragoman.analyse.dyads import dyad_periods, reciprocity
from dragoman.analyse.incidents import find_incidents
from dragoman.analyse.ledger import find_entries
from dragoman.analyse.network import find_network
from dragoman.analyse.positions import find_positions
from dragoman.errors import DragomanError
from dragoman.store.database import CaseFile, open_case

LIBRARIES = ("pandas", "polars", "arrow")
_ALL = 1_000_000_000
_TABLES: Mapping[str, str] = {
    "claims": "SELECT claims.*, documents.published, documents.publisher, documents.title, documents.url "
    "FROM reviewed AS claims JOIN documents ON documents.id = document "
    "ORDER BY published, document, trigger_start, claims.id",
    "sources": "SELECT * FROM reviewed_sources ORDER BY claim, position",
    "documents": "SELECT * FROM documents ORDER BY published, id",
    "actors": "SELECT * FROM actors ORDER BY acts + undergoes DESC, name, code",
    "reviews": "SELECT * FROM reviews ORDER BY number",
}
_QUESTIONS: Mapping[str, Callable[..., list[dict[str, Any]]]] = {
    "incidents": find_incidents,
    "positions": find_positions,
    "ledger": find_entries,
    "contacts": find_contacts,
    "dyads": dyad_periods,
    "reciprocity": reciprocity,
    "parties": lambda case, **asked: find_network(case, **asked).parties,
    "ties": lambda case, **asked: find_network(case, **asked).ties,
}
_WITHOUT_LIMIT = ("dyads", "parties", "ties")
NAMES = (*_TABLES, *_QUESTIONS)


def frame(case: CaseFile | Path | str, what: str, *, library: str = "pandas", **asked: Any) -> Any:
    """What a case file has or an analysis finds, as a data frame of ``library``: pandas, polars or arrow.

    ``what`` is a table (claims, sources, documents, actors, reviews: as people left them) or a question (incidents,
    positions, ledger, contacts, dyads, reciprocity, parties, ties), which takes the options of its function in
    ``dragoman.analyse``; all rows come unless ``limit`` says otherwise.

    Raises DragomanError where the library is not installed or there is no such table or question.

    >>> frame("case.duckdb", "rumours")
    Traceback (most recent call last):
    dragoman.errors.DragomanError: 'rumours' is no table. Use one of claims, sources, documents, actors, reviews, \
incidents, positions, ledger, contacts, dyads, reciprocity, parties, ties
    """
    if what not in NAMES:
        raise DragomanError(f"{what!r} is no table. Use one of {', '.join(NAMES)}")
    if library not in LIBRARIES:
        raise DragomanError(f"{library!r} makes no frames here. Use one of {', '.join(LIBRARIES)}")
    maker = _import(library)
    if not isinstance(case, CaseFile):
        with open_case(case, read_only=True) as opened:
            return frame(opened, what, library=library, **asked)
    if what in _TABLES:
        result = case.connection.cursor().query(_TABLES[what])
        return result.df() if library == "pandas" else result.pl() if library == "polars" else result.to_arrow_table()
    if what not in _WITHOUT_LIMIT:
        asked.setdefault("limit", _ALL)
    rows = [{key: value for key, value in row.items() if key != "found"} for row in _QUESTIONS[what](case, **asked)]
    if library == "pandas":
        return maker.DataFrame(rows)
    if library == "polars":
        return maker.DataFrame(rows, infer_schema_length=None)
    return maker.Table.from_pylist(rows)


def _import(library: str) -> Any:
    module = "pyarrow" if library == "arrow" else library
    try:
        return import_module(module)
    except ImportError as problem:
        raise DragomanError(f"{module} is not installed. Install it with: pip install {module}") from problem
