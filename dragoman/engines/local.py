"""Documents go in, each one's claims come out in order; what fails is told, what is passed over goes through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from dragoman.coder import Coder, Layers
from dragoman.errors import InputError
from dragoman.records import Claim, Document, Sentence, Skipped, Span

Reading = Document | InputError | Skipped
_Result = TypeVar("_Result")
_BATCH = 64


@dataclass(frozen=True, slots=True)
class Coded:
    """A document with the spans of its sentences and its claims."""

    document: Document
    sentences: tuple[Span, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its layers."""

    document: Document
    layers: Layers


def code_all(coder: Coder, readings: Iterable[Reading]) -> Iterator[Coded | InputError | Skipped]:
    """Code a stream in order; a document that can't be coded comes out as an error, and errors go through.

    Memory is bounded: some dozens of documents at a time.
    """
    return _each(
        coder,
        readings,
        lambda document, found: Coded(document, tuple(s.span for s in found), coder.code_sentences(document, found)),
    )


def annotate_all(coder: Coder, readings: Iterable[Reading]) -> Iterator[Annotated | InputError | Skipped]:
    """The layers of a stream of documents, in order."""
    return _each(
        coder,
        readings,
        lambda document, found: Annotated(document, coder.layers(document, found, nationalities=True)),
    )


def _each(
    coder: Coder,
    readings: Iterable[Reading],
    work: Callable[[Document, tuple[Sentence, ...]], _Result],
) -> Iterator[_Result | InputError | Skipped]:
    for item in _parse_all(coder, readings):
        if isinstance(item, InputError | Skipped):
            yield item
            continue
        try:
            yield work(*item)
        except Exception as problem:  # noqa: BLE001 one document must not stop the others
            yield _failure(item[0], problem)


def _parse_all(
    coder: Coder, readings: Iterable[Reading]
) -> Iterator[tuple[Document, tuple[Sentence, ...]] | InputError | Skipped]:
    stream = iter(readings)
    while batch := list(islice(stream, _BATCH)):
        parsed = coder.parse_all([item for item in batch if isinstance(item, Document)])
        for item in batch:
            yield _next_parsed(coder, item, parsed) if isinstance(item, Document) else item


def _next_parsed(
    coder: Coder, document: Document, parsed: Iterator[tuple[Document, tuple[Sentence, ...]]]
) -> tuple[Document, tuple[Sentence, ...]] | InputError:
    """The next of the batch; once the batch has broken, each document by itself, so that only one is lost."""
    try:
        return next(parsed)
    except Exception:  # noqa: BLE001 one document must not stop the others
        try:
            return document, coder.parse(document)
        except Exception as problem:  # noqa: BLE001
            return _failure(document, problem)


def _failure(document: Document, problem: Exception) -> InputError:
    """The error for a document that broke the coder; it says what to report."""
    return InputError(
        f"document {document.id}",
        f"could not be coded ({type(problem).__name__}: {problem})",
        "This is a fault of dragoman: please report it with the document",
    )
