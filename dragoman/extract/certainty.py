"""A document's sentences and its attributions go in; out comes a Certainty for every predicate.

Status is of the event as the text presents it; commitment is the author's, -3 (certain that not) to 3.
What decides is data: ``codebooks/certainty.csv`` says which words change the standing of which others,
``codebooks/signatures.csv`` by how much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.extract.contexts import Contexts
from dragoman.extract.predicates import find_predicates
from dragoman.extract.signatures import Book, Standing, apply, load_book
from dragoman.extract.voices import Voices
from dragoman.records import Attribution, Certainty, Document, Sentence, Span, Token

# What a step of these effects takes for granted stays a fact in anybody's mouth.
_FIXED = frozenset(("definite", "own act", "past noun", "presuppose"))


def judge_predicates(
    document: Document, sentences: Sequence[Sentence], attributions: Sequence[Attribution] = ()
) -> dict[Token, Certainty]:
    """The certainty of every predicate of ``document``, by token, in the order of the text.

    >>> from dragoman.parse import Parser
    >>> report = Document(id="d", text="Quito refused to sign the treaty but may send observers.")
    >>> found = judge_predicates(report, Parser().parse(report))
    >>> for (_, token), certainty in found.items():
    ...     print(token, certainty.status, certainty.commitment, certainty.rule)
    1 actual 3.0 told as fact
    3 negated -2.6 refuse (to)
    5 actual 2.42 refuse (to) > definite
    8 hypothetical 1.4 may
    """
    book = load_book()
    contexts = {sentence.index: Contexts(sentence, book) for sentence in sentences}
    voices = Voices(sentences, attributions, lambda index: contexts[index].subjects)
    found: dict[Token, Certainty] = {}
    for sentence in sentences:
        for i in find_predicates(sentence):
            token = (sentence.index, i)
            standing = contexts[sentence.index].standing(i)
            cues = tuple((sentence.starts[c], sentence.ends[c]) for c in standing.cues)
            number = voices.speaks(token) if standing.status == "actual" and not _is_fixed(standing) else None
            if number is not None and not voices.is_vouched(token, number):
                standing, cues = _reported(standing, cues, attributions[number].cue, document, book)
            found[token] = _certainty(standing, cues)
    return found


def vouch_for(certainty: Certainty) -> Certainty:
    """The certainty of what turns out to be its source's own act: a plain report of it is no mere allegation.

    For callers that know who is who, where the text alone does not tell ("the army" and its general).

    >>> vouch_for(Certainty("alleged", 2.9, "say (that)")).status
    'actual'
    >>> vouch_for(Certainty("alleged", 2.4, "reportedly")).status
    'alleged'
    """
    doubtful = load_book().doubtful
    if certainty.status != "alleged" or any(step in doubtful for step in certainty.rule.split(" > ")):
        return certainty
    return replace(certainty, status="actual", rule=f"{certainty.rule}, own act")


def _is_fixed(standing: Standing) -> bool:
    return standing.settled in _FIXED


def _reported(
    standing: Standing, cues: tuple[Span, ...], cue: Span | None, document: Document, book: Book
) -> tuple[Standing, tuple[Span, ...]]:
    """The standing of what somebody else says, whose cue stands outside the clause."""
    word = "quotation" if cue is None else document.text[cue[0] : cue[1]]
    reported = apply(book.signatures["report"], standing, name=f"according to the source ({word})", cue=None)
    return reported, cues if cue is None else (*cues, cue)


def _certainty(standing: Standing, cues: tuple[Span, ...]) -> Certainty:
    return Certainty(
        status=standing.status,
        commitment=round(max(-3.0, min(3.0, standing.commitment)), 2),
        rule=" > ".join(standing.path) or "told as fact",
        cues=cues,
    )
