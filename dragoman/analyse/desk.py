"""A case file goes in, what the desk shows comes out: claims with what was decided, incidents, origins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dragoman.analyse.incidents import gather
from dragoman.analyse.queries import read_sql
from dragoman.store.database import CaseFile


def desk_claims(
    case: CaseFile,
    *,
    claims: Sequence[str] | None = None,
    document: str | None = None,
    party: str | None = None,
    limit: int | None = None,
) -> list[dict[str, Any]]:
    """Some claims as people left them, the latest days first: by id, of a document, or with a party on either side.

    To the columns of a claim come ``actor`` and ``recipient`` (the party's code), ``day``, ``sentence_text``, its
    ``sources``, their names as ``chain``, and ``review``; rejected ones are there with review "reject".  ``found`` is
    how many there are, of which at most ``limit`` come.
    """
    prepare(case)
    wanted = {"claims": None if claims is None else list(claims), "document": document, "party": party}
    rows = case.rows(read_sql("desk_claims.sql"), wanted | {"limit": limit})
    chains = case.sources(row["id"] for row in rows)
    told = ((row, chains.get(row["id"], [])) for row in rows)
    return [{**row, "sources": links, "chain": [link["name"] for link in links]} for row, links in told]


def prepare(case: CaseFile) -> None:
    """Make the view ``shown``."""
    case.prepare("macros", read_sql("macros.sql"))
    case.prepare("shown", read_sql("desk.sql"))


def with_words(case: CaseFile, shifts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Shifts of position (``find_positions``), each with ``told``: id, day and words of its carriers, by day."""
    rows = desk_claims(case, claims=[claim for shift in shifts for claim in shift["carriers"]])
    rows.sort(key=lambda row: (str(row["day"]), row["id"]))
    return [
        {
            **shift,
            "told": [
                {"id": row["id"], "day": row["day"], "evidence": row["sentence_text"]}
                for row in rows
                if row["id"] in shift["carriers"]
            ],
        }
        for shift in shifts
    ]


def shared_incidents(case: CaseFile) -> dict[str, list[str]]:
    """For each claim that others may tell of too, all claims of its incident in the order of their days."""
    gather(case)
    told: list[list[str]] = [row["claims"] for row in case.rows(read_sql("desk_others.sql"))]
    return {claim: claims for claims in told for claim in claims}


def origins(case: CaseFile, *, limit: int = 200, documents: int = 60) -> list[dict[str, Any]]:
    """Who vouches in the end, most reports first: ``name``, ``claims``, ``reports``, and so many of its ``documents``.

    A document has ``id``, ``title``, ``publisher`` and the ``chain`` by which it came there (its longest one, that of
    ``claim``).
    """
    gather(case)
    rows = case.rows(read_sql("desk_origins.sql"), {"limit": limit, "documents": documents})
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        origin = found.setdefault(
            row["origin"], {"name": row["name"], "claims": row["claims"], "reports": row["reports"], "documents": []}
        )
        origin["documents"].append({key: row[key] for key in ("id", "title", "publisher", "chain", "claim")})
    return list(found.values())
