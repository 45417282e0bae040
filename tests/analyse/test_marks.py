"""What the desk draws of a large case: marks count every claim that fits once, and no claim that does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from dragoman.analyse.desk import desk_claims
from dragoman.analyse.marks import (
    Wanted,
    change,
    list_claims,
    marks,
    name_parties,
    parties,
    rejected,
    span,
    take_snapshot,
)
from dragoman.errors import CaseError
from dragoman.store.database import open_case
from dragoman.store.reviews import Decision, decide
from dragoman.store.snapshot import Snapshot

FIRST = date(2020, 1, 1)


def taken(path: Path) -> Snapshot:
    with open_case(path, read_only=True) as case:
        snapshot = take_snapshot(case)
    name_parties(snapshot, {row["code"]: row["code"].lower() for row in parties(snapshot)})
    return snapshot


@pytest.fixture
def thousand(filled: Callable[..., None], path: Path) -> Iterator[Snapshot]:
    """1,200 claims of Lima towards Quito, three a day, of three types."""
    told = [(n // 3, (-9.0, -2.0, 2.5)[n % 3], f"Paper {n % 7}") for n in range(1_200)]
    filled(told)
    yield taken(path)


def test_marks_stand_for_every_claim_once(thousand: Snapshot) -> None:
    drawn = marks(thousand, Wanted(), lanes=7)
    assert (drawn["found"], drawn["standing"], drawn["dated"], drawn["placed"]) == (1_200, 1_200, 1_200, 0)
    for kind in ("lanes", "bars", "pairs", "ties"):
        assert sum(mark["n"] for mark in drawn[kind]) == 1_200
    assert drawn["step"] == 12  # 400 days in at most 36 steps
    assert len(drawn["lanes"]) < 150
    assert {mark["intensity"] for mark in drawn["lanes"]} == {-9.0, -2.0, 2.5}
    assert drawn["places"] == []


def test_few_claims_are_drawn_one_by_one(thousand: Snapshot) -> None:
    wanted = Wanted.of(span="2020-01-01_2020-01-11", quads="MCONF")
    drawn = marks(thousand, wanted, lanes=7)
    assert [mark["n"] for mark in drawn["lanes"]] == [1] * 10
    assert all(mark["evidence"].startswith("Lima struck Quito") for mark in drawn["lanes"])
    assert sum(mark["n"] for mark in drawn["bars"]) == 400, "the bars show the whole time"


def test_the_filters(thousand: Snapshot) -> None:
    assert list_claims(thousand, Wanted.of(dyad="PER>ECU"), limit=5)[1] == 1_200
    assert list_claims(thousand, Wanted.of(dyad="ECU>PER"), limit=5) == ([], 0)
    assert list_claims(thousand, Wanted.of(q="PAPER 3"), limit=5)[1] == 171
    rows, found = list_claims(thousand, Wanted.of(quads="VCOOP,VCONF"), limit=3)
    assert (len(rows), found) == (3, 800)
    assert [row["day"] for row in rows] == sorted(row["day"] for row in rows)
    assert rows[-1]["day"] == FIRST + timedelta(days=399), "the latest"
    earlier, _ = list_claims(thousand, Wanted.of(quads="VCOOP,VCONF"), limit=3, skip=3)
    assert {row["id"] for row in earlier}.isdisjoint(row["id"] for row in rows)


@pytest.mark.parametrize("given_", [{"dyad": "PER"}, {"dyad": ">PER"}, {"span": "May"}, {"quads": "LOUD"}])
def test_filters_that_say_nothing_are_refused(given_: dict[str, str]) -> None:
    with pytest.raises(CaseError, match=r"Write|Use"):
        Wanted.of(**given_)


def test_a_decision_is_followed(thousand: Snapshot, path: Path) -> None:
    rows, _ = list_claims(thousand, Wanted(), limit=2)
    with open_case(path) as case:
        decide(case, Decision(rows[0]["id"], "reject", "", "Ana"))
        decide(case, Decision(rows[1]["id"], "correct", "", "Ana", {"recipient_code": "PER", "recipient_name": "Peru"}))
        for row in desk_claims(case, claims=[row["id"] for row in rows]):
            change(thousand, row["id"], row)
    assert rejected(thousand) == 1
    followed, anew = marks(thousand, Wanted(), lanes=7), marks(taken(path), Wanted(), lanes=7)
    assert followed == anew
    assert (followed["found"], followed["standing"]) == (1_200, 1_199)
    assert list_claims(thousand, Wanted.of(dyad="PER>PER"), limit=5)[1] == 1


def test_days_that_lie_far_off_are_not_drawn(filled: Callable[..., None], path: Path) -> None:
    filled([(-3_000, -9.0, "Old")] + [(n, -9.0, "Paper") for n in range(60)])
    snapshot = taken(path)
    assert span(snapshot) == (FIRST, FIRST + timedelta(days=60))
    drawn = marks(snapshot, Wanted(), lanes=7)
    assert (drawn["standing"], drawn["dated"]) == (61, 60)


def test_an_empty_case_draws_nothing(tmp_path: Path) -> None:
    with open_case(tmp_path / "empty.duckdb"):
        pass
    snapshot = taken(tmp_path / "empty.duckdb")
    drawn = marks(snapshot, Wanted(), lanes=7)
    assert (drawn["found"], drawn["lanes"], drawn["places"]) == (0, [], [])
    assert span(snapshot) is None


@pytest.mark.parametrize("first", [0, 37, 380])
@pytest.mark.parametrize("quads", ["", "MCONF", "VCOOP,VCONF"])
@pytest.mark.parametrize("days", [1, 30, 500])
def test_whatever_is_wanted_marks_and_claims_agree(thousand: Snapshot, first: int, quads: str, days: int) -> None:
    start = FIRST + timedelta(days=first)
    wanted = Wanted.of(span=f"{start}_{start + timedelta(days=days)}", quads=quads)
    drawn, (rows, found) = marks(thousand, wanted, lanes=7), list_claims(thousand, wanted, limit=2_000)
    expected = min(days, 400 - first) * {"": 3, "MCONF": 1, "VCOOP,VCONF": 2}[quads]
    assert found == len(rows) == drawn["found"] == expected
    assert sum(mark["n"] for mark in drawn["lanes"]) == expected
