"""What holds for every chain that sentences can build: spans nest, mouths keep their order, two denials cancel out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.extract.attributions import find_attributions
from dragoman.extract.certainty import judge_predicates
from dragoman.extract.chains import build_chain
from dragoman.records import Document, Sentence

Parse = Callable[..., tuple[Document, tuple[Sentence, ...]]]

MOUTHS = ("the mayor", "Reuters", "the Herald", "the general", "the ministry", "Oslo", "the bishop", "Quito")
CUES = ("said", "reported", "claimed", "admitted", "insisted", "declared")
ACTS = ("rebels had shelled the port", "pirates had seized the tug", "gunmen had freed the nurses")

mouths = st.lists(st.sampled_from(MOUTHS), min_size=1, max_size=4, unique=True)
cues = st.lists(st.sampled_from(CUES), min_size=4, max_size=4)
property_test = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _told(names: list[str], verbs: list[str], act: str) -> str:
    text = " that ".join(f"{name} {verb}" for name, verb in zip(names, verbs, strict=False)) + f" that {act}."
    return text[0].upper() + text[1:]


@property_test
@given(names=mouths, verbs=cues, act=st.sampled_from(ACTS))
def test_chains_keep_the_order_of_their_mouths(parse: Parse, names: list[str], verbs: list[str], act: str) -> None:
    document, sentences = parse(_told(names, verbs, act))
    verb = sentences[0].words.index(act.split()[2])
    chain, _, _ = build_chain(document, sentences, find_attributions(document, sentences), (0, verb), ())
    assert [link.name for link in chain] == [name.removeprefix("the ") for name in names]


@property_test
@given(names=mouths, verbs=cues, act=st.sampled_from(ACTS))
def test_what_is_told_inside_lies_inside(parse: Parse, names: list[str], verbs: list[str], act: str) -> None:
    document, sentences = parse(_told(names, verbs, act))
    found = find_attributions(document, sentences)
    assert len(found) == len(names)
    for attribution in found:
        assert all(0 <= start < end <= len(document.text) for start, end in attribution.content)
        if attribution.parent is not None:
            outer = found[attribution.parent].content
            assert attribution.cue is not None
            inner = (attribution.cue, *attribution.content)
            assert all(any(a <= start and end <= b for a, b in outer) for start, end in inner)


@pytest.mark.parametrize("name", MOUTHS)
@pytest.mark.parametrize("act", ACTS)
def test_a_denial_denied_is_none(parse: Parse, name: str, act: str) -> None:
    statuses = []
    for cue in ("denied", "did not deny"):
        document, sentences = parse(f"{name[0].upper()}{name[1:]} {cue} that {act}.")
        found = judge_predicates(document, sentences, find_attributions(document, sentences))
        statuses.append(found[0, sentences[0].words.index(act.split()[2])].status)
    assert statuses[0] == "negated" and statuses[1] != "negated"
