"""Who moved towards whom: counts, means on either side of the middle day, and what is left out."""

from __future__ import annotations

from pathlib import Path

from dragoman.analyse.dyads import dyads
from dragoman.store.database import CaseFile, open_case


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
