"""A document's sentences (and its attributions) go in; out comes a Certainty for every predicate."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.extract.contexts import Contexts
from dragoman.extract.predicates import find_predicates
from dragoman.extract.signatures import Standing, load_book
from dragoman.records import Attribution, Certainty, Document, Sentence, Token


def judge_predicates(
    document: Document, sentences: Sequence[Sentence], attributions: Sequence[Attribution] = ()
) -> dict[Token, Certainty]:
    """The certainty of every predicate of a document."""
    book = load_book()
    found: dict[Token, Certainty] = {}
    for sentence in sentences:
        contexts = Contexts(sentence, book)
        for i in find_predicates(sentence):
            found[(sentence.index, i)] = _certainty(sentence, contexts.standing(i))
    return found


def _certainty(sentence: Sentence, standing: Standing) -> Certainty:
    return Certainty(
        status=standing.status,
        commitment=round(max(-3.0, min(3.0, standing.commitment)), 2),
        rule=" > ".join(standing.path) or "told as fact",
        cues=tuple((sentence.starts[i], sentence.ends[i]) for i in standing.cues),
    )
