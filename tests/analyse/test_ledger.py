"""What was threatened, promised, demanded and denied, and what came of it, by construction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from dragoman import cli
from dragoman.analyse.ledger import KINDS, OUTCOMES, base_rates, find_entries
from dragoman.export.rows import claim_row, flat_row
from dragoman.records import Claim, DateMention, Document
from dragoman.store.database import Added, CaseFile

Make = Callable[..., Claim]
Tell = Callable[..., None]
LIMA, QUITO = ("Lima", "Peru", "PER"), ("Quito", "Ecuador", "ECU")
QUAD = {
    "ASSAULT": 4,
    "MOBILIZE": 4,
    "AID": 2,
    "CONCEDE": 1,
    "RETREAT": 2,
    "REJECT": 3,
    "THREATEN": 3,
    "REQUEST": 3,
    "AGREE": 1,
}


@pytest.fixture
def tell(fresh_case: CaseFile, claim_in: Make) -> Tell:
    """tell(day, "THREATEN", LIMA, QUITO, about=("ASSAULT", LIMA, QUITO, "planned")) adds a report."""

    def add(
        day: str,
        event_type: str,
        actor: Any,
        recipient: Any,
        *,
        word: str = "threatened",
        about: Any = None,
        act: Mapping[str, Any] | None = None,
        where: str = "",
        **options: Any,
    ) -> None:
        number = fresh_case.rows("SELECT count(*) AS n FROM documents")[0]["n"]
        own = " ".join(f"told{number}x{n}" for n in range(30))
        text = f"Lima {word} Quito and denied it would strike if Quito went on{where}. {own}"
        document = Document(id=f"d{number}", text=text, published=day, publisher=f"Wire {number}")
        rows, done = [], None
        if about is not None:
            kind, doer, done_to, status = about
            parties = {"actor": doer, "recipient": done_to, "status": status}
            done = claim_in(document, "strike", event_type=kind, quad=QUAD[kind], **parties, **(act or {}))
            rows.append(flat_row(claim_row(done, text)))
        said = claim_in(
            document, word, event_type=event_type, quad=QUAD[event_type], actor=actor, recipient=recipient,
            about=done.id if done else None, **options,
        )  # fmt: skip
        fresh_case.add([Added(document, (), [*rows, flat_row(claim_row(said, text))])], run="r_1")

    return add


def threaten(tell: Tell, **options: Any) -> None:
    tell("2020-01-01", "THREATEN", LIMA, QUITO, about=("ASSAULT", LIMA, QUITO, "planned"), **options)


def outcomes(fresh_case: CaseFile, **options: Any) -> list[tuple[str, str]]:
    return [(row["kind"], row["outcome"]) for row in find_entries(fresh_case, **options)]


def test_what_nothing_later_tells_of_is_open(fresh_case: CaseFile, tell: Tell) -> None:
    threaten(tell)
    (row,) = find_entries(fresh_case)
    assert (row["kind"], row["actor"], row["target"], row["content"], row["outcome"]) == (
        "threat", "Peru", "Ecuador", "ASSAULT", "open",
    )  # fmt: skip
    assert row["reason"] == "no later report tells of it"


def test_a_threat_that_was_carried_out(fresh_case: CaseFile, tell: Tell) -> None:
    threaten(tell)
    tell("2020-01-04", "ASSAULT", LIMA, QUITO, word="struck")
    (row,) = find_entries(fresh_case)
    assert (row["outcome"], row["reason"]) == ("carried out", "3 days later the act is told of: “struck”")
    assert "Lima struck Quito" in row["later_sentence"]


def test_what_was_done_before_or_too_late_does_not_count(fresh_case: CaseFile, tell: Tell) -> None:
    tell("2019-12-30", "ASSAULT", LIMA, QUITO, word="struck")
    threaten(tell)
    tell("2020-03-04", "ASSAULT", LIMA, QUITO, word="struck")
    assert outcomes(fresh_case, horizon=30) == [("threat", "open")]
    assert outcomes(fresh_case, horizon=100) == [("threat", "carried out")]


def test_what_another_does_does_not_count(fresh_case: CaseFile, tell: Tell) -> None:
    threaten(tell)
    tell("2020-01-04", "ASSAULT", QUITO, LIMA, word="struck")
    tell("2020-01-04", "ASSAULT", LIMA, ("Quito", "Brazil", "BRA"), word="struck")
    assert outcomes(fresh_case) == [("threat", "open")]


def test_a_threat_carried_out_in_part(fresh_case: CaseFile, tell: Tell) -> None:
    threaten(tell)
    tell("2020-01-04", "MOBILIZE", LIMA, QUITO, word="encircled")
    assert outcomes(fresh_case) == [("threat", "partly carried out")]


@pytest.mark.parametrize(
    ("event_type", "status"), [("CONCEDE", "actual"), ("RETREAT", "alleged"), ("ASSAULT", "negated")]
)
def test_a_threat_walked_back(fresh_case: CaseFile, tell: Tell, event_type: str, status: str) -> None:
    threaten(tell)
    tell("2020-01-04", event_type, LIMA, QUITO, word="yielded to", status=status)
    assert outcomes(fresh_case) == [("threat", "walked back")]
    tell("2020-01-09", "ASSAULT", LIMA, QUITO, word="struck")
    assert outcomes(fresh_case) == [("threat", "carried out")]


def test_several_reports_of_one_threat_are_one_entry(fresh_case: CaseFile, tell: Tell) -> None:
    threaten(tell)
    threaten(tell)
    (row,) = find_entries(fresh_case)
    assert (row["reports"], row["origins"]) == (2, 2)


def test_promises_and_demands(fresh_case: CaseFile, tell: Tell) -> None:
    tell("2020-01-01", "AGREE", LIMA, QUITO, word="promised", about=("AID", LIMA, QUITO, "planned"))
    tell("2020-01-01", "REQUEST", LIMA, QUITO, word="asked", about=("RETREAT", QUITO, None, "planned"))
    assert outcomes(fresh_case) == [("demand", "open"), ("promise", "open")] or len(outcomes(fresh_case)) == 2
    tell("2020-01-05", "AID", LIMA, QUITO, word="helped")
    tell("2020-01-05", "RETREAT", QUITO, None, word="left")
    assert ("demand", "open") in outcomes(fresh_case), "whatever else it did, where nobody is named"
    tell("2020-01-06", "RETREAT", QUITO, None, word="strikes")
    assert sorted(outcomes(fresh_case)) == [("demand", "met"), ("promise", "carried out")]


def test_a_demand_refused_and_one_not_to_do_something(fresh_case: CaseFile, tell: Tell) -> None:
    tell("2020-01-01", "REQUEST", LIMA, QUITO, word="asked", about=("RETREAT", QUITO, None, "planned"))
    tell("2020-01-02", "REJECT", QUITO, LIMA, word="rebuffed")
    assert outcomes(fresh_case) == [("demand", "refused")]
    tell("2020-02-01", "REQUEST", LIMA, QUITO, word="begged", about=("ASSAULT", QUITO, None, "hypothetical"))
    assert outcomes(fresh_case, limit=1) == [("demand", "open")]
    tell("2020-02-03", "ASSAULT", QUITO, LIMA, word="strikes")
    (row,) = find_entries(fresh_case, limit=1)
    assert (row["outcome"], row["not_to"]) == ("refused", True)


def test_denials_stand_until_somebody_tells_otherwise(fresh_case: CaseFile, tell: Tell) -> None:
    tell("2020-01-03", "REJECT", LIMA, QUITO, word="denied", about=("ASSAULT", LIMA, QUITO, "negated"))
    assert outcomes(fresh_case, kind="denial") == [("denial", "stands")]
    tell("2020-01-02", "ASSAULT", LIMA, QUITO, word="struck", status="alleged")
    assert outcomes(fresh_case, kind="denial") == [("denial", "contested")]


def test_what_it_hangs_on(fresh_case: CaseFile, tell: Tell) -> None:
    tell("2020-01-01", "THREATEN", LIMA, QUITO, about=("ASSAULT", LIMA, QUITO, "hypothetical"))
    assert find_entries(fresh_case)[0]["condition"] == "if Quito went on"


def test_who_resigns_withdraws_no_troops(fresh_case: CaseFile, tell: Tell) -> None:
    tell("2020-01-01", "AGREE", LIMA, QUITO, about=("RETREAT", LIMA, QUITO, "planned"), act={"mode": "withdraw"})
    tell("2020-01-03", "RETREAT", LIMA, QUITO, word="struck", mode="resign")
    assert outcomes(fresh_case) == [("promise", "open")]
    tell("2020-01-05", "RETREAT", LIMA, QUITO, word="struck", mode="withdraw")
    assert outcomes(fresh_case) == [("promise", "carried out")]


def test_what_has_a_day_has_a_week_of_grace(fresh_case: CaseFile, tell: Tell) -> None:
    day = DateMention((0, 4), 0, 0, 1, "DATE", "2020-01-05", "day")
    tell("2020-01-01", "AGREE", LIMA, QUITO, about=("AID", LIMA, QUITO, "planned"), act={"date": day})
    tell("2020-02-01", "AID", LIMA, QUITO, word="struck")
    (row,) = find_entries(fresh_case)
    assert (row["deadline"], row["outcome"]) == ("2020-01-05", "open")
    tell("2020-01-11", "AID", LIMA, QUITO, word="struck")
    assert outcomes(fresh_case) == [("promise", "carried out")]


def test_a_rejection_of_who_knows_what_breaks_no_promise(fresh_case: CaseFile, tell: Tell) -> None:
    tell("2020-01-01", "AGREE", LIMA, QUITO, word="promised", about=("AID", LIMA, QUITO, "planned"))
    tell("2020-01-03", "REJECT", LIMA, QUITO, word="denied")
    assert outcomes(fresh_case) == [("promise", "open")]
    tell("2020-01-04", "REJECT", LIMA, QUITO, word="denied", about=("AID", LIMA, QUITO, "hypothetical"))
    assert ("promise", "walked back") in outcomes(fresh_case)


@pytest.mark.parametrize(
    ("where", "channel"),
    [
        ("", None),
        (" in a televised speech", "speech"),
        (", through two mediators", "mediators"),
        (" by their letter", "letter"),
        (" and read no letter", None),
    ],
)
def test_by_what_way_it_was_said(fresh_case: CaseFile, tell: Tell, where: str, channel: str | None) -> None:
    threaten(tell, where=where)
    assert find_entries(fresh_case)[0]["channel"] == channel


@pytest.mark.parametrize(
    ("found", "words", "code", "rank"),
    [
        ("Ana Ruiz is in the codebook, president on 2020-01-01", "Ruiz", "PERGOV", "head of state or government"),
        ("foreign minister of PER on 2020-01-01; country from 'Peruvian' before it", "minister", "PERGOV", "minister"),
        (
            "'spokesman' is GOV; country from 'Peruvian' before it",
            "a Peruvian army spokesman",
            "PERMIL",
            "spokesperson",
        ),
        ("'officials' is GOV", "officials", "PERGOV", "government"),
        ("'Lima' is in the codebook (capital)", "Lima", "PER", "not told"),
        ("'rebel' is REB", "the rebels", "PERREB", "armed group"),
    ],
)
def test_who_said_it(fresh_case: CaseFile, tell: Tell, found: str, words: str, code: str, rank: str) -> None:
    threaten(tell)
    changes = "UPDATE claims SET actor_found = ?, actor_text = ?, actor_code = ? WHERE type = 'THREATEN'"
    fresh_case.connection.execute(changes, [found, words, code])
    fresh_case.changed()
    assert find_entries(fresh_case)[0]["rank"] == rank


def test_filters_and_counts(fresh_case: CaseFile, tell: Tell) -> None:
    threaten(tell)
    tell("2020-01-01", "THREATEN", QUITO, LIMA, about=("ASSAULT", QUITO, LIMA, "planned"))
    tell("2020-01-04", "ASSAULT", LIMA, QUITO, word="struck")
    assert outcomes(fresh_case, actor="PER") == outcomes(fresh_case, target="Ecuador") == [("threat", "carried out")]
    assert outcomes(fresh_case, outcome="open") == [("threat", "open")]
    (row,) = base_rates(fresh_case, actor="PER")
    assert (row["entries"], row["carried_out"], row["open"]) == (1, 1, 0)


def test_the_command_line_knows_the_kinds_and_outcomes() -> None:
    assert (cli._KINDS, cli._OUTCOMES) == (KINDS, OUTCOMES)
