"""A case file and filters go in, the claims that fit come out with their chains of sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dragoman.analyse.queries import read_sql
from dragoman.errors import AbsentError, CaseError
from dragoman.store.database import CaseFile


@dataclass(frozen=True, slots=True)
class Found:
    """Some claims, each with ``sources`` (its chain, outermost first), and how many there are in all."""

    rows: list[dict[str, Any]]
    total: int


def find_claims(
    case: CaseFile,
    *,
    actor: str | None = None,
    recipient: str | None = None,
    event_type: str | None = None,
    status: str | None = None,
    since: str | None = None,
    until: str | None = None,
    source: str | None = None,
    claim: str | None = None,
    deepest: bool = False,
    limit: int = 40,
) -> Found:
    """The claims that fit every filter given, by date of report, at most ``limit`` of them.

    With ``deepest`` those told through the most mouths come first.

    ``actor`` and ``recipient`` are the start of a code or whole words of a name, ``source`` whole words of a
    name in the chain, ``since`` and ``until`` ISO dates of the report, ``claim`` the start of an id.
    """
    filters = {
        "actor": actor,
        "recipient": recipient,
        "event_type": event_type,
        "status": status,
        "since": since,
        "until": until,
        "source": source,
        "claim": claim,
    }
    case.prepare("macros", read_sql("macros.sql"))
    rows = case.rows(read_sql("claims.sql"), {**filters, "deepest": deepest, "limit": limit})
    chains = case.sources(row["id"] for row in rows)
    total = rows[0]["found"] if rows else 0
    for row in rows:
        del row["found"]
    return Found(rows=[{**row, "sources": chains.get(row["id"], [])} for row in rows], total=total)


def claim_ids(
    case: CaseFile,
    *,
    actor: str | None = None,
    recipient: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> list[str]:
    """The ids of the claims that fit every filter given, with the filters of ``find_claims``."""
    asked = {"actor": actor, "recipient": recipient, "since": since, "until": until}
    others = dict.fromkeys(("event_type", "status", "source", "claim"))
    case.prepare("macros", read_sql("macros.sql"))
    found = read_sql("claims.sql").rstrip().removesuffix(";")
    rows = case.rows(f"SELECT id FROM ({found})", {**asked, **others, "deepest": False, "limit": None})
    return [row["id"] for row in rows]


def overview(case: CaseFile) -> dict[str, Any]:
    """How many ``documents``, ``claims`` and ``outlets``, from which day to which, and what coded them last."""
    return case.rows(read_sql("overview.sql"))[0]


def one_claim(case: CaseFile, claim: str) -> dict[str, Any]:
    """The claim whose id starts with ``claim``. Raises CaseError where there is none, or several."""
    found = find_claims(case, limit=2, claim=claim)
    if len(found.rows) != 1:
        problem = "no claim's id starts" if not found.rows else f"{found.total} claims' ids start"
        raise (CaseError if found.rows else AbsentError)(
            f"{problem} with {claim!r}. List ids with: dragoman show CASE --json"
        )
    return found.rows[0]
