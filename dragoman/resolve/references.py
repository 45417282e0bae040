"""The actors found so far go in; pronouns and definite descriptions that stand for one of them come out."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.records import Attribution, Sentence
from dragoman.resolve.reading import Found, Reading


def refer(reading: Reading, sentence: Sentence) -> list[Found]:
    return reading.found[-1]


def refer_speakers(reading: Reading, attributions: Sequence[Attribution]) -> None:
    return None
