"""Where a position moved: found where it moved, not found where it did not, and honest about how little is told."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.analyse.positions import ENOUGH, TOO_LITTLE, find_positions, position_line
from dragoman.analyse.shifts import FEWEST, find_shifts
from dragoman.export.rows import claim_row, flat_row
from dragoman.records import Claim, Document
from dragoman.store.database import Added, CaseFile, open_case

Make = Callable[..., Claim]
LIMA, QUITO = ("Lima", "Peru", "PER"), ("Quito", "Ecuador", "ECU")
FIRST = date(2020, 1, 1)
# Types by intensity, so that happenings of one day stay apart.
TYPES = {
    -9.0: ("ASSAULT", 4),
    -3.5: ("THREATEN", 3),
    -2.0: ("REJECT", 3),
    2.5: ("AGREE", 1),
    1.5: ("SUPPORT", 1),
    7.0: ("AID", 2),
}


def filled(path: Path, claim_in: Make, told: list[tuple[int, float, str]], **options: Any) -> None:
    """A case file of one report for each (days after the first, intensity, publisher)."""
    with open_case(path) as case:
        batch = []
        for number, (day, intensity, publisher) in enumerate(told):
            own = " ".join(f"told{number}x{n}" for n in range(30))
            text = f"Lima struck Quito. {own}"
            document = Document(
                id=f"d{number:03}", text=text, published=str(FIRST + timedelta(days=day)), publisher=publisher
            )
            event_type, quad = TYPES[intensity]
            words = {"event_type": event_type, "quad": quad, "intensity": intensity, "actor": LIMA, "recipient": QUITO}
            claim = claim_in(document, "struck", **(words | options))
            batch.append(Added(document, (), [flat_row(claim_row(claim, text))]))
        case.add(batch, run="r_1")


def positions(path: Path, **options: Any) -> list[dict[str, Any]]:
    with open_case(path, read_only=True) as case:
        return find_positions(case, **options)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "case.duckdb"


def turn(sources: str = "ABCABC") -> list[tuple[int, float, str]]:
    """Three threats a week apart, then three promises, from so many papers."""
    return [(7 * n, -3.5 if n < 3 else 2.5, f"Paper {sources[n]}") for n in range(6)]


def test_a_turn_is_found_with_its_day_and_levels(path: Path, claim_in: Make) -> None:
    filled(path, claim_in, turn())
    (row,) = positions(path)
    assert (row["actor"], row["target"], row["evidence"]) == ("PER", "ECU", ENOUGH)
    (shift,) = row["shifts"]
    assert shift["day"] == shift["earliest"] == shift["latest"] == FIRST + timedelta(days=21)
    assert (shift["before"], shift["after"], shift["direction"]) == (-3.5, 2.5, "warmer")
    assert shift["probability"] > 0.9
    assert len(shift["carriers"]) == 5


def test_a_turn_that_rests_on_one_source_says_so(path: Path, claim_in: Make) -> None:
    filled(path, claim_in, turn("ABAACA"))
    (shift,) = positions(path)[0]["shifts"]
    assert not shift["survives"]
    assert shift["rests_on"] == "Paper A"


def test_a_turn_that_many_tell_of_survives_without_any_of_them(path: Path, claim_in: Make) -> None:
    filled(path, claim_in, [(7 * n, -3.5 if n < 6 else 2.5, f"Paper {n % 6}") for n in range(12)])
    (shift,) = positions(path)[0]["shifts"]
    assert shift["survives"]


def test_no_turn_where_nothing_turns(path: Path, claim_in: Make) -> None:
    filled(path, claim_in, [(7 * n, (-3.5, 2.5)[n % 2], f"Paper {n % 4}") for n in range(12)])
    (row,) = positions(path)
    assert (row["evidence"], row["shifts"]) == (ENOUGH, [])


def test_too_little_is_told(path: Path, claim_in: Make) -> None:
    filled(path, claim_in, turn()[:5])
    assert [(row["evidence"], row["shifts"]) for row in positions(path)] == [(TOO_LITTLE, [])]


def test_one_source_alone_is_too_little(path: Path, claim_in: Make) -> None:
    filled(path, claim_in, turn("AAAAAA"))
    assert positions(path)[0]["evidence"] == TOO_LITTLE


def test_ten_reports_of_one_happening_by_one_source_weigh_as_one(path: Path, claim_in: Make) -> None:
    told = turn()
    filled(path, claim_in, [*told, *[(0, -3.5, "Paper A")] * 9])
    (row,) = positions(path)
    assert row["words"] == len(told)


def test_what_is_planned_stands_apart(path: Path, claim_in: Make) -> None:
    filled(path, claim_in, turn(), status="planned")
    (row,) = positions(path)
    assert (row["words"], row["conditionals"], row["evidence"]) == (0, 6, TOO_LITTLE)
    assert row["conditional_intensity"] == pytest.approx(-0.5)


def test_day_by_day_and_filters(path: Path, claim_in: Make) -> None:
    filled(path, claim_in, turn())
    with open_case(path, read_only=True) as case:
        line = position_line(case, "per", "ECU")
        assert [row["word_intensity"] for row in line] == [-3.5, -3.5, -3.5, 2.5, 2.5, 2.5]
        assert position_line(case, "PER", "BRA") == []
    assert positions(path, actor="PER") == positions(path, target="ecu") == positions(path)
    assert positions(path, actor="ECU") == []


def test_the_sample_crisis_turns(coder: Any, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman.commands import run_demo

    monkeypatch.setattr("dragoman.commands.Coder", lambda model: coder)
    run_demo(path)
    (row,) = positions(path, actor="RUS", target="USA")
    (shift,) = row["shifts"]
    assert date(2018, 4, 11) <= shift["day"] <= date(2018, 4, 12)
    assert shift["before"] < -2
    assert shift["after"] > 1


def test_two_turns_of_a_long_line() -> None:
    chance = random.Random(1)
    values = [level + chance.gauss(0, 1) for level in (-5, 3, -4) for _ in range(30)]
    found = find_shifts(range(90), values, [str(n % 5) for n in range(90)])
    assert [abs(shift.at - place) <= 1 for shift, place in zip(found, (30, 60), strict=True)] == [True, True]


def test_noise_alone_rarely_turns() -> None:
    chance = random.Random(2)
    turned = sum(
        bool(find_shifts(range(20), [chance.gauss(0, 3) for _ in range(20)], [str(n % 5) for n in range(20)]))
        for _ in range(200)
    )
    assert turned <= 10


@given(st.lists(st.floats(-10, 10), max_size=30), st.integers(1, 5))
def test_every_shift_has_its_evidence(values: list[float], sources: int) -> None:
    days = [n // 2 for n in range(len(values))]
    for shift in find_shifts(days, values, [str(n % sources) for n in range(len(values))]):
        assert shift.start + FEWEST <= shift.at <= shift.stop - FEWEST
        assert shift.first <= shift.at <= shift.last
        assert days[shift.at] != days[shift.at - 1]


def test_a_case_without_dates(tmp_path: Path) -> None:
    with open_case(tmp_path / "empty.duckdb") as case:
        assert find_positions(case) == []
        assert isinstance(case, CaseFile)
