"""A case file's tables and answers as data frames of three libraries."""

from __future__ import annotations

import sys
from typing import Any

import pytest

import dragoman
from dragoman.errors import DragomanError
from dragoman.frames import LIBRARIES, NAMES, frame
from dragoman.store.database import CaseFile


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("what", NAMES)
def test_every_table_in_every_library(case: CaseFile, what: str, library: str) -> None:
    found = frame(case, what, library=library)
    assert type(found).__module__.startswith({"arrow": "pyarrow"}.get(library, library))
    if what not in ("reviews", "reciprocity", "ledger"):
        assert found.shape[0] > 0


def test_claims_are_those_of_the_case(case: CaseFile) -> None:
    found = frame(case, "claims", library="polars")
    assert found["id"].n_unique() == found.height == 5
    assert found.filter(found["status"] == "negated").height == 1
    assert found.schema["published"] == __import__("polars").Date


def test_rejected_claims_are_left_out(case: CaseFile) -> None:
    from dragoman.store.reviews import Decision, decide

    claim = frame(case, "claims")["id"].iloc[0]
    decide(case, Decision(claim, "reject", "no such thing", "Ana"))
    assert claim not in set(frame(case, "claims")["id"])
    assert len(frame(case, "reviews")) == 1


def test_questions_take_their_options(case: CaseFile) -> None:
    assert set(frame(case, "dyads", by="month", actor="RUS")["target"]) == {"UKR"}
    assert "found" not in frame(case, "incidents", limit=1).columns
    assert len(frame(case, "incidents", limit=1)) == 1


def test_a_path_will_do(tmp_path: Any, fresh_case: CaseFile) -> None:
    fresh_case.close()
    assert "id" in dragoman.frame(tmp_path / "case.duckdb", "documents").columns


def test_what_is_not_there_is_named(case: CaseFile, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DragomanError, match="rumours"):
        frame(case, "rumours")
    with pytest.raises(DragomanError, match="excel"):
        frame(case, "claims", library="excel")
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(DragomanError, match="pip install polars"):
        frame(case, "claims", library="polars")
