"""Dyads go in: pair by pair and period by period, or both ways beside each other, they are printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from dragoman.tell.console import a_console, a_table

Row = Mapping[str, Any]
_SCALE = "intensity from -10 (conflict) to +10 (cooperation)"
_SORTS = ("act", "word", "conditional")


def periods_table(rows: Sequence[Row], console: Console | None = None) -> None:
    """Each pair in each period: mean intensity of acts, words and conditionals, and how many happenings."""
    console = console or a_console()
    if not rows:
        console.print("Nothing dated is told of such a pair. Parties are codes: RUS, USA, SYRREB.")
        return
    table = a_table()
    for name in ("actor", "towards", "period"):
        table.add_column(name, no_wrap=True)
    for name in (*(f"{sort}s" for sort in _SORTS), "origins", "claims"):
        table.add_column(name, justify="right")
    before = None
    for row in rows:
        pair = (row["actor"], row["target"])
        table.add_row(
            *(Text(name) if pair != before else Text("") for name in pair),
            str(row["period"]),
            *(mean_and_number(row[f"{sort}_intensity"], row[f"{sort}s"]) for sort in _SORTS),
            str(row["origins"]),
            str(row["claims"]),
        )
        before = pair
    console.print(table)
    console.print(
        f"mean {_SCALE}, happenings in brackets; an origin counts once a happening; a period is named by its first day",
        style="dim",
    )


def reciprocity_table(rows: Sequence[Row], by: str, console: Console | None = None) -> None:
    """Each pair once: what goes forth and back, and whether the warmth of the one goes with that of the other."""
    console = console or a_console()
    if not rows:
        console.print("No two parties act or speak towards each other, both ways, in dated reports.")
        return
    table = a_table()
    for name in ("one", "other"):
        table.add_column(name, no_wrap=True)
    for name in ("one to other", "other to one", "balance", "together", "one answers", "other answers"):
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(
            Text(row["one"]),
            Text(row["other"]),
            mean_and_number(row["forth_intensity"], row["forth"]),
            mean_and_number(row["back_intensity"], row["back"]),
            f"{row['balance']:.2f}",
            *(_correlation(row[how]) for how in ("together", "one_answers", "other_answers")),
        )
    console.print(table)
    console.print(
        f"{len(rows)} of {rows[0]['found']}; mean {_SCALE}, happenings in brackets; balance: the smaller number by the "
        f"larger; then rank correlations of the two sides' warmth in the same {by} and in the one after (95 %); "
        "–: too few periods",
        style="dim",
    )


def mean_and_number(intensity: float | None, number: int) -> str:
    """A mean with how many stand behind it.

    >>> mean_and_number(-3.25, 4), mean_and_number(None, 0)
    ('-3.2 (4)', '–')
    """
    return "–" if intensity is None else f"{intensity:+.1f} ({number})"


def _correlation(found: Row | None) -> str:
    return "–" if found is None else f"{found['rho']:+.2f} ({found['low']:+.2f} to {found['high']:+.2f})"
