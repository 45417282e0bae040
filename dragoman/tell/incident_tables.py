"""Incidents go in, a table of them is printed; one incident goes in, its reports are printed side by side."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from rich.console import Console
from rich.text import Text

from dragoman.tell.console import a_console, a_table
from dragoman.tell.table import chain_text


def incidents_table(rows: list[dict[str, Any]], console: Console | None = None) -> None:
    """One incident a line: days, who, what, whom, how many reports and independent origins, whether it is contested."""
    console = console or a_console()
    if not rows:
        console.print("No incidents fit.")
        return
    table = a_table()
    for name, width in (("id", 8), ("days", 19), ("who", 22), ("what", 9), ("whom", 22), ("where", 12)):
        table.add_column(name, overflow="ellipsis", no_wrap=True, max_width=width)
    for name in ("claims", "reports", "origins"):
        table.add_column(name, justify="right", no_wrap=True, min_width=len(name))
    table.add_column("", no_wrap=True, min_width=9)
    for row in rows:
        table.add_row(
            Text(row["id"][:8], style="dim"),
            days(row),
            Text(row["actor_name"] or "?"),
            Text(row["type"]),
            Text(row["recipient_name"] or "–"),
            Text(row["place_name"] or ""),
            *(str(row[name]) for name in ("claims", "reports", "origins")),
            Text("contested" if row["contested"] else "", style="magenta"),
        )
    console.print(table)
    console.print(
        f"{len(rows)} of {rows[0]['found']} incidents. See one with: dragoman incidents CASE {rows[0]['id'][:8]}"
    )


def incident_table(incident: dict[str, Any], console: Console | None = None) -> None:
    """The reports of one incident, each with its words, its chain, its origin, and why it stands here."""
    console = console or a_console()
    console.print(Text(f"{incident['id']}  {days(incident)}", style="bold underline"))
    names = ", ".join(incident["origin_names"])
    console.print(
        f"{incident['reports']} reports with {incident['claims']} claims come from {incident['origins']} independent "
        f"origins: {names}",
        highlight=False,
        markup=False,
    )
    if incident["denied"] and incident["actual"] + incident["alleged"]:
        told = incident["actual"] + incident["alleged"]
        console.print(f"Contested: {told} claims tell of it, {incident['denied']} deny it.", style="magenta")
    for _, group in groupby(incident["told"], key=lambda row: row["document"]):
        rows = list(group)
        head = Text(
            f"\n{rows[0]['published'] or 'undated'}  {rows[0]['publisher'] or 'unknown publisher'}", style="bold"
        )
        head.append(f"  {rows[0]['title'] or ''}", style="not bold italic")
        if rows[0]["copied"]:
            head.append("  copy of an earlier text", style="not bold yellow")
        console.print(head, no_wrap=True, overflow="ellipsis")
        for row in rows:
            line = Text(f"  {row['id'][:8]}  ", style="dim")
            line.append(f"{row['actor_name'] or '?'} {row['type']} {row['recipient_name'] or '–'} ", style="not dim")
            line.append(f"{row['status']}", style="magenta")
            if row["sources"]:
                line.append(f"  {chain_text(row)}", style="green")
            console.print(line)
            console.print(Text(f"    “{row['sentence_text']}”".replace("\n", " ")), style="dim")
            console.print(Text(f"    here because: {row['reason']}; origin: {row['origin_name']}"), style="dim")


def days(row: dict[str, Any]) -> str:
    """One day, or the first and the last.

    >>> import datetime
    >>> days({"first_day": datetime.date(2018, 4, 9), "last_day": datetime.date(2018, 4, 11)})
    '2018-04-09 to 04-11'
    """
    first, last = row["first_day"], row["last_day"]
    if first == last:
        return f"{first}"
    return f"{first} to {last:%m-%d}" if first.year == last.year else f"{first} to {last}"
