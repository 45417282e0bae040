"""What the commands do: read, code and write; each is a public function and says what happened."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, get_args

from dragoman import __version__
from dragoman.coder import Coder
from dragoman.engines.local import Coded, annotate_all, code_all
from dragoman.errors import CaseError, InputError
from dragoman.export.files import FORMATS, check_target, write_text, writing
from dragoman.export.rows import claim_row, flat_row, layers_row
from dragoman.read.checks import parse_day
from dragoman.read.pairs import Pair, read_pairs
from dragoman.records import Document, Status
from dragoman.store.database import Added, CaseFile, open_case, sole_writer

Report = Callable[[InputError], None]
Watch = Callable[[Iterable[Any]], Iterator[Any]]
_CASE_BATCH = 64
_CASE = ".duckdb"
_JSON_LINES = (".jsonl",)
PLOTS = ("line", "activity", "matrix", "network", "ledger", "incidents")


@dataclass(frozen=True, slots=True)
class Summary:
    """How many documents and claims there were, and how many documents failed."""

    documents: int
    claims: int
    failures: int


def code_into(
    readings: Iterable[Document | InputError],
    target: Path,
    *,
    model: str = "en_core_web_sm",
    report: Report = lambda problem: None,
    watch: Watch = iter,
) -> Summary:
    """Code documents into a file: ``.duckdb`` grows a case file, ``.csv``, ``.parquet``, ``.jsonl`` are made anew.

    ``report`` is told every failure as it happens; ``watch`` may wrap the stream to show progress.
    """
    check_target(target, (*FORMATS, _CASE))
    coder = Coder(model)
    if target.suffix.lower() == _CASE:
        with sole_writer(target):
            return _grow(target, coder, readings, model=model, report=report, watch=watch)
    documents = claims = failures = 0
    with writing(target) as writer:
        for item in watch(code_all(coder, readings)):
            if isinstance(item, InputError):
                failures += 1
                report(item)
                continue
            documents += 1
            for claim in item.claims:
                claims += 1
                writer.write(claim_row(claim, item.document.text))
    return Summary(documents, claims, failures)


def _grow(
    target: Path,
    coder: Coder,
    readings: Iterable[Document | InputError],
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
    stream = watch(code_all(coder, _not_known(known, readings, run)))
    while batch := list(islice(stream, _CASE_BATCH)):
        added = [
            Added(item.document, item.sentences, [flat_row(claim_row(c, item.document.text)) for c in item.claims])
            for item in batch
            if isinstance(item, Coded)
        ]
        problems = [item for item in batch if isinstance(item, InputError)]
        with open_case(target) as case:
            case.add(added, run=run)
            case.add_failures(problems)
        for problem in problems:
            report(problem)
        documents += len(added)
        claims += sum(len(each.claims) for each in added)
        failures += len(problems)
    return Summary(documents, claims, failures)


def recode(
    case: Path, *, model: str = "en_core_web_sm", report: Report = lambda problem: None, watch: Watch = iter
) -> Summary:
    """Code the documents of a case file again where another version, codebook or model had coded them."""
    with open_case(case, read_only=True) as opened:
        documents = list(opened.known_documents())
    with sole_writer(case):
        return _grow(case, Coder(model), _stored(case, documents), model=model, report=report, watch=watch)


def _stored(case: Path, documents: list[str]) -> Iterator[Document | InputError]:
    """Documents out of a case file, which is open only while a batch is read."""
    for start in range(0, len(documents), _CASE_BATCH):
        with open_case(case, read_only=True) as opened:
            found = opened.documents(documents[start : start + _CASE_BATCH])
        yield from found


def _not_known(
    known: Mapping[str, tuple[str, str]], readings: Iterable[Document | InputError], run: str
) -> Iterator[Document | InputError]:
    """What this run has not coded yet; a known id with another text is an error, as it is within one input."""
    for item in readings:
        if isinstance(item, InputError) or item.id not in known:
            yield item
            continue
        coded_by, digest = known[item.id]
        if digest != hashlib.sha256(item.text.encode("utf-8")).hexdigest():
            yield InputError(f"document {item.id[:60]}", "is in the case file with another text", "Give it its own id")
        elif coded_by != run:
            yield item


def annotate_into(
    readings: Iterable[Document | InputError],
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


def decide_on(
    case: Path, claim: str, action: str, *, changes: Mapping[str, str], reason: str, reviewer: str
) -> dict[str, Any]:
    """Accept, correct or reject a claim, or undo what was decided; returns the claim's last row of history.

    With a type, its class, intensity and CAMEO code are corrected too.  ``sources`` is the chain, by " > ".
    """
    from dragoman.analyse.claims import one_claim
    from dragoman.store.reviews import Decision, decide, history, undo

    with open_case(case) as opened:
        known = opened.rows("SELECT claim FROM reviews WHERE starts_with(claim, $claim)", {"claim": claim})
        full = known[0]["claim"] if known else one_claim(opened, claim)["id"]
        if action == "undo":
            undo(opened, full, reviewer=reviewer, reason=reason)
        else:
            decide(opened, Decision(full, action, reason, reviewer, _whole(changes)))
        return history(opened, claim=full)[-1]


def write_reviews(case: Path, target: Path) -> int:
    """Write every decision of a case file as JSON Lines; returns how many."""
    from dragoman.store.reviews import export_reviews

    check_target(target, _JSON_LINES)
    with open_case(case, read_only=True) as opened:
        rows = export_reviews(opened)
    with writing(target, _JSON_LINES) as writer:
        for row in rows:
            writer.write(row)
    return len(rows)


def bring_in_reviews(case: Path, given: Path) -> tuple[int, list[InputError]]:
    """Add the decisions of a JSON Lines file to a case file; returns how many were new, and what could not be read."""
    from dragoman.read.json_lines import read_objects
    from dragoman.store.reviews import import_reviews

    with given.open("rb") as file:
        rows = [row for _, row in read_objects(file, where=str(given))]
    with open_case(case) as opened:
        return import_reviews(opened, rows)


def _whole(changes: Mapping[str, str]) -> dict[str, Any]:
    """Corrections with what follows from them; raises CaseError for values that no field can have."""
    from dragoman.coding.codebook import load_codebook

    whole: dict[str, Any] = {field: value or None for field, value in changes.items()}
    if "type" in changes:
        types = load_codebook().types
        found = types.get(changes["type"].upper())
        if found is None:
            raise CaseError(f"{changes['type']!r} is no type. Use one of {', '.join(types)}")
        whole |= {"type": found.name, "quad": found.quad, "intensity": found.intensity, "cameo": f"{found.cameo}0"}
        whole.setdefault("mode", None)
    if "status" in changes and changes["status"] not in get_args(Status):
        raise CaseError(f"{changes['status']!r} is no status. Use one of {', '.join(get_args(Status))}")
    if changes.get("date_value"):
        whole["date_value"] = parse_day(changes["date_value"], where="--set date_value")
        whole["date_granularity"] = "day"
    if "sources" in changes:
        whole["sources"] = [name.strip() for name in changes["sources"].split(">") if name.strip()]
    return whole


def write_report(case: Path, target: Path, *, title: str | None = None) -> None:
    """Write what the analyses find in a case file as one page of HTML."""
    from dragoman.analyse.claims import overview
    from dragoman.analyse.contacts import find_contacts
    from dragoman.analyse.dyads import dyad_periods
    from dragoman.analyse.incidents import find_incidents, one_incident
    from dragoman.analyse.ledger import find_entries
    from dragoman.analyse.positions import find_positions
    from dragoman.export.report import Findings, report_page

    check_target(target, (".html",))
    with open_case(case, read_only=True) as opened:
        positions = find_positions(opened, limit=12)
        moved = [row for row in positions if row["shifts"]]
        contested = find_incidents(opened, contested=True, limit=6)
        findings = Findings(  # what rests on all incidents first, then what gathers some types only
            case={"name": title or case.stem, **overview(opened)},
            positions=positions,
            lines={
                (row["actor"], row["target"]): dyad_periods(opened, by="day", actor=row["actor"], target=row["target"])
                for row in moved
            },
            incidents=[row for row in find_incidents(opened, limit=12) if row["reports"] > 1],
            contested=[{**row, **one_incident(opened, row["id"])} for row in contested],
            ledger=sorted(find_entries(opened, limit=40), key=lambda row: row["outcome"] in ("open", "stands"))[:20],
            contacts=find_contacts(opened, limit=15),
        )
    page = report_page(findings)
    write_text(target, page)


def write_plot(
    case: Path,
    what: str,
    target: Path,
    *,
    one: str | None = None,
    other: str | None = None,
    by: str = "day",
    limit: int = 20,
) -> None:
    """Draw what an analysis finds into a ``.png`` or ``.svg`` file; ``what`` is one of PLOTS.

    Raises CaseError where a plot needs parties that are not named, DragomanError where matplotlib is missing.
    """
    from dragoman.analyse.dyads import activity
    from dragoman.analyse.incidents import find_incidents
    from dragoman.analyse.ledger import base_rates
    from dragoman.analyse.network import find_network, place_parties
    from dragoman.plot.activity import draw_activity
    from dragoman.plot.canvas import ENDINGS
    from dragoman.plot.incidents import draw_incidents
    from dragoman.plot.ledger import draw_ledger
    from dragoman.plot.matrix import draw_matrix
    from dragoman.plot.network import draw_network

    check_target(target, ENDINGS)
    with open_case(case, read_only=True) as opened:
        if what == "line":
            _draw_line(opened, target, one=one, other=other, by=by)
        elif what == "activity":
            whom = one.upper() if one else "all parties"
            whom += f" towards {other.upper()}" if other else ""
            draw_activity(target, activity(opened, by=by, actor=one, target=other), by=by, whom=whom)
        elif what == "matrix":
            draw_matrix(target, find_network(opened).ties, limit=limit)
        elif what == "network":
            found = find_network(opened)
            draw_network(target, found.parties, found.ties, place_parties(found, limit=limit))
        elif what == "ledger":
            draw_ledger(target, base_rates(opened, actor=one, limit=limit))
        else:
            draw_incidents(target, find_incidents(opened, actor=one, recipient=other, limit=limit))


def _draw_line(case: CaseFile, target: Path, *, one: str | None, other: str | None, by: str) -> None:
    from dragoman.analyse.dyads import dyad_periods
    from dragoman.analyse.positions import find_positions
    from dragoman.plot.line import draw_line

    if one is None or other is None:
        raise CaseError("a line is of two parties. Name both: dragoman plot line CASE RUS USA --to line.svg")
    directions = []
    for actor, towards in ((one.upper(), other.upper()), (other.upper(), one.upper())):
        found = find_positions(case, actor=actor, target=towards)  # and of parties whose code starts so
        shifts = [shift for row in found if (row["actor"], row["target"]) == (actor, towards) for shift in row["shifts"]]
        rows = dyad_periods(case, by=by, actor=actor, target=towards)
        directions.append((f"{actor} towards {towards}", rows, shifts))
    draw_line(target, directions, by=by)


def explain_claim(case: Path, claim: str) -> str:
    """In words: the sentence, the pattern, how each actor, date, place and source of a claim was found."""
    from dragoman.analyse.claims import one_claim
    from dragoman.coding.codebook import load_codebook
    from dragoman.coding.rule import pattern_of
    from dragoman.tell.explanation import explanation

    with open_case(case, read_only=True) as opened:
        found = one_claim(opened, claim)
    decided = pattern_of(found["rule"])
    pattern = next((p for p in load_codebook().patterns if p.id == decided), None)
    return explanation(found, pattern)


def run_demo(case: Path, *, report: Report = lambda problem: None, watch: Watch = iter) -> Summary:
    """Code the bundled sample into ``case`` and print its claims and who moved towards whom."""
    from importlib import resources

    from dragoman.analyse.claims import find_claims
    from dragoman.analyse.dyads import dyads
    from dragoman.read import read_inputs
    from dragoman.tell.table import claims_table, dyads_table

    sample = resources.files("dragoman").joinpath("samples", "syria-2018.jsonl")
    with resources.as_file(sample) as path:
        summary = code_into(read_inputs([str(path)]), case, report=report, watch=watch)
    with open_case(case, read_only=True) as opened:
        for actor, recipient in (("RUS", "USA"), ("USA", "RUS")):
            found = find_claims(opened, actor=actor, recipient=recipient)
            claims_table(found, title=f"What {actor} did, said, threatened or asked of {recipient}")
        claims_table(find_claims(opened, deepest=True, limit=8), title="Told through the most mouths")
        dyads_table(dyads(opened))
    return summary
