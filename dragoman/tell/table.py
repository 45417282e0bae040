"""Claims or dyads go in, a table that fits the terminal is printed."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from dragoman.analyse.claims import Found
from dragoman.tell.console import a_console, a_table

_STYLE = {1: "cyan", 2: "bold cyan", 3: "yellow", 4: "bold red"}
_MARK = {"actual": "", "alleged": "alleged", "planned": "planned", "hypothetical": "if", "negated": "not"}


def claims_table(found: Found, console: Console | None = None, *, title: str | None = None) -> None:
    """Claims under the report that tells them, one a line: id, who, what, whom, how sure, through whom, the words."""
    console = console or a_console()
    if title:
        console.print(Text(title, style="bold underline"))
    if not found.rows:
        console.print("No claims fit.")
        return
    for _, rows in groupby(found.rows, key=lambda row: row["document"]):
        _report(list(rows), console)
    console.print(f"{len(found.rows)} of {found.total} claims\n", style="dim")


def _report(rows: list[dict[str, Any]], console: Console) -> None:
    first = rows[0]
    head = Text(f"{first['published'] or 'undated'}  {first['publisher'] or 'unknown publisher'}", style="bold")
    if first["title"]:
        head.append(f"  {first['title']}", style="not bold italic")
    console.print(head, no_wrap=True, overflow="ellipsis")
    who, chain, words = _widths(console.width)
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 0))
    for width in (8, who, 9, who, 8, chain, words):
        if width:
            table.add_column(width=width, no_wrap=width != chain, overflow="fold" if width == chain else "ellipsis")
    for row in rows:
        cells = [
            Text(row["id"][:8], style="dim"),
            Text(row["actor_name"] or "?"),
            Text(row["type"], style=_STYLE[row["quad"]]),
            Text(row["recipient_name"] or "–"),
            Text(_MARK[row["status"]], style="magenta"),
            Text(chain_text(row), style="green"),
        ]
        table.add_row(*cells, *([Text(_around(row), style="dim")] if words else []))
    console.print(table)


def _widths(width: int) -> tuple[int, int, int]:
    """Columns for a name, for the chain and for the words in a terminal of ``width``; a narrow one shows no words."""
    free = width - 25 - 7
    if free < 72:
        return max(12, free * 3 // 10), max(14, free - 2 * (free * 3 // 10)), 0
    return free * 22 // 100, free * 24 // 100, free - 2 * (free * 22 // 100) - free * 24 // 100


def dyads_table(rows: list[dict[str, Any]], console: Console | None = None) -> None:
    """Who moved towards whom: mean intensity before and after the middle day, on PLOVER's scale of -10 to 10."""
    console = console or a_console()
    if not rows:
        console.print("No two countries act on each other in dated reports.")
        return
    table = a_table(title=f"Who moved towards whom (around {rows[0]['day']})")
    for name in ("actor", "towards", "claims", "cooperation", "conflict", "before", "after", ""):
        table.add_column(name, justify="left" if name in ("actor", "towards", "") else "right")
    for row in rows:
        before, after = row["before"], row["after"]
        table.add_row(
            escape(row["actor"]),
            escape(row["recipient"]),
            *(str(row[name]) for name in ("claims", "cooperation", "conflict")),
            "–" if before is None else f"{before:+.1f} ({row['claims_before']})",
            "–" if after is None else f"{after:+.1f} ({row['claims_after']})",
            _movement(before, after),
        )
    console.print(table)
    console.print("intensity from -10 (conflict) to +10 (cooperation); number of claims in brackets", style="dim")


def chain_text(row: dict[str, Any]) -> str:
    """The mouths inside the report, outermost first: "Kommersant > Defence Ministry sources"; "" for none."""
    return " > ".join(link["name"] for link in row["sources"])


def _around(row: dict[str, Any], before: int = 24) -> str:
    start = max(0, row["trigger_start"] - row["sentence_start"] - before)
    words = str(row["sentence_text"])[start:].replace("\n", " ")
    return ("…" if start else "") + words


def _movement(before: float | None, after: float | None) -> str:
    if before is None or after is None:
        return "too little told"
    if abs(after - before) < 1:
        return "steady"
    return "warmer" if after > before else "colder"
