"""A case file goes in, how each party stands to each other one comes out over time, and where that moved.

Every happening counts once for each independent origin that tells of it.  "Not enough evidence" is a normal answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from dragoman.analyse.observations import observe
from dragoman.analyse.queries import read_sql
from dragoman.analyse.shifts import FEWEST, FEWEST_SOURCES, Shift, find_shifts, likeliest_shift, places_for_change
from dragoman.store.database import CaseFile

ENOUGH = "enough evidence"
TOO_LITTLE = (
    f"not enough evidence: fewer than {FEWEST} happenings, or {FEWEST_SOURCES} sources, before and after any day"
)
EVERYTHING = "everything"
_CARRIERS = 5


class _Value(NamedTuple):
    """One happening as one origin tells it."""

    day: date
    intensity: float
    origin: str
    origin_name: str
    claim: str


def find_positions(
    case: CaseFile,
    *,
    actor: str | None = None,
    target: str | None = None,
    about: str | None = None,
    topics: bool = False,
    limit: int = 20,
) -> list[dict[str, Any]]:
    """Each pair with its ``shifts``, those that moved first: counts and mean intensity of acts, words and conditionals.

    ``actor`` and ``target`` are the start of a party's code.  With ``topics`` each pair stands once for each ``topic``
    that it acts or speaks about: a PLOVER context, or the type of the act that is spoken of; ``about`` keeps one topic.
    A shift has ``day``, ``earliest`` and ``latest`` (90 %), ``before`` and ``after`` (mean intensity), ``probability``,
    ``survives`` (leaving out any single source), ``rests_on`` (the source without which it is weakest) and
    ``carriers``, the ids of the claims that tell of it most.
    """
    _prepare(case, about=about, topics=topics)
    wanted = {"actor": actor, "target": target}
    pairs = case.rows(
        "SELECT * FROM pairs WHERE ($actor IS NULL OR starts_with(actor, upper($actor))) "
        "AND ($target IS NULL OR starts_with(target, upper($target)))",
        wanted,
    )
    values = case.connection.execute(
        read_sql("position_values.sql"), wanted | {"fewest": FEWEST, "sources": FEWEST_SOURCES}
    ).fetchall()
    told = {pair: [_Value(*row[3:]) for row in rows] for pair, rows in groupby(values, key=lambda row: row[:3])}
    found = [pair | _moves(told.get((pair["actor"], pair["target"], pair["topic"]), [])) for pair in pairs]
    found.sort(key=lambda each: (-len(each["shifts"]), -each["told"], each["actor"], each["target"], each["topic"]))
    return found[:limit]


def _prepare(case: CaseFile, *, about: str | None, topics: bool) -> None:
    """Make the view ``positioned`` of what is asked for, and ``pairs`` over it."""
    observe(case)
    if about is None and not topics:
        case.connection.execute(
            f"CREATE OR REPLACE TEMP VIEW positioned AS SELECT *, '{EVERYTHING}' AS topic FROM observations"
        )
    else:
        case.prepare("by_topic", read_sql("topics.sql"))
        case.connection.execute("SET VARIABLE about = $about", {"about": about})
        case.connection.execute(
            "CREATE OR REPLACE TEMP VIEW positioned AS SELECT * FROM by_topic "
            "WHERE getvariable('about') IS NULL OR lower(topic) = lower(getvariable('about'))"
        )
    case.connection.execute(read_sql("pairs.sql"))


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
