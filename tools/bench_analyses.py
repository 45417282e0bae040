"""Sizes go in, what each analysis takes on a case file of that size comes out: seconds and memory of whole commands.

    python tools/bench_analyses.py [--smallest 4] [--largest 6] [--texts FILE|FOLDER] [--rounds 1] [--json FILE]

The case files have 10^4, 10^5 … claims (with ``--largest 7`` ten million).  They are the bundled sample, or TEXTS,
coded once and grown (grow_case.py).  The same acts come back in them, so the figures are of size, not of variety.  A
command that takes longer than ``--patience`` seconds is ended.  Of several rounds the shortest time counts and the
largest memory.  Exit status 1 where a command failed or was ended.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measuring import SAMPLE, Took, conditions, dragoman, gigabytes, in_words, must, run, write_json

from dragoman.tell.console import a_console, a_table

COMMANDS = ("incidents", "positions", "ledger", "contacts", "dyads", "network", "report")
GROW = Path(__file__).with_name("grow_case.py")


def main() -> None:
    """Measure size by size, and print it as a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=Path, default=SAMPLE, help="a file or folder; the bundled sample if left out")
    options.add_argument("--smallest", type=int, default=4, help="the power of ten of the first size")
    options.add_argument("--largest", type=int, default=6, help="the power of ten of the last size")
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--patience", type=float, default=900, help="seconds for one command")
    options.add_argument("--folder", type=Path, help="where the case files are made; the largest takes some gigabytes")
    options.add_argument("--json", type=Path, help="keep all figures here")
    given = options.parse_args()
    here = conditions()
    print(in_words(here))
    with tempfile.TemporaryDirectory(prefix="dragoman-bench-", dir=given.folder) as name:
        folder = Path(name)
        must(dragoman("code", given.texts, "--to", folder / "base.duckdb"))
        sizes = [
            measure(folder, 10**power, given.rounds, given.patience)
            for power in range(given.smallest, given.largest + 1)
        ]
    print_table(sizes)
    write_json(given.json, {**here, "texts": "sample" if given.texts == SAMPLE else str(given.texts), "sizes": sizes})
    sys.exit(1 if any(each["status"] for size in sizes for each in size["commands"].values()) else 0)


def measure(folder: Path, claims: int, rounds: int, patience: float) -> dict[str, Any]:
    """Grow the case file, which each size goes on with, and run every command on it."""
    case = folder / "case.duckdb"
    say(f"{claims:,} claims: growing the case file")
    grown = must(run([sys.executable, GROW, folder / "base.duckdb", case, claims]))
    found: dict[str, dict[str, Any]] = {}
    for command in COMMANDS:
        say(f"{claims:,} claims: {command}")
        target = ("--to", folder / "report.html") if command == "report" else ()
        found[command] = figures([dragoman(command, case, *target, limit=patience) for _ in range(rounds)])
    say("")
    return {"claims": claims, "file": case.stat().st_size, "grown_in_seconds": grown.seconds, "commands": found}


def figures(tries: list[Took]) -> dict[str, Any]:
    """What a command took; where a try failed, its status and last words."""
    failed = next((took for took in tries if took.status), None)
    return {
        "status": failed.status if failed else 0,
        "said": failed.said.rpartition("\n")[2] if failed else "",
        "seconds": min(took.seconds for took in tries),
        "cpu_seconds": min(took.cpu for took in tries),
        "memory": max(took.memory for took in tries),
    }


def say(what: str) -> None:
    """Tell what is under way, to somebody who waits at a terminal."""
    if sys.stderr.isatty():
        print(f"\r\033[K{what}", end="", file=sys.stderr, flush=True)


def print_table(sizes: list[dict[str, Any]]) -> None:
    """Print commands by sizes; below it what went wrong."""
    table = a_table()
    table.add_column("claims")
    for size in sizes:
        table.add_column(f"{size['claims']:,}", justify="right")
    for command in COMMANDS:
        table.add_row(command, *(cell(size["commands"][command]) for size in sizes))
    table.add_row("case file", *(gigabytes(size["file"]) for size in sizes))
    a_console().print(table)
    for line in troubles(sizes):
        print(line)


def cell(found: dict[str, Any]) -> str:
    """
    >>> cell({"status": 0, "seconds": 4.07, "memory": 1_150_000_000})
    '4.1 s, 1.15 GB'
    """
    how = "failed, " if found["status"] else ""
    return f"{how}{found['seconds']:.1f} s, {gigabytes(found['memory'])}"


def troubles(sizes: list[dict[str, Any]]) -> Iterator[str]:
    """A line for each command that failed."""
    for size in sizes:
        for command, found in size["commands"].items():
            if found["status"]:
                why = found["said"] or "killed: it ran out of --patience, or the machine of memory"
                yield f"{command} at {size['claims']:,} claims: status {found['status']}, {why}"


if __name__ == "__main__":
    main()
