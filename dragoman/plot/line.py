"""How one party stood to another goes in, period by period, with the days on which that moved; a picture comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.plot.canvas import (
    DEED_CONFLICT,
    DEED_COOPERATION,
    DIM,
    NEITHER,
    RULE,
    draw,
    mark_days,
    plain,
    say_nothing,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Row = Mapping[str, Any]
_MARKS = (("act", "s", "acts"), ("word", "o", "words"), ("conditional", "D", "planned or conditional"))


def draw_line(path: Path, directions: Sequence[tuple[str, Sequence[Row], Sequence[Row]]], *, by: str) -> None:
    """Draw each of ``directions``: ("RUS towards USA", rows of ``dyad_periods``, shifts of ``find_positions``)."""

    def paint(axes: Any) -> None:
        panels = list(axes) if len(directions) > 1 else [axes]
        for panel, (name, rows, shifts) in zip(panels, directions, strict=True):
            _panel(panel, name, rows, shifts)
        days = [row["period"] for _, rows, _ in directions for row in rows]
        if days:
            mark_days(panels[-1], days)
            _legend(panels[0])

    first = directions[0][0]
    draw(
        path,
        title=f"How they stood to each other: {first}" + (", and back" if len(directions) > 1 else ""),
        note=f"Mean PLOVER intensity a {by}, from -10 (conflict) to +10 (cooperation); larger where more happenings "
        "are told. Lines: levels before and after a move; grey: the 90 % interval of its day.",
        paint=paint,
        size=(9.0, 2.0 + 2.6 * len(directions)),
        rows=len(directions),
    )


def _panel(axes: Axes, name: str, rows: Sequence[Row], shifts: Sequence[Row]) -> None:
    if not rows:
        say_nothing(axes, f"{name}: nothing dated is told")
        return
    axes.set_title(plain(name), loc="left", fontsize=9, color=DIM)
    axes.set_ylim(-10.8, 10.8)
    axes.set_yticks([-10, -5, 0, 5, 10], ["-10", "-5", "0", "+5", "+10"])
    axes.axhline(0, color=RULE, linewidth=1, zorder=0)
    crowd = max(0.2, min(1.0, 30 / len(rows)))
    for sort, mark, _ in _MARKS:
        told = [row for row in rows if row[f"{sort}_intensity"] is not None]
        colours = [_colour(row[f"{sort}_intensity"]) for row in told]
        axes.scatter(
            [row["period"] for row in told],
            [row[f"{sort}_intensity"] for row in told],
            s=[crowd * (28 + 14 * min(row[f"{sort}s"], 20)) for row in told],
            marker=mark,
            facecolors="none" if sort == "conditional" else colours,
            edgecolors=colours,
            linewidths=1.2,
            alpha=0.85,
            zorder=3,
        )
    _levels(axes, rows, shifts)


def _colour(intensity: float) -> str:
    return NEITHER if intensity == 0 else DEED_COOPERATION if intensity > 0 else DEED_CONFLICT


def _levels(axes: Axes, rows: Sequence[Row], shifts: Sequence[Row]) -> None:
    """The level between two moves as a line, the move with its interval."""
    edges = [rows[0]["period"], *(shift["day"] for shift in shifts), rows[-1]["period"]]
    levels = [*(shift["before"] for shift in shifts), *(shift["after"] for shift in shifts[-1:])]
    for level, left, right in zip(levels, edges, edges[1:], strict=False):
        axes.hlines(level, left, right, color=DIM, linewidth=1.5, zorder=4)
    for shift in shifts:
        axes.axvspan(shift["earliest"], shift["latest"], color=RULE, alpha=0.6, zorder=1)
        axes.axvline(shift["day"], color=DIM, linewidth=1, linestyle=(0, (3, 3)), zorder=1)
        firm = "" if shift["survives"] else f", rests on {shift['rests_on']}"
        words = plain(f" {shift['day']}: {shift['before']:+.1f} to {shift['after']:+.1f}{firm} ", 60)
        late = (shift["day"] - rows[0]["period"]).days > 0.6 * (rows[-1]["period"] - rows[0]["period"]).days
        side = "right" if late else "left"
        axes.annotate(words, (shift["day"], 10.4), fontsize=7.5, color=DIM, va="top", ha=side)


def _legend(axes: Axes) -> None:
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], linestyle="none", marker=mark, color=DIM, label=words, fillstyle=_fill(sort))
        for sort, mark, words in _MARKS
    ]
    axes.legend(handles=handles, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=3, frameon=False, fontsize=8)


def _fill(sort: str) -> Any:
    return "none" if sort == "conditional" else "full"
