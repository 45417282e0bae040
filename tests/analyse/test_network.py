"""Where parties stand in the network of their ties."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dragoman.analyse.network import Network, find_network
from dragoman.store.database import open_case

Fill = Callable[..., None]


def network(path: Path, **options: Any) -> Network:
    with open_case(path, read_only=True) as case:
        return find_network(case, **options)


@pytest.fixture
def star(path: Path, filled: Fill) -> Path:
    """Lima stands between Quito, Sucre and La Paz's rebels, who have to do with nobody else."""
    filled([(0, 2.5, "A"), (30, 2.5, "B")])
    for number, code in enumerate(("BOL", "BOLREB")):
        filled([(number, -9.0, "A")], prefix=f"x{number}", recipient=("Quito", f"Party {code}", code))
    filled([(9, -9.0, "A")], prefix="y", actor=("Quito", "Ecuador", "ECU"), recipient=("Lima", "Peru", "PER"))
    return path


def test_who_stands_in_the_middle(star: Path) -> None:
    found = network(star)
    middle = found.parties[0]
    assert (middle["party"], middle["partners"], middle["given"], middle["received"]) == ("PER", 3, 4, 1)
    assert middle["betweenness"] == 1.0
    assert {row["party"]: row["betweenness"] for row in found.parties[1:]} == {"ECU": 0.0, "BOL": 0.0, "BOLREB": 0.0}
    assert found.whole["parties"] == 4
    assert found.whole["ties"] == 4
    assert found.whole["reciprocity"] == 0.5


def test_cooperation_and_conflict_apart(star: Path) -> None:
    assert {row["party"] for row in network(star, relation="cooperation").parties} == {"PER", "ECU"}
    assert network(star, relation="conflict").whole["ties"] == 3


def test_a_stretch_of_time(star: Path) -> None:
    assert network(star, since="2020-01-20").whole["ties"] == 1
    assert network(star, until="2019-01-01").parties == []
    assert network(star, until="2019-01-01").whole["density"] is None


def test_two_camps_are_two_communities(path: Path, filled: Fill) -> None:
    camps = [("PER", "ECU", "BOL"), ("CHL", "ARG", "URY")]
    for camp in camps:
        for one in camp:
            for other in camp:
                if one < other:
                    filled(
                        [(0, 2.5, "A")], prefix=one + other, actor=("Lima", one, one), recipient=("Quito", other, other)
                    )
    filled([(0, 2.5, "A")], prefix="bridge", actor=("Lima", "PER", "PER"), recipient=("Quito", "CHL", "CHL"))
    found = network(path)
    assert found.whole["communities"] == 2
    community = {row["party"]: row["community"] for row in found.parties}
    assert community["PER"] == community["ECU"] == community["BOL"] != community["CHL"]


def test_a_relation_that_is_none(star: Path) -> None:
    with pytest.raises(ValueError, match="envy"):
        network(star, relation="envy")
