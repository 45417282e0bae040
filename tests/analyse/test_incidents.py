"""Claims that tell of one happening stand together; copies and retellings of one report are one origin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dragoman.analyse.incidents import find_incidents, one_incident
from dragoman.errors import CaseError
from dragoman.export.rows import claim_row, flat_row
from dragoman.records import Claim, Document, SourceLink
from dragoman.store.database import Added, CaseFile
from dragoman.store.reviews import Decision, decide

Make = Callable[..., Claim]
Tell = Callable[..., str]
LIMA, QUITO, REBELS = ("Lima", "Peru", "PER"), ("Quito", "Ecuador", "ECU"), ("rebels", "rebels", "ECUREB")
KOMMERSANT = SourceLink("Kommersant", "publisher", None, "reported", "RUSMED")
OFFICIALS = SourceLink("two officials", "anonymous", None, "said")


@pytest.fixture
def tell(fresh_case: CaseFile, claim_in: Make) -> Tell:
    """tell("2020-01-01", "The Post", LIMA, QUITO, chain=…, text=…) adds a report with one claim and returns its id."""

    def add(day: str | None, publisher: str | None, actor: Any, recipient: Any, text: str = "", **options: Any) -> str:
        number = fresh_case.rows("SELECT count(*) AS n FROM documents")[0]["n"]
        own = " ".join(f"told{number}x{n}" for n in range(30))
        words = f"Lima and Quito and the rebels struck. {text or own}"
        document = Document(id=f"d{number}", text=words, published=day, publisher=publisher)
        claim = claim_in(document, "struck", actor=actor, recipient=recipient, **options)
        fresh_case.add([Added(document, (), [flat_row(claim_row(claim, words))])], run="r_1")
        return claim.id

    return add


def test_reports_of_one_happening_stand_together(fresh_case: CaseFile, tell: Tell) -> None:
    tell("2020-01-01", "The Post", LIMA, QUITO)
    tell("2020-01-02", "Andes Wire", LIMA, QUITO)
    tell("2020-01-09", "Andes Wire", LIMA, QUITO)
    tell("2020-01-01", "The Post", QUITO, LIMA)
    found = find_incidents(fresh_case)
    assert [(row["reports"], row["origins"]) for row in found] == [(2, 2), (1, 1), (1, 1)]
    assert (str(found[0]["first_day"]), str(found[0]["last_day"])) == ("2020-01-01", "2020-01-02")


def test_three_papers_quoting_kommersant_are_one_origin(fresh_case: CaseFile, tell: Tell) -> None:
    for publisher, chain in (("A", (KOMMERSANT,)), ("B", (KOMMERSANT, OFFICIALS)), ("C", (OFFICIALS, KOMMERSANT))):
        tell("2020-01-01", publisher, LIMA, QUITO, chain=chain)
    (row,) = find_incidents(fresh_case)
    assert (row["reports"], row["origins"], row["origin_names"]) == (3, 1, ["Kommersant"])


def test_sources_without_a_name_are_as_good_as_the_paper_that_has_them(fresh_case: CaseFile, tell: Tell) -> None:
    tell("2020-01-01", "The Post", LIMA, QUITO, chain=(OFFICIALS,))
    tell("2020-01-01", "Post", LIMA, QUITO)
    tell("2020-01-01", "Andes Wire", LIMA, QUITO, chain=(OFFICIALS,))
    (row,) = find_incidents(fresh_case)
    assert (row["reports"], row["origins"]) == (3, 2)


def test_one_minister_is_one_origin_however_he_is_called(fresh_case: CaseFile, tell: Tell) -> None:
    for name in ("Ana Ruiz", "Ruiz"):
        tell("2020-01-01", name, LIMA, QUITO, chain=(SourceLink(name, "person", None, "said", "PERGOV"),))
    for name, code in (("Peru", "PER"), ("Peruvian government", "PERGOV")):
        tell("2020-01-01", name, LIMA, QUITO, chain=(SourceLink(name, "institution", None, "said", code),))
    assert find_incidents(fresh_case)[0]["origins"] == 2


def test_copies_of_one_text_count_once(fresh_case: CaseFile, tell: Tell) -> None:
    story = " ".join(f"word{n} of the story" for n in range(40))
    for publisher in ("A", "B", "C"):
        tell("2020-01-01", publisher, LIMA, QUITO, text=story)
    tell("2020-01-01", "D", LIMA, QUITO, text=story + " with a comment of its own at the end")
    tell("2020-01-01", "E", LIMA, QUITO, text=" ".join(f"other{n} words here" for n in range(40)))
    (row,) = find_incidents(fresh_case)
    assert (row["reports"], row["origins"], row["origin_names"]) == (5, 2, ["A", "E"])
    assert [each["copied"] for each in one_incident(fresh_case, row["id"])["told"]] == [False, True, True, True, False]


def test_contradictory_reports_stand_side_by_side(fresh_case: CaseFile, tell: Tell) -> None:
    told = [tell("2020-01-01", "A", LIMA, QUITO), tell("2020-01-01", "B", LIMA, QUITO, status="negated")]
    tell("2020-02-01", "A", QUITO, LIMA)
    (row,) = find_incidents(fresh_case, contested=True)
    assert (row["actual"], row["denied"], row["contested"]) == (1, 1, True)
    incident = one_incident(fresh_case, row["id"])
    assert [each["id"] for each in incident["told"]] == told
    assert all("same type, same parties" in each["reason"] for each in incident["told"])


def test_a_denial_answers_whatever_was_told(fresh_case: CaseFile, tell: Tell) -> None:
    tell("2020-01-01", "A", LIMA, QUITO)
    tell("2020-01-02", "B", LIMA, None, text="told " * 5 + " ".join(f"b{n}" for n in range(30)), status="negated")
    (row,) = find_incidents(fresh_case, contested=True)
    assert (row["actual"], row["denied"]) == (1, 1)


def test_plans_and_conditions_are_no_happening(fresh_case: CaseFile, tell: Tell) -> None:
    for status in ("planned", "hypothetical"):
        tell("2020-01-01", "A", LIMA, QUITO, status=status)
    tell(None, "A", LIMA, QUITO)
    assert find_incidents(fresh_case) == []


def test_a_state_and_its_rebels_are_two_parties(fresh_case: CaseFile, tell: Tell) -> None:
    tell("2020-01-01", "A", LIMA, QUITO)
    tell("2020-01-01", "B", LIMA, REBELS)
    assert [row["claims"] for row in find_incidents(fresh_case)] == [1, 1]


def test_a_claim_without_a_recipient_goes_where_only_one_fits(fresh_case: CaseFile, tell: Tell) -> None:
    tell("2020-01-01", "A", LIMA, QUITO)
    lone = tell("2020-01-02", "B", LIMA, None)
    (row,) = find_incidents(fresh_case)
    assert row["claims"] == 2
    assert {each["id"]: each["reason"] for each in one_incident(fresh_case, row["id"])["told"]}[lone].startswith(
        "same type, no other it fits"
    )
    tell("2020-01-01", "C", LIMA, REBELS)
    assert [row["claims"] for row in find_incidents(fresh_case)] == [1, 1, 1]


def test_no_incident_is_longer_than_three_days(fresh_case: CaseFile, tell: Tell) -> None:
    for day in range(1, 8):
        tell(f"2020-01-0{day}", "A", LIMA, QUITO)
    assert [row["claims"] for row in find_incidents(fresh_case)] == [3, 3, 1]


def test_corrections_are_heeded(fresh_case: CaseFile, tell: Tell) -> None:
    first, second = tell("2020-01-01", "A", LIMA, QUITO), tell("2020-01-01", "B", LIMA, QUITO)
    decide(fresh_case, Decision(first, "reject", "", "Ana"))
    assert [row["claims"] for row in find_incidents(fresh_case)] == [1]
    decide(
        fresh_case,
        Decision(second, "correct", "", "Ana", {"type": "AID", "recipient_code": "BRA", "recipient_name": "Brazil"}),
    )
    (row,) = find_incidents(fresh_case)
    assert (row["type"], row["recipient_name"]) == ("AID", "Brazil")
    assert find_incidents(fresh_case, recipient="BRA", event_type="aid", actor="Peru") == find_incidents(fresh_case)
    assert find_incidents(fresh_case, recipient="ECU") == []


def test_no_incident_and_several_are_errors(fresh_case: CaseFile, tell: Tell) -> None:
    tell("2020-01-01", "A", LIMA, QUITO)
    tell("2020-01-01", "A", QUITO, LIMA)
    for incident, problem in (("i_none", "no incident's id"), ("i_", "2 incidents' ids")):
        with pytest.raises(CaseError, match=problem):
            one_incident(fresh_case, incident)


def change(case: CaseFile, **fields: Any) -> None:
    """Change the newest claim, so that its words are others than those of the text."""
    changes = ", ".join(f"{field} = ?" for field in fields)
    case.connection.execute(
        f"UPDATE claims SET {changes} WHERE rowid = (SELECT max(rowid) FROM claims)", [*fields.values()]
    )
    case.changed()


def test_what_is_planned_is_gathered_apart(fresh_case: CaseFile, tell: Tell) -> None:
    tell("2020-01-01", "The Post", LIMA, QUITO)
    for status in ("planned", "hypothetical"):
        tell("2020-01-01", "Andes Wire", LIMA, QUITO, status=status)
    (done,) = find_incidents(fresh_case)
    assert (done["claims"], done["planned"]) == (1, 0)
    (to_come,) = find_incidents(fresh_case, planned=True)
    assert (to_come["claims"], to_come["planned"], to_come["reports"]) == (2, 2, 2)


def test_forms_of_one_word_are_one_word(fresh_case: CaseFile, tell: Tell) -> None:
    for word in ("tests", "tested", "testing", "seized"):
        tell("2020-01-01", "The Post", LIMA, None)
        change(fresh_case, trigger_text=word)
    assert [row["claims"] for row in find_incidents(fresh_case)] == [3, 1]


def test_somebodys_deed_goes_by_word_and_victim(fresh_case: CaseFile, tell: Tell) -> None:
    for name in ("A fisherman", "a fisherman", "two nurses"):
        tell("2020-01-01", "The Post", None, ("Quito", name, "ECUCVL"))
    assert [row["claims"] for row in find_incidents(fresh_case)] == [2, 1]
    tell("2020-01-01", "The Post", None, None)
    assert [row["claims"] for row in find_incidents(fresh_case)] == [2, 1, 1]


def test_what_is_said_to_nobody_is_the_same_if_it_is_of_the_same_act(fresh_case: CaseFile, tell: Tell) -> None:
    acts = {}
    for kind in ("ASSAULT", "AID"):
        acts[kind] = tell("2019-01-01", "The Post", LIMA, QUITO, status="planned", event_type=kind)
    for about in (acts["ASSAULT"], acts["ASSAULT"], acts["AID"], None, None):
        tell("2020-01-01", "The Post", LIMA, None, event_type="THREATEN", quad=3, about=about)
    assert sorted(row["claims"] for row in find_incidents(fresh_case)) == [1, 1, 1, 2]


def test_the_act_that_is_spoken_of_counts_as_people_left_it(fresh_case: CaseFile, tell: Tell) -> None:
    acts = [tell("2019-01-01", "A", LIMA, QUITO, status="planned", event_type=kind) for kind in ("ASSAULT", "AID")]
    for about in acts:
        tell("2020-01-01", "A", LIMA, None, event_type="THREATEN", quad=3, about=about)
    assert [row["claims"] for row in find_incidents(fresh_case)] == [1, 1]
    decide(fresh_case, Decision(acts[1], "correct", "it is an attack", "Ana", {"type": "ASSAULT"}))
    assert [row["claims"] for row in find_incidents(fresh_case)] == [2]
