"""Incidents go in, bars come out: how many reports each has, and from how many independent origins they come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.plot.canvas import DEED_COOPERATION, RULE, count_in_whole_numbers, draw, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Row = Mapping[str, Any]


def draw_incidents(path: Path, incidents: Sequence[Row]) -> None:
    """Draw rows of ``find_incidents``, in their order."""
    draw(
        path,
        title="Reports, and where they come from",
        note="An origin is an independent one: copies of one text and retellings of one source count once.",
        paint=lambda axes: _bars(axes, incidents),
        empty=None if incidents else "No incident fits.",
        size=(9.0, 1.6 + 0.36 * max(len(incidents), 4)),
    )


def _bars(axes: Axes, incidents: Sequence[Row]) -> None:
    places = list(range(len(incidents)))
    axes.barh(places, [row["reports"] for row in incidents], color=RULE, height=0.74, label="reports")
    origins = [min(row["origins"], row["reports"]) for row in incidents]
    axes.barh(places, origins, color=DEED_COOPERATION, height=0.34, label="independent origins")
    for place, row in zip(places, incidents, strict=True):
        contested = ", contested" if row["contested"] else ""
        axes.text(row["reports"], place, f" {row['reports']}, {row['origins']}{contested}", va="center", fontsize=7.5)
    axes.set_yticks(places, [_name(row) for row in incidents])
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    count_in_whole_numbers(axes.xaxis)
    axes.margins(x=0.12)
    axes.legend(frameon=False, fontsize=8, ncols=2, loc="lower left", bbox_to_anchor=(0.0, 1.0))


def _name(row: Row) -> str:
    whom = f" {row['recipient_name']}" if row["recipient_name"] else ""
    return plain(f"{row['first_day']}  {row['actor_name'] or '?'} {row['type']}{whom}", 60)
