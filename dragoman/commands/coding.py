"""Documents go in, a file of claims or layers comes out, or a case file that grows; each says what happened."""

from __future__ import annotations

import hashlib
import signal
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any, Protocol

from dragoman import __version__
from dragoman.coder import Coder
from dragoman.coding.codebook import load_codebook
from dragoman.engines.local import Here
from dragoman.engines.machine import workers_here
from dragoman.engines.processes import Workers
from dragoman.engines.shards import Shards, shards_beside
from dragoman.engines.work import (
    Make,
    Reading,
    Result,
    Rows,
    Work,
    annotating_with,
    coding_with,
    documents_in,
    in_chunks,
    make_annotating,
    make_coding,
)
from dragoman.errors import InputError
from dragoman.export.files import FORMATS, check_target, writing
from dragoman.export.rows import flat_row
from dragoman.read.language import keep_english
from dragoman.read.pairs import Pair, read_pairs
from dragoman.records import Document, Skipped
from dragoman.store.database import Added, open_case, run_id, sole_writer

Report = Callable[[InputError], None]
Watch = Callable[[Iterable[Any]], Iterator[Any]]
_Chunks = Iterator[list[Reading]]
_CASE_BATCH = 64
_CASE = ".duckdb"
_JSON_LINES = (".jsonl",)
# So many characters of text are worth the seconds that workers need to load the parser.
_WORTH_WORKERS = 400_000


@dataclass(frozen=True, slots=True)
class Summary:
    """How many documents and claims there were, how many documents failed, and what was passed over, by reason.

    What it took is told beside that.
    """

    documents: int
    claims: int
    failures: int
    skipped: Mapping[str, int] = field(default_factory=dict)
    words: int = field(default=0, compare=False)
    seconds: float = field(default=0.0, compare=False)
    memory: int = field(default=0, compare=False)


class _Engine(Protocol):
    """What runs chunks of documents: ``Here`` or ``Workers``."""

    def run(self, chunks: Iterable[Sequence[Reading]]) -> Iterator[list[Result]]:
        """What became of each chunk, in order."""

    @property
    def memory(self) -> int:
        """The most bytes of memory that were taken."""


@dataclass(frozen=True, slots=True)
class _Job:
    """What codes: here with ``here``, or in so many processes (None: as suits) with what ``make`` makes in each."""

    here: Callable[[], Work]
    make: Make
    workers: int | None

    @contextmanager
    def engine(self, chunks: _Chunks, shards: Shards) -> Iterator[tuple[_Engine, _Chunks]]:
        """The engine, and the chunks for it; whatever it needs to load is loaded."""
        number = workers_here() if self.workers is None else self.workers
        if self.workers is None and number > 1:
            ahead, enough = _look_ahead(chunks)
            number, chunks = number if enough else 1, chain(ahead, chunks)
        if number == 1:
            yield Here(self.here(), shards), chunks
            return
        first = list(islice(chunks, number))  # no more workers than there is something to do for
        with Workers(self.make, max(1, len(first)), shards) as workers:
            yield workers, chain(first, chunks)


class _Tally:
    """Counts what comes out, and passes failures on."""

    def __init__(self, report: Report) -> None:
        self._report, self._start = report, time.perf_counter()
        self._documents = self._rows = self._failures = self._words = 0
        self._skipped: Counter[str] = Counter()

    def add(self, batch: Iterable[Result]) -> None:
        """Count what became of some documents."""
        for item in batch:
            if isinstance(item, InputError):
                self._failures += 1
                self._report(item)
                continue
            if isinstance(item, Skipped):
                self._skipped[item.reason] += item.number
                continue
            self._documents += 1
            self._rows += len(item.rows)
            self._words += len(item.document.text.split())

    def summary(self, engine: _Engine) -> Summary:
        """All of it."""
        seconds = time.perf_counter() - self._start
        counted = (self._documents, self._rows, self._failures, dict(self._skipped))
        return Summary(*counted, self._words, seconds, engine.memory)


