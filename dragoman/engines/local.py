"""Documents and errors go in, each document's claims come out in order; what fails is told and the rest goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from dragoman.coder import Coder, Layers
from dragoman.engines.machine import peak_memory
from dragoman.engines.shards import Shards
from dragoman.engines.work import Outcome, Reading, Result, Work, documents_in, in_chunks, in_place
from dragoman.errors import InputError
from dragoman.records import Claim, Document, Sentence, Span

_Result = TypeVar("_Result")
_Parsed = tuple[Document, tuple[Sentence, ...]]


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


class Here:
    """Codes chunks in this process, in order; what a run that was stopped has left finished is taken from there."""

    def __init__(self, work: Work, shards: Shards) -> None:
        self._work, self._shards = work, shards

    def run(self, chunks: Iterable[Sequence[Reading]]) -> Iterator[list[Result]]:
        """What became of each chunk."""
        for chunk in chunks:
            documents = documents_in(chunk)
            yield in_place(chunk, self._outcomes(documents) if documents else [])
            self._shards.done_with(documents)

    def _outcomes(self, documents: Sequence[Document]) -> list[Outcome]:
        found = self._shards.read(documents)
        if found is None:
            found = self._work(documents)
            if self._shards.keep:  # else they stand in the target at once
                self._shards.write(documents, found)
        return found

    @property
    def memory(self) -> int:
        """The most bytes of memory that were taken."""
        return peak_memory()


def code_all(coder: Coder, readings: Iterable[Document | InputError]) -> Iterator[Coded | InputError]:
    """Code a stream in order; an error that was read, or a document that can't be coded, comes out as an error.

    Memory is bounded: some dozens of documents at a time.
    """
    return _each(
        coder,
        readings,
        lambda document, found: Coded(document, tuple(s.span for s in found), coder.code_sentences(document, found)),
    )


def annotate_all(coder: Coder, readings: Iterable[Document | InputError]) -> Iterator[Annotated | InputError]:
    """The layers of a stream of documents, in order."""
    return _each(
        coder,
        readings,
        lambda document, found: Annotated(document, coder.layers(document, found, nationalities=True)),
    )


def _each(
    coder: Coder,
    readings: Iterable[Document | InputError],
    work: Callable[[Document, tuple[Sentence, ...]], _Result],
) -> Iterator[_Result | InputError]:
    for item in _parse_all(coder, readings):
        if isinstance(item, InputError):
            yield item
            continue
        try:
            yield work(*item)
        except Exception as problem:  # noqa: BLE001 one document must not stop the others
            yield _failure(item[0], problem)


def _parse_all(coder: Coder, readings: Iterable[Reading]) -> Iterator[_Parsed | InputError]:
    for chunk in in_chunks(readings):
        parsed = _parse_chunk(coder, documents_in(chunk))
        for item in chunk:
            yield item if isinstance(item, InputError) else next(parsed)


def _parse_chunk(coder: Coder, documents: Sequence[Document]) -> Iterator[_Parsed | InputError]:
    """The sentences of each document; a paragraph that several have is parsed once (``parse/recent.py``)."""
    parsed = coder.parse_all(documents)
    return (_next_parsed(coder, document, parsed) for document in documents)


def _next_parsed(coder: Coder, document: Document, parsed: Iterator[_Parsed]) -> _Parsed | InputError:
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
