"""A noun phrase goes in; the country or organisation it belongs to comes out: by name, by "of", or by the story."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.records import Actor
from dragoman.resolve.gazetteer import fold
from dragoman.resolve.names import STATE_LIKE, Name
from dragoman.resolve.persons import known_person
from dragoman.resolve.phrase_words import words_of
from dragoman.resolve.phrases import DEFINITE, Phrases
from dragoman.resolve.reading import Reading
from dragoman.resolve.role_nouns import RoleMatch
from dragoman.resolve.story import CITY, LOCAL_SECTORS

_OF = frozenset({"of", "for", "from", "in", "at", "with", "within", "inside", "to", "on", "across"})
_PLACES = frozenset({"GPE", "LOC"})
_OPPOSED = frozenset({"OPP", "REB", "CVL"})


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose: a country, and the full code when an organised actor owns; ``how`` says where it was read.

    ``sort`` is state, people, person, story, group or another sort of the codebook; ``first`` is the
    token of the name where it stands before the noun.
    """

    country: str
    code: str
    sort: str
    how: str
    first: int | None = None
    actor: Actor | None = None


def owner_of_name(reading: Reading, name: Name, how: str, *, sentence: int, before: bool) -> Owner:
    """The owner that a name in the phrase tells."""
    entry, first = name.entry, name.first if before else None
    if entry.countries:
        country = reading.story.among(entry.countries, sentence)
        return Owner(country, country, "people", how, first)
    if entry.sort == "person":
        actor, _ = known_person(reading, entry, title=None, former=False)
        return Owner((actor.code or "")[:3], actor.code or "", "person", how, first)
    if entry.sort in STATE_LIKE:
        return Owner(entry.code[:3], entry.code, "state", how, first)
    actor = Actor(entry.name, entry.code, entry.key, entry.wikidata)
    return Owner(entry.code[:3], entry.code, entry.sort, how, first, actor)


def owner_before(reading: Reading, phrases: Phrases, first: int, match: RoleMatch) -> Owner | None:
    """ "Turkish troops", "Hamas fighters", "Saudi-led coalition"; not whom they are backed by or against."""
    for name in reversed(phrases.names_within(first, match.first)):
        if phrases.after_hyphen(name) in words_of("backed"):
            continue
        side = phrases.side(name.first)
        if side == "anti" and name.entry.sort == "person" and match.role.sector in _OPPOSED:
            # "The anti-Assad opposition" is Syria's, and not Assad's.
            country = owner_of_name(reading, name, "", sentence=phrases.sentence.index, before=True).country
            how = f"whose is {phrases.text(name.first, name.stop)!r}, opposed by it"
            return Owner(country, country, "state", how, name.first)
        if side and (side != "pro" or name.entry.sort != "person"):
            continue
        is_relative = match.role.noun in words_of("family") and name.entry.sort == "person"
        is_relation = match.role.noun in words_of("relation") and not is_relative
        if is_relation and not _is_nationality(reading, phrases, first, name, match):
            continue
        text = phrases.text(name.first, name.stop)
        owner = owner_of_name(reading, name, f"from {text!r} before it", sentence=phrases.sentence.index, before=True)
        if owner.code:
            return owner
    return _person_before(reading, phrases, first, match) or _town_before(reading, phrases, first, match)


def _person_before(reading: Reading, phrases: Phrases, first: int, match: RoleMatch) -> Owner | None:
    """ "Mensah spokesman Osei", "Mensah's aides", of a Mensah who was named in full before."""
    for i in range(match.first - 1, first - 1, -1):
        known = reading.aliases.get(fold(phrases.sentence.words[i])) if phrases.sentence.pos[i] == "PROPN" else None
        if known is not None and known.actor.code and i not in phrases.name_at:
            code = known.actor.code
            return Owner(code[:3], code, "person", f"from {known.actor.name}, named before", i)
    return None


