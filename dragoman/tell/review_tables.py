"""Claims to be judged, the history of decisions, what changed between two codings, and agreement, as tables."""

from __future__ import annotations

import json
from typing import Any

from rich.console import Console
from rich.text import Text

from dragoman.analyse.agreement import Agreement
from dragoman.analyse.changes import Changes
from dragoman.tell.console import a_console, a_table

_KINDS = {"new": "green", "gone": "red", "changed": "yellow"}


def waiting_table(rows: list[dict[str, Any]], console: Console | None = None) -> None:
    """Claims that nobody has judged, each with its sentence, its word marked."""
    console = console or a_console()
    if not rows:
        console.print("Every claim has been judged.")
        return
    for row in rows:
        head = Text(f"{row['id']}  ", style="dim")
        head.append(f"{row['actor_name'] or '?'} {row['type']} {row['recipient_name'] or '–'}", style="bold")
        head.append(f"  {row['status']}  {row['published'] or 'undated'}  {row['publisher'] or ''}", style="not dim")
        console.print(head, no_wrap=True, overflow="ellipsis")
        console.print(_sentence(row), style="dim")
    console.print(f"\nThe {len(rows)} least certain that nobody has judged. Judge one with, for example:")
    console.print(f"  dragoman review CASE {rows[0]['id'][:8]} --accept --by NAME", highlight=False)


def history_table(rows: list[dict[str, Any]], console: Console | None = None) -> None:
    """Every decision, in order; those taken back and those that no longer fit are marked."""
    console = console or a_console()
    if not rows:
        console.print("Nothing has been decided yet.")
        return
    table = a_table()
    for name in ("", "when", "by", "claim", "as coded", "decision", "reason", ""):
        table.add_column(name, overflow="fold")
    for row in rows:
        coded = f"{row['actor_name'] or '?'} {row['type']} {row['recipient_name'] or '–'}"
        table.add_row(
            str(row["number"]),
            f"{row['reviewed_at']:%Y-%m-%d %H:%M}",
            Text(row["reviewer"]),
            Text(row["claim"][:8]),
            Text(coded),
            Text(_decision(row)),
            Text(row["reason"]),
            Text(_note(row), style="magenta"),
        )
    console.print(table)


def changes_table(changes: Changes, console: Console | None = None) -> None:
    """What another coding has otherwise, one claim a line; then how many of each kind."""
    console = console or a_console()
    if changes.rows:
        table = a_table()
        for name in ("", "document", "word", "before", "after"):
            table.add_column(name, overflow="fold")
        for row in changes.rows:
            table.add_row(
                Text(row["kind"], style=_KINDS[row["kind"]]),
                Text(row["document"][:16]),
                Text(row["word"]),
                Text(_side(row, "old")),
                Text(_side(row, "new")),
            )
        console.print(table)
    counts = changes.counts
    console.print(f"{counts['new']} new, {counts['gone']} gone, {counts['changed']} changed, {counts['same']} the same")


def agreement_table(found: Agreement, console: Console | None = None) -> None:
    """How far two coders agree: on whether there is a claim, then field by field, raw and corrected for chance."""
    console = console or a_console()
    table = a_table()
    for name, justify in (("field", "left"), ("claims", "right"), ("agree", "right"), ("kappa", "right")):
        table.add_column(name, justify="right" if justify == "right" else "left")
    for each in found.fields:
        kappa = "–" if each.kappa is None else f"{each.kappa:.2f}"
        table.add_row(each.field, str(each.claims), f"{each.agreement:.0%}", kappa)
    console.print(table)
    console.print(
        f"{found.documents} documents in both; {found.both} claims on the same words, {found.only_one} only in the "
        f"first, {found.only_other} only in the second (agreement that there is a claim, F1: {found.found:.2f})"
    )
    console.print("kappa is corrected for chance: 0 is what chance alone gives, 1 is perfect", style="dim")


def _sentence(row: dict[str, Any]) -> Text:
    text, offset = row["sentence_text"], row["sentence_start"]
    start, end = row["trigger_start"] - offset, row["trigger_end"] - offset
    marked = Text("   ")
    marked.append(text[:start].replace("\n", " "))
    marked.append(text[start:end], style="bold not dim")
    marked.append(text[end:].replace("\n", " "))
    return marked


def _decision(row: dict[str, Any]) -> str:
    if row["action"] == "undo":
        return f"undo {row['undone']}"
    if row["action"] == "add":
        return f"add, told by “{json.loads(row['changes'])['trigger_text']}”"
    if not row["changes"]:
        return str(row["action"])
    changes = json.loads(row["changes"])
    derived = ("quad", "intensity", "cameo", "date_granularity") + (("mode",) if not changes.get("mode") else ())
    told = {field: value for field, value in changes.items() if field not in derived}
    if isinstance(told.get("sources"), list):
        told["sources"] = " > ".join(told["sources"]) or "nobody"
    return ", ".join(f"{field} = {'none' if value is None else value}" for field, value in told.items())


def _note(row: dict[str, Any]) -> str:
    if row["action"] == "undo":
        return ""
    if not row["stands"]:
        return "taken back or replaced"
    if row["fits"]:
        return ""
    return "its words are not in this case" if row["action"] == "add" else "no longer fits the coding"


def _side(row: dict[str, Any], side: str) -> str:
    if row[f"{side}_type"] is None:
        return ""
    values = [row[f"{side}_actor"] or "?", row[f"{side}_type"], row[f"{side}_recipient"] or "–", row[f"{side}_status"]]
    chain = row[f"{side}_chain"]
    return " ".join(values) + (f" ({chain})" if chain else "")