def code_into(
    readings: Iterable[Reading],
    target: Path,
    *,
    model: str = "en_core_web_sm",
    coder: Coder | None = None,
    workers: int | None = 1,
    report: Report = lambda problem: None,
    watch: Watch = iter,
) -> Summary:
    """Code documents into a file: ``.duckdb`` grows a case file, ``.csv``, ``.parquet``, ``.jsonl`` are made anew.

    What is not in English is passed over and counted.  ``report`` is told every failure as it happens; ``watch`` may
    wrap the stream to show progress.  ``coder`` is one with that ``model``, where it is loaded already.  ``workers`` is
    how many processes code; None is as many as the machine has room for, and one where there is little to do.  The file
    is the same for any number.
    """
    check_target(target, (*FORMATS, _CASE))
    job = _Job(lambda: coding_with(coder or Coder(model)), partial(make_coding, model), workers)
    readings = keep_english(readings)
    with sole_writer(target):
        if target.suffix.lower() == _CASE:
            return _grow(target, job, readings, model=model, report=report, watch=watch)
        return _write(target, FORMATS, job, ("claims", model), readings, report=report, watch=watch)


def annotate_into(
    readings: Iterable[Reading],
    target: Path,
    *,
    model: str = "en_core_web_sm",
    workers: int | None = 1,
    report: Report = lambda problem: None,
    watch: Watch = iter,
) -> Summary:
    """Write every layer of the documents as JSON Lines, one document a row; ``workers`` as in ``code_into``."""
    check_target(target, _JSON_LINES)
    job = _Job(lambda: annotating_with(Coder(model)), partial(make_annotating, model), workers)
    with sole_writer(target):
        done = _write(target, _JSON_LINES, job, ("layers", model), readings, report=report, watch=watch)
    return replace(done, claims=0)


def recode(
    case: Path,
    *,
    model: str = "en_core_web_sm",
    workers: int | None = 1,
    report: Report = lambda problem: None,
    watch: Watch = iter,
) -> Summary:
    """Code the documents of a case file again where another version, codebook or model had coded them."""
    with open_case(case, read_only=True) as opened:
        documents = [row["id"] for row in opened.rows("SELECT id FROM documents WHERE text <> '' ORDER BY rowid")]
    job = _Job(lambda: coding_with(Coder(model)), partial(make_coding, model), workers)
    with sole_writer(case):
        return _grow(case, job, _stored(case, documents), model=model, report=report, watch=watch)


def _write(
    target: Path,
    formats: Iterable[str],
    job: _Job,
    coded_by: tuple[str, ...],
    readings: Iterable[Reading],
    *,
    report: Report,
    watch: Watch,
) -> Summary:
    """Make a file anew, with the rows of all documents."""
    tally = _Tally(report)
    chunks = in_chunks(readings)
    with (
        shards_beside(target, *coded_by, __version__, load_codebook().version, keep=True) as shards,
        job.engine(chunks, shards) as (engine, chunks),
        writing(target, formats) as writer,
    ):
        for batch in _watched(watch, engine.run(chunks)):
            tally.add(batch)
            for item in batch:
                for row in item.rows if isinstance(item, Rows) else ():
                    writer.write(row)
        return tally.summary(engine)


def _grow(target: Path, job: _Job, readings: Iterable[Reading], *, model: str, report: Report, watch: Watch) -> Summary:
    """Add to a case file what this version has not coded yet; each batch is stored whole or not at all.

    The file is open only while a batch is stored, so that it can be read all the time.  What is cut into batches is
    the whole input, known or not: after a run that was killed, the batches that are left are the same.
    """
    tally = _Tally(report)
    versions = {"version": __version__, "codebook": load_codebook().version, "model": model}
    chunks = _not_known(_known(target), in_chunks(readings), run_id(**versions))
    with (
        shards_beside(target, "claims", *versions.values(), keep=False) as shards,
        job.engine(chunks, shards) as (engine, chunks),
    ):
        with open_case(target) as case:
            run = case.start_run(**versions)
        for batch in _watched(watch, engine.run(chunks)):
            coded = [item for item in batch if isinstance(item, Rows)]
            added = [Added(item.document, item.sentences, [flat_row(row) for row in item.rows]) for item in coded]
            with _finished_first(), open_case(target) as case:
                case.connection.execute("SET threads = 1")  # for so little, more would take their time for nothing
                case.add(added, run=run)
                case.add_failures(item for item in batch if isinstance(item, InputError))
                case.add_skipped(item for item in batch if isinstance(item, Skipped))
            tally.add(batch)
        return tally.summary(engine)


