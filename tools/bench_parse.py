"""Texts go in, the speed of the parser comes out: stock spaCy, spaCy with numpy's BLAS, and the fast runtime.

    python tools/bench_parse.py [--texts FILE|FOLDER] [--words 60000] [--rounds 3] [--levels]

Each parses the same text in one process with one thread, in turn, some rounds long; the best round counts, in
words (as ``str.split`` counts them) per second of the process's own CPU time. The fast runtime is also measured
on its first round, when all words are new. Without ``--texts`` the bundled sample is parsed again and again.
TEXTS is whatever `dragoman code` reads.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from measuring import ONE_THREAD, SAMPLE, conditions, documents_in, in_words

from dragoman.parse.fast_parser import FastParser
from dragoman.parse.kernels import LEVELS, UnavailableError, load_kernels
from dragoman.parse.models import DEFAULT_MODEL, default_model_folder
from dragoman.parse.parser import Runtime
from dragoman.parse.spacy_parser import SpacyParser


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--texts", type=Path, default=SAMPLE, help="a file or folder; the bundled sample if left out")
    options.add_argument("--words", type=int, default=60_000, help="as many words are parsed in a round")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--levels", action="store_true", help="every kind of vector that this processor has")
    given = options.parse_args()
    paragraphs = list(some(given.texts, given.words))
    words = sum(len(paragraph.split()) for paragraph in paragraphs)
    print(in_words(conditions()))
    print(f"{words} words in {len(paragraphs)} paragraphs, best of {given.rounds} rounds, one thread")
    first = 0.0
    for name, runtime in runtimes(all_levels=given.levels):
        spent = [seconds(runtime, paragraphs) for _ in range(given.rounds)]
        speed = words / min(spent)
        first = first or speed
        cold = f", first round {words / spent[0]:,.0f}" if isinstance(runtime, FastParser) else ""
        print(f"{name:<24}{speed:>9,.0f} words/s {speed / first:>6.1f} x{cold}")


def some(source: Path, words: int) -> Iterator[str]:
    """Paragraphs of the source, from the beginning again until there are enough words."""
    lines = (line for document in documents_in(source) for line in document.text.split("\n") if line.strip())
    for paragraph in cycle(lines):
        yield paragraph.strip()
        words -= len(paragraph.split())
        if words <= 0:
            return


def runtimes(*, all_levels: bool) -> Iterator[tuple[str, Runtime]]:
    """What is compared, the slowest first."""
    yield "spaCy", stock_spacy()
    yield "spaCy with BLAS", SpacyParser(DEFAULT_MODEL)
    folder = default_model_folder()
    for level in LEVELS if all_levels else (None,):
        try:
            kernels = load_kernels(level)
        except UnavailableError as reason:
            print(f"{level or 'the fast runtime'}: {reason}")
        else:
            assert folder is not None
            yield f"fast, {kernels.level}", FastParser(folder, kernels)


def stock_spacy() -> Runtime:
    """spaCy without our matrix product."""
    from thinc.backends.numpy_ops import NumpyOps

    own = NumpyOps.gemm
    parser = SpacyParser(DEFAULT_MODEL)
    NumpyOps.gemm = own
    return parser


def seconds(runtime: Runtime, paragraphs: list[str]) -> float:
    """The CPU time of one round, sentences included."""
    start = time.process_time()
    for number, parsed in enumerate(runtime.pipe(paragraphs)):
        for _ in parsed(offset=0, paragraph=number, first_index=0):
            pass
    return time.process_time() - start


if __name__ == "__main__":
    if ONE_THREAD.items() - os.environ.items():
        # These are read when numpy is imported, so start again with them.
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | ONE_THREAD)
    main()
