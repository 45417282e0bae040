"""By which channels two parties are in touch, by construction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dragoman.analyse.contacts import find_contacts
from dragoman.export.rows import claim_row, flat_row
from dragoman.records import Claim, Document
from dragoman.store.database import Added, CaseFile

Make = Callable[..., Claim]
LIMA, QUITO = ("Lima", "Peru", "PER"), ("Quito", "Ecuador", "ECU")
ARMY, FLEET = ("Lima", "Peruvian army", "PERMIL"), ("Quito", "Ecuadorian navy", "ECUMIL")


@pytest.fixture
def tell(fresh_case: CaseFile, claim_in: Make) -> Callable[..., None]:
    def add(day: str, words: str, word: str, actor: Any = LIMA, recipient: Any = QUITO, status: str = "actual") -> None:
        number = fresh_case.rows("SELECT count(*) AS n FROM documents")[0]["n"]
        text = f"{words} " + " ".join(f"told{number}x{n}" for n in range(30))
        document = Document(id=f"d{number}", text=text, published=day, publisher=f"Wire {number}")
        claim = claim_in(
            document, word, event_type="CONSULT", quad=1, intensity=1.5, actor=actor, recipient=recipient, status=status
        )
        fresh_case.add([Added(document, (), [flat_row(claim_row(claim, text))])], run="r_1")

    return add


@pytest.mark.parametrize(
    ("words", "word", "actor", "recipient", "channel"),
    [
        ("Lima telephoned Quito.", "telephoned", LIMA, QUITO, "call"),
        ("Lima visited Quito.", "visited", LIMA, QUITO, "visit"),
        ("Lima met Quito.", "met", LIMA, QUITO, "meeting"),
        ("Lima spoke to Quito on the hotline.", "spoke", LIMA, QUITO, "hotline"),
        ("Lima spoke to Quito.", "spoke", ARMY, FLEET, "military to military"),
        ("Lima mediated with Quito.", "mediated", LIMA, QUITO, "third party"),
        ("Lima wrote to Quito.", "wrote", LIMA, QUITO, "letter"),
        ("Lima heard Quito.", "heard", LIMA, QUITO, "consult"),
    ],
)
def test_channels(
    fresh_case: CaseFile, tell: Callable[..., None], words: str, word: str, actor: Any, recipient: Any, channel: str
) -> None:
    tell("2020-01-01", words, word, actor, recipient)
    (row,) = find_contacts(fresh_case)
    assert (row["one"], row["other"], row["channel"], row["uses"]) == ("ECU", "PER", channel, 1)


def test_first_and_last_use_and_who_vouches(fresh_case: CaseFile, tell: Callable[..., None]) -> None:
    tell("2020-01-01", "Lima met Quito.", "met")
    tell("2020-01-01", "Lima met Quito.", "met", QUITO, LIMA)
    tell("2020-03-01", "Lima met Quito.", "met")
    tell("2020-04-01", "Lima met Quito.", "met", status="negated")
    tell("2020-05-01", "Lima met Quito.", "met", status="planned")
    (row,) = find_contacts(fresh_case, one="PER", other="ECU")
    assert (row["uses"], str(row["first_use"]), str(row["last_use"])) == (2, "2020-01-01", "2020-03-01")
    assert (row["denied"], row["announced"], row["origins"]) == (1, 1, 3)
    assert row["vouched_by"] == ["Wire 0", "Wire 1", "Wire 2"]
    assert find_contacts(fresh_case, one="ECU", other="PER") == [row]
    assert find_contacts(fresh_case, one="BRA") == []
