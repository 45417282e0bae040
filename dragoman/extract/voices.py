"""The attributions of a document go in; out comes, for a predicate, in whose mouth it stands and who vouches for it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from dragoman.extract.contexts import Contexts
from dragoman.extract.reporting import cue_at
from dragoman.extract.vouching import tells_own_act
from dragoman.records import Attribution, Sentence, Span, Token

_ASSERTING = frozenset(("assert", "doubt"))
_CLAUSES = frozenset(("VERB", "AUX"))
_SPEAKER = frozenset(("i", "we"))


class Voices:
    """Who says what in one document, by token."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        attributions: Sequence[Attribution],
        contexts: Mapping[int, Contexts],
    ) -> None:
        self._sentences = {sentence.index: sentence for sentence in sentences}
        self._attributions = attributions
        self._contexts = contexts
        self._by_sentence: dict[int, list[tuple[int, Span, int]]] = {}
        starts = [sentence.starts[0] for sentence in sentences]
        for number, attribution in enumerate(attributions):
            if attribution.stance in _ASSERTING and not self._presupposes(attribution):
                for span in attribution.content:
                    first = max(0, bisect_right(starts, span[0]) - 1)
                    for sentence in sentences[first : bisect_right(starts, span[1] - 1)]:
                        entry = (span[1] - span[0], span, number)
                        self._by_sentence.setdefault(sentence.index, []).append(entry)
        for entries in self._by_sentence.values():
            entries.sort()

    def _presupposes(self, attribution: Attribution) -> bool:
        """Is it known or regretted, and not said: "Lima regretted that the bridge had fallen"?"""
        if attribution.cue_token is None or attribution.source is None:
            return False
        index, token = attribution.cue_token
        cue = cue_at(self._sentences[index], token)
        return cue is not None and cue.vouches == "no"

    def speaks(self, token: Token) -> int | None:
        """The number of the innermost attribution that asserts what ``token`` tells, or None: the author does."""
        entries = self._by_sentence.get(token[0])
        if entries is None:
            return None
        at = self._sentences[token[0]].starts[token[1]]
        for _, (start, end), number in entries:
            if start <= at < end and self._attributions[number].cue_token != token:
                return number
        return None

    def is_vouched(self, token: Token, number: int) -> bool:
        """Do all who pass ``token`` on tell of their own acts: "we struck", "he was asking"?"""
        left = len(self._attributions)
        while left:
            left -= 1
            attribution = self._attributions[number]
            if not self._is_own(token, attribution):
                return False
            if attribution.parent is None or attribution.cue_token is None:
                return True
            token, number = attribution.cue_token, attribution.parent
        return False

    def _is_own(self, token: Token, attribution: Attribution) -> bool:
        sentence = self._sentences[token[0]]
        subjects = self._contexts[token[0]].subjects
        clause = _clause_of(sentence, token[1])
        source = attribution.source_token
        if source is None:
            words = (sentence.words[t].lower() for t in subjects.subjects(clause))
            return not subjects.is_passive(clause) and any(word in _SPEAKER for word in words)
        place = (self._sentences[source[0]], source[1])
        return tells_own_act(sentence, subjects, clause, source=place, person=attribution.kind == "person")


def _clause_of(sentence: Sentence, i: int) -> int:
    """The verb over a noun, or the token itself."""
    while sentence.pos[i] not in _CLAUSES and sentence.heads[i] != i:
        i = sentence.heads[i]
    return i
