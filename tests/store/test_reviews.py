"""Decisions about claims: nothing is lost, corrections are heeded, they survive re-runs, and they travel."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from dragoman.commands.reviewing import bring_in_reviews
from dragoman.errors import CaseError, InputError
from dragoman.export.rows import claim_row, flat_row
from dragoman.records import Claim, Document, SourceLink
from dragoman.store.database import Added, CaseFile, open_case
from dragoman.store.reviews import Decision, decide, export_reviews, history, import_reviews, undo, waiting

Make = Callable[..., Claim]
DOCUMENT = Document(id="1", text="Lima said Quito had shelled Tumbes.", published="2020-02-03", publisher="Andes Wire")
NOON = datetime(2020, 2, 4, 12)


def rows_of(claim_in: Make, **options: Any) -> list[dict[str, Any]]:
    words = {"actor": ("Quito", "Ecuador", "ECU"), "chain": (SourceLink("Peru", "institution", (0, 4), "said"),)}
    return [flat_row(claim_row(claim_in(DOCUMENT, "shelled", **(words | options)), DOCUMENT.text))]


@pytest.fixture
def coded(tmp_path: Path, claim_in: Make) -> Any:
    with open_case(tmp_path / "reviewed.duckdb") as case:
        case.add([Added(DOCUMENT, (), rows_of(claim_in))], run="r_1")
        yield case


def claim_of(case: CaseFile) -> str:
    return str(case.rows("SELECT id FROM claims")[0]["id"])


def say(case: CaseFile, action: str, **changes: Any) -> int:
    return decide(case, Decision(claim_of(case), action, "because", "Ana", changes or None, NOON))


def test_a_correction_is_what_analyses_read_and_the_coding_stays(coded: CaseFile) -> None:
    say(coded, "correct", type="ACCUSE", recipient_name="Peru", recipient_code="PER", actor_code=None)
    (row,) = coded.rows("SELECT type, recipient_code, actor_code, actor_name, review FROM reviewed")
    assert row == {
        "type": "ACCUSE", "recipient_code": "PER", "actor_code": None, "actor_name": "Ecuador", "review": "correct",
    }  # fmt: skip
    assert coded.rows("SELECT type FROM claims") == [{"type": "ASSAULT"}]


def test_a_second_correction_adds_to_the_first(coded: CaseFile) -> None:
    say(coded, "correct", type="ACCUSE")
    say(coded, "correct", status="alleged")
    assert coded.rows("SELECT type, status FROM reviewed") == [{"type": "ACCUSE", "status": "alleged"}]


def test_a_corrected_chain_is_the_chain(coded: CaseFile) -> None:
    say(coded, "correct", sources=["The Herald", "two admirals"])
    names = [link["name"] for link in coded.sources([claim_of(coded)])[claim_of(coded)]]
    assert names == ["The Herald", "two admirals"]
    say(coded, "correct", sources=[])
    assert coded.sources([claim_of(coded)]) == {}


def test_a_rejected_claim_is_gone_until_that_is_undone(coded: CaseFile) -> None:
    say(coded, "reject")
    assert coded.rows("SELECT * FROM reviewed") == []
    undo(coded, claim_of(coded), reviewer="Bo", at=NOON)
    assert [row["review"] for row in coded.rows("SELECT review FROM reviewed")] == [None]
    assert [row["action"] for row in history(coded)] == ["reject", "undo"]


def test_undoing_brings_back_the_decision_before(coded: CaseFile) -> None:
    say(coded, "correct", type="ACCUSE")
    say(coded, "reject")
    undo(coded, claim_of(coded), reviewer="Bo")
    assert coded.rows("SELECT type FROM reviewed") == [{"type": "ACCUSE"}]
    undo(coded, claim_of(coded), reviewer="Bo")
    assert coded.rows("SELECT type FROM reviewed") == [{"type": "ASSAULT"}]
    with pytest.raises(CaseError, match="nothing stands decided"):
        undo(coded, claim_of(coded), reviewer="Bo")


def test_a_decision_survives_a_run_that_codes_the_same(coded: CaseFile, claim_in: Make) -> None:
    say(coded, "reject")
    coded.add([Added(DOCUMENT, (), rows_of(claim_in))], run="r_2")
    assert coded.rows("SELECT * FROM reviewed") == []


def test_a_decision_waits_where_a_run_codes_something_else(coded: CaseFile, claim_in: Make) -> None:
    say(coded, "reject")
    coded.add([Added(DOCUMENT, (), rows_of(claim_in, event_type="THREATEN"))], run="r_2")
    assert coded.rows("SELECT type FROM reviewed") == [{"type": "THREATEN"}]
    assert [(row["stands"], row["fits"]) for row in history(coded)] == [(True, False)]
    coded.add([Added(DOCUMENT, (), rows_of(claim_in))], run="r_3")
    assert coded.rows("SELECT * FROM reviewed") == []


def test_decisions_travel_once(coded: CaseFile, tmp_path: Path, claim_in: Make) -> None:
    say(coded, "correct", type="ACCUSE")
    undo(coded, claim_of(coded), reviewer="Bo", at=NOON)
    say(coded, "reject")
    rows = export_reviews(coded)
    with open_case(tmp_path / "other.duckdb") as other:
        other.add([Added(DOCUMENT, (), rows_of(claim_in))], run="r_1")
        broken = InputError("d.jsonl, line 4", "is not JSON", "Mend the line")
        assert import_reviews(other, [*rows, broken, {"claim": "c_1"}])[0] == 3
        assert other.rows("SELECT * FROM reviewed") == []
        assert import_reviews(other, rows) == (0, [])
        assert export_reviews(other) == rows


def test_what_nobody_has_judged_waits(coded: CaseFile) -> None:
    assert [row["id"] for row in waiting(coded)] == [claim_of(coded)]
    say(coded, "accept")
    assert waiting(coded) == []


@pytest.mark.parametrize(
    ("decision", "problem"),
    [
        (("none", "accept", "Ana", None), "there is no claim"),
        (("", "praise", "Ana", None), "is no decision"),
        (("", "accept", " ", None), "needs the name"),
        (("", "correct", "Ana", None), "needs a field"),
        (("", "accept", "Ana", {"type": "AID"}), "needs a field"),
        (("", "correct", "Ana", {"id": "x"}), "can't be corrected"),
    ],
)
def test_what_is_no_decision_is_refused(coded: CaseFile, decision: tuple[Any, ...], problem: str) -> None:
    claim, action, reviewer, changes = decision
    with pytest.raises(CaseError, match=problem):
        decide(coded, Decision(claim or claim_of(coded), action, "", reviewer, changes))
    assert history(coded) == []


# Brings in decisions as the command does, and is killed before one of them is written, or after.
KILLED = """
import os, signal, sys
from pathlib import Path
from dragoman.commands.reviewing import bring_in_reviews
from dragoman.store import reviews
case, given, when, place = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
append, done = reviews._append, []

