"""Commands and texts go in; out comes what they took, the texts as they are measured with, and the machine.

What the benchmarks share (bench_parse.py, bench_code.py, bench_analyses.py).  Linux and macOS.
"""

from __future__ import annotations

import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import metadata, resources
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from dragoman.errors import InputError
from dragoman.parse.paragraphs import paragraphs
from dragoman.read.inputs import read_inputs
from dragoman.read.language import keep_english
from dragoman.records import Document
from dragoman.tables import STATE_COLUMNS, Row, read_table

_Found = TypeVar("_Found")

PROGRAM = (sys.executable, "-c", "from dragoman.cli import main; main()")
SAMPLE = Path(str(resources.files("dragoman").joinpath("samples", "syria-2018.jsonl")))
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
MADE_UP = (
    "Made-up text: paragraphs of the bundled sample, shuffled, with other states in them. It is easier to parse than\n"
    "news, for the same words come back, and harder to code, for nearly every sentence tells of acts. Name texts of\n"
    "your own with --texts."
)


@dataclass(frozen=True, slots=True)
class Took:
    """What a command took, the processes included that it started; ``memory`` is that of the largest one, in bytes."""

    status: int
    seconds: float
    cpu: float
    memory: int
    said: str


def run(command: Sequence[object], *, limit: float | None = None) -> Took:
    """Run a command to its end, or for ``limit`` seconds; ``said`` is what it wrote to standard error.

    Linux counts what this process has in memory as its child's too: whoever measures memory stays small
    (``elsewhere``).
    """
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=errors)
        ending = threading.Timer(limit or threading.TIMEOUT_MAX, process.kill)
        ending.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
        finally:
            ending.cancel()
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read().decode("utf-8", "replace").strip()
    memory = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Took(process.returncode, seconds, used.ru_utime + used.ru_stime, memory, said)


def dragoman(*arguments: object, limit: float | None = None) -> Took:
    """Run a whole command of the program."""
    return run([*PROGRAM, *arguments], limit=limit)


def must(took: Took) -> Took:
    """The same; where the command failed, the end, with what it said."""
    if took.status:
        sys.exit(f"the command failed with {took.status}: {took.said[-2000:]}")
    return took


def elsewhere(work: Callable[..., _Found], *given: object) -> _Found:
    """Call a function in a process of its own, with one thread, and give what it gives."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_one_thread) as other:
        return other.submit(work, *given).result()


def _one_thread() -> None:
    os.environ.update(ONE_THREAD)  # before numpy is imported, which reads it then


def documents_in(source: Path) -> Iterator[Document]:
    """The English documents of a file or folder, each text once; what can't be read is named."""
    seen = set()
    for item in keep_english(read_inputs([str(source)])):
        if isinstance(item, InputError):
            print(f"left out: {item}", file=sys.stderr)
        elif isinstance(item, Document) and item.text not in seen:
            seen.add(item.text)
            yield item
    if not seen:
        sys.exit(f"{source}: holds no English text. Name a file or folder that `dragoman code` reads")


def make_up(number: int, *, words: int = 400, seed: int = 1) -> Iterator[Document]:
    """Reports of about so many words: the sample's paragraphs, with other states in each report; none comes twice."""
    dice = random.Random(seed)
    paragraphs = [line for document in documents_in(SAMPLE) for line in document.text.split("\n") if line.strip()]
    states = [row for row in read_table("actors/states.csv", STATE_COLUMNS) if row["capital"] and row["adjectives"]]
    known = dict(_state_words(states))
    named = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, known), key=len, reverse=True))})\b")
    told: set[str] = set()
    for place in range(number):
        others = dict(zip((row["code"] for row in states), dice.sample(states, len(states)), strict=True))

        def other(found: re.Match[str], others: Mapping[str, Row] = others) -> str:
            code, column = known[found[0]]
            return others[code].alternatives(column)[0].removeprefix("The ")

        chosen: list[str] = []
        while sum(len(paragraph.split()) for paragraph in chosen) < words:
            paragraph = named.sub(other, dice.choice(paragraphs))
            if paragraph not in told:
                told.add(paragraph)
                chosen.append(paragraph)
        day = date(2018, 1, 1) + timedelta(days=place % 365)
        yield Document(f"made-up-{place}", "\n\n".join(chosen), day.isoformat(), f"Outlet {place % 40}")


def _state_words(states: Iterable[Row]) -> Iterator[tuple[str, tuple[str, str]]]:
    """The words for each state, with its code and the column of such words."""
    for state in states:
        for name in (*state.alternatives("name"), *state.alternatives("names")):
            yield from ((f"{article}{name}", (state["code"], "name")) for article in ("", "the ", "The "))
        for column in ("adjectives", "capital"):
            yield from ((word, (state["code"], column)) for word in state.alternatives(column))


def write_documents(documents: Iterable[Document], target: Path) -> Path:
    """Documents as the JSON Lines that ``dragoman code`` reads."""
    fields = ("id", "text", "published", "publisher", "title", "url", "language")
    with target.open("w", encoding="utf-8") as file:
        for document in documents:
            told = {name: value for name in fields if (value := getattr(document, name)) is not None}
            file.write(json.dumps(told, ensure_ascii=False) + "\n")
    return target


def words_in(texts: Iterable[str]) -> int:
    """Words as ``str.split`` counts them."""
    return sum(len(text.split()) for text in texts)


def words_again(texts: Iterable[str]) -> int:
    """How many words stand in paragraphs that stood in a text before.

    >>> words_again(["One two.\\n\\nThree.", "Three.\\n\\nThree."])
    2
    """
    seen: set[str] = set()
    found = 0
    for text in texts:
        for start, end in paragraphs(text):
            paragraph = text[start:end]
            found += len(paragraph.split()) if paragraph in seen else 0
            seen.add(paragraph)
    return found


def conditions() -> dict[str, Any]:
    """The machine, the day and the versions, for whoever reads the figures."""
    return {
        "date": date.today().isoformat(),
        "processor": _processor(),
        "processors": processors(),
        "memory": _memory(),
        "system": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "versions": {name: metadata.version(name) for name in ("dragoman", "spacy", "numpy", "duckdb")},
    }


def in_words(here: Mapping[str, Any]) -> str:
    """The conditions in a line or two."""
    memory = f", {here['memory'] / 1e9:.0f} GB of memory" if here["memory"] else ""
    versions = ", ".join(f"{name} {version}" for name, version in here["versions"].items())
    return f"{here['date']}: {here['processors']} x {here['processor']}{memory}; {here['system']}; {versions}"


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def write_json(target: Path | None, found: Mapping[str, Any]) -> None:
    """Keep all figures, where a file is named for them."""
    if target is not None:
        target.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


def gigabytes(memory: int) -> str:
    """
    >>> gigabytes(1_234_000_000)
    '1.23 GB'
    """
    return f"{memory / 1e9:.2f} GB"


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"^model name\s*:\s*(.+)$", told, re.MULTILINE)
    return found[1] if found else platform.machine()


def _memory() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (OSError, ValueError):
        return 0
