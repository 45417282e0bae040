"""Texts go in, the speed of `dragoman code` comes out, beside stock spaCy that only parses the same texts.

    python tools/bench_code.py [--texts FILE|FOLDER] [--articles 400] [--workers 1,2] [--rounds 2] [--json FILE]

In one run: spaCy's small English pipeline as it comes (all its steps, one thread, loading left out), and again with
few texts at a time, which keeps them in the processor's cache; then whole commands with 1, 2, 4 … workers up to the
processors, start-up and case file included.  In several rounds they take turns, and the best round of each counts.
"x spaCy" compares CPU seconds with the faster of the two, so it is per core; "x one" compares wall seconds with one
worker.  Words are counted as ``str.split`` does, an article has 400 of them.  Memory is that of all processes
together.  Start-up is the whole command on one short document, the best of three.

TEXTS is whatever `dragoman code` reads; without it texts are made up.  A
paragraph that comes again is parsed once: no made-up one does, and of TEXTS the share is told.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from measuring import (
    MADE_UP,
    Took,
    conditions,
    documents_in,
    dragoman,
    elsewhere,
    gigabytes,
    in_words,
    make_up,
    must,
    processors,
    words_again,
    words_in,
    write_documents,
    write_json,
)

from dragoman.engines.machine import peak_memory
from dragoman.records import Document
from dragoman.tell.console import a_console, a_table

SPACY = "spaCy, only parsing"
FEW = 16  # texts at a time with which it is fastest
ARTICLE = 400
SHORT = Document("short", "Oslo expelled ten diplomats of Peru on Monday.", "2018-04-12")


def main() -> None:
    """Measure, and print it as a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=Path, help="a file or folder; made-up texts if left out")
    options.add_argument("--articles", type=int, default=400, help="at most so many; 0 is all that TEXTS has")
    options.add_argument("--workers", type=numbers, default=list(doubling(processors())), help="such as 1,2,4")
    options.add_argument("--rounds", type=int, default=2)
    options.add_argument("--json", type=Path, help="keep all figures here")
    given = options.parse_args()
    if given.texts is None:
        documents = list(make_up(given.articles or 400))
    else:
        documents = list(islice(documents_in(given.texts), given.articles or None))
    words = words_in(document.text for document in documents)
    here = conditions()
    print(in_words(here))
    again = words_again(document.text for document in documents) / words
    print(f"{len(documents)} articles, {words:,} words, {again:.1%} of them in paragraphs that come again")
    print(f"best of {given.rounds} rounds")
    if given.texts is None:
        print(MADE_UP)
    with tempfile.TemporaryDirectory(prefix="dragoman-bench-") as name:
        start_up = shortest_start(Path(name))
        rows = measure(documents, words, given.workers, given.rounds, Path(name))
    print_table(rows, start_up)
    texts = {"from": str(given.texts or "made up"), "articles": len(documents), "words": words, "again": again}
    write_json(given.json, {**here, "texts": texts, "start_up_seconds": start_up, "rows": rows})


def numbers(given: str) -> list[int]:
    """
    >>> numbers("1,4")
    [1, 4]
    """
    found = [int(each) for each in given.split(",")]
    if min(found) < 1:
        raise ValueError
    return found


def doubling(most: int) -> Iterator[int]:
    """
    >>> list(doubling(6))
    [1, 2, 4, 6]
    """
    number = 1
    while number < most:
        yield number
        number *= 2
    yield most


def shortest_start(folder: Path) -> float:
    """The seconds of the command with one short document; the first time compiles what is not compiled."""
    given = write_documents([SHORT], folder / "short.jsonl")
    command = ("code", given, "--to", folder / "short-claims.jsonl")
    must(dragoman(*command))
    return min(must(dragoman(*command)).seconds for _ in range(3))


def measure(
    documents: list[Document], words: int, workers: list[int], rounds: int, folder: Path
) -> list[dict[str, Any]]:
    """A row of figures for spaCy and for each number of workers."""
    given = write_documents(documents, folder / "given.jsonl")
    texts = [document.text for document in documents]
    taken: dict[int, list[Took]] = {}
    for turn in range(rounds):
        taken.setdefault(0, []).append(elsewhere(parse_only, texts, None))
        taken.setdefault(-FEW, []).append(elsewhere(parse_only, texts, FEW))
        for number in workers:
            target = folder / f"claims-{turn}-{number}.duckdb"
            taken.setdefault(number, []).append(code(given, target, number))
            target.unlink()
    stock = min(took.cpu for took in (*taken[0], *taken[-FEW]))
    one = min(took.seconds for took in taken[1]) if 1 in taken else None
    return [row(number, tries, words, stock, one) for number, tries in taken.items()]


def parse_only(texts: list[str], at_a_time: int | None) -> Took:
    """Stock spaCy, so many texts at a time; meant for a process of its own."""
    import spacy

    from dragoman.parse.models import DEFAULT_MODEL, package_of

    pipeline = spacy.load(package_of(DEFAULT_MODEL))
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in pipeline.pipe(texts, batch_size=at_a_time):
        pass
    return Took(0, time.perf_counter() - wall, time.process_time() - cpu, peak_memory(), "")


def code(given: Path, target: Path, workers: int) -> Took:
    """The whole command.  Of several processes only the command itself knows the memory together."""
    took = must(dragoman("code", given, "--to", target, "--workers", workers))
    told = re.search(r"([\d.]+) GB of memory", took.said)
    together = int(float(told[1]) * 1e9) if told else 0
    return Took(took.status, took.seconds, took.cpu, max(took.memory, together), took.said)


def row(number: int, tries: list[Took], words: int, stock: float, one: float | None) -> dict[str, Any]:
    """The figures of the best tries; number 0 is spaCy as it comes, below it is spaCy with so many texts at a time."""
    cpu, wall = min(took.cpu for took in tries), min(took.seconds for took in tries)
    per_second = words / wall
    return {
        "what": named(number),
        "workers": max(number, 0),
        "seconds": wall,
        "cpu_seconds": cpu,
        "words_per_second": per_second,
        "articles_per_day": per_second / ARTICLE * 86_400,
        "times_spacy_per_core": stock / cpu,
        "times_one_worker": one / wall if one and number > 0 else None,
        "memory": max(took.memory for took in tries),
        "all_seconds": [took.seconds for took in tries],
        "all_cpu_seconds": [took.cpu for took in tries],
    }


def named(number: int) -> str:
    """
    >>> named(2), named(-16)
    ('dragoman code, 2 workers', 'spaCy, only parsing, 16 at a time')
    """
    if number <= 0:
        return f"{SPACY}, {-number} at a time" if number else SPACY
    return f"dragoman code, {number} worker{'s' * (number > 1)}"


def print_table(rows: list[dict[str, Any]], start_up: float) -> None:
    """Print what a person reads."""
    table = a_table()
    table.add_column("")
    for name in ("wall s", "CPU s", "words/s", "articles\na day", "x spaCy\nper core", "x one\nworker", "memory"):
        table.add_column(name, justify="right")
    for each in rows:
        scaling = each["times_one_worker"]
        table.add_row(
            each["what"].replace("dragoman ", ""),
            f"{each['seconds']:.1f}",
            f"{each['cpu_seconds']:.1f}",
            f"{each['words_per_second']:,.0f}",
            f"{each['articles_per_day'] / 1e6:.2f} M",
            f"{each['times_spacy_per_core']:.2f}",
            "" if scaling is None else f"{scaling:.2f}",
            gigabytes(each["memory"]),
        )
    a_console().print(table)
    print(f"start-up, one short document: {start_up:.2f} s")


if __name__ == "__main__":
    main()
