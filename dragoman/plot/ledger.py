"""How entries of the ledger ended goes in, counted by actor and kind; bars come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.plot.canvas import (
    DEED_CONFLICT,
    DEED_COOPERATION,
    DIM,
    INK,
    PAPER,
    RULE,
    WORD_CONFLICT,
    count_in_whole_numbers,
    draw,
    plain,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Row = Mapping[str, Any]
_ENDS = (
    ("carried_out", "carried out or met", DEED_CONFLICT, PAPER),
    ("partly", "partly", WORD_CONFLICT, INK),
    ("walked_back", "walked back or refused", DEED_COOPERATION, PAPER),
    ("contested", "contested", "#8a6fa8", PAPER),
    ("open", "open, or stands", RULE, INK),
)


def draw_ledger(path: Path, rates: Sequence[Row]) -> None:
    """Draw rows of ``base_rates``: a bar for each actor and kind, its parts with their counts."""
    draw(
        path,
        title="What came of threats, promises, demands and denials",
        note="What is open has not failed: no later report tells of it. Counts, no score of anybody's credibility.",
        paint=lambda axes: _bars(axes, rates),
        empty=None if rates else "No threat, promise, demand or denial is told of.",
        size=(9.0, 1.6 + 0.32 * max(len(rates), 4)),
    )


def _bars(axes: Axes, rates: Sequence[Row]) -> None:
    left = [0] * len(rates)
    places = list(range(len(rates)))
    for key, words, colour, ink in _ENDS:
        numbers = [row[key] for row in rates]
        axes.barh(places, numbers, left=left, color=colour, label=words, height=0.72)
        for place, number, start in zip(places, numbers, left, strict=True):
            if number:
                axes.text(start + number / 2, place, str(number), ha="center", va="center", fontsize=7.5, color=ink)
        left = [a + b for a, b in zip(left, numbers, strict=True)]
    axes.set_yticks(places, [plain(f"{row['actor']}  {row['kind']}", 40) for row in rates])
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    count_in_whole_numbers(axes.xaxis)
    axes.set_xlabel("entries", color=DIM)
    axes.legend(frameon=False, fontsize=8, ncols=5, loc="lower left", bbox_to_anchor=(0.0, 1.0))
