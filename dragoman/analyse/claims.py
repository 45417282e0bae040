"""A case file and filters go in, the claims that fit come out with their chains of sources."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import Any

from dragoman.errors import CaseError
from dragoman.store.database import CaseFile

FILTERS = ("actor", "recipient", "event_type", "status", "since", "until", "source", "claim")


@dataclass(frozen=True, slots=True)
class Found:
    """Some claims, each with ``sources`` (its chain, outermost first), and how many there are in all."""

    rows: list[dict[str, Any]]
    total: int


def find_claims(case: CaseFile, *, limit: int = 40, **filters: str | None) -> Found:
    """The claims that fit; filters are ``actor``, ``recipient`` (code or name), ``event_type``, ``status``,
    ``since``, ``until`` (ISO dates of the report), ``source`` (a name in the chain), ``claim`` (start of an id).
    """
    values: dict[str, Any] = {name: filters.get(name) for name in FILTERS}
    rows = case.rows(_sql("claims.sql"), {**values, "limit": limit})
    chains = case.sources(row["id"] for row in rows)
    total = rows[0]["found"] if rows else 0
    for row in rows:
        del row["found"]
    return Found(rows=[{**row, "sources": chains.get(row["id"], [])} for row in rows], total=total)


def one_claim(case: CaseFile, claim: str) -> dict[str, Any]:
    """The claim whose id starts with ``claim``. Raises CaseError where there is none, or several."""
    found = find_claims(case, limit=2, claim=claim)
    if len(found.rows) != 1:
        problem = "no claim's id starts" if not found.rows else f"{found.total} claims' ids start"
        raise CaseError(f"{problem} with {claim!r}. List ids with: dragoman show CASE --json")
    return found.rows[0]


def _sql(name: str) -> str:
    return resources.files("dragoman.analyse").joinpath(name).read_text(encoding="utf-8")
