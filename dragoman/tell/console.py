"""Where tables are printed, the terminal as wide as it is or a file with room for every column, and how they look."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

NARROWEST = 80


def a_console() -> Console:
    """A console for tables; what goes to a file or pipe is given room for every column."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=max(NARROWEST, 140))
    return console


def a_table(title: str | None = None) -> Table:
    """An empty table that looks as every table of this program does: a line under its head and no frame."""
    return Table(box=box.SIMPLE_HEAD, pad_edge=False, title=title)