def _look_ahead(chunks: _Chunks) -> tuple[list[list[Reading]], bool]:
    """The first chunks, and whether there is so much in them that workers are worth their start."""
    ahead: list[list[Reading]] = []
    size = 0
    for chunk in chunks:
        ahead.append(chunk)
        size += sum(len(document.text) for document in documents_in(chunk))
        if size >= _WORTH_WORKERS:
            return ahead, True
    return ahead, False


def _watched(watch: Watch, batches: Iterable[list[Result]]) -> Iterator[list[Result]]:
    """The batches as they are, once each of their items has gone through ``watch``."""
    sizes: deque[int] = deque()

    def items() -> Iterator[Result]:
        for batch in batches:
            sizes.append(len(batch))
            yield from batch

    stream = watch(items())
    for first in stream:
        yield [first, *islice(stream, sizes.popleft() - 1)]


@contextmanager
def _finished_first() -> Iterator[None]:
    """Ctrl-C inside is heeded at the end: the library would break off with an error of its own.

    A job that a script has put into the background does not heed it at all, and that stays so.
    """
    if current_thread() is not main_thread() or signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        yield
        return
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: heard.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if heard:
        raise KeyboardInterrupt


def _stored(case: Path, documents: list[str]) -> Iterator[Reading]:
    """Documents out of a case file, which is open only while a batch is read."""
    for start in range(0, len(documents), _CASE_BATCH):
        with open_case(case, read_only=True) as opened:
            found = opened.documents(documents[start : start + _CASE_BATCH])
        yield from found


def _known(case: Path) -> dict[str, tuple[str, str]]:
    """The documents of a case file that may not be there yet."""
    if not case.exists():
        return {}
    with open_case(case) as opened:
        return opened.known_documents()


def _not_known(
    known: Mapping[str, tuple[str, str]], chunks: Iterable[list[Reading]], run: str
) -> Iterator[list[Reading]]:
    """Of each chunk what this run has not coded yet; a chunk of which nothing is left is passed over."""
    for chunk in chunks:
        if left := list(_left(known, chunk, run)):
            yield left


def _left(known: Mapping[str, tuple[str, str]], chunk: Iterable[Reading], run: str) -> Iterator[Reading]:
    """What is to be coded; a known id with another text is an error, as it is within one input."""
    for item in chunk:
        if not isinstance(item, Document) or item.id not in known:
            yield item
            continue
        coded_by, digest = known[item.id]
        if digest != hashlib.sha256(item.text.encode("utf-8")).hexdigest():
            yield InputError(f"document {item.id[:60]}", "is in the case file with another text", "Give it its own id")
        elif coded_by != run:
            yield item


def relate_into(
    pairs: str,
    target: Path,
    *,
    model: str = "en_core_web_sm",
    report: Report = lambda problem: None,
    watch: Watch = iter,
) -> Summary:
    """Type every marked pair of a JSON Lines file; see ``Coder.relate``."""
    check_target(target, _JSON_LINES)
    coder = Coder(model)
    written = failures = 0
    with writing(target, _JSON_LINES) as writer:
        progress = watch(read_pairs(pairs))
        while batch := list(islice(progress, 256)):
            parsed = coder.parse_all([pair.document for pair in batch if isinstance(pair, Pair)])
            for pair in batch:
                if isinstance(pair, InputError):
                    failures += 1
                    report(pair)
                    continue
                document, sentences = next(parsed)
                found = coder.relate_sentences(document, sentences, pair.actor, pair.recipient)
                written += 1
                writer.write(
                    {
                        "id": document.id,
                        "type": found.type,
                        "quad": found.quad,
                        "score": found.score,
                        "rule": found.rule,
                    }
                )
    return Summary(written, 0, failures)
