"""Where tables are printed: the terminal, as wide as it is, or a file, with room for every column."""

from __future__ import annotations

from rich.console import Console

NARROWEST = 80


def a_console() -> Console:
    """A console for tables; what goes to a file or pipe is given room for every column."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=max(NARROWEST, 140))
    return console