def _is_nationality(reading: Reading, phrases: Phrases, first: int, name: Name, match: RoleMatch) -> bool:
    """Whether a name before "ally" tells what the ally is ("its Saudi ally"), not whose ally it is ("US allies").

    "Nato allies" are Nato, but "a Nato ally" and "two Nato allies" are some of its members.
    """
    if name.entry.sort != "adjective":
        some = phrases.sentence.tags[match.head] == "NN" or phrases.counted(first, match)
        return name.entry.sort == "organisation" and not some
    if name.entry.code not in reading.gazetteer.states or match.role.noun == "counterpart":
        return True
    return any(phrases.sentence.tags[i] == "PRP$" for i in range(max(0, name.first - 3), name.first))


def _town_before(reading: Reading, phrases: Phrases, first: int, match: RoleMatch) -> Owner | None:
    """ "Karachi police", "a Hamburg court"."""
    for entity in phrases.sentence.entities:
        if entity.label in _PLACES and first <= entity.first < match.first and entity.first not in phrases.name_at:
            country = city_at(reading, phrases, entity.first)
            if country is not None:
                text = phrases.text(entity.first, entity.stop)
                return Owner(country, country, "state", f"from {text!r} before it", entity.first)
    owner = phrases.sentence.child(match.head, "poss")
    if owner is not None and phrases.sentence.pos[owner] == "PROPN" and not phrases.sentence.children[owner][:-1]:
        word = phrases.sentence.words[owner]
        country = reading.story.country_of_town(word, least=CITY) if owner not in phrases.name_at else None
        if country is not None:
            return Owner(country, country, "state", f"from {word!r} before it", owner)
    return None


def prepositional_objects(phrases: Phrases, match: RoleMatch) -> list[tuple[str, int]]:
    """The prepositions after a role noun that can tell whose it is, with their objects."""
    found, sentence = [], phrases.sentence
    preps = sentence.with_dep(match.head, "prep")
    adjacent = phrases.word(match.stop) == "in" and sentence.deps[match.stop] == "prep"
    if not preps and adjacent and match.role.sector != "REF":
        # "Spoke to officials in Quito": the parser may hang the place on the verb.
        preps = [match.stop]
    for prep in preps:
        word = phrases.word(prep)
        if word in _OF and not (word == "to" and match.role.noun in words_of("foreign post")):
            found += [(word, thing) for thing in sentence.with_dep(prep, "pobj") if thing >= match.stop]
    return found


def owner_after(reading: Reading, phrases: Phrases, prep: str, thing: int, other: Actor | None) -> Owner | None:
    """ "officials in Ankara", "protesters in Lagos", "spokesman for the army"; ``other`` is the object as an actor."""
    name = phrases.name_at.get(thing)
    if name is not None:
        text = phrases.text(name.first, name.stop)
        within = _place_after_comma(phrases, name.stop) if name.entry.sort == "capital" else ""
        country = reading.story.country_of_town(text, within=within) if within else None
        if country is not None:
            return Owner(country, country, "state", f"from {prep} {text}, {within}")
        return owner_of_name(reading, name, f"from {prep} {text!r}", sentence=phrases.sentence.index, before=False)
    city = city_at(reading, phrases, thing, guess=prep in {"in", "at"})
    if city is not None:
        return Owner(city, city, "state", f"from {prep} {phrases.sentence.words[thing]!r}")
    if other is not None and other.code and prep in {"of", "for", "from", "at"}:
        return Owner(other.code[:3], other.code, "group", f"from {prep} {other.name!r}")
    inner = phrases.name_below(thing)
    if inner is None:
        return None
    text = phrases.text(inner.first, inner.stop)
    return owner_of_name(reading, inner, f"from {prep} … {text!r}", sentence=phrases.sentence.index, before=False)


