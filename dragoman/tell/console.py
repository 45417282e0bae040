"""Where tables are printed, the terminal as wide as it is or a file with room for every column, and how they look."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table

from dragoman.tell.visible import visible

NARROWEST = 80


class _Console(Console):
    """Shows what articles hold and does nothing of what it asks of a terminal."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """What is to be printed, in parts."""
        for part in super().render(renderable, options):
            yield part if part.control else part._replace(text=visible(part.text))


def a_console() -> Console:
    """A console for tables; what goes to a file or pipe is given room for every column."""
    console = _Console()
    if not console.is_terminal:
        console = _Console(width=max(NARROWEST, 140))
    return console


def a_table(title: str | None = None) -> Table:
    """An empty table that looks as every table of this program does: a line under its head and no frame."""
    return Table(box=box.SIMPLE_HEAD, pad_edge=False, title=title)
