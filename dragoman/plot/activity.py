"""Counts of happenings by period and class go in, a picture comes out: cooperation above the line, conflict below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.plot.canvas import (
    DEED_CONFLICT,
    DEED_COOPERATION,
    DIM,
    WORD_CONFLICT,
    WORD_COOPERATION,
    count_in_whole_numbers,
    draw,
    mark_days,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Row = Mapping[str, Any]
# Deeds stand on the line, words upon them; what is conflict goes down.
_BARS = (
    ("material_cooperation", "cooperation in deeds", DEED_COOPERATION, 1),
    ("verbal_cooperation", "in words", WORD_COOPERATION, 1),
    ("material_conflict", "conflict in deeds", DEED_CONFLICT, -1),
    ("verbal_conflict", "in words", WORD_CONFLICT, -1),
)
# More bars than can be told apart become an area.
_MOST_BARS = 300
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def draw_activity(path: Path, rows: Sequence[Row], *, by: str, whom: str) -> None:
    """Draw rows of ``activity``; ``whom`` says whose it is: "RUS towards USA", "all parties"."""
    draw(
        path,
        title=f"What was done and said: {whom}",
        note=f"Happenings a {by}, told as done, each counted once; classes are PLOVER's.",
        paint=lambda axes: _bars(axes, rows, by),
        empty=None if rows else f"Nothing dated is told of {whom}.",
    )


def _bars(axes: Axes, rows: Sequence[Row], by: str) -> None:
    days = [row["period"] for row in rows]
    base = {1: [0] * len(rows), -1: [0] * len(rows)}
    for key, words, colour, side in _BARS:
        tops = [low + side * row[key] for low, row in zip(base[side], rows, strict=True)]
        if len(rows) <= _MOST_BARS:
            heights = [top - low for top, low in zip(tops, base[side], strict=True)]
            axes.bar(days, heights, bottom=base[side], width=0.86 * _DAYS[by], color=colour, label=words)
        else:
            axes.fill_between(days, base[side], tops, step="mid", color=colour, label=words, linewidth=0)
        base[side] = tops
    axes.axhline(0, color=DIM, linewidth=0.8)
    axes.yaxis.set_major_formatter(lambda number, _: f"{abs(number):,.0f}")
    count_in_whole_numbers(axes.yaxis)
    mark_days(axes, days)
    axes.legend(frameon=False, fontsize=8, ncols=2, loc="lower right", bbox_to_anchor=(1.0, 1.0))
