"""Who moved towards whom, what each period holds, and who answers whom in kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.analyse.dyads import FEWEST_PERIODS, dyad_periods, dyads, reciprocity
from dragoman.store.database import CaseFile, open_case

Fill = Callable[..., None]


def test_a_pair_that_cooled(case: CaseFile) -> None:
    (row,) = dyads(case)
    assert (row["actor"], row["recipient"]) == ("RUS", "UKR"), "denied and undated claims are left out"
    assert (row["claims"], row["cooperation"], row["conflict"]) == (3, 2, 1)
    assert str(row["day"]) == "2020-01-06"
    assert (row["before"], row["claims_before"]) == (4.0, 2)
    assert (row["after"], row["claims_after"]) == (-9.0, 1)


def test_an_empty_case_has_no_pairs(tmp_path: Path) -> None:
    with open_case(tmp_path / "empty.duckdb") as empty:
        assert dyads(empty) == []


def test_an_army_of_which_it_is_not_told_whose_is_no_party(case: CaseFile) -> None:
    case.connection.execute("UPDATE claims SET actor_code = 'MIL' WHERE document = '3'")
    (row,) = dyads(case)
    assert (row["actor"], row["claims"]) == ("RUS", 2)


def test_periods_hold_what_happened_in_them(path: Path, filled: Fill) -> None:
    filled([(0, -9.0, "A"), (1, -9.0, "B"), (4, 2.5, "A"), (40, 7.0, "A")])  # 2020-01-01 was a Wednesday
    filled([(6, 2.5, "C")], status="planned", prefix="p")
    with open_case(path, read_only=True) as case:
        weeks = dyad_periods(case, by="week", actor="per")
        months = dyad_periods(case, by="month")
    assert [str(row["period"]) for row in weeks] == ["2019-12-30", "2020-01-06", "2020-02-10"]
    first, second, _ = weeks
    assert (first["acts"], first["act_intensity"], first["origins"], first["claims"]) == (1, -9.0, 2, 3)
    assert (first["words"], first["word_intensity"], first["conditionals"]) == (1, 2.5, 0)
    assert (second["conditionals"], second["acts"]) == (1, 0)
    assert [str(row["period"]) for row in months] == ["2020-01-01", "2020-02-01"]


def test_a_period_that_is_none_is_refused(case: CaseFile) -> None:
    with pytest.raises(ValueError, match="fortnight"):
        dyad_periods(case, by="fortnight")


BACK = {"actor": ("Quito", "Ecuador", "ECU"), "recipient": ("Lima", "Peru", "PER")}


def tit_for_tat(weeks: int) -> list[tuple[int, float, str]]:
    return [(7 * n, (-9.0, 2.5, 7.0, -3.5)[n % 4], f"Paper {n % 3}") for n in range(weeks)]


def test_who_answers_in_kind_a_week_later(path: Path, filled: Fill) -> None:
    filled(tit_for_tat(12))
    filled([(day + 7, intensity, paper) for day, intensity, paper in tit_for_tat(12)], prefix="b", **BACK)
    with open_case(path, read_only=True) as case:
        (row,) = reciprocity(case, by="week")
    assert (row["one"], row["other"]) == ("ECU", "PER")
    assert (row["forth"], row["back"], row["balance"]) == (12, 12, 1.0)
    assert row["one_answers"]["rho"] == 1.0
    assert row["one_answers"]["periods"] == 12
    assert row["other_answers"]["rho"] < 0.5
    assert row["together"]["low"] <= row["together"]["rho"] <= row["together"]["high"]


def test_a_handful_of_weeks_correlates_with_nothing(path: Path, filled: Fill) -> None:
    filled(tit_for_tat(FEWEST_PERIODS - 1))
    filled(tit_for_tat(FEWEST_PERIODS - 1), prefix="b", **BACK)
    with open_case(path, read_only=True) as case:
        (row,) = reciprocity(case, one="ecu", other="PER")
        assert row["together"] is None
        assert reciprocity(case, one="BRA") == []


def test_ten_copies_weigh_as_one(path: Path, filled: Fill) -> None:
    filled([(0, -9.0, "A")] * 10 + [(0, 2.5, "A")])
    filled([(0, 2.5, "A")], prefix="b", **BACK)
    with open_case(path, read_only=True) as case:
        (row,) = reciprocity(case)
    assert (row["back"], row["back_intensity"]) == (2, -3.25)
