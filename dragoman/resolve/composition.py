"""A noun phrase goes in ("Saudi-led coalition", "officials in Ankara"); an actor made of country and role comes out."""

from __future__ import annotations

from dataclasses import replace

from dragoman.records import Actor, Sentence
from dragoman.resolve.descriptions import is_description
from dragoman.resolve.gazetteer import HYPHENS, fold
from dragoman.resolve.names import ORGANISED
from dragoman.resolve.owners import Owner, owner_after, owner_before, owner_in_story, prepositional_objects
from dragoman.resolve.persons import gender_of, gender_of_name, known_former, known_holder
from dragoman.resolve.phrase_words import words_of
from dragoman.resolve.phrases import ARTICLES, DEFINITE, Phrases, Title, in_name_of_thing, in_unlisted_organisation
from dragoman.resolve.reading import Found, Reading
from dragoman.resolve.role_nouns import RoleMatch

_PLURAL = frozenset({"NNS", "NNPS"})
_ACTING = frozenset({"nsubj", "nsubjpass", "agent", "dobj", "conj"})
# Those who speak and act for an organisation are the organisation: "UN officials" are UNO.
_BARE = frozenset({"GOV", "IGO", "CVL", "NGO", "PTY", "LEG", ""})
# "troops in Mali" need not be Mali's.
_PLACING = frozenset({"in", "on", "at", "within", "inside", "across"})
_FIGHTING = frozenset({"REB", "UAF", "MIL", "CRM", "OPP"})
_ARMED = frozenset({"MIL", "COP", "SPY", "REB", "UAF"})
# "Government troops" and "Shia militias" remain armed.
_SAYING_WHOSE = frozenset({"GOV", "PTY", "REL"})
# Offices and services that one leaves.
_SERVING = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD"})
_PRIVATE = frozenset({"CVL", "EDU", "LAB"})
_STANDING_FOR_OTHERS = frozenset({"GOV", "MIL", "REB", "OPP", "COP", "REF", "UAF", "LEG", "JUD", "SPY"})


