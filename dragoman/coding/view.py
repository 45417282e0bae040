"""A sentence with what was resolved in it: which mention or place covers a token, which class a noun belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from dragoman.records import Actor, Mention, PlaceMention, Sentence, Status
from dragoman.tables import state_names

# A code that is only a sector is of people of no known country; the private ones are no political actors.
_POLITICAL = ("GOV", "MIL", "REB", "PTY", "LEG", "SPY", "COP", "UAF", "IGO")
PRIVATE = ("OPP", "JUD", "CVL", "CIV", "BUS", "MED", "EDU", "NGO", "REF", "REL", "LAB", "CRM", "HLT", "UNK")
SECTORS = frozenset((*_POLITICAL, *PRIVATE))
_MODIFIERS = ("poss", "amod", "compound", "nmod", "nummod")
_INNER_PREPOSITIONS = ("of", "from", "by", "against", "for", "with", "to")
_OWN = frozenset(("its", "their", "his", "her", "our", "my"))
_PARTICIPLE_PREPOSITIONS = ("by", "on", "against", "to", "from", "with")
_PLACE_PREPOSITIONS = ("in", "near", "inside", "around", "outside", "at")
_SHARERS = ("poss", "amod", "compound", "nmod")
_DEPTH = 3
_DUTIES = frozenset(("must", "should", "ought"))
_ARMED = frozenset(("REB", "MIL", "UAF", "ISIS"))
_FUTURE = frozenset(("will", "would", "'ll", "’ll", "wo", "shall", "'d", "’d"))

# Acts that somebody may promise or refuse, and acts that he may threaten.
COOPERATION = frozenset(("CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"))
CONFLICT = frozenset(("SANCTION", "COERCE", "PROTEST", "MOBILIZE", "ASSAULT"))


@dataclass(frozen=True, slots=True)
class Act:
    """What was coded at a predicate: its type and status, and who does it to whom."""

    type: str
    status: Status
    actor: Mention | None
    recipient: Mention | None


@cache
def _classes_among(values: frozenset[str]) -> tuple[str, ...]:
    """The names of the classes among the values of a condition."""
    return tuple(sorted(value[1:] for value in values if value[:1] == "@"))


def _of_unknown_country(mention: Mention) -> Mention:
    """A named person or body of which nothing is known is still somebody: the sector UNK."""
    known = mention.actor.code or mention.members
    return mention if known else replace(mention, actor=replace(mention.actor, code="UNK"))


def is_outlet(mention: Mention) -> bool:
    """Is it one of the media, which tells of what its state will do and does none of it?"""
    return (mention.actor.code or "").endswith("MED")


def country_of(mention: Mention) -> str:
    """The country of the actor's code; of one without a code, what tells him from others as well."""
    return (mention.actor.code or mention.actor.name)[:3]


