"""A parsed document goes in, the countries that its words point to come out, with how strongly.

Nationalities ("Israeli troops"), words of one country's public life ("sheriff", "garda") and the
publisher say which country's places a report is likely to name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from urllib.parse import urlsplit

from dragoman.records import Document, Sentence
from dragoman.resolve.place_tables import alpha3
from dragoman.tables import STATE_COLUMNS, read_table

_NATIONALITY, _WORD, _PUBLISHER = 0.4, 0.3, 0.5
# No country is taken for the scene because of one kind of hint alone.
_MOST = 1.2


def country_hints(document: Document, sentences: Sequence[Sentence]) -> dict[str, float]:
    """How strongly a document points to countries (ISO 3166 alpha-2) without naming a place."""
    nationalities: Counter[str] = Counter()
    words: Counter[str] = Counter()
    seen = {word for sentence in sentences for word in sentence.words}
    seen.update(pair for sentence in sentences for pair in _capitalised_pairs(sentence))
    for word in sorted(seen):
        if word in nationality_words():
            nationalities[nationality_words()[word]] += 1
        elif word.lower() in _country_words():
            words[_country_words()[word.lower()]] += 1
    hints = {iso: min(_MOST, _NATIONALITY * n) for iso, n in nationalities.items()}
    for iso, n in words.items():
        hints[iso] = hints.get(iso, 0.0) + min(_MOST, _WORD * n)
    home = _domain_country(document.url)
    if home is not None:
        hints[home] = hints.get(home, 0.0) + _PUBLISHER
    return hints


def _capitalised_pairs(sentence: Sentence) -> Iterator[str]:
    for first, second in pairwise(sentence.words):
        if first[0].isupper() and second[0].isupper():
            yield f"{first} {second}"


@cache
def nationality_words() -> dict[str, str]:
    """Country (alpha-2) by adjective or demonym of one word.

    >>> nationality_words()["Israeli"], nationality_words()["Ghanaians"]
    ('IL', 'GH')
    """
    alpha2 = {three: two for two, three in alpha3().items()}
    found: dict[str, str] = {}
    for row in read_table("actors/states.csv", STATE_COLUMNS):
        for word in (*row.alternatives("adjectives"), *row.alternatives("demonyms")):
            if " " not in word and row["code"] in alpha2:
                found.setdefault(word, alpha2[row["code"]])
    return found


@cache
def _country_words() -> dict[str, str]:
    rows = read_table("places/country_words.csv", ("country", "words"))
    return {word: row["country"] for row in rows for word in row.alternatives("words")}


def _domain_country(url: str | None) -> str | None:
    """The country of a web address: GB for www.example.co.uk."""
    ending = (urlsplit(url).hostname or "").rsplit(".", 1)[-1].upper() if url else ""
    return {"UK": "GB"}.get(ending, ending if ending in alpha3() and ending not in ("TV", "IO", "CO", "ME") else None)
