"""Claims or dyads go in, a table that fits the terminal is printed."""

from __future__ import annotations

from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from dragoman.analyse.claims import Found

_STYLE = {1: "cyan", 2: "bold cyan", 3: "yellow", 4: "bold red"}
_MARK = {"actual": "", "alleged": "alleged", "planned": "planned", "hypothetical": "if", "negated": "not"}
NARROWEST = 80


def claims_table(found: Found, console: Console | None = None) -> None:
    """One claim a line: day, who, what, whom, how sure, according to whom; the words below."""
    console = console or _console()
    if not found.rows:
        console.print("No claims fit.")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("report", no_wrap=True, width=10)
    table.add_column("actor", ratio=3, overflow="ellipsis", no_wrap=True)
    table.add_column("does", no_wrap=True, width=9)
    table.add_column("to", ratio=3, overflow="ellipsis", no_wrap=True)
    table.add_column("", no_wrap=True, width=7)
    table.add_column("according to", ratio=4, overflow="fold")
    table.add_column("words", ratio=6, overflow="ellipsis", no_wrap=True)
    for row in found.rows:
        table.add_row(
            str(row["published"] or "undated"),
            Text(row["actor_name"] or "?"),
            Text(row["type"], style=_STYLE[row["quad"]]),
            Text(row["recipient_name"] or "–"),
            _MARK[row["status"]],
            Text(chain_text(row)),
            Text(_around(row)),
        )
    console.print(table)
    console.print(f"{len(found.rows)} of {found.total} claims", style="dim")


def dyads_table(rows: list[dict[str, Any]], console: Console | None = None) -> None:
    """Who moved towards whom: mean intensity before and after the middle day, on PLOVER's scale of -10 to 10."""
    console = console or _console()
    if not rows:
        console.print("No two countries act on each other in dated reports.")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=f"Who moved towards whom (around {rows[0]['day']})")
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
    """The mouths from the publisher inwards: "Kommersant > Defence Ministry sources"."""
    names = [row["publisher"] or "this report", *(link["name"] for link in row["sources"])]
    return " > ".join(names)


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


def _console() -> Console:
    console = Console()
    if not console.is_terminal:
        console = Console(width=max(NARROWEST, 140))
    return console
