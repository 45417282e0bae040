"""A noun phrase goes in ("Saudi-led coalition", "officials in Ankara"); an actor composed of country and role comes out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.records import Actor, Sentence
from dragoman.resolve.gazetteer import HYPHENS
from dragoman.resolve.names import ORGANISED, STATE_LIKE, Name
from dragoman.resolve.persons import FORMER, TITLES, gender_of, gender_of_name, known_person
from dragoman.resolve.reading import Found, Reading
from dragoman.resolve.role_nouns import RoleMatch
from dragoman.resolve.story import cities

_LEFT = frozenset({"det", "amod", "compound", "nmod", "nummod", "poss", "predet", "quantmod", "npadvmod", "advmod"})
_ARTICLES = frozenset({"the", "a", "an"})
_BACKED = frozenset("backed supported sponsored funded armed trained allied aligned brokered imposed".split())
_LED = frozenset("led run controlled dominated owned based held born".split())
_SIDES = frozenset({"pro", "anti", "non"})
_OF = frozenset({"of", "for", "from", "in", "at", "with", "within", "inside", "to", "on", "across"})
_QUANTITIES = frozenset(
    "dozen hundred thousand score ten million group number handful majority crowd band pair member couple lot most "
    "some many several few one two three all each both any none rest bulk contingent delegation team convoy column "
    "wave string network series remnant faction part half third percent % mass".split()
)
_EXTENDING = frozenset({"NOUN", "PROPN", "ADJ"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_FOREIGN_POSTS = frozenset({"ambassador", "envoy", "special envoy", "consul", "consul general", "representative",
                            "permanent representative", "emissary", "mediator"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose: a country, and the full code when an organised actor owns; ``how`` says where it was read."""

    country: str
    code: str
    sort: str
    how: str
    first: int | None = None


@dataclass(frozen=True, slots=True)
class Title:
    """What stands before a person's name, from token ``first``; ``match`` is the office nearest to the name."""

    first: int
    match: RoleMatch | None
    former: bool


