"""A case file goes in, how parties treat each other comes out: in two halves, period by period, and tit for tat."""

from __future__ import annotations

import math
from typing import Any

from dragoman.analyse.observations import observe
from dragoman.analyse.queries import read_sql
from dragoman.store.database import CaseFile

PERIODS = ("day", "week", "month", "year")
# Below so many periods a correlation is not told.
FEWEST_PERIODS = 8
_CORRELATIONS = ("together", "one_answers", "other_answers")


def dyads(case: CaseFile, *, limit: int = 12) -> list[dict[str, Any]]:
    """The busiest pairs: ``claims``, ``cooperation``, ``conflict``, mean intensity ``before`` and ``after`` the
    middle ``day`` of the case, and the number of claims on either side.  Undated documents are left out.
    """
    case.prepare("macros", read_sql("macros.sql"))
    return case.rows(read_sql("dyads.sql"), {"limit": limit})


def dyad_periods(
    case: CaseFile, *, by: str = "week", actor: str | None = None, target: str | None = None
) -> list[dict[str, Any]]:
    """Each pair in each ``period`` (its first day): happenings and mean intensity of acts, words and conditionals.

    ``by`` is one of PERIODS; ``actor`` and ``target`` are codes of parties (RUS, SYRREB).  ``origins`` are the
    independent ones, ``claims`` all that tell of it.  A period in which nothing is told has no row.
    """
    observe(case)
    return case.rows(read_sql("dyad_periods.sql"), {"by": _period(by), "actor": actor, "target": target})


def activity(
    case: CaseFile, *, by: str = "week", actor: str | None = None, target: str | None = None
) -> list[dict[str, Any]]:
    """Happenings told as done in each ``period``, by PLOVER's class: ``verbal_cooperation``, ``material_cooperation``,
    ``verbal_conflict``, ``material_conflict``; of all parties, or of those whose codes are given.
    """
    observe(case)
    return case.rows(read_sql("activity.sql"), {"by": _period(by), "actor": actor, "target": target})


def reciprocity(
    case: CaseFile, *, by: str = "week", one: str | None = None, other: str | None = None, limit: int = 20
) -> list[dict[str, Any]]:
    """Pairs that act or speak towards each other, the busiest first, each once.

    ``forth`` and ``back`` are the happenings from ``one`` to ``other`` and the other way, each with its mean
    intensity; ``balance`` is the smaller of the two by the larger.  ``together``, ``one_answers`` and
    ``other_answers`` are Spearman correlations of the two sides' warmth in the same period, and in the period after
    the other's: ``rho``, ``low``, ``high`` (95 %, by Fisher's z) and ``periods``; None below FEWEST_PERIODS.
    """
    observe(case)
    rows = case.rows(read_sql("reciprocity.sql"), {"by": _period(by), "one": one, "other": other, "limit": limit})
    for row in rows:
        found = row.pop("correlations") or {}
        row.update({how: _with_interval(found.get(how)) for how in _CORRELATIONS})
    return rows


def _with_interval(found: dict[str, Any] | None) -> dict[str, float] | None:
    if found is None or found["rho"] is None or found["periods"] < FEWEST_PERIODS:
        return None
    rho = min(1.0, max(-1.0, found["rho"]))
    z, step = math.atanh(min(0.999999, max(-0.999999, rho))), 1.96 / math.sqrt(found["periods"] - 3)
    return {
        "rho": round(rho, 2),
        "low": round(math.tanh(z - step), 2),
        "high": round(math.tanh(z + step), 2),
        "periods": found["periods"],
    }


def _period(by: str) -> str:
    if by not in PERIODS:
        raise ValueError(f"{by!r} is no period. Use one of {', '.join(PERIODS)}")
    return by