def _state_of(place: PlaceMention) -> Mention | None:
    """The state in which a place lies, as the one acted upon: whoever shells Homs acts on Syria."""
    if place.country is None or place.country not in state_names():
        return None
    return Mention(
        span=place.span,
        sentence=place.sentence,
        first=place.first,
        stop=place.stop,
        head=place.head,
        actor=Actor(name=state_names()[place.country], code=place.country),
        kind="place",
        how=f"{place.name} lies in {state_names()[place.country]}",
    )


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
        self._acts: dict[int, Act] = {}
        self._places: dict[int, PlaceMention] = {i: p for p in places for i in range(p.first, p.stop)}
        self._mention: dict[int, Mention] = {
            i: _of_unknown_country(m) for m in mentions if self._may_act(m) for i in range(m.first, m.stop)
        }

    def _may_act(self, mention: Mention) -> bool:
        """Not somebody of whom nothing is known, nor a missile of no country."""
        if mention.actor.code in SECTORS:
            return self.sentence.lemmas[mention.head] not in self._classes["weapon"]
        # The parser may take a small town for a person.
        unknown = mention.kind == "name" and mention.head not in self._places
        return mention.actor.code is not None or unknown or bool(mention.members)

    def note_act(self, token: int, act: Act) -> None:
        """Remember what was coded at a predicate, for the statements in which it stands; the first counts."""
        self._acts.setdefault(token, act)

    def act(self, token: int) -> Act | None:
        """What was coded at a predicate."""
        return self._acts.get(token)

    def act_of(self, token: int, who: Mention) -> bool:
        """Is the act coded at ``token`` one of this actor's own side?"""
        actor = self._acts[token].actor if token in self._acts else None
        return actor is not None and country_of(actor) == country_of(who)

    def is_own(self, mention: Mention, actors: Iterable[Mention]) -> bool:
        """Is it the actors' own state, or something of theirs: "its troops", "US funding" of a US president?"""
        if mention.sentence == self.sentence.index and self.sentence.words[mention.first].lower() in _OWN:
            return True
        return any(mention.actor.code == country_of(actor) for actor in actors)

    def is_each_other(self, token: int) -> bool:
        """Is it "each other", "one another" or something of theirs?"""
        words, own = self.sentence.words, [token, *self.sentence.with_dep(token, "poss")]
        pairs = ((words[t - 1].lower(), words[t].lower()) for t in own if t)
        return any(pair in (("each", "other"), ("one", "another")) for pair in pairs)

    def is_of_side(self, mention: Mention, actors: Iterable[Mention]) -> bool:
        """Is it of the country of one of the actors?"""
        return any(country_of(mention) == country_of(actor) for actor in actors)

    def mention(self, token: int) -> Mention | None:
        """The mention that covers the token."""
        return self._mention.get(token)

    def named(self, mention: Mention) -> Mention:
        """In place of a pronoun a name of the same actor in the sentence, the nearest before it, if there is one."""
        if mention.kind != "pronoun":
            return mention
        same = [m for m in dict.fromkeys(self._mention.values()) if m.actor == mention.actor and m.kind != "pronoun"]
        before = [m for m in same if m.first < mention.first]
        return (before[-1:] or same or [mention])[0]

    def occupants(self, token: int, *, places: bool = False) -> list[Mention]:
        """All who are meant: of "the presidents of Chad and Niger" both, else the one that ``occupant`` finds."""
        own = self._mention.get(token)
        members = [m for t in self._members(token) if (m := self._mention.get(t)) and m.actor.code not in SECTORS]
        if own is None or own.actor.code in SECTORS:
            if len(members) > 1:
                return members
        elif own.kind == "composed" and len(members) > 1 and self.sentence.tags[token] in ("NNS", "NNPS"):
            # "The envoys of Cuba and Bolivia" were composed with the first name alone.
            return [own, *(m for m in members if country_of(m) != country_of(own))]
        found = self.occupant(token, places=places)
        return [] if found is None else [*self._beside(token, found), found]

    def _beside(self, token: int, found: Mention) -> list[Mention]:
        """Who shares a plural noun: of "British and EU negotiators" the British too."""
        named = found.kind == "pronoun" or (found.kind == "name" and found.actor.key)
        if self.sentence.tags[token] not in ("NNS", "NNPS") or found.stop <= token or named:
            return []
        members = [t for c in self.sentence.with_dep(token, *_SHARERS) for t in self.sentence.conjuncts(c)]
        beside = [self._mention[t] for t in members if t < found.first and t in self._mention]
        return [m for m in dict.fromkeys(beside) if m.actor != found.actor]

    def _members(self, token: int) -> list[int]:
        """The coordinated names in the of-phrase of a noun."""
        for preposition in self.sentence.with_dep(token, "prep"):
            if self.sentence.lemmas[preposition] == "of":
                return [t for o in self.sentence.with_dep(preposition, "pobj") for t in self.sentence.conjuncts(o)]
        return []

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
        # Behind an article even what the parser calls a verb is a noun: "a Dutch move".
        is_verb = self.sentence.pos[token] in ("VERB", "AUX") and self.sentence.child(token, "det") is None
        if depth == 0 or is_verb:
            return None
        renamed = self._mention.get(self.sentence.heads[token]) if self.sentence.deps[token] == "appos" else None
        if renamed is not None:
            # "Karim Odo, a Sudanese poet": he, and not Sudan.
            return renamed
        building = self.building_before(token)
        other_side = self.sentence.lemmas[token] in self._classes["other_side"]
        for dep in _MODIFIERS:
            for child in self.sentence.with_dep(token, dep):
                if child in building or (other_side and dep == "poss"):
                    continue
                found = self._mention.get(child) or self._below_modifier(child)
                if found is not None:
                    return found
        for child in self.sentence.with_dep(token, "compound", "nmod", "poss") if places else ():
            if child in self._places:
                # "Idlib province"
                return _state_of(self._places[child])
        for child in self.sentence.with_dep(token, "appos"):
            if child in self._mention:
                return self._mention[child]
        found = self.in_participle(token)
        if found is not None:
            return found
        for clause in self.sentence.with_dep(token, "relcl"):
            # "the support that Minsk gave": what somebody did stands for him.
            for child in self.sentence.with_dep(clause, "nsubj"):
                if child in self._mention and self._mention[child].kind != "pronoun":
                    return self._mention[child]
        prepositions = _INNER_PREPOSITIONS + (_PLACE_PREPOSITIONS if places else ())
        if self.sentence.lemmas[token] in self._classes["restriction"]:
            prepositions += ("on",)
        if self.sentence.lemmas[token] in self._classes["attack"]:
            # "Condemned the raid on Oslo" is aimed at the raiders, whoever they are.
            prepositions = ("by", "from", "with")
        for name in prepositions:
            for child in self.sentence.with_dep(token, "prep"):
                if self.sentence.words[child].lower() == name:
                    for inner in self.sentence.with_dep(child, "pobj"):
                        found = self.occupant(inner, depth=depth - 1, places=places)
                        if found is not None:
                            return found
        return None

    def building_before(self, token: int) -> frozenset[int]:
        """The building that an attack is named after, and whose it is: "the **Danish consulate** bombing"."""
        if self.sentence.lemmas[token] not in self._classes["attack"]:
            return frozenset()
        before = self.sentence.with_dep(token, "compound", "nmod", "amod")
        buildings = [t for t in before if self.sentence.lemmas[t] in self._classes["building"]]
        if not buildings:
            return frozenset()
        inner = [t for each in buildings for t in self.sentence.with_dep(each, "compound", "nmod", "amod", "poss")]
        return frozenset(t for t in (*before, *inner) if t <= buildings[-1])

    def in_participle(self, token: int) -> Mention | None:
        """ "Threats made by Sudan", "sanctions imposed on Sudan", "a ship owned by Sudan" all stand for Sudan."""
        for clause in self.sentence.with_dep(token, "acl"):
            if self.sentence.tags[clause] != "VBN":
                continue
            for link in self.sentence.with_dep(clause, "agent", "prep"):
                if self.sentence.words[link].lower() not in _PARTICIPLE_PREPOSITIONS:
                    continue
                for inner in self.sentence.with_dep(link, "pobj"):
                    if inner in self._mention:
                        return self._mention[inner]
        return None

    def _below_modifier(self, token: int) -> Mention | None:
        """ "US-backed rebels", "anti-Turkish slogans": the country inside a compound modifier."""
        for child in self.sentence.with_dep(token, "poss", "compound", "amod", "nmod", "npadvmod"):
            if child in self._mention:
                return self._mention[child]
        return None

    def holds_any(self, tokens: Iterable[int], values: frozenset[str]) -> bool:
        """``holds`` for one of some tokens."""
        return any(self.holds(token, values) for token in tokens)

    def holds(self, token: int, values: frozenset[str]) -> bool:
        """Is the token one of ``values``: a lemma, two words, ``*`` or an ``@class``?"""
        if "*" in values:
            return True
        lemma = self.sentence.lemmas[token]
        if lemma in values or self.sentence.words[token].lower() in values:
            return True
        if token and f"{self.sentence.words[token - 1].lower()} {lemma}" in values:
            return True
        return any(self._in_class(token, lemma, name) for name in _classes_among(values))

    def _in_class(self, token: int, lemma: str, name: str) -> bool:
        if name == "actor":
            return token in self._mention or self.is_each_other(token)
        if name == "state":
            found = self._mention.get(token)
            if found is None or found.actor.code is None or found.actor.code not in state_names():
                return False
            # A politician out of office carries his country's bare code.
            return found.actor.name == state_names()[found.actor.code] or not self._is_name_of_person(token)
        if name == "place":
            return token in self._places
        if name in ("promised", "menaced", "refused"):
            return self._is_announced(token, name)
        if name == "owed":
            return any(self.sentence.lemmas[c] in _DUTIES for c in self.sentence.with_dep(token, "aux"))
        if name == "armed":
            found = self.occupant(token)
            code = (found.actor.code or "") if found is not None else ""
            return code[-3:] in _ARMED or code in _ARMED
        if name == "person":
            found = self._mention.get(token)
            if found is not None:
                named = found.actor.code == "UNK" and self._is_name_of_person(token)
                return named or (found.actor.code is not None and len(found.actor.code) > 3)
            return lemma in self._classes["people"] or lemma in self._classes["forces"]
        members = self._classes[name]
        return lemma in members or bool(token and f"{self.sentence.words[token - 1].lower()} {lemma}" in members)

    def _is_name_of_person(self, token: int) -> bool:
        return any(e.label == "PERSON" and e.first <= token < e.stop for e in self.sentence.entities)

    def _is_announced(self, token: int, name: str) -> bool:
        """Is an act coded there that is promised, menaced or refused for the future: "will withdraw", "won't meet"?"""
        if token not in self._acts or not self.is_future(token):
            return False
        act = self._acts[token]
        if name == "menaced":
            return act.status == "planned" and act.type in CONFLICT - {"MOBILIZE"}
        return act.type in COOPERATION and act.status == ("negated" if name == "refused" else "planned")

    def is_future(self, token: int) -> bool:
        """Has the verb at ``token`` a future auxiliary, or is it a headline's: "Paris to host talks"?"""
        marks = {self.sentence.words[c].lower() for c in self.sentence.with_dep(token, "aux")}
        return bool(marks & _FUTURE) or ("to" in marks and self.sentence.heads[token] == token)