class Composer:
    """Turns the noun phrases of one sentence into actors; every phrase is looked at once."""

    def __init__(self, reading: Reading, sentence: Sentence) -> None:
        self.reading = reading
        self.sentence = sentence
        self.phrases = Phrases(reading, sentence)
        self._composed: dict[int, Found | None] = {}

    def compose_at(self, head: int, *, owner: Owner | None = None) -> Found | None:
        """The actor of the noun phrase with this head, if its head is a role noun."""
        if head not in self._composed or owner is not None:
            self._composed[head] = None
            self._composed[head] = self._compose(head, owner)
        return self._composed[head]

    def in_story(self, head: int) -> Owner | None:
        """Whose the noun with this head is, if only the story can tell."""
        match = self.phrases.roles.get(head)
        if match is None:
            return None
        sector, _ = self._sector(match.first, match, former=False)
        return owner_in_story(self.reading, self.phrases, match, match.first, sector)

    def code_of_title(self, title: Title) -> tuple[str | None, str, bool]:
        """The code that a title gives to an unknown person, how, and whether the story tells the country."""
        match = title.match
        if match is None:
            return None, "a name with a title", False
        owner = self._owner(title.first, match)
        sector, note = self._sector(title.first, match, former=title.former)
        owner = owner or owner_in_story(self.reading, self.phrases, match, title.first, sector)
        how = f"{match.role.noun!r} is {note}; country {owner.how if owner else 'not known'}"
        return _code(match, owner, sector), how, owner is None or owner.sort == "story"

    def country_of_title(self, title: Title) -> str | None:
        """The country that a title tells by its own words: "Kenyan President"."""
        owner = self._owner(title.first, title.match) if title.match is not None else None
        return owner.country if owner is not None else None

    def _compose(self, head: int, owner: Owner | None) -> Found | None:
        match, name = self.phrases.roles.get(head), self.phrases.name_at.get(head)
        if match is None or match.role.kind == "none" or (name is not None and name.stop > match.first):
            return None
        if self._predicative(head) or self._means_something_else(match):
            return None
        first = self.phrases.left_edge(match)
        if match.role.noun in words_of("run by one") and not self._has_name_before(first, match):
            return None
        former = any(self.phrases.word(i) in words_of("former") for i in range(first, match.first))
        if owner is None and self._awaits_owner(first, match):
            owner = owner_before(self.reading, self.phrases, first, match)
            if owner is None:
                return None
        owner = owner or self._owner(first, match)
        if former and (known := known_former(self.reading, match, owner.country if owner else "")) is not None:
            return replace(known, first=self._start(first, match, owner), stop=match.stop, head=head)
        holder = self._holder(match, first, owner, former)
        if holder is not None:
            return holder
        sector, note = self._sector(first, match, former=former)
        if owner is None and not self._stands_alone(first, match, sector):
            return None
        if owner is None and self._is_pair(first, match):
            owner, sector, note = None, "", "said of several, who need not be of one side"
        else:
            owner = owner or owner_in_story(self.reading, self.phrases, match, first, sector)
        return self._finish(match, first, owner, sector, note)

    def _awaits_owner(self, first: int, match: RoleMatch) -> bool:
        """Whether the owner is still to be resolved: "its forces", "the kingdom's consulate"."""
        sentence = self.sentence
        if any(sentence.tags[i] == "PRP$" for i in range(first, match.first)):
            return True
        owner = sentence.child(match.head, "poss")
        return owner is not None and owner not in self.phrases.name_at and is_description(sentence, owner)

    def _has_name_before(self, first: int, match: RoleMatch) -> bool:
        """ "The Trump campaign", not "a campaign of arrests"."""
        known = any(
            n.entry.sort == "person" and n.stop == match.first for n in self.phrases.names_within(first, match.first)
        )
        before = self.sentence.words[match.first - 1] if match.first else ""
        return known or (self.sentence.deps[match.first - 1] == "compound" and fold(before) in self.reading.aliases)

    def _predicative(self, head: int) -> bool:
        """Whether the noun says what somebody is ("as a mediator", "is the leader") and is nobody itself."""
        dep, above = self.sentence.deps[head], self.sentence.heads[head]
        if dep == "pobj":
            return self.phrases.word(above) == "as" and self.phrases.word(above - 1) != "such"
        return dep in {"attr", "oprd", "acomp"}

    def _means_something_else(self, match: RoleMatch) -> bool:
        """ "Resistance to the plan", "shot in the head", "ran for president", "the Council of" whom nobody knows."""
        sentence, head, noun = self.sentence, match.head, match.role.noun
        if noun in words_of("with object") and self._has_object(head):
            return True
        if match.stop < len(sentence) and sentence.words[match.stop] in HYPHENS:
            return self.phrases.word(match.stop + 1) not in words_of("backed") | {"led", "run", "held", "controlled"}
        dep, above = sentence.deps[head], self.phrases.word(sentence.heads[head])
        if dep == "pobj" and noun in words_of("body part") and above in {"in", "on", "to", "over", "at"}:
            return True
        if match.role.kind in {"office", "person"} and dep in {"pobj", "dobj"} and sentence.tags[head] == "NN":
            return not any(c < match.first for c in sentence.children[head]) and sentence.pos[head] != "PROPN"
        if in_name_of_thing(sentence, match):
            return True
        return match.role.kind == "group" and in_unlisted_organisation(self.phrases, match)

    def _is_pair(self, first: int, match: RoleMatch) -> bool:
        """ "The two leaders", "both countries": of several at once, whom the story's country does not tell."""
        if match.role.noun not in words_of("pair") or self.sentence.tags[match.head] not in _PLURAL:
            return False
        first = max(0, first - 1)
        words = [self.phrases.word(i) for i in range(first, match.first)]
        return "both" in words or (not DEFINITE.isdisjoint(words) and self.phrases.counted(first, match))

    def _has_object(self, head: int) -> bool:
        return any(self.phrases.word(prep) in {"to", "of"} for prep in self.sentence.with_dep(head, "prep"))

    def _finish(self, match: RoleMatch, first: int, owner: Owner | None, sector: str, note: str) -> Found | None:
        sentence, head = self.sentence, match.head
        code = _code(match, owner, sector)
        plural = sentence.tags[head] in _PLURAL or match.role.noun in {"police", "people"}
        if code is None and match.role.kind == "state" and not (plural and sentence.deps[head] in _ACTING):
            return None
        if code in _PRIVATE and not plural and not self._concerned(head):
            return None
        start = self._start(first, match, owner)
        person = match.role.kind in {"office", "person"} and not plural
        return Found(
            start,
            match.stop,
            head,
            Actor(self.phrases.text(start, match.stop), code),
            "composed",
            f"{match.role.noun!r} is {note}; country {owner.how if owner else 'not known'}",
            noun=match.role.noun,
            person=person,
            plural=plural,
            gender=gender_of(sentence, start, match.stop) if person else "",
            story=owner is None or owner.sort == "story",
            generic=match.role.yields,
            whose=owner.actor if owner is not None else None,
        )

    def _possessor(self, match: RoleMatch) -> Owner | None:
        """Whose "the pirates' leader" is: of the pirates named before."""
        other = self._possessing_role(match)
        known = self.reading.by_noun.get(other.role.noun) if other is not None else None
        code = (known.actor.code or "") if known is not None else ""
        if other is None or known is None or code[:3] not in self.reading.gazetteer.states:
            return None
        return Owner(code[:3], code, "group", f"of {known.actor.name}, named before", other.first)

    def _of_a_group(self, match: RoleMatch) -> bool:
        """ "The pirates' leader", "the party's president": not of the country."""
        other = self._possessing_role(match)
        return other is not None and other.role.kind != "state" and other.role.sector not in {"GOV", ""}

    def _possessing_role(self, match: RoleMatch) -> RoleMatch | None:
        possessor = self.sentence.child(match.head, "poss")
        return self.phrases.roles.get(possessor) if possessor is not None else None

    def _concerned(self, head: int) -> bool:
        """Whether somebody private, of no country, says something or has something done to them: "a nurse was shot"."""
        dep, sentence = self.sentence.deps[head], self.sentence
        if dep == "pobj" and self.phrases.word(sentence.heads[head]) == "by":
            return True
        return dep in {"nsubjpass", "dobj", "agent", "conj"} or (sentence.index, head) in self.reading.speakers

    def _owner(self, first: int, match: RoleMatch) -> Owner | None:
        owner = owner_before(self.reading, self.phrases, first, match)
        if match.role.noun in words_of("relation"):
            return owner
        owner = owner or self._possessor(match)
        for prep, thing in prepositional_objects(self.phrases, match) if owner is None else ():
            other = self.compose_at(thing) if prep in {"of", "for", "from", "at"} else None
            owner = owner_after(self.reading, self.phrases, prep, thing, other.actor if other else None)
            if owner is not None and not (prep in _PLACING and match.role.sector == "MIL"):
                return owner
        return owner if owner is not None and owner.first is not None else None

    def _sector(self, first: int, match: RoleMatch, *, former: bool) -> tuple[str, str]:
        role = match.role
        if former and (role.kind == "office" or (role.kind == "person" and role.sector in _SERVING)):
            return "CVL", "out of office (CVL)"
        headed = self._headed(match) if role.noun in words_of("heads anything") else None
        if headed is not None:
            return headed
        if not role.yields or role.kind == "weapon":
            return role.sector, role.sector or "the state as such"
        for modifier in self.phrases.modifiers(first, match):
            other = modifier.role.sector
            if self.phrases.side(modifier.first) or not other:
                continue
            if other in _SAYING_WHOSE and role.sector in _ARMED:
                break
            return other, f"{other} by {modifier.role.noun!r} before it"
        if role.sector == "MIL" and self._irregular(first, match):
            return "REB", "REB, a force that another backs or of a people without a state"
        for prep, thing in prepositional_objects(self.phrases, match):
            inner = self.phrases.role_in(thing)
            if prep in {"of", "for", "from"} and inner and thing not in self.phrases.name_at and inner.role.sector:
                return inner.role.sector, f"{inner.role.sector} by {inner.role.noun!r} after it"
        if role.noun in words_of("takes force") and role.sector == "MIL":
            sector = self.phrases.force_before(match)
            return sector, f"{sector}, of whom the text speaks"
        return role.sector, role.sector

    def _headed(self, match: RoleMatch) -> tuple[str, str] | None:
        """The sector of a president or director by what is headed: a union, a court, a body that nobody knows."""
        for prep, thing in prepositional_objects(self.phrases, match):
            if prep != "of" or thing in self.phrases.name_at:
                continue
            inner = self.phrases.role_in(thing)
            if inner is not None and inner.role.kind in {"group", "institution"} and inner.role.sector != "GOV":
                sector = inner.role.sector or match.role.sector
                return sector, f"{sector}, at the head of {inner.role.noun!r}"
            if inner is None and self.sentence.pos[thing] == "NOUN":
                return "", "at the head of what is no actor"
            if inner is None and self._is_organisation(thing):
                return "CVL", "at the head of an organisation that the codebook doesn't know (CVL)"
        return None

    def _is_organisation(self, thing: int) -> bool:
        if thing in self.phrases.name_at or self.sentence.pos[thing] != "PROPN":
            return False
        return any(e.label == "ORG" and e.first <= thing < e.stop for e in self.sentence.entities)

    def _irregular(self, first: int, match: RoleMatch) -> bool:
        """ "US-backed forces", "Kurdish forces"; not "US-backed troops" nor "US-backed Iraqi forces"."""
        names = self.phrases.names_within(max(0, match.first - 8), match.first)
        if any(name.entry.countries and name.first >= first for name in names):
            return True
        backed = [self.phrases.after_hyphen(name) in words_of("backed") for name in names]
        own = any(not b and n.entry.sort == "adjective" for b, n in zip(backed, names, strict=True) if n.first >= first)
        return any(backed) and not own and match.role.noun not in words_of("regular")

    def _stands_alone(self, first: int, match: RoleMatch, sector: str) -> bool:
        """Whether the noun means an actor without saying whose: "troops" does, "a force" and "missile" don't."""
        sentence, head, role = self.sentence, match.head, match.role
        dep = sentence.deps[head]
        if role.kind == "weapon":
            by = dep == "pobj" and self.phrases.word(sentence.heads[head]) == "by"
            return by or dep in {"nsubj", "nsubjpass", "agent"}
        if role.noun in words_of("needs determiner") and not self._determined(first, match):
            return sentence.tags[head] in _PLURAL
        plain = sector == role.sector and not self.phrases.modifiers(first, match)
        if plain and role.noun in words_of("vague") and sentence.tags[head] in _PLURAL:
            return not self.phrases.counted(first, match)
        if dep in {"compound", "nmod"}:
            return role.sector in _STANDING_FOR_OTHERS and not role.yields
        if role.kind == "group" and role.yields and sentence.tags[head] not in _PLURAL:
            return sector != role.sector or self.phrases.word(first) in DEFINITE or sentence.pos[head] == "PROPN"
        return True

    def _determined(self, first: int, match: RoleMatch) -> bool:
        sentence = self.sentence
        around = range(max(0, first - 1), match.first)
        return any(sentence.tags[i] in {"DT", "PRP$", "POS"} for i in around) or sentence.pos[match.head] == "PROPN"

    def _holder(self, match: RoleMatch, first: int, owner: Owner | None, former: bool) -> Found | None:
        """The person in office, for "the Turkish president" and, with the country in play, "the president"."""
        sentence, head, role = self.sentence, match.head, match.role
        if former or sentence.tags[head] in _PLURAL or sentence.deps[head] in {"compound", "attr"}:
            return None
        if role.kind != "office" and role.noun not in {"leader", "chief"}:
            return None
        if self._of_a_group(match):
            return None
        if (owner is not None and owner.sort not in {"state", "organisation"}) or not self._definite(
            first, match, owner
        ):
            return None
        if owner is None and role.noun not in words_of("many holders"):
            owner = owner_in_story(self.reading, self.phrases, match, first, role.sector)
        told = owner is not None and not (owner.sort == "story" and role.noun in words_of("many holders"))
        held = self.reading.roles.holder(owner.country, role.noun, self.reading.date) if owner and told else None
        if held is None or owner is None:
            named = known_holder(self.reading, role.noun) if owner is None or owner.sort == "story" else None
            start = self._start(first, match, owner)
            return replace(named, first=start, stop=match.stop, head=head, noun=role.noun) if named else None
        entry = self.reading.gazetteer.people.get(held.actor)
        name = entry.name if entry else held.actor
        when = self.reading.date or "the latest known date"
        return Found(
            self._start(first, match, owner),
            match.stop,
            head,
            Actor(name, held.code, held.actor, entry.wikidata if entry else None),
            "role",
            f"{held.office} of {owner.country} on {when}; country {owner.how}",
            noun=role.noun,
            person=True,
            gender=gender_of_name(name),
            story=owner.sort == "story",
        )

    def _definite(self, first: int, match: RoleMatch, owner: Owner | None) -> bool:
        words = [self.phrases.word(i) for i in range(first, match.first)]
        if any(word in words_of("not in office") for word in words):
            return False
        if (words and words[0] in DEFINITE) or any(self.sentence.tags[i] == "POS" for i in range(first, match.first)):
            return True
        return owner is not None and owner.sort != "story" and self.sentence.pos[match.head] == "PROPN"

    def _start(self, first: int, match: RoleMatch, owner: Owner | None) -> int:
        """Where the mention begins: without article, and not before another country than the owner's."""
        sentence = self.sentence
        if (
            owner is not None
            and owner.first is not None
            and any(name.first < owner.first for name in self.phrases.names_within(first, match.first))
        ):
            first = owner.first
        while first < match.first and (
            self.phrases.word(first) in ARTICLES
            or any(e.label == "DATE" and e.first <= first < e.stop for e in sentence.entities)
            or sentence.pos[first] in {"PUNCT", "CCONJ", "PART", "SPACE"}
            or (sentence.pos[first] == "ADV" and self.phrases.word(first + 1) in ARTICLES)
            or (self.phrases.word(first) in words_of("leading"))
        ):
            first += 1
        return first


def _code(match: RoleMatch, owner: Owner | None, sector: str) -> str | None:
    """Country and sector; a spokesman or fighter of an organised actor has that actor's own code."""
    noun = match.role.noun
    if owner is None or not owner.country:
        return None if sector == "GOV" and noun in words_of("relation") else sector or None
    if owner.actor is not None and noun in words_of("held by others"):
        return sector or None
    if owner.sort == "group" and len(owner.code) > 3 and sector in _FIGHTING:
        return owner.code
    if match.role.yields and owner.sort == "person" and sector == "GOV":
        return owner.code
    if match.role.yields and owner.sort in ORGANISED | {"group"} and owner.code != owner.country:
        return owner.code
    if owner.code.startswith("ISIS") or (owner.sort in ORGANISED and sector in _BARE and len(owner.code) == 3):
        return owner.code
    return owner.country if owner.country == sector else owner.country + sector
