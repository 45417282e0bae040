"""A case file goes in, its parties come out, and of one of them what it does, what is done to it and who tells of it.

A number counts claims as people left them; a mean is that of their intensity.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dragoman.analyse.incidents import find_incidents, gather
from dragoman.analyse.positions import find_positions
from dragoman.analyse.queries import read_sql
from dragoman.store.database import CaseFile

_MOST_SHIFTS = 10_000
# Up to so many days a line of points is drawn by day, by week, by month; beyond, by year.
_SPANS = ((31, "day"), (400, "week"), (2_200, "month"))


def find_parties(case: CaseFile) -> list[dict[str, Any]]:
    """Every party, those in most claims first: ``code``, ``name`` (the one that most claims use), ``claims``.

    ``acts`` and ``undergoes`` count the claims in which it acts or is acted upon, ``given`` and ``received`` are their
    mean intensity, ``as_source`` counts those for which it vouches.
    """
    _take_sides(case)
    return case.rows(read_sql("parties.sql"))


def party_deeds(case: CaseFile, party: str, *, limit: int = 60) -> dict[str, Any]:
    """What a party does and what is done to it: ``partners``, ``types``, ``names``, ``first_day`` and ``last_day``.

    A partner has ``given`` and ``received`` claims with their means, and ``series``: for each way ("given",
    "received") its points, a ``period`` (its first day) with ``claims`` and ``mean``.  ``by`` is how long a period is;
    the points lie from ``series_first`` to ``series_last``, which leaves out the outermost 2 in 100 days at either end.
    """
    _take_sides(case)
    case.connection.execute("SET VARIABLE party = $party", {"party": party})
    case.connection.execute(read_sql("party_toward.sql"))
    days = case.rows(read_sql("party_days.sql"), {"party": party})[0]
    partners = case.rows(read_sql("party_partners.sql"), {"limit": limit})
    first, last = days.pop("core_first"), days.pop("core_last")
    by = period_for(first, last) if first else None
    _add_series(case, partners, by=by, first=first, last=last)
    return {
        **days,
        "by": by,
        "series_first": first,
        "series_last": last,
        "partners": partners,
        "types": case.rows(read_sql("party_types.sql"), {"party": party}),
        "names": case.rows(read_sql("party_names.sql"), {"party": party, "limit": limit}),
    }


def party_told(case: CaseFile, party: str, *, limit: int = 12) -> dict[str, Any]:
    """What reports taken together tell of a party: ``shifts`` in which it is actor or target, the surest first,
    ``incidents`` in which it takes part, the most widely told first, and ``origins``, who vouches for that in the end.
    """
    gather(case)
    _take_sides(case)
    moved = [
        {"actor": row["actor"], "target": row["target"], **shift}
        for row in find_positions(case, actor=party, limit=_MOST_SHIFTS)
        + find_positions(case, target=party, limit=_MOST_SHIFTS)
        if party in (row["actor"], row["target"])
        for shift in row["shifts"]
    ]
    return {
        "shifts": sorted(moved, key=lambda shift: (-shift["probability"], str(shift["day"]))),
        "incidents": find_incidents(case, party=party, limit=limit),
        "origins": case.rows(read_sql("party_origins.sql"), {"party": party, "limit": limit}),
    }


def period_for(first: date, last: date) -> str:
    """How long the periods of a short line from one day to another are.

    >>> period_for(date(2018, 4, 1), date(2018, 4, 20)), period_for(date(2012, 1, 1), date(2018, 1, 1))
    ('day', 'month')
    """
    return next((by for days, by in _SPANS if last - first <= timedelta(days=days)), "year")


def _take_sides(case: CaseFile) -> None:
    case.prepare("macros", read_sql("macros.sql"))
    case.prepare("sided", read_sql("sided.sql"))


def _add_series(
    case: CaseFile, partners: list[dict[str, Any]], *, by: str | None, first: date | None, last: date | None
) -> None:
    """Give each partner its points over time, both ways."""
    found: dict[str | None, dict[str, list[dict[str, Any]]]] = {
        partner["code"]: {"given": [], "received": []} for partner in partners
    }
    wanted = {"by": by, "first_day": first, "last_day": last, "codes": [code for code in found if code is not None]}
    for point in case.rows(read_sql("party_series.sql"), wanted) if by else ():
        if point["code"] in found:
            way = "given" if point["given"] else "received"
            found[point["code"]][way].append({key: point[key] for key in ("period", "claims", "mean")})
    for partner in partners:
        partner["series"] = found[partner["code"]]
