"""A case file goes in, claims that may tell of one happening come out together, with their independent origins.

Nothing is merged: each claim keeps its place, its words and the reason why it stands with the others, and reports that
contradict one another stand side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dragoman.analyse.queries import read_sql
from dragoman.errors import AbsentError, CaseError
from dragoman.store.database import CaseFile


def find_incidents(
    case: CaseFile,
    *,
    actor: str | None = None,
    recipient: str | None = None,
    event_type: str | None = None,
    contested: bool = False,
    planned: bool = False,
    party: str | None = None,
    limit: int = 20,
) -> list[dict[str, Any]]:
    """Incidents, the most widely told first: parties, days, ``claims``, ``reports``, ``origins`` (independent ones).

    ``actor`` and ``recipient`` are the start of a code or whole words of a name; ``contested`` keeps those that some
    report and others deny, ``party`` those in which the party of just that code acts or is acted upon; ``planned``
    lists what is still to come, planned or conditional, in place of what is told as done.  ``actual``, ``alleged``,
    ``denied`` and ``planned`` count the claims of each status.
    """
    _gather_and_count(case)
    return case.rows(
        read_sql("incident_list.sql"),
        {
            "actor": actor,
            "recipient": recipient,
            "event_type": event_type,
            "contested": contested,
            "planned": planned,
            "party": party,
            "limit": limit,
        },
    )


def one_incident(case: CaseFile, incident: str) -> dict[str, Any]:
    """The incident whose id starts with ``incident``, with ``told``: its claims, each with origin, chain and reason.

    Raises CaseError where there is none, or several.
    """
    _gather_and_count(case)
    found = case.rows("SELECT * FROM incidents WHERE starts_with(id, $incident)", {"incident": incident})
    if len(found) != 1:
        problem = "no incident's id starts" if not found else f"{len(found)} incidents' ids start"
        raise (CaseError if found else AbsentError)(
            f"{problem} with {incident!r}. List ids with: dragoman incidents CASE"
        )
    told = case.rows(read_sql("incident_told.sql"), {"incident": found[0]["incident"]})
    chains = case.sources(row["id"] for row in told)
    names = sorted({row["origin_name"] for row in told})
    return {**found[0], "origin_names": names, "told": [{**row, "sources": chains.get(row["id"], [])} for row in told]}


def gather(case: CaseFile, *, types: Sequence[str] | None = None) -> None:
    """Make the temporary tables ``copies``, ``origins`` and ``told``, which other questions use too.

    With ``types`` only claims of these types are gathered.
    """
    wanted = f"SET VARIABLE types = {'NULL' if types is None else list(types)};\n"
    case.prepare("macros", read_sql("macros.sql"))
    case.prepare("origins", read_sql("origins.sql"))
    case.prepare("told", wanted + read_sql("incidents.sql"))


def _gather_and_count(case: CaseFile) -> None:
    gather(case)
    case.prepare("incidents", read_sql("incident_counts.sql"))
