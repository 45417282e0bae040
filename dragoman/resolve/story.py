"""The names of a document go in; which country "the government" or "the rebels" of a sentence belong to comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman.records import Sentence
from dragoman.resolve.gazetteer import Gazetteer
from dragoman.resolve.names import STATE_LIKE, Name, is_located
from dragoman.resolve.place_index import place_index
from dragoman.resolve.place_tables import alpha3

# How much a country counts for being met in the document at all, before and after in the same sentence,
# in the sentence before, in the one before that, and for being named as a place ("in Libya").
_STATE = {"all": 1.5, "before": 1.0, "after": 0.0, "previous": 0.7, "earlier": 0.3, "place": 0.4}
_LOCAL = {"all": 2.0, "before": 0.6, "after": 0.5, "previous": 0.3, "earlier": 0.1, "place": 1.2}
# Namesakes ten to the power of this smaller are not preferred for lying where the document plays.
_MUCH_SMALLER = 2.0
# The decimal logarithm of the inhabitants of a town that only its preposition shows to be one, and of one that only
# a possessive ("Borno's governor") or its being a bare proper noun does.
_TOWN, CITY = 4.5, 5.0
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
        self._states = gazetteer.states
        self.counts: Counter[str] = Counter()
        self._places: Counter[str] = Counter()
        self._parts = {n.entry.countries[0] for found in names for n in found if len(n.entry.countries) == 1}
        self._sightings = [_named(found, gazetteer) for found in names]
        for sightings in self._sightings:
            self._count(sightings)
        for sentence, found, sightings in zip(sentences, names, self._sightings, strict=True):
            towns = self._towns(sentence, {i for name in found for i in range(name.first, name.stop)})
            self._count(towns)
            sightings += towns

    def country_of_town(self, name: str, *, least: float = 0.0, within: str = "") -> str | None:
        """The country of a town; of namesakes the one where the document plays, unless it is far smaller.

        ``within`` is the region or country that the text puts behind a comma: "London, Ontario".
        """
        towns = [(c, weight) for c, weight in town_countries(name) if c in self._states and weight >= least]
        if not towns:
            return None
        around = {c for c, _ in town_countries(within)[:1]} if within else set()
        if any(c in around for c, _ in towns):
            return around.pop()
        best = towns[0][1]
        return max(towns, key=lambda t: (t[1] > best - _MUCH_SMALLER and self.counts[t[0]] > 0, t[1]))[0]

    def _count(self, sightings: Sequence[Sighting]) -> None:
        self.counts.update(each.country for each in sightings)
        self._places.update(each.country for each in sightings if each.place)

    def _towns(self, sentence: Sentence, taken: set[int]) -> list[Sighting]:
        found = []
        for entity in sentence.entities:
            if entity.label in {"GPE", "LOC"} and entity.first not in taken:
                country = self.country_of_town(" ".join(sentence.words[entity.first : entity.stop]))
                if country is not None:
                    head = entity.stop - 1
                    found.append(Sighting(head, country, is_located(sentence, head)))
        labelled = (e for e in sentence.entities if e.label in {"GPE", "LOC", "FAC", "ORG"} or e.stop - e.first > 1)
        seen = taken | {i for entity in labelled for i in range(entity.first, entity.stop)}
        for i, pos in enumerate(sentence.pos):
            # "Near Manbij", which the parser does not know for a place.
            if pos == "PROPN" and i not in seen and not sentence.children[i] and is_located(sentence, i):
                country = self.country_of_town(sentence.words[i], least=_TOWN)
                if country is not None:
                    found.append(Sighting(i, country, True))
        return found

    def country_for(self, sentence: int, token: int, *, sector: str, without: Collection[str] = ()) -> str | None:
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
        for country in without:
            scores.pop(country, None)
        return max(sorted(scores), key=lambda c: scores[c], default=None)

    def among(self, countries: Sequence[str], sentence: int) -> str:
        """The one of some countries in which a sentence places its events, whose part of the people the document
        names ("Syrian Kurds"), or where it plays most; the first when it names none."""
        here = Counter(each.country for each in self._sightings[sentence] if each.place)
        return max(
            countries,
            key=lambda c: (here[c], c in self._parts, self._places[c], min(1, self.counts[c]), -countries.index(c)),
        )


def _named(names: Sequence[Name], gazetteer: Gazetteer) -> list[Sighting]:
    return [
        Sighting(name.head, name.entry.code[:3], name.located and name.entry.sort in STATE_LIKE)
        for name in names
        if name.entry.code[:3] in gazetteer.states and not name.entry.countries and name.entry.sort != "outlet"
    ]


@lru_cache(maxsize=8192)
def town_countries(name: str) -> tuple[tuple[str, float], ...]:
    """The countries with a place of that name and how often it is meant, the likeliest first.

    >>> town_countries("Aleppo")[0][0]
    'SYR'
    """
    index, codes = place_index(), alpha3()
    key = index.known_key(name)
    found: dict[str, float] = {}
    for place in index.find(key) if key is not None else ():
        country = codes.get(place.country or "", "")
        if country:
            found.setdefault(country, place.weight)
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))
