"""The local engine: order, errors in their place, one bad document that stops nobody, and memory that stays flat."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dragoman.coder import Coder
from dragoman.engines.local import Annotated, Coded, annotate_all, code_all
from dragoman.errors import InputError
from dragoman.parse import Parser
from dragoman.records import Document, Sentence
from dragoman.store.database import open_case

TEXT = "Lima expelled two Bolivian diplomats on Monday, the foreign ministry in Lima said."


class Breaking(Parser):
    """A parser that breaks on documents whose text says so, as a fault of the library would."""

    def __init__(self, inner: Parser) -> None:
        self._inner = inner

    def parse(self, document: Document) -> tuple[Sentence, ...]:
        return next(self.pipe([document]))[1]

    def pipe(self, documents: Iterable[Document]) -> Iterator[tuple[Document, tuple[Sentence, ...]]]:
        for document in documents:
            if "PARSER" in document.text:
                raise IndexError("the parser broke")
            sentences = self._inner.parse(document)
            yield document, ((), sentences)["CODER" not in document.text] or (None,)  # type: ignore[misc]


def readings() -> list[Document | InputError]:
    texts = [TEXT, "PARSER", TEXT, "CODER", TEXT]
    made: list[Document | InputError] = [Document(id=str(n), text=text) for n, text in enumerate(texts)]
    return [*made[:3], InputError("a.txt", "is empty", "Remove it"), *made[3:]]


@pytest.mark.parametrize("run", [code_all, annotate_all])
def test_order_is_kept_and_what_fails_is_told_in_its_place(parser: Parser, run: Any) -> None:
    found = list(run(Coder(Breaking(parser)), readings()))
    told = [item.where if isinstance(item, InputError) else item.document.id for item in found]
    assert told == ["0", "document 1", "2", "a.txt", "document 3", "4"]
    assert "IndexError: the parser broke" in str(found[1])


def test_the_claims_are_those_of_the_coder(coder: Coder) -> None:
    documents = [Document(id=str(n), text=TEXT) for n in range(3)]
    found = list(code_all(coder, documents))
    assert all(isinstance(item, Coded) for item in found)
    assert [item.claims for item in found if isinstance(item, Coded)] == [coder.code(d) for d in documents]
    assert any(item.claims for item in found if isinstance(item, Coded))


def test_the_layers_are_those_of_the_coder(coder: Coder) -> None:
    document = Document(id="1", text=TEXT)
    (found,) = annotate_all(coder, [document])
    assert isinstance(found, Annotated)
    assert found.layers == coder.annotate(document)


def test_documents_are_taken_as_they_come(coder: Coder) -> None:
    """An endless feed gives its first results without being read to its end."""
    taken: list[int] = []

    def feed() -> Iterator[Document]:
        while len(taken) < 100_000:
            taken.append(1)
            yield Document(id=str(len(taken)), text="Lima spoke.")

    assert isinstance(next(code_all(coder, feed())), Coded)
    assert len(taken) <= 256


def test_the_same_text_is_coded_for_each(coder: Coder) -> None:
    """Day and publisher are each document's own, so its claims are what they are when it comes alone."""
    told = [("1", "2018-04-12", "Wire"), ("2", "2018-05-30", "Herald"), ("3", None, None), ("4", "2018-04-12", "Wire")]
    documents = [Document(id=i, text=TEXT, published=day, publisher=name) for i, day, name in told]
    documents.insert(2, Document(id="other", text="Oslo aided Lima."))
    found = list(code_all(coder, documents))
    assert [(item.document, item.claims) for item in found if isinstance(item, Coded)] == [
        (document, coder.code(document)) for document in documents
    ]


def test_a_text_that_breaks_the_parser_breaks_it_for_each(parser: Parser) -> None:
    documents = [Document(id=str(n), text=text) for n, text in enumerate(("PARSER", TEXT, "PARSER", TEXT))]
    found = list(code_all(Coder(Breaking(parser)), documents))
    assert [isinstance(item, InputError) for item in found] == [True, False, True, False]
    assert [str(item).partition(":")[0] for item in found if isinstance(item, InputError)] == [
        "document 0",
        "document 2",
    ]


class Repeating(Parser):
    """Gives every document the same parse, so that no parser's memory is measured."""

    def __init__(self, sentences: tuple[Sentence, ...]) -> None:
        self._sentences = sentences

    def pipe(self, documents: Iterable[Document]) -> Iterator[tuple[Document, tuple[Sentence, ...]]]:
        for document in documents:
            yield document, tuple(replace(sentence) for sentence in self._sentences)


def test_memory_does_not_grow_with_the_number_of_documents(parser: Parser) -> None:
    coder = Coder(Repeating(parser.parse(Document(id="1", text=TEXT))))

    def code(first: int, stop: int) -> int:
        feed = (Document(id=f"document {n}", text=TEXT, published=f"20{n % 100:02}-02-03") for n in range(first, stop))
        assert all(isinstance(item, Coded) and item.claims for item in code_all(coder, feed))
        gc.collect()
        return sys.getallocatedblocks()

    before = code(0, 200)
    assert code(200, 1200) - before < 500, "something is kept of every document"


def test_coding_leaves_nothing_for_the_garbage_collector(coder: Coder, sample: Path) -> None:
    with open_case(sample, read_only=True) as case:
        documents = [Document(row["id"], row["text"]) for row in case.rows("SELECT id, text FROM documents LIMIT 40")]
    list(code_all(coder, documents))  # what is kept is there now
    gc.collect()
    gc.disable()
    try:
        list(code_all(coder, documents))
        assert gc.collect() == 0
    finally:
        gc.enable()
