"""Where paragraphs begin and end: blank lines, wrapped lines, odd line breaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.parse.paragraphs import paragraphs


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraphs(text)]


@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\n \t\n", "\n\n\n\n", "\u2029\u2029", "\r\r"])
def test_a_blank_line_ends_a_paragraph(gap: str) -> None:
    long_line = "Peru and Chile opened talks over the fishing grounds that both have claimed since"
    assert cut(f"{long_line}{gap}the war") == [long_line, "the war"]


@pytest.mark.parametrize("gap", ["\n", "\r\n", " \n", "\n   "])
def test_a_hard_wrapped_sentence_stays_whole(gap: str) -> None:
    text = f"Peru and Chile opened talks over the fishing grounds{gap}that both have claimed since the war."
    assert cut(text) == [text]


def test_a_long_line_without_an_end_goes_on_in_the_next_also_before_a_name() -> None:
    text = "Peru and Chile opened talks over the fishing grounds which\nBolivia has claimed since the war."
    assert cut(text) == [text]


@pytest.mark.parametrize("end", [".", "!", "?", ".”", '."', "’", ":"])
def test_a_line_that_ends_a_sentence_ends_the_paragraph(end: str) -> None:
    first = f"Peru and Chile opened talks over the fishing grounds on Monday.{end}"
    assert cut(f"{first}\nBolivia stayed away.") == [first, "Bolivia stayed away."]


def test_a_headline_is_a_paragraph_of_its_own() -> None:
    assert cut("Peru, Chile open talks\nLIMA - Peru spoke.") == ["Peru, Chile open talks", "LIMA - Peru spoke."]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t\r\n \u2028"])
def test_nothing_comes_from_nothing(text: str) -> None:
    assert paragraphs(text) == []


@given(st.text(alphabet=st.sampled_from('aB .\n\r\t\u2028\u00a0é😀\u200f"'), max_size=120))
def test_spans_are_in_order_hold_words_and_lose_none(text: str) -> None:
    found = paragraphs(text)
    ends = [0, *(end for _, end in found)]
    assert all(before <= start < end for before, (start, end) in zip(ends, found, strict=False))
    assert all(text[start:end] == text[start:end].strip() for start, end in found)
    inside = {i for start, end in found for i in range(start, end)}
    assert all(i in inside or not character.strip() for i, character in enumerate(text))