def city_at(reading: Reading, phrases: Phrases, thing: int, *, guess: bool = False) -> str | None:
    """The country of the town that a token names; ``guess`` trusts a proper noun that the parser took for no place."""
    for entity in phrases.sentence.entities:
        if entity.first <= thing < entity.stop and entity.label in _PLACES:
            within = _place_after_comma(phrases, entity.stop)
            return reading.story.country_of_town(phrases.text(entity.first, entity.stop), within=within)
    if guess and phrases.sentence.pos[thing] == "PROPN":
        return reading.story.country_of_town(phrases.sentence.words[thing])
    return None


def _place_after_comma(phrases: Phrases, stop: int) -> str:
    """ "Ontario" in "London, Ontario": the place behind the comma at ``stop``."""
    for other in phrases.sentence.entities:
        if other.first == stop + 1 and other.label in _PLACES and phrases.word(stop) == ",":
            return phrases.text(other.first, other.stop)
    return ""


def owner_in_story(reading: Reading, phrases: Phrases, match: RoleMatch, first: int, sector: str) -> Owner | None:
    """The country in play, for nouns that belong to one without saying so: "the army", "rebels"."""
    role, sentence = match.role, phrases.sentence
    if role.country:
        return Owner(role.country, role.country, "state", f"{role.country} as the home of {role.noun!r}")
    if (
        role.noun in words_of("relation")
        or role.noun in words_of("international office")
        or _of_several(phrases, match)
    ):
        return None
    definite = (first < match.first and phrases.word(first) in DEFINITE) or (
        first > 0 and phrases.word(first - 1) in DEFINITE
    )
    if role.noun in words_of("not ours") or any(
        phrases.word(i) in words_of("not ours") for i in range(first, match.first)
    ):
        return None
    if role.kind in {"state", "weapon"} or (
        sector == role.sector == "GOV" and role.yields and not definite and not phrases.modifiers(first, match)
    ):
        return None
    if sector == "IGO":
        return Owner("IGO", "IGO", "state", "none, international")
    if sector not in LOCAL_SECTORS and _foreign_name(phrases, first, match):
        return None
    told = _told_before(reading, match) if definite or sector == "REF" else None
    if told is not None or sector == "REF":
        # Refugees are of a country that they left, and the story's is as often the one that they came to.
        return told
    backers = {
        name.entry.code[:3]
        for name in phrases.names_within(max(0, first - 4), match.first)
        if phrases.after_hyphen(name) in words_of("backed")
    }
    near = "CVL" if any(phrases.word(i) in words_of("local") for i in range(first, match.first)) else sector
    country = reading.story.country_for(sentence.index, match.first, sector=near, without=backers)
    return Owner(country, country, "story", "from the story") if country else None


def _told_before(reading: Reading, match: RoleMatch) -> Owner | None:
    """ "The rebels", of whom it was told whose they are: "Chadian rebels"."""
    known = reading.by_noun.get(match.role.noun)
    if known is None or known.kind != "composed" or known.story or not known.actor.code:
        return None
    country = known.actor.code[:3]
    if country not in reading.gazetteer.states:
        return None
    return Owner(country, country, "story", f"from {known.actor.name!r}, named before")


def _of_several(phrases: Phrases, match: RoleMatch) -> bool:
    """ "the foreign ministers of the three countries" belong to no single one."""
    return any(
        phrases.sentence.tags[thing] == "NNS" and thing in phrases.roles and phrases.roles[thing].role.kind == "state"
        for _, thing in prepositional_objects(phrases, match)
    )


def _foreign_name(phrases: Phrases, first: int, match: RoleMatch) -> bool:
    """Whether a proper name that the codebook doesn't know stands in the phrase: the story can't tell whose it is."""
    sentence = phrases.sentence
    if sentence.pos[match.head] == "PROPN":
        return False
    roles = {i for m in phrases.roles.values() for i in range(m.first, m.stop)}
    return any(
        sentence.pos[i] == "PROPN" and i not in roles and i not in phrases.name_at for i in range(first, match.first)
    )
