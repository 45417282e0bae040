"""Paragraphs that come again are parsed once, and what comes out does not tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from dragoman.parse import Parser
from dragoman.parse.recent import Recent, ToSentences
from dragoman.records import Document, Sentence


class Noting:
    """A runtime that notes what it was asked to parse and gives one sentence of one word."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def pipe(self, texts: Iterable[str]) -> Iterator[ToSentences]:
        for text in texts:
            self.asked.append(text)
            yield partial(_one_word, text)


def _one_word(text: str, *, offset: int, paragraph: int, first_index: int) -> Iterator[Sentence]:
    yield Sentence(
        first_index, paragraph, (text,), (text,), ("NN",), ("NOUN",), ("ROOT",), (0,), (offset,), (offset + len(text),)
    )


def words(found: list[ToSentences]) -> list[str]:
    return [word for each in found for s in each(offset=0, paragraph=0, first_index=0) for word in s.words]


def test_what_comes_again_is_not_parsed_again() -> None:
    runtime = Noting()
    recent = Recent(runtime)
    assert words(recent.parse(["a", "b", "a"])) == ["a", "b", "a"]
    assert words(recent.parse(["b", "c"])) == ["b", "c"]
    assert runtime.asked == ["a", "b", "c"]


def test_what_was_not_used_for_long_goes_first() -> None:
    runtime = Noting()
    recent = Recent(runtime, room=3)
    for texts in (["a", "b", "c"], ["a"], ["d"], ["a"], ["b"]):
        recent.parse(texts)
    assert runtime.asked == ["a", "b", "c", "d", "b"]


def test_a_text_longer_than_the_room_is_parsed_all_the_same() -> None:
    recent = Recent(Noting(), room=3)
    assert words(recent.parse(["abcdef", "ab"])) == ["abcdef", "ab"]


def test_a_copy_with_another_end_is_parsed_as_if_it_stood_alone(parser: Parser) -> None:
    shared = "Lima expelled two envoys of Oslo. Oslo protested."
    first = Document(id="one", text=f"{shared}\n\nIt will answer, a minister said.")
    second = Document(id="two", text=f"OSLO (Agency) -\n\n{shared}\n\nTalks go on.")
    assert [found for _, found in parser.pipe([first, second])] == [Parser().parse(first), Parser().parse(second)]
