"""Filters over a case file's claims, and the one claim that an id means."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.analyse.claims import find_claims, one_claim
from dragoman.errors import CaseError
from dragoman.store.database import CaseFile


@pytest.mark.parametrize(
    ("filters", "documents"),
    [
        ({}, "12345"),
        ({"actor": "RUS"}, "123"),
        ({"actor": "rus"}, "123"),
        ({"actor": "Russia"}, "123"),
        ({"actor": "russia"}, "123"),
        ({"actor": "Russ"}, ""),
        ({"actor": "BLR"}, "45"),
        ({"recipient": "UKR"}, "123"),
        ({"recipient": "UKRGOV"}, "123"),
        ({"recipient": "UKRMIL"}, ""),
        ({"event_type": "consult"}, "1"),
        ({"status": "negated"}, "4"),
        ({"since": "2020-01-02"}, "234"),
        ({"until": "2020-01-02"}, "12"),
        ({"since": "2020-01-02", "until": "2020-01-10", "actor": "RUS"}, "2"),
        ({"source": "Kommersant"}, "3"),
        ({"source": "Defence Ministry"}, "3"),
        ({"source": "%"}, ""),
        ({"actor": "_"}, ""),
        ({"actor": "'; DROP TABLE claims; --"}, ""),
        ({"actor": "("}, ""),
        ({"claim": "c_3"}, "3"),
        ({"claim": "_"}, ""),
    ],
)
def test_filters(case: CaseFile, filters: dict[str, Any], documents: str) -> None:
    found = find_claims(case, **filters)
    assert "".join(row["document"] for row in found.rows) == documents
    assert found.total == len(documents)


def test_a_code_does_not_find_a_name_that_holds_its_letters(case: CaseFile) -> None:
    assert {row["actor_code"] for row in find_claims(case, actor="RUS").rows} == {"RUS"}, "Bela-rus is not Russia"


def test_at_most_as_many_as_asked_but_all_are_counted(case: CaseFile) -> None:
    found = find_claims(case, limit=2)
    assert (len(found.rows), found.total) == (2, 5)


def test_a_claim_has_its_sentence_and_its_chain_in_order(case: CaseFile) -> None:
    claim = one_claim(case, "c_3")
    assert claim["sentence_text"] == "Moscow, Minsk and Kyiv: they struck."
    assert [link["name"] for link in claim["sources"]] == ["Kommersant", "Defence Ministry sources"]
    assert claim["publisher"] == "Wire 3"


def test_no_claim_and_several_claims_are_errors(case: CaseFile) -> None:
    with pytest.raises(CaseError, match="no claim"):
        one_claim(case, "c_none")
    with pytest.raises(CaseError, match="5 claims"):
        one_claim(case, "c_")


def test_a_filter_that_does_not_exist_is_refused(case: CaseFile) -> None:
    with pytest.raises(TypeError):
        find_claims(case, aktor="RUS")  # type: ignore[call-arg]
