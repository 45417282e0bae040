"""Documents go in, parsed sentences come out, by the fast runtime where it can run, or else by spaCy.

No object of either goes further: sentences are plain tuples.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from functools import cache

from dragoman.errors import ModelError
from dragoman.parse.fast_parser import load_fast_parser
from dragoman.parse.kernels import UnavailableError
from dragoman.parse.models import DEFAULT_MODEL
from dragoman.parse.paragraphs import paragraphs
from dragoman.parse.recent import Recent, Runtime
from dragoman.parse.spacy_parser import SpacyParser
from dragoman.records import Document, Sentence, Span

# A paragraph longer than this is no paragraph of a report; it is cut so that memory stays bounded.
LONGEST_PARAGRAPH = 20_000
# Documents are parsed in groups, so that the parser's batches are full also when each is one sentence.
GROUP_CHARACTERS = 100_000
GROUP_DOCUMENTS = 256
# Line breaks, tabs, spaces of other widths and marks that nobody sees would stick to words or puzzle the parser:
# it gets a blank for each, which keeps every offset.
_SPACES = "\t\n\r\u00a0\u2009\u200a\u202f"
_UNSEEN = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_BLANKS = dict.fromkeys(map(ord, _SPACES + _UNSEEN), " ")


class Parser:
    """An English pipeline behind a boundary of plain tuples.

    >>> Parser().parse(Document(id="d", text="Ankara recalled its envoy."))[0].lemmas[1]
    'recall'
    """

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self.model = model
        self._recent = Recent(_load_runtime(model))

    def parse(self, document: Document) -> tuple[Sentence, ...]:
        """All sentences of one document, in order."""
        return next(self.pipe([document]))[1]

    def pipe(self, documents: Iterable[Document]) -> Iterator[tuple[Document, tuple[Sentence, ...]]]:
        """Parse a stream of documents in their order, some hundred paragraphs in memory at a time."""
        for group in _groups(documents):
            blocks = [
                (place, number, span)
                for place, document in enumerate(group)
                for number, span in enumerate(_blocks(document.text))
            ]
            texts = [group[place].text[start:end].translate(_BLANKS) for place, _, (start, end) in blocks]
            sentences: list[list[Sentence]] = [[] for _ in group]
            for (place, number, (start, _)), parsed in zip(blocks, self._recent.parse(texts), strict=True):
                own = sentences[place]
                own.extend(parsed(offset=start, paragraph=number, first_index=len(own)))
            for document, found in zip(group, sentences, strict=True):
                yield document, tuple(found)


def _load_runtime(model: str) -> Runtime:
    wanted = os.environ.get("DRAGOMAN_PARSER", "")
    if wanted not in ("", "spacy"):
        raise ModelError(f"DRAGOMAN_PARSER is {wanted!r}; set it to 'spacy', or not at all")
    if wanted == "spacy":
        return SpacyParser(model)
    try:
        return load_fast_parser(model)
    except UnavailableError as reason:
        runtime = SpacyParser(model)
        _tell(str(reason))
        return runtime


@cache
def _tell(reason: str) -> None:
    """Say once why it is slower than it could be."""
    logging.getLogger("dragoman").warning("spaCy parses, which is several times slower: %s", reason)


def _groups(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents in groups of some 100,000 characters: short ones are parsed together, long ones alone."""
    group: list[Document] = []
    size = 0
    for document in documents:
        group.append(document)
        size += len(document.text)
        if size > GROUP_CHARACTERS or len(group) == GROUP_DOCUMENTS:
            yield group
            group, size = [], 0
    if group:
        yield group


def _blocks(text: str) -> list[Span]:
    blocks = []
    for start, end in paragraphs(text):
        while end - start > LONGEST_PARAGRAPH:
            cut = text.rfind(" ", start + 1, start + LONGEST_PARAGRAPH)
            cut = cut if cut > start else start + LONGEST_PARAGRAPH
            blocks.append((start, cut))
            start = cut
        blocks.append((start, end))
    return blocks