class Composer:
    """Turns the noun phrases of one sentence into actors; every phrase is looked at once."""

    def __init__(self, reading: Reading, sentence: Sentence) -> None:
        self.reading = reading
        self.sentence = sentence
        self.names = reading.names[sentence.index]
        self.roles = reading.role_matches[sentence.index]
        self.name_at = {i: name for name in self.names for i in range(name.first, name.stop)}
        self._composed: dict[int, Found | None] = {}

    def compose_at(self, head: int, *, owner: Owner | None = None) -> Found | None:
        """The actor of the noun phrase with this head, if its head is a role noun."""
        if head not in self._composed or owner is not None:
            self._composed[head] = None
            self._composed[head] = self._compose(head, owner)
        return self._composed[head]

    def _compose(self, head: int, owner: Owner | None) -> Found | None:
        match = self.roles.get(head)
        name = self.name_at.get(head)
        if match is None or (name is not None and name.stop > match.first):
            return None
        first = self._left_edge(match)
        modifiers = [m for last, m in self.roles.items() if first <= m.first and m.stop <= match.first]
        former = any(self.sentence.words[i].lower() in FORMER for i in range(first, match.first))
        owner = owner or self._owner(first, match)
        if owner is None and self._possessive_pronoun(first, match) is not None:
            return None
        sector, note = self._sector(match, modifiers, former)
        holder = self._holder(match, first, owner, former)
        if holder is not None:
            return holder
        return self._finish(match, first, owner, sector, note)

    def _finish(self, match: RoleMatch, first: int, owner: Owner | None, sector: str, note: str) -> Found | None:
        sentence, head = self.sentence, match.stop - 1
        if owner is None:
            owner = self._from_story(match, first, sector)
        code = self._code(match, owner, sector)
        if code is None and match.role.kind == "state":
            return None
        start = self._start(first, match, owner)
        text = " ".join(sentence.words[start : head + 1])
        how = f"{match.role.noun!r} is {note}; country {owner.how if owner else 'not known'}"
        plural = sentence.tags[head] in {"NNS", "NNPS"}
        person = match.role.kind in {"office", "person"} and not plural
        return Found(
            start, head + 1, head, Actor(text, code), "composed", how, noun=match.role.noun,
            person=person, plural=plural, gender=gender_of(sentence, start, head + 1) if person else "",
        )  # fmt: skip

    def _code(self, match: RoleMatch, owner: Owner | None, sector: str) -> str | None:
        if owner is None:
            return None
        if match.role.yields and owner.sort in ORGANISED | {"group"} and len(owner.code) > 3:
            return owner.code
        if owner.country == owner.code or owner.sort != "state":
            return owner.country if owner.country == sector else owner.country + sector
        return owner.country + sector

    def title_before(self, first: int) -> Title | None:
        """The offices and nationality right before a person's name: "the Russian foreign minister" Sergei …"""
        sentence, i, start = self.sentence, first - 1, first
        matches: list[RoleMatch] = []
        former = False
        while i >= 0:
            word = sentence.words[i].lower().rstrip(".")
            name, match = self.name_at.get(i), self.roles.get(i)
            if name is not None and name.stop == i + 1:
                if name.entry.sort == "adjective" or (matches and not name.place):
                    start, i = name.first, name.first - 1
                    continue
                break
            if match is not None and sentence.tags[i] in {"NN", "NNP"}:
                matches.append(match)
                start, i = match.first, match.first - 1
                continue
            former = former or word in FORMER
            if word in TITLES or (word in FORMER and matches):
                start = i
            elif not (sentence.words[i] in HYPHENS or sentence.tags[i] == "POS" and matches) and (
                sentence.pos[i] not in _EXTENDING or sentence.tags[i] in {"NNS", "NNPS"}
            ):
                break
            i -= 1
        if start == first:
            return None
        return Title(start, matches[0] if matches else None, former)

    def code_of_title(self, title: Title) -> tuple[str | None, str]:
        """The code that a title gives to a person whom the codebook doesn't know."""
        match = title.match
        if match is None:
            return None, "a name with a title"
        modifiers = [m for m in self.roles.values() if title.first <= m.first and m.stop <= match.first]
        owner = self._owner(title.first, match)
        sector, note = self._sector(match, modifiers, title.former)
        if owner is None:
            owner = self._from_story(match, title.first, sector)
        how = f"{match.role.noun!r} is {note}; country {owner.how if owner else 'not known'}"
        return self._code(match, owner, sector), how

    def _left_edge(self, match: RoleMatch) -> int:
        sentence, head = self.sentence, match.stop - 1
        first = match.first
        while first > 0:
            i = first - 1
            name = self.name_at.get(i)
            if name is not None and name.stop == first and self._hangs_left(i, head):
                first = name.first
            elif self._hangs_left(i, head) or (sentence.words[i] in HYPHENS and sentence.ends[i] == sentence.starts[first]):
                first = i
            else:
                break
        return first

    def _hangs_left(self, i: int, head: int) -> bool:
        sentence = self.sentence
        for _ in range(8):
            above = sentence.heads[i]
            if above == head:
                return sentence.deps[i] in _LEFT
            if above == i or above > head:
                return False
            i = above
        return False

    def _owner(self, first: int, match: RoleMatch) -> Owner | None:
        """Whose, by a name before the noun or after "of", "in", "from"."""
        inside = [n for n in self.names if first <= n.first and n.stop <= match.first]
        for name in reversed(inside):
            after = self._after_hyphen(name)
            if after in _BACKED:
                continue
            if name.first > 0 and self._sided(name.first):
                if self.sentence.words[self._side(name.first)].lower() == "anti" or name.entry.sort != "person":
                    continue
            return self._owner_of(name, f"from {self._text(name)!r} before it")
        for prep in self.sentence.with_dep(match.stop - 1, "prep", "agent"):
            word = self.sentence.words[prep].lower()
            if word not in _OF or (word == "to" and match.role.noun in _FOREIGN_POSTS):
                continue
            for thing in self.sentence.with_dep(prep, "pobj"):
                owner = self._owner_at(thing, word)
                if owner is not None:
                    return owner
        return None

    def _owner_at(self, thing: int, prep: str) -> Owner | None:
        name = self.name_at.get(thing)
        if name is not None:
            return self._owner_of(name, f"from {prep} {self._text(name)}", first=None)
        city = self._city(thing)
        if city is not None:
            return Owner(city, city, "state", f"from {prep} {self.sentence.words[thing]}")
        if prep in {"of", "for", "from", "at"}:
            other = self.compose_at(thing)
            if other is not None and other.actor.code:
                return Owner(other.actor.code[:3], other.actor.code, "group", f"from {prep} {other.actor.name}")
        inner = self._name_below(thing)
        if inner is not None:
            return self._owner_of(inner, f"from {prep} … {self._text(inner)}", first=None)
        return None

    def _name_below(self, thing: int) -> Name | None:
        """ "of the city of Homs", "in northern Mali's desert": a state-like name hanging on the object."""
        for child in self.sentence.children[thing]:
            name = self.name_at.get(child)
            if name is not None and name.entry.sort in STATE_LIKE:
                return name
            if self.sentence.deps[child] == "prep" and self.sentence.words[child].lower() in {"of", "in"}:
                for grandchild in self.sentence.with_dep(child, "pobj"):
                    name = self.name_at.get(grandchild)
                    if name is not None and name.entry.sort in STATE_LIKE:
                        return name
        return None

    def _city(self, thing: int) -> str | None:
        for entity in self.sentence.entities:
            if entity.first <= thing < entity.stop and entity.label in {"GPE", "LOC"}:
                city = cities().get(" ".join(self.sentence.words[entity.first : entity.stop]))
                return city if city in self.reading.gazetteer.states else None
        return None

    def _owner_of(self, name: Name, how: str, *, first: int | None = -1) -> Owner:
        entry = name.entry
        start = name.first if first == -1 else None
        if entry.countries:
            country = self.reading.story.among(entry.countries)
            return Owner(country, country, "people", how, start)
        if entry.sort == "person":
            actor, _ = known_person(self.reading, entry, title=None, former=False)
            return Owner((actor.code or "")[:3], actor.code or "", "person", how, start)
        sort = "state" if entry.sort in STATE_LIKE else entry.sort
        return Owner(entry.code[:3], entry.code, sort, how, start)

    def _sector(self, match: RoleMatch, modifiers: list[RoleMatch], former: bool) -> tuple[str, str]:
        role = match.role
        if former and role.kind == "office":
            return "CVL", "out of office (CVL)"
        if not role.yields:
            return role.sector, role.sector or "the state as such"
        for modifier in sorted(modifiers, key=lambda m: -m.first):
            if self._sided(modifier.first) or not modifier.role.sector:
                continue
            if modifier.role.sector in {"GOV", "PTY"} and role.sector in {"MIL", "COP", "SPY"}:
                return role.sector, role.sector
            if role.kind == "weapon":
                continue
            return modifier.role.sector, f"{modifier.role.sector} by {modifier.role.noun!r} before it"
        if role.sector == "MIL" and self._backed(match):
            return "REB", "REB, as a force that another backs"
        of = self._sector_of_object(match)
        return (of, f"{of} by what follows") if of else (role.sector, role.sector)

    def _sector_of_object(self, match: RoleMatch) -> str | None:
        for prep in self.sentence.with_dep(match.stop - 1, "prep"):
            if self.sentence.words[prep].lower() in {"of", "for", "from"}:
                for thing in self.sentence.with_dep(prep, "pobj"):
                    inner = self.roles.get(thing)
                    if inner is not None and thing not in self.name_at and inner.role.sector:
                        return inner.role.sector
        return None

    def _backed(self, match: RoleMatch) -> bool:
        return any(self._after_hyphen(n) in _BACKED for n in self.names if n.stop <= match.first and match.first - n.stop < 5)

    def _holder(self, match: RoleMatch, first: int, owner: Owner | None, former: bool) -> Found | None:
        """The person in office, for "the Turkish president" and, with the country in play, "the president"."""
        sentence, head = self.sentence, match.stop - 1
        if match.role.kind not in {"office", "person"} or former or sentence.tags[head] in {"NNS", "NNPS"}:
            return None
        if match.role.kind == "person" and match.role.noun not in {"leader", "chief"}:
            return None
        if owner is not None and owner.sort not in {"state", "people"} or not self._definite(first, match, owner):
            return None
        if owner is None:
            if match.role.noun in {"minister", "secretary", "ambassador", "chief", "speaker", "governor", "mayor"}:
                return None
            owner = self._from_story(match, first, match.role.sector)
        role = self.reading.roles.holder(owner.country, match.role.noun, self.reading.date) if owner else None
        if role is None or owner is None:
            return None
        entry = self.reading.gazetteer.people.get(role.actor)
        name = entry.name if entry else role.actor
        actor = Actor(name, role.code, role.actor, entry.wikidata if entry else None)
        start = self._start(first, match, owner)
        when = self.reading.date or "the latest known date"
        how = f"{role.office} of {owner.country} on {when}; country {owner.how}"
        return Found(start, head + 1, head, actor, "role", how, match.role.noun, True, False, gender_of_name(name))

    def _definite(self, first: int, match: RoleMatch, owner: Owner | None) -> bool:
        words = [self.sentence.words[i].lower() for i in range(first, match.first)]
        if any(word in {"a", "an", "deputy", "vice", "acting", "every", "any", "no", "another", "new", "next", "first",
                        "some", "future", "assistant", "rival", "previous", "would-be", "self"} for word in words):  # fmt: skip
            return False
        if words and words[0] in _DEFINITE or any(self.sentence.tags[i] == "POS" for i in range(first, match.first)):
            return True
        return owner is not None and owner.first is None and any(
            self.sentence.words[p].lower() == "of" for p in self.sentence.with_dep(match.stop - 1, "prep")
        )

    def _from_story(self, match: RoleMatch, first: int, sector: str) -> Owner | None:
        role = match.role
        definite = self.sentence.words[first].lower() in _DEFINITE or first < match.first
        if role.kind == "state" or (role.sector == "GOV" and role.yields and not definite):
            return None
        if role.sector == "IGO":
            return Owner("IGO", "IGO", "state", "none, international")
        country = self.reading.story.country_for(self.sentence.index, match.first, sector=sector)
        return Owner(country, country, "state", "from the story") if country else None

    def _start(self, first: int, match: RoleMatch, owner: Owner | None) -> int:
        """Where the mention begins: without article, and not before another country than the owner's."""
        sentence = self.sentence
        before = [n for n in self.names if first <= n.first and n.stop <= match.first]
        if owner is not None and owner.first is not None:
            for name in before:
                if name.first < owner.first:
                    first = name.stop
        while first < match.first and (
            sentence.words[first].lower() in _ARTICLES or sentence.pos[first] in {"PUNCT", "CCONJ", "PART"}
        ):
            first += 1
        return first

    def _possessive_pronoun(self, first: int, match: RoleMatch) -> int | None:
        return next((i for i in range(first, match.first) if self.sentence.tags[i] == "PRP$"), None)

    def _after_hyphen(self, name: Name) -> str:
        words = self.sentence.words
        if name.stop + 1 < len(words) and words[name.stop] in HYPHENS:
            return words[name.stop + 1].lower()
        return ""

    def _side(self, first: int) -> int:
        return first - 2 if first >= 2 and self.sentence.words[first - 1] in HYPHENS else first - 1

    def _sided(self, first: int) -> bool:
        """Whether "pro-", "anti-" or "non-" stands before a word."""
        return first >= 1 and self.sentence.words[self._side(first)].lower() in _SIDES

    def _text(self, name: Name) -> str:
        return " ".join(self.sentence.words[name.first : name.stop])

    def siblings(self, found: Found) -> list[Found]:
        """For "Turkish and Russian troops": the troops of the other nationalities, on their adjectives."""
        sentence = self.sentence
        others = []
        for name in self.names:
            if name.stop > found.first or name.entry.sort not in {"adjective", "state"} or name.entry.countries:
                continue
            token = name.head
            linked = [i for i in range(found.first, found.stop) if i in self.name_at and i == self.name_at[i].head]
            if any(i in sentence.conjuncts(token) for i in linked) and sentence.deps[token] in {"amod", "compound", "nmod"}:
                sector = (found.actor.code or "")[3:]
                actor = Actor(f"{self._text(name)} {found.noun}", name.entry.code + sector)
                others.append(replace(found, first=name.first, stop=name.stop, head=token, actor=actor, kind="composed"))
        return others

    def widen(self, found: Found) -> Found:
        """Take in a quantity: "dozens of protesters" is one mention whose head is "dozens"."""
        sentence = self.sentence
        head, first = found.head, found.first
        while sentence.deps[head] == "pobj":
            prep = sentence.heads[head]
            above = sentence.heads[prep]
            if sentence.words[prep].lower() != "of" or sentence.lemmas[above] not in _QUANTITIES or above >= prep:
                break
            if above in self.name_at or (above in self.roles and self.roles[above].role.sector not in {"CVL", ""}):
                break
            head = above
            first = min([above, *(i for i in sentence.children[above] if i < above and sentence.deps[i] in _LEFT)])
        if head == found.head:
            return found
        while sentence.words[first].lower() in _ARTICLES and first < head:
            first += 1
        return replace(found, first=first, head=head, plural=True)
