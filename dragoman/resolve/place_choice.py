"""Toponyms of one document go in, the place that each means comes out.

Every reading of a name is weighed by how often that place is meant anywhere, and by the company it
keeps: places of the same country, of the same division, and nearby speak for each other.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.records import Sentence
from dragoman.resolve.place_index import PlaceIndex
from dragoman.resolve.place_names import Name
from dragoman.resolve.place_tables import Place, abbreviations, cues

_READINGS = 30
_ROUNDS = 3
# How sharply a better reading is preferred while the others are still in doubt.
_SHARPNESS = 1.4
_COUNTRY, _DIVISION, _NEARBY = 1.8, 1.8, 1.2
# A country is often named as an actor, which says less about the scene than a town does.
_BY_COUNTRY = 0.25
# Company beyond this adds nothing: many places of one country don't make France's Paris a hamlet.
_ENOUGH = 1.5
_MOST = 4.8
_SEVERAL, _WORLDWIDE = 4, 0.6
_ASKED_FOR = 2.5
_NOT_A_TOWN = 1.5
_HOLDS_INNER = 1.5
# A place as rarely meant as this is not believed in without company.
_OBSCURE, _LITTLE_COMPANY = 4.0, 0.3

Sense = tuple[str, str, str]


@dataclass(slots=True)
class _Unit:
    """A name in one sense: its readings, what each weighs by itself, and its present share of belief."""

    readings: tuple[Place, ...]
    weights: list[float]
    strength: float
    explicit: bool
    shares: list[float] = field(default_factory=list)
    company: list[float] = field(default_factory=list)


def choose_places(
    names: Sequence[Name], sentences: Sequence[Sentence], index: PlaceIndex, countries: Mapping[str, float]
) -> list[Place | None]:
    """The place that each name means, None where it cannot be told.

    ``countries`` says how strongly other things (nationalities, the publisher) point to a country.
    """
    senses = _senses(names, sentences)
    units: dict[Sense, _Unit] = {}
    for sense in senses:
        if sense and sense not in units:
            unit = _unit(sense, senses.count(sense), index)
            if unit.readings:
                units[sense] = unit
    for inner, outer in _nestings(senses, names, sentences):
        if inner in units and outer in units:
            _prefer_holders(units[outer], units[inner])
    everyone = list(units.values())
    reach = _reach(everyone)
    for _ in range(_ROUNDS):
        _settle(everyone, countries, reach)
    return [_best(units.get(sense)) if sense else None for sense in senses]


def qualifier(names: Sequence[Name], i: int, sentences: Sequence[Sentence]) -> Name | None:
    """The name right after name ``i`` and a comma, which says where it lies: "Paris, Texas"."""
    if i + 1 >= len(names):
        return None
    name, after = names[i], names[i + 1]
    words = sentences[name.sentence].words
    close = after.sentence == name.sentence and after.first == name.stop + 1 and after.key is not None
    if not close or words[name.stop] not in (",", "("):
        return None
    return None if _opens_list(names, i, words) else after


def _opens_list(names: Sequence[Name], i: int, words: Sequence[str]) -> bool:
    """Whether name ``i`` opens a list of its like: "Washington, Oregon and California"."""
    if i + 2 >= len(names) or names[i + 2].sentence != names[i].sentence:
        return False
    second, third = names[i + 1], names[i + 2]
    between = words[second.stop : third.first]
    joined = 0 < len(between) <= 2 and between[-1] in ("and", "or", ",", "&")
    return joined and "abbreviation" not in (second.shape, third.shape) and not _has_comma_after(words, third)


def _has_comma_after(words: Sequence[str], name: Name) -> bool:
    """Whether a comma and a capital follow: "Pittsburgh, Pennsylvania, and Austin, Texas"."""
    following = words[name.stop : name.stop + 2]
    return len(following) == 2 and following[0] == "," and following[1][0].isupper()


def _senses(names: Sequence[Name], sentences: Sequence[Sentence]) -> list[Sense | None]:
    """For every name its key, the key of what it lies in, and the kind of place asked for.

    A name that once in the document has a qualifier, or is called a town, means the same place without.
    """
    usual: dict[str, str] = {}
    towns: set[str] = set()
    own: list[tuple[str, str]] = []
    for i, name in enumerate(names):
        after = qualifier(names, i, sentences)
        outer = after.key if after is not None and after.key is not None else ""
        asked = _asked_kind(name, sentences[name.sentence])
        own.append((outer, asked))
        if name.key and outer:
            usual.setdefault(name.key, outer)
        if name.key and asked == "town":
            towns.add(name.key)
    found: list[Sense | None] = []
    for name, (outer, asked) in zip(names, own, strict=True):
        if name.key is None:
            found.append(None)
        else:
            kind = asked or ("town" if name.key in towns else "")
            found.append((name.key, outer or usual.get(name.key, ""), kind))
    return found


def _asked_kind(name: Name, sentence: Sentence) -> str:
    """Whether the words around ask for a division ("Idlib province") or a town ("the town of Douma")."""
    words = sentence.words
    after = words[name.stop] if name.stop < len(words) else ""
    before = words[max(0, name.first - 2) : name.first]
    if after in cues()["division"] or after in cues()["state office"]:
        return "division"
    if after in cues()["town office"]:
        return "town"
    if len(before) == 2 and before[1] == "of":
        if before[0] in cues()["division"]:
            return "division"
        if before[0].lower() in cues()["settlement"]:
            return "town"
    return ""


def _unit(sense: Sense, count: int, index: PlaceIndex) -> _Unit:
    key, outer, asked = sense
    readings = _abbreviated(key, index) if key in abbreviations() else index.find(key)[:_READINGS]
    explicit = False
    if outer and readings:
        holders = _abbreviated(outer, index) if outer in abbreviations() else index.find(outer)[:_READINGS]
        within = tuple(place for place in readings if any(_holds(holder, place) for holder in holders))
        # "… in Yemen, U.S. aides said": no country lies in another.
        if readings[0].kind == "country" and holders and holders[0].kind == "country":
            within = ()
        explicit = bool(within)
        readings = within or readings
    weights = [place.weight + _fits(place, asked) for place in readings]
    return _Unit(readings, weights, 1.0 + 0.3 * math.log2(count), explicit)


def _abbreviated(short: str, index: PlaceIndex) -> tuple[Place, ...]:
    name, country, admin1 = abbreviations()[short]
    return tuple(p for p in index.find(name) if p.kind == "region" and (p.country, p.admin1) == (country, admin1))


def _fits(place: Place, asked: str) -> float:
    if asked == "division":
        return _ASKED_FOR if place.kind in ("region", "district", "area") else 0.0
    if asked == "town":
        return _ASKED_FOR if place.kind in ("city", "site") else -_NOT_A_TOWN if place.kind == "country" else 0.0
    return 0.0


def _holds(outer: Place, inner: Place) -> bool:
    if outer.country != inner.country or outer == inner:
        return False
    if outer.kind == "country":
        return True
    return outer.kind == "region" and outer.admin1 == inner.admin1


def _nestings(
    senses: Sequence[Sense | None], names: Sequence[Name], sentences: Sequence[Sentence]
) -> Iterator[tuple[Sense, Sense]]:
    for i, sense in enumerate(senses):
        after = senses[i + 1] if i + 1 < len(senses) else None
        if sense and after and qualifier(names, i, sentences) is not None:
            yield sense, after


def _prefer_holders(outer: _Unit, inner: _Unit) -> None:
    """In "Tbilisi, Georgia" the name after the comma is the Georgia that has a Tbilisi."""
    for k, place in enumerate(outer.readings):
        if any(_holds(place, reading) for reading in inner.readings):
            outer.weights[k] += _HOLDS_INNER


def _reach(units: Sequence[_Unit]) -> float:
    """How much company counts: less in a report on many countries, where names mean the best-known places."""
    named = sum(unit.readings[0].kind == "country" for unit in units)
    return 1.0 if named < _SEVERAL else _WORLDWIDE


def _settle(units: Sequence[_Unit], countries: Mapping[str, float], reach: float) -> None:
    """One round: every unit shares its belief out among its readings, then hears what the others believe."""
    for unit in units:
        heard = unit.company or [0.0] * len(unit.readings)
        top = max(w + c for w, c in zip(unit.weights, heard, strict=True))
        raw = [math.exp(_SHARPNESS * (w + c - top)) for w, c in zip(unit.weights, heard, strict=True)]
        unit.shares = [value / sum(raw) for value in raw]
    totals: dict[object, float] = defaultdict(float)
    for country, strength in countries.items():
        totals[country] += strength
    own = [_votes(unit) for unit in units]
    for votes in own:
        for what, strength in votes.items():
            totals[what] += strength
    for unit, votes in zip(units, own, strict=True):
        unit.company = [reach * _company(place, totals, votes) for place in unit.readings]


def _votes(unit: _Unit) -> dict[object, float]:
    """How strongly a unit speaks for countries, divisions and stretches of the earth."""
    votes: dict[object, float] = defaultdict(float)
    for place, share in zip(unit.readings, unit.shares, strict=True):
        strength = share * unit.strength
        if strength < 0.01 or place.country is None:
            continue
        votes[place.country] += strength * (_BY_COUNTRY if place.kind == "country" else 1.0)
        if place.admin1 is not None:
            votes[place.country, place.admin1] += strength
        if place.kind in ("city", "district", "site"):
            row, column = _cell(place)
            for north in (-1, 0, 1):
                for east in (-1, 0, 1):
                    votes[row + north, column + east] += strength
    return votes


def _company(place: Place, totals: Mapping[object, float], own: Mapping[object, float]) -> float:
    """What the other names of the document add to a reading."""

    def others(what: object) -> float:
        return min(1.0, max(0.0, totals.get(what, 0.0) - own.get(what, 0.0)) / _ENOUGH)

    if place.country is None:
        return 0.0
    company = _COUNTRY * others(place.country)
    if place.admin1 is not None:
        company += _DIVISION * others((place.country, place.admin1))
    if place.kind in ("city", "district", "site"):
        company += _NEARBY * others(_cell(place))
    return min(company, _MOST)


def _cell(place: Place) -> tuple[int, int]:
    return math.floor(place.latitude), math.floor(place.longitude)


def _best(unit: _Unit | None) -> Place | None:
    if unit is None:
        return None
    best = max(range(len(unit.readings)), key=lambda k: unit.weights[k] + unit.company[k])
    if not unit.explicit and unit.weights[best] < _OBSCURE and unit.company[best] < _LITTLE_COMPANY:
        return None
    return unit.readings[best]
