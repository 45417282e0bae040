"""A document's sentences and its attributions go in; out comes a Certainty for every predicate that is asked for.

Status is of the event as the text presents it; commitment is the author's, -3 (certain that not) to 3.
What decides is data: ``codebooks/certainty.csv`` says which words change the standing of which others,
``codebooks/signatures.csv`` by how much.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dragoman.extract.contexts import Contexts
from dragoman.extract.predicates import find_predicates, is_predicate
from dragoman.extract.signatures import Book, Standing, apply, load_book
from dragoman.extract.voices import Voices
from dragoman.records import Attribution, Certainty, Document, Sentence, Span, Token

# What a step of these effects takes for granted stays a fact in anybody's mouth.
_FIXED = frozenset(("definite", "own act", "past noun", "presuppose"))


def judge_predicates(
    document: Document, sentences: Sequence[Sentence], attributions: Sequence[Attribution] = ()
) -> Certainties:
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
    return Certainties(document, sentences, attributions)


class Certainties(Mapping[Token, Certainty]):
    """Certainties by predicate, judged when they are asked for and then kept: coding needs few of them."""

    def __init__(self, document: Document, sentences: Sequence[Sentence], attributions: Sequence[Attribution]) -> None:
        self._document, self._attributions, self._book = document, attributions, load_book()
        self._sentences = {sentence.index: sentence for sentence in sentences}
        self._contexts = _Contexts(self._sentences, self._book)
        self._voices = Voices(sentences, attributions, self._contexts)
        self._judged: dict[Token, Certainty] = {}

    def __getitem__(self, token: Token) -> Certainty:
        index, i = token
        found = self._judged.get(token)
        if found is None:
            if index not in self._sentences or not is_predicate(self._sentences[index], i):
                raise KeyError(token)
            found = self._judged[token] = self._judge(token)
        return found

    def __iter__(self) -> Iterator[Token]:
        return ((index, i) for index, sentence in self._sentences.items() for i in find_predicates(sentence))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _judge(self, token: Token) -> Certainty:
        index, i = token
        sentence, standing = self._sentences[index], self._contexts[index].standing(i)
        cues = tuple((sentence.starts[c], sentence.ends[c]) for c in standing.cues)
        number = self._voices.speaks(token) if standing.status == "actual" and not _is_fixed(standing) else None
        if number is not None and not self._voices.is_vouched(token, number):
            cue = self._attributions[number].cue
            standing, cues = _reported(standing, cues, cue, self._document, self._book)
        return _certainty(standing, cues)


class _Contexts(dict[int, Contexts]):
    """By the number of a sentence; one that is missing is made."""

    def __init__(self, sentences: Mapping[int, Sentence], book: Book) -> None:
        self._sentences, self._book = sentences, book

    def __missing__(self, index: int) -> Contexts:
        found = self[index] = Contexts(self._sentences[index], self._book)
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
