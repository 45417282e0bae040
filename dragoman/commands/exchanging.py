"""Claims go out in the formats of others, and others' events come in, as claims without text, to be compared."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from dragoman import __version__
from dragoman.analyse.claim_rows import claim_rows
from dragoman.analyse.claims import overview
from dragoman.analyse.comparison import Comparison, compare_cases
from dragoman.commands.coding import Report, Watch
from dragoman.errors import CaseError, InputError
from dragoman.export.files import FORMATS, check_target, writing
from dragoman.export.formats import Provenance, format_named, writing_as
from dragoman.export.rows import nested_row
from dragoman.read.coded import CodedEvent, PassedOver, read_coded
from dragoman.records import Document
from dragoman.store.database import Added, CaseFile, open_case, sole_writer
from dragoman.store.reviews import export_reviews

# What stands for the model of a run that took over what others had coded.
IMPORTED = "imported"
_BATCH = 5_000
# Which claims are wanted: a case file goes in, ids come out.
Choice = Callable[[CaseFile], Collection[str]]


@dataclass(frozen=True, slots=True)
class Exported:
    """How many claims were read, the ``files`` made, and what of a claim the format has no place for."""

    claims: int
    files: tuple[Path, ...]
    loses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many events are new, were there already, failed, and were passed over, by reason."""

    added: int
    known: int
    failures: int
    passed_over: Mapping[str, int]


def export_case(
    case: Path, target: Path, *, form: str | None = None, choose: Choice | None = None, watch: Watch = iter
) -> Exported:
    """Write the claims of a case file as people left them: .jsonl, .csv or .parquet, or in the format ``form``.

    Without ``form``, decisions of people go into a second file beside it (``NAME.reviews.jsonl``), if there are any.
    With ``choose`` only the claims that it names are written, and only decisions about them.
    Raises DragomanError for an unknown format or ending.
    """
    if form is None:
        return _export_own(case, target, choose, watch)
    wanted = format_named(form)
    check_target(target, wanted.endings)
    with open_case(case, read_only=True) as opened:
        told = overview(opened)
        provenance = Provenance(
            case=case.stem,
            version=told["version"] or __version__,
            codebook=told["codebook"] or "none",
            last_day=told["last_day"] and str(told["last_day"]),
        )
        claims = 0
        with writing_as(wanted, target, provenance) as writer:
            for row in watch(claim_rows(opened, claims=choose and choose(opened))):
                writer.write(row)
                claims += 1
    files = (target, wanted.beside(target)) if wanted.beside else (target,)
    return Exported(claims, files, wanted.loses)


def _export_own(case: Path, target: Path, choose: Choice | None, watch: Watch) -> Exported:
    check_target(target, FORMATS)
    claims = 0
    with open_case(case, read_only=True) as opened:
        chosen = choose and choose(opened)
        with writing(target) as writer:
            for row in watch(claim_rows(opened, claims=chosen)):
                writer.write(nested_row(row))
                claims += 1
        reviews = export_reviews(opened, claims=chosen)
    if not reviews:
        return Exported(claims, (target,), ())
    beside = target.with_name(f"{target.stem}.reviews.jsonl")
    with writing(beside) as writer:
        for row in reviews:
            writer.write(row)
    return Exported(claims, (target, beside), ())


def import_events(
    path: Path, target: Path, *, form: str, report: Report = lambda problem: None, watch: Watch = iter
) -> Imported:
    """Take events that others coded (``gdelt``, ``icews``, ``polecat``, ``acled``) into a case file, without text.

    Each event is a report of its own; one whose id is there already changes nothing.  ``report`` is told every row that
    could not be read.  Raises DragomanError for an unknown format.
    """
    check_target(target, (".duckdb",))
    added = known = failures = 0
    passed_over: Counter[str] = Counter()
    with sole_writer(target):
        with open_case(target) as case:
            run = case.start_run(version=__version__, codebook=form, model=IMPORTED)
            there = set(case.known_documents())
        stream = iter(watch(read_coded(path, form)))
        while batch := list(islice(stream, _BATCH)):
            events, problems = [], []
            for item in batch:
                if isinstance(item, InputError):
                    report(item)
                    problems.append(item)
                elif isinstance(item, PassedOver):
                    passed_over[item.reason] += 1
                elif (document := _document(item, form)).id in there:
                    known += 1
                else:
                    there.add(document.id)
                    events.append(Added(document, (), [_claim(item, document, form)]))
            with open_case(target) as case:
                case.add(events, run=run)
                case.add_failures(problems)
            added += len(events)
            failures += len(problems)
    return Imported(added, known, failures, dict(passed_over))


def compare(
    case: Path, other: Path, *, form: str | None = None, by: str = "day", report: Report = lambda problem: None
) -> Comparison:
    """Hold a case file beside another one, or beside a file of others' events in the format ``form``."""
    with (
        _as_case(other, form, report) as second,
        open_case(case, read_only=True) as one,
        open_case(second, read_only=True) as two,
    ):
        return compare_cases(one, two, by=by)


@contextmanager
def _as_case(path: Path, form: str | None, report: Report) -> Iterator[Path]:
    if form is None:
        if path.suffix.lower() != ".duckdb":
            raise CaseError(f"{path}: is no case file. Say in which format its events are: --as gdelt, icews, …")
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        made = Path(folder) / "events.duckdb"
        import_events(path, made, form=form, report=report)
        yield made


def _document(event: CodedEvent, form: str) -> Document:
    return Document(
        id=f"d_{_digest(form, event.id)}",
        text="",
        published=event.published or event.day,
        publisher=event.publisher,
        url=event.url,
    )


def _claim(event: CodedEvent, document: Document, form: str) -> dict[str, Any]:
    """A claim's flat row without any words; its spans are empty."""
    sides = {"actor": (event.actor_name, event.actor_code), "recipient": (event.recipient_name, event.recipient_code)}
    parties = {
        f"{side}_{field}": value
        for side, (name, code) in sides.items()
        for field, value in (
            ("name", name or code),
            ("code", code),
            ("found", f"as {form} has it" if name or code else None),
        )
    }
    return {
        "id": f"c_{_digest(form, event.id, 'claim')}",
        "document": document.id,
        "sentence": 0,
        **dict.fromkeys(("sentence_start", "sentence_end", "trigger_start", "trigger_end"), 0),
        "trigger_text": "",
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "quad": event.quad,
        "intensity": event.intensity,
        "cameo": event.cameo,
        **parties,
        "status": "actual",
        "commitment": 0.0,
        "status_rule": f"{form} tells no status",
        "quoted": "none",
        "date_value": event.day,
        "date_granularity": "day",
        "place_name": event.place_name,
        "place_country": event.place_country,
        "place_latitude": event.place_latitude,
        "place_longitude": event.place_longitude,
        "place_precision": event.place_precision,
        "about": None,
        "codebook": form,
        "score": None,
        "rule": f"{IMPORTED} from {form}",
        "sources": [],
    }


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
