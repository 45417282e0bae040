"""A drawing goes in, a PNG or SVG file comes out, the same bytes each time: colours, type and frame of every plot."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import DragomanError
from dragoman.export.files import partial_path

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

ENDINGS = (".png", ".svg")
INK, DIM, RULE, PAPER = "#1c1b19", "#66625a", "#d9d4c8", "#fbfaf7"
# Cooperation and conflict, in deeds and in words; what is neither; shades that stay apart for the colour-blind.
DEED_COOPERATION, WORD_COOPERATION = "#1f5f8b", "#7fb4d6"
DEED_CONFLICT, WORD_CONFLICT = "#9c2f1b", "#d98f4e"
NEITHER = "#a39c8d"
_STYLE = {
    "text.parse_math": False,  # a name with dollar signs is a name
    "font.size": 9,
    "font.family": "DejaVu Sans",
    "svg.fonttype": "none",
    "svg.hashsalt": "dragoman",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": RULE,
    "axes.labelcolor": DIM,
    "axes.facecolor": PAPER,
    "figure.facecolor": PAPER,
    "text.color": INK,
    "xtick.color": DIM,
    "ytick.color": DIM,
}


def draw(
    path: Path,
    *,
    title: str,
    note: str,
    paint: Callable[[Any], None],
    size: tuple[float, float] = (9.0, 5.0),
    rows: int = 1,
    empty: str | None = None,
) -> None:
    """Make a figure of ``rows`` axes, one above the other with the same days, let ``paint`` fill them, and save it.

    Where there is nothing to paint, ``empty`` says why, and stands on the figure instead.
    ``size`` is in inches, of 150 dots in a PNG.  Raises DragomanError where matplotlib is not installed.
    """
    pyplot = _pyplot()
    with pyplot.rc_context(_STYLE):
        figure, axes = pyplot.subplots(rows, 1, figsize=size, sharex=True, layout="constrained")
        try:
            figure.suptitle(plain(title), x=0.012, ha="left", fontweight="bold", fontsize=12)
            if empty is None:
                paint(axes)
            else:
                say_nothing(axes, empty)
            lines = textwrap.fill(plain(note, 400), round(size[0] * 17))
            figure.supxlabel(lines, x=0.012, ha="left", fontsize=7.5, color=DIM)
            partial = partial_path(path)
            kind = path.suffix.lower()[1:]
            metadata: dict[str, Any] = {"Date": None} if kind == "svg" else {"Software": None}
            try:
                figure.savefig(partial, format=kind, dpi=150, metadata=metadata)
                partial.replace(path)
            finally:
                partial.unlink(missing_ok=True)
        finally:
            pyplot.close(figure)


def plain(words: str, longest: int = 200) -> str:
    """Words without characters that steer, cut where they run on; names come out of articles.

    >>> plain("Har\\u202ebour\\nWire"), plain("a long name", 7)
    ('Harbour Wire', 'a long…')
    """
    seen = "".join(c for c in words.replace("\n", " ") if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    return seen if len(seen) <= longest else seen[: longest - 1] + "…"


def warmth(intensity: float) -> tuple[float, float, float]:
    """The colour of an intensity from -10 to 10: from conflict's over paper to cooperation's.

    >>> warmth(0) == warmth(0.0)
    True
    """
    end = DEED_COOPERATION if intensity > 0 else DEED_CONFLICT
    share = min(1.0, abs(intensity) / 10)
    near, far = (tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)) for colour in ("#f0ece2", end))
    red, green, blue = (a + (b - a) * share for a, b in zip(near, far, strict=True))
    return red, green, blue


def mark_days(axes: Axes, days: list[date]) -> None:
    """Write the days under an axis as briefly as they can be told."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    if len(set(days)) == 1:  # one day alone would be a line of hours
        axes.set_xticks([days[0]], [days[0].isoformat()])  # type: ignore[arg-type]


def count_in_whole_numbers(axis: Axis) -> None:
    """Let an axis of counts have no halves."""
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(integer=True))


def say_nothing(axes: Axes, words: str) -> None:
    """An empty plot says why it is empty."""
    axes.set_axis_off()
    axes.text(0.5, 0.5, words, ha="center", va="center", color=DIM, transform=axes.transAxes)


def _pyplot() -> Any:
    try:
        import matplotlib

        matplotlib.use("agg")
        from matplotlib import pyplot
    except ImportError as problem:
        raise DragomanError(
            "plots are drawn by matplotlib, which is not installed. Install it with: pip install matplotlib"
        ) from problem
    return pyplot
