"""What tests of analyses share: a case file of dated reports, a claim each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from dragoman.export.rows import claim_row, flat_row
from dragoman.records import Claim, Document
from dragoman.store.database import Added, open_case

FIRST = date(2020, 1, 1)
LIMA, QUITO = ("Lima", "Peru", "PER"), ("Quito", "Ecuador", "ECU")
# Types by intensity, so that happenings of one day stay apart.
TYPES = {
    -9.0: ("ASSAULT", 4),
    -3.5: ("THREATEN", 3),
    -2.0: ("REJECT", 3),
    2.5: ("AGREE", 1),
    1.5: ("SUPPORT", 1),
    7.0: ("AID", 2),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where ``filled`` makes its case file."""
    return tmp_path / "case.duckdb"


@pytest.fixture
def filled(path: Path, claim_in: Callable[..., Claim]) -> Callable[..., None]:
    """filled(told, …): a report of what Lima did to Quito for each (days after the first, intensity, publisher)."""

    def fill(told: list[tuple[int, float, str]], *, prefix: str = "d", **options: Any) -> None:
        with open_case(path) as case:
            batch = []
            for number, (day, intensity, publisher) in enumerate(told):
                own = " ".join(f"told{prefix}{number}x{n}" for n in range(30))
                document = Document(
                    id=f"{prefix}{number:03}",
                    text=f"Lima struck Quito. {own}",
                    published=str(FIRST + timedelta(days=day)),
                    publisher=publisher,
                )
                event_type, quad = TYPES[intensity]
                words = {"event_type": event_type, "quad": quad, "intensity": intensity}
                parties = {"actor": LIMA, "recipient": QUITO}
                claim = claim_in(document, "struck", **(words | parties | options))
                batch.append(Added(document, (), [flat_row(claim_row(claim, document.text))]))
            case.add(batch, run="r_1")

    return fill
