"""Parsed documents go in, their toponyms with coordinates come out; and where an event happened."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from dragoman.records import Document, PlaceMention, Sentence
from dragoman.resolve.event_place import place_of_event
from dragoman.resolve.place_choice import choose_places
from dragoman.resolve.place_evidence import select_toponyms
from dragoman.resolve.place_hints import country_hints, nationality_words
from dragoman.resolve.place_index import place_index
from dragoman.resolve.place_names import Name, NameFinder
from dragoman.resolve.place_tables import Place, alpha3, country_name

__all__ = ["PlaceResolver", "place_of_event"]

_PRECISION = {"country": "country", "region": "region", "district": "region", "area": "region", "city": "city"}


class PlaceResolver:
    """Finds the toponyms of a document and tells which places they mean.

    >>> from dragoman.parse import Parser
    >>> document = Document(id="d", text="Jets shelled Douma, east of Damascus, before ministers met in Paris, Texas.")
    >>> [(p.name, p.country, p.precision) for p in PlaceResolver().resolve(document, Parser().parse(document))][-2:]
    [('Paris', 'USA', 'city'), ('Texas', 'USA', 'region')]
    """

    def __init__(self) -> None:
        """Nothing is loaded yet: the gazetteer is read when the first document comes."""

    def resolve(
        self, document: Document, sentences: Sequence[Sentence], *, nationalities: bool = False
    ) -> tuple[PlaceMention, ...]:
        """Every toponym of the document, in order, resolved or not.

        With ``nationalities`` also "Israeli" and "Canadians", which stand for their countries.
        """
        index = place_index()
        finder = _finder()
        names = [name for i, sentence in enumerate(sentences) for name in finder.find(i, sentence)]
        names = select_toponyms(names, sentences, index)
        places = choose_places(names, sentences, index, country_hints(document, sentences))
        found = [_mention(name, place, sentences) for name, place in zip(names, places, strict=True)]
        if nationalities:
            found += _nationality_mentions(sentences, found)
            found.sort(key=lambda mention: mention.span)
        return tuple(found)


@cache
def _finder() -> NameFinder:
    return NameFinder(place_index())


def _mention(name: Name, place: Place | None, sentences: Sequence[Sentence]) -> PlaceMention:
    sentence = sentences[name.sentence]
    head = next(
        (i for i in range(name.first, name.stop) if not name.first <= sentence.heads[i] < name.stop), name.stop - 1
    )
    text = " ".join(sentence.words[name.first : name.stop])
    return PlaceMention(
        span=sentence.span_of(name.first, name.stop),
        sentence=sentence.index,
        first=name.first,
        stop=name.stop,
        head=head,
        name=place.name if place else text,
        country=alpha3().get(place.country or "") if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        geonames_id=place.geonames_id if place else None,
        precision=_PRECISION.get(place.kind, "point") if place else None,
    )


def _nationality_mentions(sentences: Sequence[Sentence], found: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The countries for which nationality words stand that are no toponyms themselves."""
    taken = {(mention.sentence, i) for mention in found for i in range(mention.first, mention.stop)}
    mentions = []
    for position, sentence in enumerate(sentences):
        for i, word in enumerate(sentence.words):
            iso = nationality_words().get(word)
            if iso is not None and (sentence.index, i) not in taken:
                country = next(p for p in place_index().find(country_name(iso)) if p.kind == "country")
                mentions.append(_mention(Name(position, i, i + 1, None, "name"), country, sentences))
    return mentions
