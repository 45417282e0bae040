"""Documents go in, a file of claims or layers comes out, or a case file that grows; each says what happened."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from dragoman import __version__
from dragoman.coder import Coder
from dragoman.engines.local import Coded, Reading, annotate_all, code_all
from dragoman.errors import InputError
from dragoman.export.files import FORMATS, check_target, writing
from dragoman.export.rows import claim_row, flat_row, layers_row
from dragoman.read.language import keep_english
from dragoman.read.pairs import Pair, read_pairs
from dragoman.records import Document, Skipped
from dragoman.store.database import Added, open_case, sole_writer

Report = Callable[[InputError], None]
Watch = Callable[[Iterable[Any]], Iterator[Any]]
_CASE_BATCH = 64
_CASE = ".duckdb"
_JSON_LINES = (".jsonl",)


@dataclass(frozen=True, slots=True)
class Summary:
    """How many documents and claims there were, how many documents failed, and what was passed over, by reason."""

    documents: int
    claims: int
    failures: int
    skipped: Mapping[str, int] = field(default_factory=dict)


def code_into(
    readings: Iterable[Reading],
    target: Path,
    *,
    model: str = "en_core_web_sm",
    coder: Coder | None = None,
    report: Report = lambda problem: None,
    watch: Watch = iter,
) -> Summary:
    """Code documents into a file: ``.duckdb`` grows a case file, ``.csv``, ``.parquet``, ``.jsonl`` are made anew.

    What is not in English is passed over and counted.  ``report`` is told every failure as it happens; ``watch`` may
    wrap the stream to show progress.  ``coder`` is one with that ``model``, where it is loaded already.
    """
    check_target(target, (*FORMATS, _CASE))
    coder = coder or Coder(model)
    readings = keep_english(readings)
    if target.suffix.lower() == _CASE:
        with sole_writer(target):
            return _grow(target, coder, readings, model=model, report=report, watch=watch)
    documents = claims = failures = 0
    skipped: Counter[str] = Counter()
    with writing(target) as writer:
        for item in watch(code_all(coder, readings)):
            if isinstance(item, Skipped):
                skipped[item.reason] += item.number
                continue
            if isinstance(item, InputError):
                failures += 1
                report(item)
                continue
            documents += 1
            for claim in item.claims:
                claims += 1
                writer.write(claim_row(claim, item.document.text))
    return Summary(documents, claims, failures, dict(skipped))


def _grow(
    target: Path,
    coder: Coder,
    readings: Iterable[Reading],
    *,
    model: str,
    report: Report,
    watch: Watch,
) -> Summary:
    """Add to a case file what this version has not coded yet; each batch is stored whole or not at all.

    The file is open only while a batch is stored, so that it can be read all the time.
    """
    with open_case(target) as case:
        run = case.start_run(version=__version__, codebook=coder.codebook.version, model=model)
        known = case.known_documents()
    documents = claims = failures = 0
    skipped: Counter[str] = Counter()
    stream = watch(code_all(coder, _not_known(known, readings, run)))
    while batch := list(islice(stream, _CASE_BATCH)):
        added = [
            Added(item.document, item.sentences, [flat_row(claim_row(c, item.document.text)) for c in item.claims])
            for item in batch
            if isinstance(item, Coded)
        ]
        problems = [item for item in batch if isinstance(item, InputError)]
        passed_over = [item for item in batch if isinstance(item, Skipped)]
        with open_case(target) as case:
            case.add(added, run=run)
            case.add_failures(problems)
            case.add_skipped(passed_over)
        for problem in problems:
            report(problem)
        for each in passed_over:
            skipped[each.reason] += each.number
        documents += len(added)
        claims += sum(len(each.claims) for each in added)
        failures += len(problems)
    return Summary(documents, claims, failures, dict(skipped))


def recode(
    case: Path, *, model: str = "en_core_web_sm", report: Report = lambda problem: None, watch: Watch = iter
) -> Summary:
    """Code the documents of a case file again where another version, codebook or model had coded them."""
    with open_case(case, read_only=True) as opened:
        documents = [row["id"] for row in opened.rows("SELECT id FROM documents WHERE text <> '' ORDER BY rowid")]
    with sole_writer(case):
        return _grow(case, Coder(model), _stored(case, documents), model=model, report=report, watch=watch)


def _stored(case: Path, documents: list[str]) -> Iterator[Reading]:
    """Documents out of a case file, which is open only while a batch is read."""
    for start in range(0, len(documents), _CASE_BATCH):
        with open_case(case, read_only=True) as opened:
            found = opened.documents(documents[start : start + _CASE_BATCH])
        yield from found


def _not_known(known: Mapping[str, tuple[str, str]], readings: Iterable[Reading], run: str) -> Iterator[Reading]:
    """What this run has not coded yet; a known id with another text is an error, as it is within one input."""
    for item in readings:
        if not isinstance(item, Document) or item.id not in known:
            yield item
            continue
        coded_by, digest = known[item.id]
        if digest != hashlib.sha256(item.text.encode("utf-8")).hexdigest():
            yield InputError(f"document {item.id[:60]}", "is in the case file with another text", "Give it its own id")
        elif coded_by != run:
            yield item


def annotate_into(
    readings: Iterable[Reading],
    target: Path,
    *,
    model: str = "en_core_web_sm",
    report: Report = lambda problem: None,
    watch: Watch = iter,
) -> Summary:
    """Write every layer of the documents as JSON Lines, one document a row."""
    check_target(target, _JSON_LINES)
    documents = failures = 0
    with writing(target, _JSON_LINES) as writer:
        for item in watch(annotate_all(Coder(model), readings)):
            if isinstance(item, Skipped):
                continue
            if isinstance(item, InputError):
                failures += 1
                report(item)
                continue
            documents += 1
            layers = item.layers
            writer.write(
                layers_row(
                    item.document,
                    sentences=layers.sentences,
                    attributions=layers.attributions,
                    certainties=layers.certainties,
                    mentions=layers.mentions,
                    dates=layers.dates,
                    places=layers.places,
                )
            )
    return Summary(documents, 0, failures)


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
