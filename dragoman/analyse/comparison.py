"""Two case files go in, how alike they tell the same days comes out: by pair, by type, and cell by cell.

A cell is one pair of countries, one PLOVER type and one period.  Only the days that both files cover are held beside
each other, and only what is told as done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from dragoman.analyse.dyads import FEWEST_PERIODS, PERIODS
from dragoman.analyse.incidents import gather
from dragoman.analyse.queries import read_sql
from dragoman.store.database import CaseFile

Cell = tuple[str, str, str, date]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``since`` and ``until``: the days held beside each other, None where no period is in both.

    ``pairs``, ``types`` and ``cells`` are rows with ``ours`` and ``theirs`` (happenings; of events without a text each
    counts).  Pairs and types have ``both``, ``only_ours``, ``only_theirs`` (cells) and ``rho``, Spearman's correlation
    of the two numbers over all periods, None below FEWEST_PERIODS.  ``whole`` is the same over everything.
    """

    since: date | None
    until: date | None
    whole: dict[str, Any]
    pairs: list[dict[str, Any]]
    types: list[dict[str, Any]]
    cells: list[dict[str, Any]]


def compare_cases(one: CaseFile, other: CaseFile, *, by: str = "day") -> Comparison:
    """Hold ``one`` ("ours") beside ``other`` ("theirs"); ``by`` is one of PERIODS."""
    if by not in PERIODS:
        raise ValueError(f"{by!r} is no period. Use one of {', '.join(PERIODS)}")
    ours, theirs = _cells(one, by), _cells(other, by)
    span = _common(ours, theirs)
    if span is None:
        return Comparison(None, None, _held([], {}, {}, []), [], [], [])
    ours, theirs = ({cell: n for cell, n in side.items() if span[0] <= cell[3] <= span[1]} for side in (ours, theirs))
    told = sorted(set(ours) | set(theirs))
    periods = _all_periods(*span, by)

    def grouped(key: Callable[[Cell], Any]) -> list[tuple[Any, dict[str, Any]]]:
        groups: dict[Any, list[Cell]] = defaultdict(list)
        for cell in told:
            groups[key(cell)].append(cell)
        rows = [(name, _held(members, ours, theirs, periods)) for name, members in groups.items()]
        return sorted(rows, key=lambda row: (-row[1]["ours"] - row[1]["theirs"], row[0]))

    cells = [
        dict(zip(("actor", "recipient", "type", "period"), cell, strict=True))
        | {"ours": ours.get(cell, 0), "theirs": theirs.get(cell, 0)}
        for cell in told
    ]
    return Comparison(
        since=span[0],
        until=_next(span[1], by) - timedelta(days=1),
        whole=_held(told, ours, theirs, periods),
        pairs=[{"actor": name[0], "recipient": name[1], **row} for name, row in grouped(lambda cell: cell[:2])],
        types=[{"type": name, **row} for name, row in grouped(lambda cell: cell[2])],
        cells=sorted(cells, key=lambda row: -abs(row["ours"] - row["theirs"])),
    )


def _cells(case: CaseFile, by: str) -> dict[Cell, int]:
    gather(case)
    rows = case.rows(read_sql("cells.sql"), {"by": by})
    return {(row["actor"], row["recipient"], row["type"], row["period"]): row["number"] for row in rows}


def _common(ours: Iterable[Cell], theirs: Iterable[Cell]) -> tuple[date, date] | None:
    """The first and last period that both cover."""
    spans = []
    for side in (ours, theirs):
        periods = [cell[3] for cell in side]
        if not periods:
            return None
        spans.append((min(periods), max(periods)))
    first, last = max(span[0] for span in spans), min(span[1] for span in spans)
    return (first, last) if first <= last else None


def _held(
    cells: Iterable[Cell], ours: Mapping[Cell, int], theirs: Mapping[Cell, int], periods: list[date]
) -> dict[str, Any]:
    """Numbers of some cells on both sides, and how they go together over all periods."""
    found = list(cells)
    place = {period: number for number, period in enumerate(periods)}
    lines = np.zeros((2, len(periods)))
    for cell in found:
        lines[:, place[cell[3]]] += ours.get(cell, 0), theirs.get(cell, 0)
    return {
        "ours": sum(ours.get(cell, 0) for cell in found),
        "theirs": sum(theirs.get(cell, 0) for cell in found),
        "both": sum(cell in ours and cell in theirs for cell in found),
        "only_ours": sum(cell not in theirs for cell in found),
        "only_theirs": sum(cell not in ours for cell in found),
        "rho": _rank_correlation(*lines),
        "periods": len(periods),
    }


def _rank_correlation(x: np.ndarray, y: np.ndarray) -> float | None:
    """Spearman's; None where there are too few periods, or a side that never changes."""
    if len(x) < FEWEST_PERIODS or not x.any() or not y.any() or np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    return round(float(np.corrcoef(_ranks(x), _ranks(y))[0, 1]), 3)


def _ranks(values: np.ndarray) -> np.ndarray:
    """Ranks from 1; equal values share the mean of theirs."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: np.ndarray = (last - (counts - 1) / 2)[place]
    return ranks


def _all_periods(first: date, last: date, by: str) -> list[date]:
    found = [first]
    while found[-1] < last:
        found.append(_next(found[-1], by))
    return found


def _next(period: date, by: str) -> date:
    """The first day of the period after this one."""
    if by in ("day", "week"):
        return period + timedelta(days=1 if by == "day" else 7)
    months = period.year * 12 + period.month - 1 + (1 if by == "month" else 12)
    return date(months // 12, months % 12 + 1, 1)
