"""The ties of the busiest parties go in, a matrix comes out: who acts and speaks how towards whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.plot.canvas import DIM, INK, PAPER, draw, plain, warmth

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Row = Mapping[str, Any]


def draw_matrix(path: Path, ties: Sequence[Row], *, limit: int = 14) -> None:
    """Draw the ``ties`` of ``find_network`` among the ``limit`` parties with most happenings."""
    busy: Counter[str] = Counter()
    for tie in ties:
        busy[tie["actor"]] += tie["happenings"]
        busy[tie["target"]] += tie["happenings"]
    parties = [party for party, _ in sorted(busy.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]]
    edge = 1.6 + 0.45 * max(len(parties), 4)
    draw(
        path,
        title="Who acts and speaks how towards whom",
        note="Rows act, columns are acted upon. Colour: mean PLOVER intensity, red conflict, blue cooperation; "
        "number: happenings told as done, each counted once.",
        paint=lambda axes: _cells(axes, parties, ties),
        empty=None if parties else "No two parties act or speak towards each other in dated reports.",
        size=(max(edge + 1.2, 5.5), edge + 0.6),
    )


def _cells(axes: Axes, parties: Sequence[str], ties: Sequence[Row]) -> None:
    from matplotlib.patches import Rectangle

    place = {party: number for number, party in enumerate(parties)}
    for number in range(len(parties)):
        axes.add_patch(
            Rectangle((number, number), 1, 1, facecolor="none", edgecolor=DIM, linewidth=0.4, hatch="////", alpha=0.3)
        )
    for tie in ties:
        if tie["actor"] in place and tie["target"] in place:
            x, y = place[tie["target"]], place[tie["actor"]]
            axes.add_patch(Rectangle((x, y), 1, 1, facecolor=warmth(tie["intensity"]), edgecolor=PAPER, linewidth=1.5))
            ink = PAPER if abs(tie["intensity"]) > 5 else INK
            axes.text(x + 0.5, y + 0.5, f"{tie['happenings']:,}", ha="center", va="center", fontsize=8, color=ink)
    names = [plain(party, 14) for party in parties]
    middles = [number + 0.5 for number in range(len(parties))]
    axes.set_xticks(middles, names, rotation=45, ha="left", rotation_mode="anchor")
    axes.set_yticks(middles, names)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.set_xlim(0, len(parties))
    axes.set_ylim(len(parties), 0)
    axes.set_aspect("equal")
    for side in axes.spines.values():
        side.set_visible(False)
