"""A sentence with what was resolved in it: which mention or place covers a token, which class a noun belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from dragoman.records import Actor, Mention, PlaceMention, Sentence
from dragoman.tables import read_table

STATE_COLUMNS = ("code", "name", "names", "demonyms", "adjectives", "capital", "seats")
_MODIFIERS = ("poss", "amod", "compound", "nmod", "nummod")
_INNER_PREPOSITIONS = ("of", "from", "by", "against", "for", "with", "to")
_PLACE_PREPOSITIONS = ("in", "near", "inside", "around", "outside", "at")
_DEPTH = 3


def _state_of(place: PlaceMention) -> Mention | None:
    """The state in which a place lies, as the one acted upon: whoever shells Homs acts on Syria."""
    if place.country is None or place.country not in _state_names():
        return None
    return Mention(
        span=place.span,
        sentence=place.sentence,
        first=place.first,
        stop=place.stop,
        head=place.head,
        actor=Actor(name=_state_names()[place.country], code=place.country),
        kind="place",
        how=f"{place.name} lies in {_state_names()[place.country]}",
    )


@cache
def _state_names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in read_table("actors/states.csv", STATE_COLUMNS)}


class SentenceView:
    """Answers what stands at a token: a mention, a place, a noun of a class."""

    def __init__(
        self,
        sentence: Sentence,
        mentions: Iterable[Mention],
        places: Iterable[PlaceMention],
        classes: Mapping[str, frozenset[str]],
    ) -> None:
        self.sentence = sentence
        self._classes = classes
        self._mention: dict[int, Mention] = {i: m for m in mentions if m.actor.code for i in range(m.first, m.stop)}
        self._places: dict[int, PlaceMention] = {i: p for p in places for i in range(p.first, p.stop)}

    def mention(self, token: int) -> Mention | None:
        """The mention that covers the token."""
        return self._mention.get(token)

    def occupant(self, token: int, *, depth: int = _DEPTH, places: bool = False) -> Mention | None:
        """Who is meant by the noun at ``token``: itself, else its possessor, nationality word or of-phrase.

        "Iranian positions" stands for Iran.  With ``places``, a town stands for its state, and "positions in Syria"
        for Syria.
        """
        found = self._mention.get(token)
        if found is not None:
            return found
        if places and token in self._places:
            return _state_of(self._places[token])
        if depth == 0 or self.sentence.pos[token] in ("VERB", "AUX"):
            return None
        for dep in _MODIFIERS:
            for child in self.sentence.with_dep(token, dep):
                found = self._mention.get(child) or self._below_modifier(child)
                if found is not None:
                    return found
        for child in self.sentence.with_dep(token, "appos"):
            if child in self._mention:
                return self._mention[child]
        prepositions = _INNER_PREPOSITIONS + (_PLACE_PREPOSITIONS if places else ())
        for name in prepositions:
            for child in self.sentence.with_dep(token, "prep"):
                if self.sentence.words[child].lower() == name:
                    for inner in self.sentence.with_dep(child, "pobj"):
                        found = self.occupant(inner, depth=depth - 1, places=places)
                        if found is not None:
                            return found
        return None

    def _below_modifier(self, token: int) -> Mention | None:
        """ "US-backed rebels", "anti-Turkish slogans": the country inside a compound modifier."""
        for child in self.sentence.with_dep(token, "poss", "compound", "amod", "nmod", "npadvmod"):
            if child in self._mention:
                return self._mention[child]
        return None

    def holds(self, token: int, values: frozenset[str]) -> bool:
        """Is the token one of ``values``: a lemma, two words, ``*`` or an ``@class``?"""
        if "*" in values:
            return True
        lemma = self.sentence.lemmas[token]
        if lemma in values or self.sentence.words[token].lower() in values:
            return True
        if token and f"{self.sentence.words[token - 1].lower()} {lemma}" in values:
            return True
        return any(value[:1] == "@" and self._in_class(token, lemma, value[1:]) for value in values)

    def _in_class(self, token: int, lemma: str, name: str) -> bool:
        if name == "actor":
            return token in self._mention
        if name == "state":
            found = self._mention.get(token)
            return found is not None and found.actor.code in _state_names()
        if name == "place":
            return token in self._places
        if name == "person":
            found = self._mention.get(token)
            if found is not None:
                return found.actor.code is not None and len(found.actor.code) > 3
            return lemma in self._classes["people"] or lemma in self._classes["forces"]
        return lemma in self._classes[name]
