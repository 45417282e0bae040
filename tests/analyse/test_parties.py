"""Who the parties are, what one does and undergoes, and who tells of it: counts checked by hand on small cases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dragoman.analyse.desk import desk_claims
from dragoman.analyse.incidents import find_incidents
from dragoman.analyse.ledger import find_entries
from dragoman.analyse.parties import find_parties, party_deeds, party_told
from dragoman.store.database import open_case

Fill = Callable[..., None]
TOLD = [(0, -9.0, "Post"), (0, -9.0, "Herald"), (3, 2.5, "Post"), (3, -3.5, "Star")]
REBELS = ("Lima", "Lima rebels", "PERREB")
QUITO_ARMY = ("Quito", "Ecuador", "ECUMIL")


@pytest.fixture
def both(filled: Fill, path: Path) -> Path:
    """Four claims of what Peru did to Ecuador, two of what Peru's rebels did to Ecuador's army."""
    filled(TOLD)
    filled([(5, -9.0, "Post"), (9, 7.0, "Post")], prefix="r", actor=REBELS, recipient=QUITO_ARMY)
    return path


def test_parties_are_counted_and_forces_belong_to_their_state(both: Path) -> None:
    with open_case(both, read_only=True) as case:
        rows = {row["code"]: row for row in find_parties(case)}
    assert list(rows) == ["ECU", "PER", "PERREB"], "most claims first; an army is its state, rebels are not"
    assert (rows["ECU"]["acts"], rows["ECU"]["undergoes"], rows["ECU"]["claims"]) == (0, 6, 6)
    assert (rows["PER"]["acts"], rows["PER"]["given"], rows["PER"]["received"]) == (4, -4.75, None)
    assert (rows["PERREB"]["given"], rows["PERREB"]["name"]) == (-1.0, "Lima rebels")


def test_deeds_go_both_ways(both: Path) -> None:
    with open_case(both, read_only=True) as case:
        mine, theirs = party_deeds(case, "PER"), party_deeds(case, "ECU")
    (partner,) = mine["partners"]
    assert (partner["code"], partner["given"], partner["given_mean"], partner["received"]) == ("ECU", 4, -4.75, 0)
    assert partner["received_mean"] is None
    assert [(str(p["period"]), p["claims"], p["mean"]) for p in partner["series"]["given"]] == [
        ("2020-01-01", 2, -9.0),
        ("2020-01-04", 2, -0.5),
    ]
    assert (mine["by"], str(mine["first_day"]), str(mine["last_day"])) == ("day", "2020-01-01", "2020-01-04")
    assert {row["code"]: (row["given"], row["received"]) for row in theirs["partners"]} == {
        "PER": (0, 4),
        "PERREB": (0, 2),
    }
    assert {row["type"]: (row["given"], row["received"]) for row in theirs["types"]}["ASSAULT"] == (0, 3)
    assert {row["name"]: row["acts"] for row in mine["names"]} == {"Peru": 4}


def test_a_party_is_just_its_code_and_not_what_starts_like_it(both: Path) -> None:
    with open_case(both, read_only=True) as case:
        told = party_told(case, "PERREB")
        assert {row["actor_name"] for row in told["incidents"]} == {"Lima rebels"}
        assert len(find_incidents(case, party="PER")) + len(told["incidents"]) == len(find_incidents(case))
        assert sum(row["claims"] for row in told["origins"]) == 2
        assert [row["found"] for row in desk_claims(case, party="PERREB")] == [2, 2]
        assert [row["found"] for row in desk_claims(case, party="PER", limit=1)] == [4]


def test_entries_of_a_party_and_towards_it(both: Path) -> None:
    def entries(**options: Any) -> list[tuple[str, str, str]]:
        with open_case(both, read_only=True) as case:
            return [(row["kind"], row["actor_party"], row["target_party"]) for row in find_entries(case, **options)]

    assert entries() == entries(party="PER") == entries(party="ECU") == [("threat", "PER", "ECU")]
    assert entries(party="PERREB") == []


def test_shifts_have_the_party_on_either_side(filled: Fill, path: Path) -> None:
    outlets = ("Post", "Herald", "Star")
    filled([(day, -9.0 if day < 20 else 7.0, outlets[day // 2 % 3]) for day in range(0, 40, 2)])
    with open_case(path, read_only=True) as case:
        (mine,), (theirs,) = party_told(case, "PER")["shifts"], party_told(case, "ECU")["shifts"]
        nobody = party_told(case, "EC")
    assert mine == theirs
    assert (mine["actor"], mine["target"], mine["direction"]) == ("PER", "ECU", "warmer")
    assert nobody["shifts"] == nobody["incidents"] == []
