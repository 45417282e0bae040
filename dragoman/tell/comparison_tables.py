"""What two codings of the same days have in common goes in, tables by pair and by type are printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from dragoman.analyse.comparison import Comparison
from dragoman.tell.console import a_console, a_table

Row = Mapping[str, Any]


def comparison_tables(found: Comparison, by: str, limit: int, console: Console | None = None) -> None:
    """The whole in a line, then pairs and types, those with most happenings first."""
    console = console or a_console()
    if found.since is None:
        console.print("The two have no days in common: nothing to compare.")
        return
    whole = found.whole
    console.print(
        f"{found.since} to {found.until}: {whole['ours']:,} here, {whole['theirs']:,} there; of the cells (pair of "
        f"countries, type, {by}) {whole['both']:,} are in both, {whole['only_ours']:,} only here, "
        f"{whole['only_theirs']:,} only there; correlation {_rho(whole)}"
    )
    pairs = [(f"{row['actor']} towards {row['recipient']}", row) for row in found.pairs[:limit]]
    _table(console, "pair", pairs)
    _table(console, "type", [(row["type"], row) for row in found.types])
    console.print(
        f"{len(pairs)} of {len(found.pairs)} pairs; numbers are happenings told as done (events without a text count "
        f"one by one); correlation: Spearman's, over every {by}; –: too little to tell",
        style="dim",
    )


def _table(console: Console, what: str, rows: Sequence[tuple[str, Row]]) -> None:
    table = a_table()
    table.add_column(what, no_wrap=True)
    for name in ("here", "there", "cells in both", "only here", "only there", "correlation"):
        table.add_column(name, justify="right")
    for name, row in rows:
        numbers = (row[key] for key in ("ours", "theirs", "both", "only_ours", "only_theirs"))
        table.add_row(Text(name), *(f"{number:,}" for number in numbers), _rho(row))
    console.print(table)


def _rho(row: Row) -> str:
    return "–" if row["rho"] is None else f"{row['rho']:+.2f}"
