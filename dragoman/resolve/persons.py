"""A person's name, with or without title, goes in; the actor with the sector held on the day comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from dragoman.records import Actor, Role, Sentence
from dragoman.resolve.gazetteer import Entry, fold, load_gazetteer
from dragoman.resolve.given_names import given_names
from dragoman.resolve.offices import sector_of_office
from dragoman.resolve.phrase_words import titles
from dragoman.resolve.reading import Found, Reading
from dragoman.resolve.role_nouns import RoleMatch


def known_person(reading: Reading, entry: Entry, *, title: RoleMatch | None, former: bool) -> tuple[Actor, str]:
    """The actor for a person of the codebook: the role on the day, else the title in the text."""
    role = reading.roles.role_of(entry.key, reading.date)
    if role is not None:
        when = reading.date or "the latest known date"
        return _person(entry, role.code), f"{entry.name} is in the codebook, {role.office} on {when}"
    held = reading.roles.by_person.get(entry.key, ())
    if entry.code and entry.code not in reading.gazetteer.states:
        code = held[0].code if held and held[0].code.startswith(entry.code) else entry.code
        return _person(entry, code), f"{entry.name} is in the codebook"
    if title is not None and title.role.sector and not former:
        code = reading.titled[entry.key] = entry.code + title.role.sector
        return _person(entry, code), f"{entry.name}, {title.role.noun} by the text's title"
    if entry.key in reading.titled:
        return _person(entry, reading.titled[entry.key]), f"{entry.name}, by the title that the text gave before"
    return _not_in_office(entry, held, reading.date, former=former)


def _not_in_office(entry: Entry, held: Sequence[Role], date: str | None, *, former: bool) -> tuple[Actor, str]:
    """Before the first office, after the last, between two; undated, no role is told apart."""
    if not held:
        return _person(entry, entry.code + "CVL" * former), f"{entry.name} is in the codebook without an office"
    ended = [role for role in held if date and role.end and role.end < date]
    last = max(ended, key=lambda role: role.end or "", default=None)
    if last is not None and last.code.endswith("REB"):
        return _person(entry, last.code), f"{entry.name} is in the codebook, {last.office} until {last.end}"
    if former or last is not None:
        return _person(entry, entry.code + "CVL"), f"{entry.name} is in the codebook, out of office by then"
    if date and entry.code:
        return _person(entry, entry.code), f"{entry.name} is in the codebook, in no office yet"
    code = held[0].code if entry.code else sector_of_office(held[0].office)
    return _person(entry, code), f"{entry.name} is in the codebook as {held[0].office}, not on that date"


def known_by_office(reading: Reading, surname: str, match: RoleMatch, country: str | None) -> Found | None:
    """Whom "President Bush" means: the one person of that surname who holds the office on the day.

    Of several the only one with an office of just this name, or of a country that the text names.
    Surnames that are words, or are borne by many, mean nobody without their title.
    """
    names = reading.roles.names_of(match.role.noun)
    held = [
        (key, role)
        for key in _bearers().get(fold(surname), ())
        if (role := reading.roles.role_of(key, reading.date)) is not None
        and (role.office in names or role.office.endswith(f" {match.role.noun}"))
        and country in (None, role.code[:3])
    ]
    named = [(key, role) for key, role in held if role.office == match.role.noun]
    told = [(key, role) for key, role in held if reading.story.counts[role.code[:3]]]
    only = next((kept for kept in (held, named, told) if len(kept) == 1), None)
    if only is None:
        return None
    key, role = only[0]
    entry = reading.gazetteer.people[key]
    when = reading.date or "the latest known date"
    how = f"{entry.name} is in the codebook, {role.office} on {when}"
    actor, gender = _person(entry, role.code), gender_of_name(entry.name)
    return Found(0, 0, 0, actor, "name", how, noun=match.role.noun, person=True, gender=gender)


@lru_cache(maxsize=1)
def _bearers() -> dict[str, list[str]]:
    """The people of the codebook by the first and the last word of their names: Xi Jinping, George Bush."""
    found: dict[str, list[str]] = {}
    for key, entry in load_gazetteer().people.items():
        words = entry.name.split()
        for word in {fold(words[0]), fold(words[-1])}:
            found.setdefault(word, []).append(key)
    return found


def known_former(reading: Reading, match: RoleMatch, country: str) -> Found | None:
    """Whom "the former president" takes up: somebody named before who once held that office, the last such one."""
    for key, known in reversed(reading.persons.items()):
        if reading.roles.has_held(key, match.role.noun, country):
            how = f"{known.actor.name}, once {match.role.noun}, was named before"
            return replace(known, kind="description", how=how)
    return None


def known_holder(reading: Reading, noun: str) -> Found | None:
    """Whom "the crown prince" takes up where no country tells: somebody named before who is that on the day."""
    for key, known in reversed(reading.persons.items()):
        role = reading.roles.role_of(key, reading.date)
        if role is not None and (role.office in reading.roles.names_of(noun) or role.office.endswith(f" {noun}")):
            return replace(known, kind="description", how=f"{known.actor.name}, {role.office}, was named before")
    return None


def _person(entry: Entry, code: str) -> Actor:
    return Actor(entry.name, code or None, entry.key, entry.wikidata)


def gender_of(sentence: Sentence, first: int, stop: int) -> str:
    """ "m" or "f" by a title or a given name, "" where neither tells."""
    names = given_names()
    for i in range(first, stop):
        known = titles().get(sentence.words[i].lower().rstrip("."))
        if known:
            return known
    for i in range(first, stop):
        known = names.get(fold(sentence.words[i]))
        if known:
            return known
    return ""


def gender_of_name(name: str) -> str:
    """The same for the name of a codebook entry.

    >>> gender_of_name("Angela Merkel"), gender_of_name("Xi Jinping")
    ('f', '')
    """
    names = given_names()
    return next((names[fold(word)] for word in name.split() if fold(word) in names), "")