def dying(opened, row):
    done.append(row)
    if when == "before" and len(done) == place:
        os.kill(os.getpid(), signal.SIGKILL)
    number = append(opened, row)
    if when == "after" and len(done) == place:
        os.kill(os.getpid(), signal.SIGKILL)
    return number

reviews._append = dying
bring_in_reviews(case, given)
"""


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("place", [1, 3, 6])
def test_a_killed_reviewer_loses_nothing_that_was_decided(
    tmp_path: Path, claim_in: Make, when: str, place: int
) -> None:
    def coded_case(name: str) -> Path:
        with open_case(tmp_path / name) as opened:
            opened.add([Added(DOCUMENT, (), rows_of(claim_in))], run="r_1")
        return tmp_path / name

    with open_case(coded_case("whole.duckdb")) as whole:
        for number in range(3):
            say(whole, "correct", mode=f"mode-{number}")
            undo(whole, claim_of(whole), reviewer="Bo", at=datetime(2020, 2, 5, number))
        expected = export_reviews(whole)
    given = tmp_path / "decisions.jsonl"
    given.write_text("".join(json.dumps(row) + "\n" for row in expected), encoding="utf-8")
    case = coded_case("killed.duckdb")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, case, given, when, str(place)], capture_output=True, text=True
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    with open_case(case) as opened:
        assert export_reviews(opened) == expected[: place - (when == "before")]
    assert bring_in_reviews(case, given)[1] == []
    with open_case(case) as opened:
        assert export_reviews(opened) == expected
