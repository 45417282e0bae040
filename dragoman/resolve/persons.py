"""A person's name, with or without title, goes in; the actor with the sector held on the day comes out."""

from __future__ import annotations

from dragoman.records import Actor, Sentence
from dragoman.resolve.gazetteer import Entry, fold
from dragoman.resolve.given_names import given_names
from dragoman.resolve.offices import sector_of_office
from dragoman.resolve.phrase_words import titles
from dragoman.resolve.reading import Reading
from dragoman.resolve.role_nouns import RoleMatch


def known_person(reading: Reading, entry: Entry, *, title: RoleMatch | None, former: bool) -> tuple[Actor, str]:
    """The actor for a person of the codebook: the role on the day, else the title in the text."""
    role = reading.roles.role_of(entry.key, reading.date)
    if role is not None:
        when = reading.date or "the latest known date"
        return _person(entry, role.code), f"{entry.name} is in the codebook, {role.office} on {when}"
    if entry.code and entry.code not in reading.gazetteer.states:
        return _person(entry, entry.code), f"{entry.name} is in the codebook"
    if title is not None and title.role.sector and not former:
        return _person(entry, entry.code + title.role.sector), f"{entry.name}, {title.role.noun} by the text's title"
    held = reading.roles.by_person.get(entry.key, ())
    earlier = [r for r in held if reading.date and r.end and r.end < reading.date]
    if former or (held and len(earlier) == len(held)):
        return _person(entry, entry.code + "CVL"), f"{entry.name} is in the codebook, out of office by then"
    if held:
        sector = sector_of_office(held[0].office)
        code = held[0].code if entry.code else sector
        return _person(entry, code), f"{entry.name} is in the codebook as {held[0].office}, not on that date"
    return _person(entry, entry.code), f"{entry.name} is in the codebook without an office"


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
