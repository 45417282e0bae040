"""A sentence, an event's head and the sentence's toponyms go in; the place where it happened comes out.

The place is what a locative phrase of the predicate names ("shelled the market in Maarat"), what is
entered, taken or struck ("captured Douma"), or what the object lies in ("bombed a base near Homs"):
never a place that only says who somebody is ("the mayor of London").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from dragoman.records import PlaceMention, Sentence
from dragoman.resolve.place_hints import nationality_words
from dragoman.tables import read_table

_FINENESS = {"point": 3, "city": 3, "region": 2, "country": 1, None: 2}
# Ranks: the tens say how closely a place belongs to the event, the ones break ties within.
_OWN, _STRUCK, _LOOSER, _WITHIN_OBJECT, _SHARED = 1, 0, 3, 10, 20


class _Found(NamedTuple):
    rank: int
    place: PlaceMention


def place_of_event(sentence: Sentence, head: int, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """Where the event at token ``head`` happened, as far as this sentence tells.

    ``places`` are the toponyms of this sentence.

    >>> from dragoman.parse import Parser
    >>> from dragoman.records import Document
    >>> (sentence,) = Parser().parse(Document(id="d", text="Rebels shelled a clinic in Taiz."))
    >>> taiz = PlaceMention((27, 31), 0, 5, 6, 5, "Taiz", "YEM", 13.58, 44.02, 70225, "city")
    >>> place_of_event(sentence, 1, [taiz]).name
    'Taiz'
    """
    finder = _Finder(sentence, places)
    found = list(finder.of_event(head)) if finder.at else []
    if not found:
        return None
    closest = min(each.rank // 10 for each in found)
    near = [each for each in found if each.rank // 10 == closest]
    return max(near, key=lambda each: (_FINENESS[each.place.precision], -each.rank, -each.place.first)).place


@cache
def _uses() -> dict[str, frozenset[str]]:
    rows = read_table("places/event_words.csv", ("use", "lemmas"))
    return {row["use"]: frozenset(row.alternatives("lemmas")) for row in rows}


class _Finder:
    """The toponyms of one sentence by token, and the ways from an event to them."""

    def __init__(self, sentence: Sentence, places: Sequence[PlaceMention]) -> None:
        self._sentence = sentence
        self.at = {
            token: place
            for place in places
            for token in range(place.first, place.stop)
            if place.stop - place.first > 1 or not _is_nationality(sentence.words[place.first], place)
        }

    def of_event(self, head: int) -> Iterator[_Found]:
        """Places of the event, closest first not guaranteed."""
        if self._sentence.pos[head] in ("NOUN", "PROPN", "ADJ"):
            yield from self._of_noun(head)
        else:
            yield from self._of_verb(head)

    def _of_verb(self, head: int) -> Iterator[_Found]:
        s, lemma = self._sentence, self._sentence.lemmas[head]
        yield from self._in_phrases(head, head, _OWN)
        for thing in s.with_dep(head, "dobj", "nsubjpass"):
            yield from self._in_object(head, thing)
        if s.deps[head] in ("relcl", "acl"):
            yield from self._antecedent(head)
        for agent in s.with_dep(head, "agent"):
            for doer in s.with_dep(agent, "pobj"):
                # "captured by rebels in Homs"
                yield from self._in_phrases(doer, head, _WITHIN_OBJECT)
        for subject in s.with_dep(head, "nsubj"):
            if s.lemmas[subject] in event_nouns() and lemma in _uses()["sweeping"]:
                # "a bomb attack in Homs killed six"
                yield from (each._replace(rank=_WITHIN_OBJECT) for each in self._of_noun(subject))
                yield from (each._replace(rank=_WITHIN_OBJECT) for each in self._at_object_of(subject))
        yield from self._on_the_way(head)
        if s.child(head, "dobj", "nsubjpass") is None and lemma in _uses()["strike"]:
            for other in s.with_dep(head, "conj"):
                if s.pos[other] == "VERB":
                    for thing in s.with_dep(other, "dobj"):
                        yield from (each._replace(rank=_SHARED) for each in self._in_object(head, thing))

    def _at_object_of(self, noun: int) -> Iterator[_Found]:
        """ "The attack on the embassy in Tunis": where the thing attacked stands."""
        for preposition, thing in self._phrases(noun):
            if self._tells_where(preposition, noun):
                yield from self._in_phrases(thing, noun, _WITHIN_OBJECT)

    def _on_the_way(self, head: int) -> Iterator[_Found]:
        """ "Flew to Oslo to meet him", "camped in Tunis to raid it": where one went or stayed for it."""
        s = self._sentence
        governor = s.heads[head]
        if s.deps[head] not in ("advcl", "xcomp") or s.pos[governor] != "VERB":
            return
        if not any(s.tags[child] == "TO" for child in s.with_dep(head, "aux")):
            return
        if s.lemmas[governor] in _uses()["go"] | _uses()["reach"] | _uses()["stay"]:
            yield from (each._replace(rank=_SHARED) for each in self._of_verb(governor))
        for thing in s.with_dep(governor, "dobj"):
            if s.lemmas[thing] in _uses()["go"]:
                # "paid a visit to Oslo to meet him"
                yield from self._in_phrases(thing, thing, _SHARED)

    def _of_noun(self, head: int) -> Iterator[_Found]:
        s, lemma = self._sentence, self._sentence.lemmas[head]
        yield from self._in_phrases(head, head, _OWN)
        for child in s.with_dep(head, "compound", "nmod", "amod"):
            if child in self.at and self.at[child].precision != "country" and lemma not in _uses()["office"]:
                yield _Found(_OWN + 1, self.at[child])
        for child in s.with_dep(head, "poss"):
            if child in self.at and self.at[child].precision != "country" and lemma in _uses()["noun of target"]:
                yield _Found(_OWN + 1, self.at[child])
        for child in s.with_dep(head, "acl", "relcl", "amod"):
            if s.lemmas[child] in _uses()["light verb"] | _uses()["standing"]:
                yield from self._in_phrases(child, child, _OWN + 1)
        for preposition, thing in self._phrases(head):
            if self._is_target(preposition, head) and self._named_by(thing) is None:
                yield from self._where_it_stands(thing, head)
        above = s.heads[head]
        if s.deps[head] in ("dobj", "nsubj", "nsubjpass", "attr") and s.lemmas[above] in _uses()["light verb"]:
            yield from self._in_phrases(above, above, _WITHIN_OBJECT)
            yield from self._on_the_way(above)

    def _in_object(self, head: int, thing: int) -> Iterator[_Found]:
        """What is struck or reached, or where the thing lies that the event befalls."""
        s, lemma = self._sentence, self._sentence.lemmas[head]
        place = self._named_by(thing)
        if place is not None:
            if lemma in _uses()["strike"] | _uses()["reach"] and (
                place.precision != "country" or thing not in self.at or lemma not in _uses()["never whole countries"]
            ):
                yield _Found(_STRUCK, place)
            elif thing not in self.at:
                yield from self._where_it_stands(thing, head)
            return
        if s.lemmas[thing] in event_nouns() and lemma in _uses()["light verb"]:
            yield from (each._replace(rank=_WITHIN_OBJECT) for each in self._of_noun(thing))
        else:
            yield from self._where_it_stands(thing, head)

    def _where_it_stands(self, thing: int, event: int) -> Iterator[_Found]:
        """Where the thing is that the event befalls: a base in Homs, fighters stationed in Kidal."""
        s = self._sentence
        attended = s.lemmas[thing] in _uses()["occasion"] and s.lemmas[event] in _uses()["strike"] | _uses()["attend"]
        if s.lemmas[thing] in _uses()["office"] or (s.lemmas[thing] in event_nouns() and not attended):
            return
        yield from self._in_phrases(thing, event, _WITHIN_OBJECT)
        for child in s.with_dep(thing, "acl"):
            if s.lemmas[child] in _uses()["standing"]:
                yield from self._in_phrases(child, child, _WITHIN_OBJECT)

    def _is_target(self, preposition: str, event: int) -> bool:
        lemma = self._sentence.lemmas[event]
        if lemma in _uses()["noun of target"]:
            return preposition in _uses()["target"]
        return lemma in _uses()["noun of gift"] and preposition in ("for", "to")

    def _antecedent(self, head: int) -> Iterator[_Found]:
        """Douma, where forty people died; the town captured on Monday."""
        s = self._sentence
        noun = s.heads[head]
        place = self._named_by(noun)
        if place is None:
            return
        where = any(s.lemmas[child] == "where" for child in s.with_dep(head, "advmod"))
        taken = s.tags[head] == "VBN" and s.deps[head] == "acl" and s.lemmas[head] in _uses()["strike"]
        if where or taken:
            yield _Found(_OWN, place)

    def _in_phrases(self, token: int, event: int, rank: int) -> Iterator[_Found]:
        """Places in the prepositional phrases of ``token`` that tell where ``event`` happened."""
        for preposition, thing in self._phrases(token):
            if not self._tells_where(preposition, event) or self._says_who(event, thing):
                continue
            place = self._named_by(thing) or self._of_occasion(thing, preposition)
            if place is not None:
                yield _Found(rank + (_LOOSER if preposition in _uses()["looser"] else 0), place)

    def _says_who(self, event: int, thing: int) -> bool:
        """Whether a phrase of a verb of saying only says who its object is: "praised officials in X"."""
        s = self._sentence
        spoken_to = s.child(event, "dobj") if s.lemmas[event] in _uses()["verbal"] else None
        return spoken_to is not None and s.lemmas[spoken_to] in _uses()["office"] and s.heads[thing] == spoken_to + 1

    def _phrases(self, token: int) -> Iterator[tuple[str, int]]:
        """(preposition, token) for the phrases that hang on a token: "out of X", "from inside X" too."""
        s = self._sentence
        todo = [(s.lemmas[child], child) for child in s.with_dep(token, "prep", "agent")]
        for preposition, child in todo:
            for below in s.children[child]:
                if s.deps[below] in ("pobj", "pcomp") and s.pos[below] != "VERB":
                    yield preposition, below
                elif s.deps[below] == "prep":
                    todo.append((preposition, below))
                elif s.deps[below] == "conj" and s.pos[below] == "ADP":
                    todo.append((s.lemmas[below], below))

    def _tells_where(self, preposition: str, event: int) -> bool:
        uses, lemma = _uses(), self._sentence.lemmas[event]
        if preposition in uses["locative"]:
            return True
        if preposition in uses["motion"]:
            return lemma in uses["go"]
        if preposition in uses["origin"]:
            return lemma in uses["leave"]
        if preposition == "over":
            return lemma in uses["over"]
        if preposition in uses["target"]:
            noun = self._sentence.pos[event] in ("NOUN", "PROPN")
            return lemma in (uses["noun of target"] if noun else uses["strike"] - frozenset(("take", "move", "hold")))
        return False

    def _named_by(self, thing: int) -> PlaceMention | None:
        """The place a noun phrase names: itself, or the finest by which a town, an area or a hospital is named."""
        if thing in self.at:
            return self.at[thing]
        s = self._sentence
        if s.lemmas[thing] not in _uses()["ground"]:
            return None
        found = [self.at[child] for child in s.with_dep(thing, "compound", "nmod", "poss", "appos") if child in self.at]
        if s.lemmas[thing] in _uses()["abroad"]:
            found = [place for place in found if place.precision != "country"]
        for preposition, below in self._phrases(thing):
            place = self._named_by(below) if preposition in _uses()["lies"] else None
            if place is not None:
                found.append(place)
        return max(found, key=lambda place: (_FINENESS[place.precision], -place.first), default=None)

    def _of_occasion(self, thing: int, preposition: str) -> PlaceMention | None:
        """At a summit in Sochi, during a visit to London."""
        s = self._sentence
        happening = s.lemmas[thing] in _uses()["occasion"] or (preposition == "in" and s.lemmas[thing] in event_nouns())
        if not happening or preposition not in ("at", "in", "during", "on"):
            return None
        for child in s.with_dep(thing, "compound", "nmod"):
            if child in self.at and self.at[child].precision != "country":
                return self.at[child]
        for inner, below in self._phrases(thing):
            if inner in _uses()["locative"] or inner == "to":
                return self._named_by(below)
        return None


def _is_nationality(word: str, place: PlaceMention) -> bool:
    return word in nationality_words() and place.precision == "country" and not word.replace(".", "").isupper()


@cache
def event_nouns() -> frozenset[str]:
    """Nouns that name events, so that what they govern is no place of another event."""
    rows = read_table("event_nouns.csv", ("noun", "kind"))
    return frozenset(row["noun"] for row in rows if row["kind"] in ("deed", "speech"))
