"""Positions go in: who stands how to whom, and where that moved, is printed."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from dragoman.analyse.positions import EVERYTHING
from dragoman.tell.console import a_console, a_table
from dragoman.tell.dyad_tables import mean_and_number

_SCALE = "intensity from -10 (conflict) to +10 (cooperation); a happening counts once for each independent origin"


def positions_table(rows: list[dict[str, Any]], console: Console | None = None) -> None:
    """Pairs that moved, with each move in words, then the others with their evidence."""
    console = console or a_console()
    if not rows:
        console.print("No two parties act on each other in dated reports.")
        return
    for row in rows:
        for shift in row["shifts"]:
            about = "" if row["topic"] == EVERYTHING else f", about {row['topic']}"
            console.print(Text(f"{row['actor']} towards {row['target']}{about}: {shift['direction']}", style="bold"))
            console.print(Text(f"   {_when(shift)}, from {_level(shift, 'before')} to {_level(shift, 'after')}"))
            console.print(Text(f"   {_firmness(shift)}"))
            console.print(Text(f"   told most by {', '.join(claim[:8] for claim in shift['carriers'])}"), style="dim")
    by_topic = any(row["topic"] != EVERYTHING for row in rows)
    table = a_table()
    for name in ("actor", "towards", "about")[: 3 if by_topic else 2]:
        table.add_column(name)
    for name in ("acts", "words", "conditionals", "origins"):
        table.add_column(name, justify="right")
    table.add_column("")
    for row in rows:
        table.add_row(
            Text(row["actor"]),
            Text(row["target"]),
            *([Text(row["topic"])] if by_topic else []),
            *(mean_and_number(row[f"{sort}_intensity"], row[f"{sort}s"]) for sort in ("act", "word", "conditional")),
            str(row["origins"]),
            "moved"
            if row["shifts"]
            else "no move found"
            if row["evidence"] == "enough evidence"
            else "too little told",
        )
    console.print(table)
    console.print(f"mean {_SCALE}; how many in brackets", style="dim")


def _when(shift: dict[str, Any]) -> str:
    if shift["earliest"] == shift["latest"]:
        return f"on {shift['day']}"
    return f"on {shift['day']} (90 %: {shift['earliest']} to {shift['latest']})"


def _level(shift: dict[str, Any], side: str) -> str:
    return f"{shift[side]:+.1f} ({shift[f'happenings_{side}']})"


def _firmness(shift: dict[str, Any]) -> str:
    sure = f"probability {shift['probability']:.2f}"
    if shift["survives"]:
        return f"{sure}; it is still there whichever single source is left out"
    return f"{sure}; it rests on {shift['rests_on']}: without that source there is too little evidence, or no move"
