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

from dragoman.analyse.positions import ENOUGH, TOO_LITTLE, find_positions
from dragoman.analyse.shifts import FEWEST, find_shifts
from dragoman.store.database import CaseFile, open_case

Fill = Callable[..., None]
FIRST = date(2020, 1, 1)


def positions(path: Path, **options: Any) -> list[dict[str, Any]]:
    with open_case(path, read_only=True) as case:
        return find_positions(case, **options)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "case.duckdb"


def turn(sources: str = "ABCABC") -> list[tuple[int, float, str]]:
    """Three threats a week apart, then three promises, from so many papers."""
    return [(7 * n, -3.5 if n < 3 else 2.5, f"Paper {sources[n]}") for n in range(6)]


def test_a_turn_is_found_with_its_day_and_levels(path: Path, filled: Fill) -> None:
    filled(turn())
    (row,) = positions(path)
    assert (row["actor"], row["target"], row["evidence"]) == ("PER", "ECU", ENOUGH)
    (shift,) = row["shifts"]
    assert shift["day"] == shift["earliest"] == shift["latest"] == FIRST + timedelta(days=21)
    assert (shift["before"], shift["after"], shift["direction"]) == (-3.5, 2.5, "warmer")
    assert shift["probability"] > 0.9
    assert len(shift["carriers"]) == 5


def test_a_turn_that_rests_on_one_source_says_so(path: Path, filled: Fill) -> None:
    filled(turn("ABAACA"))
    (shift,) = positions(path)[0]["shifts"]
    assert not shift["survives"]
    assert shift["rests_on"] == "Paper A"


def test_a_turn_that_many_tell_of_survives_without_any_of_them(path: Path, filled: Fill) -> None:
    filled([(7 * n, -3.5 if n < 6 else 2.5, f"Paper {n % 6}") for n in range(12)])
    (shift,) = positions(path)[0]["shifts"]
    assert shift["survives"]


def test_no_turn_where_nothing_turns(path: Path, filled: Fill) -> None:
    filled([(7 * n, (-3.5, 2.5)[n % 2], f"Paper {n % 4}") for n in range(12)])
    (row,) = positions(path)
    assert (row["evidence"], row["shifts"]) == (ENOUGH, [])


def test_too_little_is_told(path: Path, filled: Fill) -> None:
    filled(turn()[:5])
    assert [(row["evidence"], row["shifts"]) for row in positions(path)] == [(TOO_LITTLE, [])]


def test_one_source_alone_is_too_little(path: Path, filled: Fill) -> None:
    filled(turn("AAAAAA"))
    assert positions(path)[0]["evidence"] == TOO_LITTLE


def test_ten_reports_of_one_happening_by_one_source_weigh_as_one(path: Path, filled: Fill) -> None:
    told = turn()
    filled([*told, *[(0, -3.5, "Paper A")] * 9])
    (row,) = positions(path)
    assert row["words"] == len(told)


def test_what_is_planned_stands_apart(path: Path, filled: Fill) -> None:
    filled(turn(), status="planned")
    (row,) = positions(path)
    assert (row["words"], row["conditionals"], row["evidence"]) == (0, 6, TOO_LITTLE)
    assert row["conditional_intensity"] == pytest.approx(-0.5)


def test_filters_are_the_start_of_a_code(path: Path, filled: Fill) -> None:
    filled(turn())
    assert positions(path, actor="PER") == positions(path, target="ecu") == positions(path)
    assert positions(path, actor="ECU") == []


def test_a_turn_is_found_in_the_topic_in_which_it_is(path: Path, filled: Fill) -> None:
    filled(turn(), contexts=("military",))
    filled([(7 * n, 2.5, f"Paper {n}") for n in range(6)], contexts=("economic", "health"), prefix="e")
    found = {row["topic"]: row for row in positions(path, topics=True)}
    assert set(found) == {"military", "economic", "health"}
    assert len(found["military"]["shifts"]) == 1
    assert found["economic"]["shifts"] == []
    assert found["economic"]["word_intensity"] == 2.5
    assert [row["topic"] for row in positions(path, about="Military")] == ["military"]
    assert positions(path, about="cbrn") == []


def test_what_is_said_about_an_act_has_its_type_as_topic(path: Path, filled: Fill) -> None:
    filled([(0, -9.0, "Paper A")], status="planned")
    filled([(0, -3.5, "Paper A")], about="c_d000_assault_5", prefix="t")
    (row,) = [row for row in positions(path, topics=True) if row["topic"] == "ASSAULT"]
    assert (row["words"], row["conditionals"]) == (1, 0)


def test_the_sample_crisis_turns(coder: Any, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman.commands.telling import run_demo

    monkeypatch.setattr("dragoman.commands.coding.Coder", lambda model: coder)
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
