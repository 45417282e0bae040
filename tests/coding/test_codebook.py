"""The lexicon is its own test suite: every pattern's example is coded as its type, and its ``not`` sentence is not."""

from __future__ import annotations

import pytest

from dragoman.coder import Coder
from dragoman.coding.codebook import load_codebook
from dragoman.records import Claim, Document

TYPES = sorted({pattern.type for pattern in load_codebook().patterns})


@pytest.mark.parametrize("event_type", TYPES)
def test_examples_are_coded_and_counterexamples_are_not(coder: Coder, event_type: str) -> None:
    patterns = [pattern for pattern in coder.codebook.patterns if pattern.type == event_type]
    texts = [text for pattern in patterns for text in (pattern.example, pattern.counterexample)]
    feed = [Document(id=str(n), text=text, published="2018-04-12") for n, text in enumerate(texts)]
    claims = [found for _, found in coder.pipe(feed)]
    wrong: list[str] = []
    for pattern, of_example, of_counterexample in zip(patterns, claims[::2], claims[1::2], strict=True):
        if not _has(of_example, event_type):
            wrong.append(
                f"{pattern.id}: the example is not coded as {event_type}: {pattern.example} {_told(of_example)}"
            )
        if _has(of_counterexample, event_type):
            wrong.append(
                f"{pattern.id}: the 'not' sentence is coded as {event_type}: {pattern.counterexample} "
                f"{_told(of_counterexample)}"
            )
    if wrong:
        pytest.fail("\n" + "\n".join(wrong), pytrace=False)


def _has(claims: tuple[Claim, ...], event_type: str) -> bool:
    return any(claim.event.type == event_type for claim in claims)


def _told(claims: tuple[Claim, ...]) -> str:
    return f"[{', '.join(claim.event.rule for claim in claims)}]"
