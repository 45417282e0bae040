"""Entries of the ledger go in, they are printed one by one: who threatened what, what came of it; or the counts."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from dragoman.tell.console import a_console, a_table

_STYLE = {"carried out": "bold red", "met": "cyan", "walked back": "cyan", "refused": "yellow", "contested": "magenta"}

_NOTES = (("said by", "rank"), ("hangs on", "condition"), ("until", "deadline"), ("by way of", "channel"))


def ledger_table(rows: list[dict[str, Any]], console: Console | None = None) -> None:
    """Each entry with its words, what it hangs on, and how it ended, with the words of the later report."""
    console = console or a_console()
    if not rows:
        console.print("No entries fit.")
        return
    for row in rows:
        head = Text(f"{row['id'][:8]}  ", style="dim")
        head.append(
            f"{row['day']}  {row['kind']}: {row['actor']} to {row['target'] or 'nobody named'}", style="bold not dim"
        )
        about = f"not to {row['content']}" if row["not_to"] else row["content"]
        head.append(f", {about}" if row["content"] else "", style="not dim")
        head.append(f"  {row['outcome']}", style=f"not dim {_STYLE.get(row['outcome'], '')}")
        console.print(head, no_wrap=True, overflow="ellipsis")
        if row["sentence_text"]:
            console.print(Text(f"   “{row['sentence_text']}”".replace("\n", " ")), style="dim")
        notes = [f"{name}: {row[field]}" for name, field in _NOTES if row[field] not in (None, "not told")]
        told = ", ".join(_count(row[name], name[:-1]) for name in ("reports", "origins"))
        console.print(Text("   " + "; ".join([told, *notes])), style="dim")
        console.print(Text(f"   {row['outcome']}: {row['reason']}"))
        if row["later_sentence"]:
            console.print(Text(f"   “{row['later_sentence']}”".replace("\n", " ")), style="dim")
    console.print(
        f"\n{len(rows)} of {rows[0]['found']} entries; what is open has not failed, nothing later tells of it"
    )


def rates_table(rows: list[dict[str, Any]], console: Console | None = None) -> None:
    """Counts by actor and kind."""
    console = console or a_console()
    table = a_table()
    for name in ("actor", "kind"):
        table.add_column(name)
    for name in ("entries", "carried out or met", "partly", "walked back or refused", "contested", "open or stands"):
        table.add_column(name, justify="right")
    for row in rows:
        counts = (row[field] for field in ("entries", "carried_out", "partly", "walked_back", "contested", "open"))
        table.add_row(Text(row["actor"] or "?"), row["kind"], *map(str, counts))
    console.print(table)
    console.print(
        "counts of what was said, once for each time it was said, however many reports tell of it", style="dim"
    )


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
