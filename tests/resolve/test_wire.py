"""Whose copy a report prints: datelines, bylines and signatures of agencies."""

from __future__ import annotations

import pytest

from dragoman.records import Document
from dragoman.resolve.wire import find_wire


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("LIMA (AP) — Peru closed its border.", "Associated Press"),
        ("LIMA, Peru, May 3 (Reuters) - Peru closed its border.", "Reuters"),
        ("A border shuts\n\nLIMA [AFP] -- Peru closed its border.", "Agence France-Presse"),
        ("By Reuters\n\nPeru closed its border.", "Reuters"),
        ("By ANA RUIZ, Associated Press\n\nPeru closed its border.", "Associated Press"),
        ("Peru closed its border.\n\n— Agence France-Presse", "Agence France-Presse"),
        ("Peru closed its border.\n\n© AFP", "Agence France-Presse"),
        ("Peru closed its border. Source: Xinhua", "Xinhua"),
    ],
)
def test_agency_copy(text: str, agency: str) -> None:
    found = find_wire(Document(id="d", text=text, publisher="The Quito Post"))
    assert found is not None
    assert (found.name, found.kind) == (agency, "publisher")
    assert found.span is not None
    assert text[slice(*found.span)]


@pytest.mark.parametrize(
    "text",
    [
        "Peru closed its border, Reuters reported.",
        "The Andean Parliament (AP) closed its doors.",
        "LIMA (WHO) — Peru closed its border.",
        "By Ana Ruiz\n\nPeru closed its border.",
        "With some material from Agence France-Presse.",
        "",
    ],
)
def test_no_agency_copy(text: str) -> None:
    assert find_wire(Document(id="d", text=text, publisher="The Quito Post")) is None


@pytest.mark.parametrize("publisher", ["AP", "Associated Press", "The Associated Press"])
def test_an_agency_prints_its_own(publisher: str) -> None:
    assert find_wire(Document(id="d", text="LIMA (AP) — Peru closed its border.", publisher=publisher)) is None
