"""A network of parties with their places on the plane goes in, a picture of it comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.plot.canvas import DIM, INK, PAPER, RULE, draw, plain, warmth

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Row = Mapping[str, Any]
Places = Mapping[str, tuple[float, float]]


def draw_network(path: Path, parties: Sequence[Row], ties: Sequence[Row], places: Places) -> None:
    """Draw ``parties`` and ``ties`` of ``find_network`` at ``places`` (those that have none are left out)."""
    shown = [row for row in parties if row["party"] in places]
    left_out = f" The {len(shown)} with most partners, of {len(parties)}." if len(shown) < len(parties) else ""
    draw(
        path,
        title="Who is tied to whom",
        note="Arrows: happenings told as done, thicker where there are more; red conflict, blue cooperation on "
        f"average. Discs: larger with more partners.{left_out}",
        paint=lambda axes: _paint(axes, shown, ties, places),
        empty=None if shown else "No two parties act or speak towards each other in dated reports.",
        size=(9.0, 7.0),
    )


def _paint(axes: Axes, parties: Sequence[Row], ties: Sequence[Row], places: Places) -> None:
    axes.set_axis_off()
    _ties(axes, ties, places)
    _parties(axes, parties, places)
    axes.margins(0.08)


def _ties(axes: Axes, ties: Sequence[Row], places: Places) -> None:
    between = [tie for tie in ties if tie["actor"] in places and tie["target"] in places]
    most = max((tie["happenings"] for tie in between), default=1)
    for tie in sorted(between, key=lambda tie: (tie["happenings"], tie["actor"], tie["target"])):
        axes.annotate(
            "",
            xy=places[tie["target"]],
            xytext=places[tie["actor"]],
            arrowprops={
                "arrowstyle": "-|>",
                "connectionstyle": "arc3,rad=0.12",
                "color": warmth(tie["intensity"] * 2) if abs(tie["intensity"]) >= 1 else RULE,
                "linewidth": 0.6 + 3.4 * (tie["happenings"] / most) ** 0.5,
                "shrinkA": 13,
                "shrinkB": 13,
                "alpha": 0.8,
            },
        )


def _parties(axes: Axes, parties: Sequence[Row], places: Places) -> None:
    for row in parties:
        x, y = places[row["party"]]
        axes.scatter([x], [y], s=260 + 24 * row["partners"], color=PAPER, edgecolors=DIM, linewidths=1.2, zorder=3)
        axes.annotate(plain(row["party"], 14), (x, y), ha="center", va="center", fontsize=7, color=INK, zorder=4)
