"""Channels between parties go in, a table of their use is printed."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from dragoman.tell.console import a_console, a_table


def contacts_table(rows: list[dict[str, Any]], console: Console | None = None) -> None:
    """One channel of one pair a line: how often used, first and last, denied, announced, and who vouches."""
    console = console or a_console()
    if not rows:
        console.print("No contacts fit.")
        return
    table = a_table()
    for name in ("between", "and", "channel"):
        table.add_column(name, no_wrap=True, overflow="ellipsis")
    table.add_column("uses", justify="right")
    for name in ("first", "last"):
        table.add_column(name, no_wrap=True)
    for name in ("denied", "announced"):
        table.add_column(name, justify="right")
    table.add_column("vouched for by", max_width=44, no_wrap=True, overflow="ellipsis")
    for row in rows:
        table.add_row(
            Text(row["one"]),
            Text(row["other"]),
            row["channel"],
            str(row["uses"]),
            *(str(row[name] or "–") for name in ("first_use", "last_use")),
            *(str(row[name] or "") for name in ("denied", "announced")),
            Text(", ".join(row["vouched_by"] or ())),
        )
    console.print(table)
    console.print(
        f"{len(rows)} of {rows[0]['found']}; a use is one happening, however many reports tell of it", style="dim"
    )
