"""A small case file whose claims are made by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman.export.rows import claim_row, flat_row
from dragoman.records import Claim, Document, SourceLink
from dragoman.store.database import CaseFile, open_case

RUSSIA, BELARUS, UKRAINE = ("Moscow", "Russia", "RUS"), ("Minsk", "Belarus", "BLR"), ("Kyiv", "Ukraine", "UKRGOV")
CHAIN = (SourceLink("Kommersant", "publisher"), SourceLink("Defence Ministry sources", "anonymous"))


@pytest.fixture
def case(tmp_path: Path, claim_in: Callable[..., Claim]) -> Iterator[CaseFile]:
    """Five claims on four days, one undated, one denied."""
    told: list[tuple[str, str | None, dict[str, Any]]] = [
        (
            "1",
            "2020-01-01",
            {"actor": RUSSIA, "recipient": UKRAINE, "event_type": "CONSULT", "quad": 1, "intensity": 1.0},
        ),
        ("2", "2020-01-02", {"actor": RUSSIA, "recipient": UKRAINE, "event_type": "AID", "quad": 2, "intensity": 7.0}),
        ("3", "2020-01-11", {"actor": RUSSIA, "recipient": UKRAINE, "chain": CHAIN}),
        ("4", "2020-01-11", {"actor": BELARUS, "recipient": RUSSIA, "status": "negated"}),
        ("5", None, {"actor": BELARUS}),
    ]
    with open_case(tmp_path / "case.duckdb") as opened:
        for number, day, words in told:
            text = "Moscow, Minsk and Kyiv: they struck."
            document = Document(id=number, text=text, published=day, publisher=f"Wire {number}")
            row = flat_row(claim_row(claim_in(document, "struck", **words), text))
            opened.add([(document, [row])], run="r_1")
        yield opened
