"""A case file goes in, what the desk shows comes out: claims with what was decided, documents, origins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dragoman.analyse.incidents import gather
from dragoman.analyse.queries import read_sql
from dragoman.errors import CaseError
from dragoman.store.database import CaseFile

MOST_CLAIMS = 4_000


def desk_claims(
    case: CaseFile,
    *,
    claims: Sequence[str] | None = None,
    document: str | None = None,
    party: str | None = None,
    limit: int = MOST_CLAIMS,
) -> tuple[list[dict[str, Any]], int]:
    """Claims as people left them, the latest days first, and how many there are in all; ``claims`` asks for some ids,
    ``party`` for those in which the party of that code acts or is acted upon.

    To the columns of a claim come ``actor`` and ``recipient`` (the party's code), ``day``, ``happening``,
    ``sentence_text``, ``chain`` (names, outermost first) and ``review``; rejected ones are there with review "reject".
    """
    gather(case)
    wanted = {"claims": None if claims is None else list(claims), "document": document, "party": party}
    rows = case.rows(read_sql("desk.sql"), wanted | {"limit": limit})
    chains = case.sources(row["id"] for row in rows)
    total = rows[0]["found"] if rows else 0
    return [{**row, "sources": chains.get(row["id"], [])} for row in rows], total


def one_document(case: CaseFile, document: str) -> dict[str, Any]:
    """A document with its text. Raises CaseError where there is none of that id."""
    found = case.rows("SELECT * EXCLUDE (run) FROM documents WHERE id = $document", {"document": document})
    if not found:
        raise CaseError(f"there is no document {document!r}. List documents with: dragoman show CASE --json")
    return found[0]


def origins(case: CaseFile, *, limit: int = 200, documents: int = 60) -> list[dict[str, Any]]:
    """Who vouches in the end, most reports first: ``name``, ``claims``, ``reports``, and so many of its ``documents``.

    A document has ``id``, ``title``, ``publisher`` and the ``chain`` by which it came there (its longest one).
    """
    gather(case)
    rows = case.rows(read_sql("desk_origins.sql"), {"limit": limit, "documents": documents})
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        origin = found.setdefault(
            row["origin"], {"name": row["name"], "claims": row["claims"], "reports": row["reports"], "documents": []}
        )
        origin["documents"].append({key: row[key] for key in ("id", "title", "publisher", "chain")})
    return list(found.values())
