"""A case file goes in, what a person reads comes out: a page, a picture, the reasons for a claim, the demo."""

from __future__ import annotations

from pathlib import Path

from dragoman.commands.coding import Report, Summary, Watch, code_into
from dragoman.errors import CaseError
from dragoman.export.files import check_target, write_text
from dragoman.store.database import CaseFile, open_case

PLOTS = ("line", "activity", "matrix", "network", "ledger", "incidents")


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
        own = (row for row in found if (row["actor"], row["target"]) == (actor, towards))
        shifts = [shift for row in own for shift in row["shifts"]]
        rows = dyad_periods(case, by=by, actor=actor, target=towards)
        directions.append((f"{actor} towards {towards}", rows, shifts))
    draw_line(target, directions, by=by)


def explain_claim(case: Path, claim: str) -> str:
    """In words: the sentence, the pattern, how each actor, date, place and source of a claim was found."""
    from dragoman.analyse.claims import one_claim
    from dragoman.coding.codebook import load_codebook
    from dragoman.coding.rule import pattern_of
    from dragoman.store.additions import who_added
    from dragoman.tell.explanation import explanation

    with open_case(case, read_only=True) as opened:
        found = one_claim(opened, claim)
        added = who_added(opened, found["id"])
    decided = pattern_of(found["rule"])
    pattern = next((p for p in load_codebook().patterns if p.id == decided), None)
    return explanation(found, pattern, added)


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
