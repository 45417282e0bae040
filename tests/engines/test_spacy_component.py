"""``nlp.add_pipe("dragoman")``: the same claims in ``doc._.claims``, with spans of the Doc."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.parse import DEFAULT_MODEL
from dragoman.parse.spacy_parser import load_pipeline
from dragoman.records import Claim


@pytest.fixture(scope="module")
def nlp() -> Any:
    pipeline = load_pipeline(DEFAULT_MODEL)
    pipeline.add_pipe("dragoman")
    return pipeline


def test_claims_with_spans_of_the_doc(nlp: Any) -> None:
    doc = nlp("😀 Ankara expelled ten Dutch diplomats.")
    (claim,) = doc._.claims
    assert isinstance(claim, Claim)
    assert (claim.event.type, doc.text[slice(*claim.trigger)]) == ("SANCTION", "expelled")
    assert claim.event.actor is not None
    assert doc.text[slice(*claim.event.actor.span)] == "Ankara"


def test_a_doc_without_events_has_no_claims(nlp: Any) -> None:
    assert nlp("The weather was fine.")._.claims == ()
    assert nlp("")._.claims == ()


def test_the_date_of_a_doc_anchors_relative_dates(nlp: Any) -> None:
    doc = nlp.make_doc("Ankara expelled ten Dutch diplomats yesterday.")
    doc._.published = "2020-02-03"
    (claim,) = nlp(doc)._.claims
    assert claim.event.date is not None
    assert claim.event.date.value == "2020-02-02"


def test_two_pipelines_can_stand_side_by_side(nlp: Any) -> None:
    second = load_pipeline(DEFAULT_MODEL)
    second.add_pipe("dragoman")
    text = "Ankara expelled ten Dutch diplomats."
    assert second(text)._.claims == nlp(text)._.claims
