"""Documents go in, the rows of each come out in order; what fails is told in its place.

What is slow to import is imported when a maker is called, so that a worker process starts quickly.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.errors import InputError
from dragoman.export.rows import Row, claim_row, layers_row
from dragoman.records import Document, Skipped, Span

if TYPE_CHECKING:
    from dragoman.coder import Coder

Reading = Document | InputError | Skipped
# What is read, coded and stored together.  A chunk is the same however many workers there are.
CHUNK_DOCUMENTS = 64
CHUNK_CHARACTERS = 250_000


@dataclass(frozen=True, slots=True)
class Rows:
    """A document with the spans of its sentences and its rows: one for each claim, or one with its layers."""

    document: Document
    sentences: tuple[Span, ...]
    rows: tuple[Row, ...]


# What becomes of a document, and of whatever was read.
Outcome = Rows | InputError
Result = Outcome | Skipped
Work = Callable[[Sequence[Document]], list[Outcome]]
Make = Callable[[], Work]


def in_chunks(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """A stream, cut after 64 items or some 250,000 characters."""
    chunk: list[Reading] = []
    size = 0
    for item in readings:
        chunk.append(item)
        size += len(item.text) if isinstance(item, Document) else 0
        if len(chunk) == CHUNK_DOCUMENTS or size >= CHUNK_CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def documents_in(chunk: Iterable[Reading]) -> list[Document]:
    """The documents of a chunk, without what could not be read or is passed over."""
    return [item for item in chunk if isinstance(item, Document)]


def in_place(chunk: Iterable[Reading], outcomes: Iterable[Outcome]) -> list[Result]:
    """The outcomes of a chunk's documents, with what is none between them where it was read."""
    following = iter(outcomes)
    return [next(following) if isinstance(item, Document) else item for item in chunk]


def _settle() -> None:
    """Let the garbage collector come more seldom: it took a twentieth of the time.

    There is nothing for it to collect, since what is made for a document never refers to itself in a circle.
    """
    gc.set_threshold(300_000, 20, 20)


def coding_with(coder: Coder) -> Work:
    """Documents to the rows of their claims."""
    from dragoman.engines.local import code_all

    _settle()

    def rows(documents: Sequence[Document]) -> list[Outcome]:
        return [
            item
            if isinstance(item, InputError)
            else Rows(item.document, item.sentences, tuple(claim_row(c, item.document.text) for c in item.claims))
            for item in code_all(coder, documents)
        ]

    return rows


def annotating_with(coder: Coder) -> Work:
    """Documents to one row each, with their layers."""
    from dragoman.engines.local import Annotated, annotate_all

    _settle()

    def row(item: Annotated) -> Row:
        layers = item.layers
        return layers_row(
            item.document,
            sentences=layers.sentences,
            attributions=layers.attributions,
            certainties=layers.certainties,
            mentions=layers.mentions,
            dates=layers.dates,
            places=layers.places,
        )

    def rows(documents: Sequence[Document]) -> list[Outcome]:
        return [
            item if isinstance(item, InputError) else Rows(item.document, (), (row(item),))
            for item in annotate_all(coder, documents)
        ]

    return rows


def make_coding(model: str) -> Work:
    """``coding_with`` a coder of this model, loaded now."""
    from dragoman.coder import Coder

    return coding_with(Coder(model))


def make_annotating(model: str) -> Work:
    """``annotating_with`` a coder of this model, loaded now."""
    from dragoman.coder import Coder

    return annotating_with(Coder(model))
