"""A case file goes in, how each party stands to each other one comes out over time, and where that moved.

Every happening counts once for each independent origin that tells of it.  "Not enough evidence" is a normal answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from dragoman.analyse.incidents import gather
from dragoman.analyse.queries import read_sql
from dragoman.analyse.shifts import FEWEST, FEWEST_SOURCES, Shift, find_shifts, likeliest_shift, places_for_change
from dragoman.store.database import CaseFile

ENOUGH = "enough evidence"
TOO_LITTLE = (
    f"not enough evidence: fewer than {FEWEST} happenings, or {FEWEST_SOURCES} sources, before and after any day"
)
_CARRIERS = 5


class _Value(NamedTuple):
    """One happening as one origin tells it."""

    day: date
    intensity: float
    origin: str
    origin_name: str
    claim: str


def find_positions(
    case: CaseFile, *, actor: str | None = None, target: str | None = None, limit: int = 20
) -> list[dict[str, Any]]:
    """Each pair with its ``shifts``, those that moved first: counts and mean intensity of acts, words and conditionals.

    ``actor`` and ``target`` are the start of a party's code.  A shift has ``day``, ``earliest`` and ``latest`` (90 %),
    ``before`` and ``after`` (mean intensity), ``probability``, ``survives`` (leaving out any single source),
    ``rests_on`` (the source without which it is weakest) and ``carriers``, the ids of the claims that tell of it most.
    """
    _observe(case)
    pairs = case.rows(
        "SELECT * FROM pairs WHERE ($actor IS NULL OR starts_with(actor, upper($actor))) "
        "AND ($target IS NULL OR starts_with(target, upper($target)))",
        {"actor": actor, "target": target},
    )
    values = case.connection.execute(
        read_sql("position_values.sql"),
        {"actor": actor, "target": target, "fewest": FEWEST, "sources": FEWEST_SOURCES},
    ).fetchall()
    told = {pair: [_Value(*row[2:]) for row in rows] for pair, rows in groupby(values, key=lambda row: row[:2])}
    found = [pair | _moves(told.get((pair["actor"], pair["target"]), [])) for pair in pairs]
    found.sort(key=lambda each: (-len(each["shifts"]), -each["told"], each["actor"], each["target"]))
    return found[:limit]


def position_line(case: CaseFile, actor: str, target: str) -> list[dict[str, Any]]:
    """One pair day by day: mean intensity and number of acts, words and conditionals."""
    _observe(case)
    return case.rows(read_sql("position_line.sql"), {"actor": actor.upper(), "target": target.upper()})


def _observe(case: CaseFile) -> None:
    gather(case)
    case.prepare("positions", read_sql("positions.sql"))


def _moves(told: Sequence[_Value]) -> dict[str, Any]:
    days, values, sources = _line(told)
    enough = bool(places_for_change(days, sources, 0, len(told)))
    return {
        "evidence": ENOUGH if enough else TOO_LITTLE,
        "shifts": [_tell(shift, told) for shift in find_shifts(days, values, sources)] if enough else [],
    }


def _line(told: Sequence[_Value]) -> tuple[list[int], list[float], list[str]]:
    """Days, values and sources."""
    return (
        [row.day.toordinal() for row in told], [row.intensity for row in told], [row.origin for row in told],
    )  # fmt: skip


def _tell(shift: Shift, told: Sequence[_Value]) -> dict[str, Any]:
    part = told[shift.start : shift.stop]
    rests_on, survives = _without_each_source(shift, part)
    up = 1 if _is_up(shift) else -1
    weight = [  # how far each lies from the other side's level, in the direction of the move
        (up * ((shift.after - row.intensity) if place < shift.at else (row.intensity - shift.before)), row)
        for place, row in enumerate(part, start=shift.start)
    ]
    carriers = sorted(weight, key=lambda pair: (-pair[0], pair[1].day, pair[1].claim))[:_CARRIERS]
    return {
        "day": told[shift.at].day,
        "earliest": told[shift.first].day,
        "latest": told[shift.last].day,
        "before": round(shift.before, 2),
        "after": round(shift.after, 2),
        "happenings_before": shift.at - shift.start,
        "happenings_after": shift.stop - shift.at,
        "direction": "warmer" if _is_up(shift) else "colder",
        "probability": round(shift.probability, 3),
        "survives": survives,
        "rests_on": rests_on,
        "carriers": sorted({row.claim for _, row in carriers}),
    }


def _is_up(shift: Shift) -> bool:
    return shift.after > shift.before


def _without_each_source(shift: Shift, part: Sequence[_Value]) -> tuple[str | None, bool]:
    """The source that a shift rests on, and whether it is still there whichever single one is left out."""
    names = {row.origin: row.origin_name for row in part}
    weakest: tuple[float, str] | None = None
    for origin in sorted(names):
        rest = [row for row in part if row.origin != origin]
        other = likeliest_shift(*_line(rest), 0, len(rest))
        left = other.probability if other is not None and _is_up(other) == _is_up(shift) else 0.0
        if weakest is None or left < weakest[0]:
            weakest = left, names[origin]
    if weakest is None:
        return None, False
    return weakest[1], weakest[0] > 0
