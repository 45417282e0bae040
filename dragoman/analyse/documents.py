"""A case file goes in, its documents come out as a list: how long each is, what was coded in it, what copies it."""

from __future__ import annotations

from typing import Any

from dragoman.analyse.queries import read_sql
from dragoman.store.database import CaseFile


def find_documents(
    case: CaseFile, *, query: str = "", order: str = "newest", offset: int = 0, limit: int = 50
) -> tuple[list[dict[str, Any]], int]:
    """Documents whose title, publisher or id holds ``query``, and how many there are in all.

    ``order`` is ``newest``, ``claims`` (most claims first) or ``none`` (those without a claim first).  A document has
    ``id``, ``title``, ``publisher``, ``published``, ``url``, ``words``, ``claims``, ``reviewed`` (how many of these
    people judged), ``copies`` (how many others have the same text) and ``first_claim`` (in the text, or None).
    """
    case.prepare("macros", read_sql("macros.sql"))
    case.prepare("origins", read_sql("origins.sql"))
    rows = case.rows(read_sql("documents.sql"), {"query": query, "order": order, "offset": offset, "limit": limit})
    found = rows[0]["found"]
    return [{key: row[key] for key in row if key != "found"} for row in rows if row["id"] is not None], found
