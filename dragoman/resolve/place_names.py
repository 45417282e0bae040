"""Parsed sentences go in, the toponyms they hold come out, not yet resolved.

A toponym is a name of the gazetteer, a name with a word that makes it one ("Walnut Street"), or a
place-like entity of the parser.  Whether it is one here is weighed in ``place_evidence``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from dragoman.records import Sentence
from dragoman.resolve.place_hints import nationality_words
from dragoman.resolve.place_index import PlaceIndex, fold, join_folded
from dragoman.resolve.place_tables import abbreviations, cues

_LONGEST = 6
_ARTICLES = frozenset(("al", "el", "ad", "ar", "as", "ash", "at", "az", "an", "ez"))
_JOINERS = _ARTICLES | frozenset(
    ("-", "–", "of", "and", "the", "al", "el", "de", "on", "in", "la", "le", "du", "sur", "upon", "i", "e", "&")
)
_SHORTEST_KEY = 4
# Words that make a street and, in the name of an institution, do not.
_COURTS = frozenset(("Court", "Place", "Way", "Close", "Row", "Loop", "Trail", "Terrace", "Village", "Park"))

_Found = tuple[int, int, str | None, str]


class Name(NamedTuple):
    """Tokens ``first`` up to ``stop`` of a sentence that may be a toponym.

    ``key`` is what to look up, None for a place that no gazetteer lists; ``shape`` is name (of the
    gazetteer), abbreviation, street, feature or entity.
    """

    sentence: int
    first: int
    stop: int
    key: str | None
    shape: str


class NameFinder:
    """Finds what may be a toponym, with one gazetteer."""

    def __init__(self, index: PlaceIndex) -> None:
        self._index = index
        self._cues = cues()
        self._abbreviations = abbreviations()
        self._fold = lru_cache(maxsize=65536)(fold)

    def find(self, position: int, sentence: Sentence) -> list[Name]:
        """All names of one sentence, from left to right, none over another."""
        taken = [False] * len(sentence)
        found: list[Name] = []
        spans = (*self._formed(sentence), *self._listed(sentence), *self._entities(sentence))
        for first, stop, key, shape in spans:
            if not any(taken[first:stop]):
                taken[first:stop] = [True] * (stop - first)
                found.append(Name(position, first, stop, key, shape))
        return sorted(found, key=lambda name: name.first)

    def _listed(self, sentence: Sentence) -> Iterator[_Found]:
        """The longest names of the gazetteer, from left to right."""
        i, n = 0, len(sentence)
        while i < n:
            stop, key, shape = self._longest(sentence, i) if self._may_start(sentence, i) else (i, None, "")
            if key is None:
                i += 1
            else:
                yield i, stop, key, shape
                i = stop

    def _may_start(self, sentence: Sentence, i: int) -> bool:
        word = sentence.words[i]
        return word[0].isupper() or (word in _ARTICLES and i + 2 < len(sentence) and sentence.words[i + 1] == "-")

    def _longest(self, sentence: Sentence, first: int) -> tuple[int, str | None, str]:
        """Where the longest name that begins at a token stops, its key and its shape."""
        words = sentence.words
        best: tuple[int, str | None, str] = (first, None, "")
        parts: list[str] = []
        for i in range(first, min(first + _LONGEST, len(words))):
            word = words[i]
            if i > first and not (word[0].isupper() or word in _JOINERS):
                break
            part = self._fold(word).strip()
            parts.append(part)
            if word in _JOINERS or not part:
                continue
            key = join_folded(parts) if i > first else part
            if i == first and word in self._abbreviations:
                best = (i + 1, word, "abbreviation")
            elif i == first and words[i + 1 : i + 2] == (".",) and word + "." in self._abbreviations:
                best = (i + 2, word + ".", "abbreviation")
            elif key in self._index and (len(key) >= _SHORTEST_KEY or _is_acronym(words[first : i + 1])):
                best = (i + 1, key, "name")
        return best

    def _formed(self, sentence: Sentence) -> Iterator[_Found]:
        """Names that a word makes a place: Walnut Street, Lake Placid, Highway 61, Cochise County."""
        words = sentence.words
        for i, word in enumerate(words):
            if not word[0].isupper():
                continue
            following = words[i + 1] if i + 1 < len(words) else ""
            if word in self._cues["numbered_road"] and following.isdigit():
                yield i, i + 2, None, "street"
            shape = next((s for s in ("district", "street", "feature") if word in self._cues[s]), "")
            if shape:
                yield from self._ending_in(sentence, i, shape)
            elif word in self._cues["feature_before"] and following[:1].isupper():
                yield from self._beginning_with(sentence, i)
            elif word == "City" and not (i + 1 < len(words) and sentence.tags[i + 1] == "NNP"):
                yield from self._ending_in(sentence, i, "feature")

    def _ending_in(self, sentence: Sentence, i: int, shape: str) -> Iterator[_Found]:
        """A name whose last word, token ``i``, is a county, a street, a lake."""
        first, stop = _run_start(sentence, i), i + 1
        if first == i or (sentence.words[i] in _COURTS and _in_organisation(sentence, i)):
            return
        if shape != "street":
            first = next((at for at in range(first, i) if self._key(sentence.words[at:stop])), first)
        key = self._key(sentence.words[first:stop])
        yield first, stop, key, "name" if key else "feature" if shape == "district" else shape

    def _beginning_with(self, sentence: Sentence, i: int) -> Iterator[_Found]:
        """A name whose first word, token ``i``, is a lake, a mount, a fort."""
        stop = i + 2
        if sentence.tags[i + 1] != "NNP":
            return
        while stop < min(i + 4, len(sentence)) and self._key(sentence.words[i : stop + 1]):
            stop += 1
        key = self._key(sentence.words[i:stop])
        yield i, stop, key, "name" if key else "feature"

    def _entities(self, sentence: Sentence) -> Iterator[_Found]:
        """Place-like entities of the parser that hold no name of the gazetteer."""
        for first, stop, label in sentence.entities:
            if label in ("GPE", "LOC", "FAC"):
                while first < stop and sentence.words[first].lower() in ("the", "downtown", "mid", "-"):
                    first += 1
                while first < stop and sentence.words[stop - 1] in ("'s", "’s", "-", ",", "."):
                    stop -= 1
                words = sentence.words[first:stop]
                key = self._index.known_key(" ".join(words))
                if key and len(key) < _SHORTEST_KEY and not _is_acronym(words):
                    key = None
                if key or any(word[0].isupper() for word in words):
                    yield first, stop, key, "entity"

    def _key(self, words: Sequence[str]) -> str | None:
        key = join_folded(self._fold(word).strip() for word in words)
        return key if key in self._index else None


def _is_acronym(words: Sequence[str]) -> bool:
    return "".join(words).replace(".", "").isupper()


def _in_organisation(sentence: Sentence, i: int) -> bool:
    return any(e.first <= i < e.stop and e.label in ("ORG", "LOC") for e in sentence.entities)


def _run_start(sentence: Sentence, i: int) -> int:
    """The first of the capitalised words and ordinals that stand before token ``i`` in one name."""
    first = i
    while first > max(0, i - 4):
        word, tag = sentence.words[first - 1], sentence.tags[first - 1]
        ordinal = word[0].isdigit() and word[-1].isalpha()
        if word in nationality_words() or word in ("The", "A", "An"):
            break
        if not ((word[0].isupper() and tag in ("NNP", "NNPS", "JJ", "NN")) or ordinal):
            break
        first -= 1
    return first
