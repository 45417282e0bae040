"""A sentence with its names and role nouns goes in; where the noun phrase around one of them begins comes out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.records import Actor, Sentence
from dragoman.resolve.gazetteer import HYPHENS
from dragoman.resolve.names import STATE_LIKE, Name
from dragoman.resolve.phrase_words import titles, words_of
from dragoman.resolve.reading import Found, Reading
from dragoman.resolve.role_nouns import RoleMatch

LEFT = frozenset({"det", "amod", "compound", "nmod", "nummod", "poss", "predet", "quantmod", "npadvmod", "advmod"})
ARTICLES = frozenset({"the", "a", "an"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_EXTENDING = frozenset({"NOUN", "PROPN", "ADJ"})
_LONGEST_CHAIN = 8
_THINGS = frozenset({"FAC", "WORK_OF_ART", "PRODUCT"})
_WITHIN = frozenset({",", "[", "]", "“", "”", "‘", "’", "'", '"'})


@dataclass(frozen=True, slots=True)
class Title:
    """What stands before a person's name, from token ``first``; ``match`` is the office nearest to the name."""

    first: int
    match: RoleMatch | None
    former: bool


class Phrases:
    """The noun phrases of one sentence, seen from its names and role nouns."""

    def __init__(self, reading: Reading, sentence: Sentence) -> None:
        self.sentence = sentence
        self.names = reading.names[sentence.index]
        self.roles = reading.role_matches[sentence.index]
        self.earlier_roles = [
            list(matches.values())
            for matches in reversed(reading.role_matches[max(0, sentence.index - 2) : sentence.index])
        ]
        self.role_ending = {match.stop - 1: match for match in self.roles.values()}
        self.name_at = {i: name for name in self.names for i in range(name.first, name.stop)}

    def text(self, first: int, stop: int) -> str:
        """The words of a stretch as they stand, with one blank for any gap: "Russia's envoy"."""
        s = self.sentence
        gaps = (" " if i > first and s.starts[i] > s.ends[i - 1] else "" for i in range(first, stop))
        return "".join(gap + word for gap, word in zip(gaps, s.words[first:stop], strict=True))

    def word(self, i: int) -> str:
        """A word in lower case; "" outside the sentence."""
        return self.sentence.words[i].lower() if 0 <= i < len(self.sentence) else ""

    def left_edge(self, match: RoleMatch) -> int:
        """The first token of the phrase around ``match``, with what modifies it on the left."""
        sentence, head, first = self.sentence, match.head, match.first
        while first > 0:
            i = first - 1
            name = self.name_at.get(i)
            hangs = self._hangs_left(i, head)
            tied = sentence.words[i] in HYPHENS and sentence.ends[i] == sentence.starts[first]
            if sentence.pos[i] == "PUNCT" and not tied and sentence.words[i] not in _WITHIN:
                break
            if hangs and sentence.pos[i] == "CCONJ" and not self._joins_adjectives(i):
                break
            if hangs and name is not None and name.stop == first:
                first = name.first
            elif hangs or tied:
                first = i
            else:
                break
        return first

    def _hangs_left(self, i: int, head: int) -> bool:
        sentence = self.sentence
        for _ in range(_LONGEST_CHAIN):
            above = sentence.heads[i]
            if above == head:
                return sentence.deps[i] in LEFT
            if above == i or above > head:
                return False
            i = above
        return False

    def _joins_adjectives(self, i: int) -> bool:
        before = self.name_at.get(i - 1)
        return self.sentence.pos[i - 1] == "ADJ" or (before is not None and before.entry.sort in {"adjective", "state"})

    def counted(self, first: int, match: RoleMatch) -> bool:
        """Whether the phrase says how many: "the two sides", "both countries"."""
        return any(self.word(i) in words_of("count") for i in range(max(0, first), match.first))

    def names_within(self, first: int, stop: int) -> list[Name]:
        """The names that lie wholly in a stretch."""
        return [name for name in self.names if first <= name.first and name.stop <= stop]

    def modifiers(self, first: int, match: RoleMatch) -> list[RoleMatch]:
        """The role nouns before another in its phrase, the nearest first."""
        return sorted(
            (
                m
                for m in self.roles.values()
                if first <= m.first and m.stop <= match.first and not self._within_person(m)
            ),
            key=lambda m: -m.first,
        )

    def _within_person(self, match: RoleMatch) -> bool:
        """ "Sen" in "Hun Sen's troops" is no senator."""
        name = self.name_at.get(match.first)
        return name is not None and name.entry.sort == "person" and name.first < match.first

    def after_hyphen(self, name: Name) -> str:
        """The word tied to a name by a hyphen: "backed" for "US-backed"."""
        words = self.sentence.words
        return self.word(name.stop + 1) if name.stop < len(words) and words[name.stop] in HYPHENS else ""

    def side(self, first: int) -> str:
        """ "pro", "anti" or "non" before a word, "" otherwise."""
        at = first - 2 if first >= 2 and self.sentence.words[first - 1] in HYPHENS else first - 1
        return self.word(at) if at >= 0 and self.word(at) in words_of("side") else ""

    def name_below(self, thing: int) -> Name | None:
        """A state-like name hanging on a noun: "the city of Homs" has none, "the north of Mali" has Mali."""
        for child in self.sentence.children[thing]:
            name = self.name_at.get(child)
            if name is not None and name.entry.sort in STATE_LIKE and name.entry.sort != "region":
                return name
            if self.sentence.deps[child] == "prep" and self.word(child) in {"of", "in"}:
                for grandchild in self.sentence.with_dep(child, "pobj"):
                    name = self.name_at.get(grandchild)
                    if name is not None and name.entry.sort in STATE_LIKE and name.entry.sort != "region":
                        return name
        return None

    def role_in(self, thing: int) -> RoleMatch | None:
        """The role noun with this head, or the one right before a proper name: "group" in "the lobby group Rise Up"."""
        match = self.roles.get(thing)
        if match is None and self.sentence.pos[thing] == "PROPN":
            before = [m for m in self.roles.values() if m.stop <= thing and self.sentence.heads[m.head] == thing]
            return max(before, key=lambda m: m.first, default=None)
        return match

    def force_before(self, match: RoleMatch) -> str:
        """MIL or COP for "the officers": of the force that was spoken of last in this sentence or the two before."""
        here = [m for m in self.roles.values() if m.first < match.first]
        for matches in (here, *self.earlier_roles):
            for other in sorted(matches, key=lambda m: -m.first):
                if other.role.sector in {"MIL", "COP"} and other.role.noun not in words_of("takes force"):
                    return other.role.sector
        return "MIL"

    def title_before(self, first: int) -> Title | None:
        """The offices and nationality right before a person's name: "the Russian foreign minister" Sergei …"""
        sentence, i, start = self.sentence, first - 1, first
        matches: list[RoleMatch] = []
        former = False
        while i >= 0:
            word = self.word(i).rstrip(".")
            name, match = self.name_at.get(i), self.role_ending.get(i)
            if name is not None and name.stop == i + 1:
                if name.entry.sort != "adjective" and (not matches or name.place):
                    break
                start, i = name.first, name.first - 1
                continue
            if match is not None and sentence.tags[i] in {"NN", "NNP"}:
                matches.append(match)
                start, i = match.first, match.first - 1
                continue
            former = former or word in words_of("former")
            if word in titles() or (word in words_of("former") and matches):
                start = i
            elif not self._extends_title(i, bool(matches)):
                break
            i -= 1
        return Title(start, matches[0] if matches else None, former) if start < first else None

    def _extends_title(self, i: int, begun: bool) -> bool:
        sentence = self.sentence
        if sentence.words[i] in HYPHENS or (sentence.tags[i] == "POS" and begun):
            return True
        return sentence.pos[i] in _EXTENDING and sentence.tags[i] not in {"NNS", "NNPS"}

    def siblings(self, found: Found) -> list[Found]:
        """For "Turkish and Russian troops": the troops of the other nationalities, on their adjectives."""
        sentence, others = self.sentence, []
        linked = {n.head for n in self.names if found.first <= n.first and n.stop <= found.stop}
        linked |= {i for j in linked for i in self._joined_to(j)}
        for name in self.names:
            if name.stop > found.first or name.entry.sort not in {"adjective", "state"} or name.entry.countries:
                continue
            top = self._joined_to(name.head)[0]
            if sentence.deps[top] not in LEFT or linked.isdisjoint(sentence.conjuncts(name.head)):
                continue
            text = f"{self.text(name.first, name.stop)} {found.noun}"
            actor = Actor(text, name.entry.code + (found.actor.code or "")[3:])
            others.append(replace(found, first=name.first, stop=name.stop, head=name.head, actor=actor))
        return others

    def _joined_to(self, i: int) -> list[int]:
        """All that is coordinated with a token: for US in "British, French and US planes", all three."""
        while self.sentence.deps[i] == "conj":
            i = self.sentence.heads[i]
        return self.sentence.conjuncts(i)

    def widen(self, found: Found) -> Found:
        """Take in a quantity: "dozens of protesters" is one mention whose head is "dozens"."""
        sentence, head, first = self.sentence, found.head, found.first
        while sentence.deps[head] == "pobj":
            prep = sentence.heads[head]
            above = sentence.heads[prep]
            if self.word(prep) != "of" or above >= prep or above in self.name_at:
                break
            if sentence.lemmas[above] not in words_of("quantity"):
                break
            head = above
            first = min([above, *(i for i in sentence.children[above] if i < above and sentence.deps[i] in LEFT)])
        if head == found.head:
            return found
        while first < head and self.word(first) in ARTICLES:
            first += 1
        return replace(found, first=first, head=head, plural=True)


def in_unlisted_organisation(phrases: Phrases, match: RoleMatch) -> bool:
    """Whether "Council" begins the name of an organisation that the codebook doesn't have: "Council of Wise Women"."""
    sentence, head = phrases.sentence, match.head
    if sentence.pos[head] != "PROPN" or phrases.names_within(match.first, match.stop) or not match.role.yields:
        return False
    for entity in sentence.entities:
        if entity.label == "ORG" and entity.first <= match.first and match.stop < entity.stop:
            inner = phrases.names_within(entity.first, entity.stop)
            return phrases.word(match.stop) in {"of", "for", "on"} and not inner
    return False


def in_name_of_thing(sentence: Sentence, match: RoleMatch) -> bool:
    """Whether a role noun is part of what a building, book or law is called: "King's Cross", "Police Story"."""
    if sentence.pos[match.head] != "PROPN":
        return False
    above = sentence.heads[match.head]
    if sentence.deps[match.head] == "poss" and sentence.pos[above] == "PROPN" and match.head == match.first:
        return any(e.first <= match.head and above < e.stop for e in sentence.entities)
    return any(
        e.label in _THINGS and e.first <= match.first and match.stop <= e.stop and e.stop - e.first > 1
        for e in sentence.entities
    )
