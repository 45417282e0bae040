"""What another coding changed, and how far two coders agree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dragoman.analyse.agreement import agreement, kappa
from dragoman.analyse.changes import changes_between, changes_since
from dragoman.errors import CaseError
from dragoman.export.rows import claim_row, flat_row
from dragoman.records import Claim, Document
from dragoman.store.database import Added, open_case

Make = Callable[..., Claim]
DOCUMENT = Document(id="1", text="Lima struck. Quito struck. Bogota struck.", published="2020-02-03")


def rows(claim_in: Make, *claims: tuple[str, str]) -> list[dict[str, Any]]:
    """Claims by the name that acts and their type; each on the verb of its own sentence."""
    found = []
    for name, event_type in claims:
        verb = f"{name} struck"
        claim = claim_in(DOCUMENT, verb, actor=(name, name, name[:3].upper()), event_type=event_type)
        found.append(flat_row(claim_row(claim, DOCUMENT.text)))
    return found


def test_new_gone_changed_and_the_same(tmp_path: Path, claim_in: Make) -> None:
    before = rows(claim_in, ("Lima", "ASSAULT"), ("Quito", "ASSAULT"))
    after = rows(claim_in, ("Lima", "THREATEN"), ("Bogota", "ASSAULT"))
    with open_case(tmp_path / "a.duckdb") as case:
        first, second = (case.start_run(version="1", codebook=book, model="m") for book in ("a", "b"))
        case.add([Added(DOCUMENT, (), before)], run=first)
        assert changes_since(case).counts == {"new": 0, "gone": 0, "changed": 0, "same": 0}
        case.add([Added(DOCUMENT, (), after)], run=second)
        found = changes_since(case)
        assert found.counts == {"new": 1, "gone": 1, "changed": 1, "same": 0}
        told = [(row["kind"], row["old_actor"], row["new_actor"], row["fields"]) for row in found.rows]
        assert ("changed", "Lima", "Lima", "type") in told
        assert {kind for kind, *_ in told} == {"new", "gone", "changed"}
        assert len(changes_since(case, limit=1).rows) == 1


def test_two_files_against_each_other(tmp_path: Path, claim_in: Make) -> None:
    for name, claims in (("a", [("Lima", "ASSAULT"), ("Quito", "AID")]), ("b", [("Lima", "ASSAULT")])):
        with open_case(tmp_path / f"{name}.duckdb") as case:
            case.add([Added(DOCUMENT, (), rows(claim_in, *claims))], run="r_1")
    with open_case(tmp_path / "a.duckdb", read_only=True) as case:
        assert changes_between(case, tmp_path / "b.duckdb").counts == {"new": 0, "gone": 1, "changed": 0, "same": 1}
        found = agreement(case, tmp_path / "b.duckdb")
        assert (found.documents, found.both, found.only_one, found.only_other) == (1, 1, 1, 0)
        assert found.found == pytest.approx(2 / 3)
        assert {each.field: each.agreement for each in found.fields}["type"] == 1.0
        with pytest.raises(CaseError, match="two different files"):
            changes_between(case, tmp_path / "a.duckdb")


def test_files_without_a_common_document_are_no_two_coders(tmp_path: Path) -> None:
    for name in ("a", "b"):
        with open_case(tmp_path / f"{name}.duckdb") as case:
            case.add([Added(Document(id=name, text="Lima struck."), (), [])], run="r_1")
    with open_case(tmp_path / "a.duckdb", read_only=True) as case, pytest.raises(CaseError, match="no document"):
        agreement(case, tmp_path / "b.duckdb")


@pytest.mark.parametrize(
    ("pairs", "value"),
    [
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "b"), ("b", "a")], -1.0),
        ([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")], 0.0),
        ([("a", "a"), ("a", "a")], None),
        ([], None),
    ],
)
def test_kappa(pairs: list[tuple[str, str]], value: float | None) -> None:
    assert kappa(pairs) == value
