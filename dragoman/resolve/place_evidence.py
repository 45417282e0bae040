"""Names that may be toponyms go in, those that are toponyms here come out.

What stands around a name is counted for and against it: the parser's label, a preposition, the
state after the comma, a title or a first name before it, what else the document calls by that name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.records import Entity, Sentence
from dragoman.resolve.place_index import PlaceIndex
from dragoman.resolve.place_names import Name
from dragoman.resolve.place_tables import cues

_ENOUGH = 2.0
_SURE = 3.5
_SHAPES = {"street": 2.5, "feature": 2.5, "abbreviation": 2.0, "name": 0.0, "entity": -1.5}
# For a name that fills the parser's entity, and for one within a longer entity.
_WHOLE = {"GPE": 3.0, "LOC": 2.5, "FAC": 1.5, "ORG": 0.7, "PERSON": -0.6, "NORP": 0.0, "PRODUCT": 0.0}
_WITHIN = {"GPE": 2.0, "LOC": 1.5, "FAC": 1.0, "ORG": 0.7, "PERSON": -3.0, "NORP": -1.0, "EVENT": 0.0}
_ACRONYMS = frozenset(("US", "UK", "USA", "UAE", "DRC", "USSR", "DPRK", "NYC", "NSW", "PRC"))
_OTHER_LABEL = -1.2
_PREPOSITIONS = (("inside", 2.0), ("motion", 1.2), ("loose", 0.4))
_HOUSEHOLD_NAME, _FAMOUS, _KNOWN = 7.0, 6.0, 5.0
_STRIKING = ("of", "on", "against", "at", "in")
_DISTINCT, _UNMISTAKABLE = 1.7, 2.1
_ENGLISH_SPEAKING = frozenset(("US", "GB", "CA", "AU", "NZ", "IE", "ZA", "JM"))
_PROPER = ("NNP", "NNPS")


def select_toponyms(names: Sequence[Name], sentences: Sequence[Sentence], index: PlaceIndex) -> list[Name]:
    """The names that are toponyms, in order."""
    persons, surnames = _surnames(sentences)
    scores = []
    for i, name in enumerate(names):
        beside = (names[i - 1] if i else None, names[i + 1] if i + 1 < len(names) else None)
        people = surnames if name.key else persons
        scores.append(sum(points for _, points in evidence(name, sentences[name.sentence], beside, index, people)))
    sure = {name.key for name, score in zip(names, scores, strict=True) if name.key and score >= _SURE}
    return [n for n, score in zip(names, scores, strict=True) if score + (1.5 if n.key in sure else 0.0) >= _ENOUGH]


def evidence(
    name: Name,
    sentence: Sentence,
    beside: tuple[Name | None, Name | None],
    index: PlaceIndex,
    surnames: frozenset[str],
) -> Iterator[tuple[str, float]]:
    """What speaks for a name as a toponym and, below zero, against it: reasons and points."""
    yield name.shape, _SHAPES[name.shape]
    entity = next((e for e in sentence.entities if e.first < name.stop and name.first < e.stop), None)
    yield from _label(name, entity, sentence)
    renown = _renown(name.key, index) if name.key and name.shape in ("name", "entity") else 0.0
    yield "renown", renown
    before = sentence.words[name.first - 1] if name.first else ""
    after = sentence.words[name.stop] if name.stop < len(sentence) else ""
    yield from ((cue, points) for cue, points in _PREPOSITIONS if before in cues()[cue])
    if name.first > 1 and before in _STRIKING and sentence.lemmas[name.first - 2] in cues()["struck"]:
        yield "struck", 1.0
    qualified = _lies_in(name, beside[1], sentence, index)
    qualified = qualified or (beside[0] is not None and _lies_in(beside[0], name, sentence, index))
    if qualified:
        yield "qualified", 3.0
    if any(other and _is_listed_with(name, other, sentence) for other in beside):
        yield "in a list of places", 1.0
    if _is_dateline(name, sentence):
        yield "dateline", 3.0
    if name.shape == "abbreviation" and len(sentence.words[name.first]) == 2 and not qualified:
        yield "postal code without a town", -3.0
    if name.first > 1 and before == "-" and sentence.words[name.first - 2] in ("D", "R", "DFL", "Democrat"):
        yield "constituency", 3.0
    if name.shape in ("name", "entity"):
        yield from _as_person(name, sentence, before, after, surnames)
        yield from _as_word(name, sentence, renown)
        if after in cues()["newspaper"] or (after in cues()["organisation"] and _is_newspaper(name, sentence)):
            yield "a newspaper", -2.0
        if after in cues()["division"] or (after in cues()["organisation"] and before not in cues()["title"]):
            yield "place word after", 1.0
        if before in cues()["direction"] or before in cues()["settlement"]:
            yield "place word before", 0.5


def _label(name: Name, entity: Entity | None, sentence: Sentence) -> Iterator[tuple[str, float]]:
    if entity is None:
        return
    first, stop, label = entity
    first += sentence.words[first].lower() == "the"
    stop -= sentence.words[stop - 1] in ("'s", "’s", "’", "'")
    whole = name.first <= first and stop <= name.stop
    if name.shape in ("street", "feature"):
        if label == "PERSON" and not whole:
            yield "within PERSON", -2.0
        elif label == "PERSON" and name.shape == "feature":
            yield "whole PERSON", -1.0
        return
    if label == "PERSON" and name.key and name.key.endswith((" county", " parish")):
        return
    yield f"{'whole' if whole else 'within'} {label}", (_WHOLE if whole else _WITHIN).get(label, _OTHER_LABEL)


def _renown(key: str, index: PlaceIndex) -> float:
    """How well-known the best-known place of that name is; abroad a name is less often that of a person."""
    best = max(index.find(key), key=lambda place: place.weight, default=None)
    if best is None:
        return -0.5
    if best.country not in _ENGLISH_SPEAKING and best.kind != "district":
        if best.weight >= _FAMOUS:
            return 2.2
        if best.weight >= _KNOWN:
            return 1.8
    if best.weight >= _HOUSEHOLD_NAME:
        return 2.0
    return min(1.5, max(-0.5, (best.weight - 3.5) * 0.6)) + (0.5 if " " in key else 0.0)


def _lies_in(name: Name, outer: Name | None, sentence: Sentence, index: PlaceIndex) -> bool:
    """Whether ``outer`` follows after a comma and is a division or a country: "Paris, Texas"."""
    if outer is None or outer.sentence != name.sentence or outer.key is None or outer.first != name.stop + 1:
        return False
    if sentence.words[name.stop] not in (",", "(", "-"):
        return False
    return outer.shape == "abbreviation" or any(p.kind in ("region", "country") for p in index.find(outer.key)[:3])


def _is_listed_with(name: Name, other: Name, sentence: Sentence) -> bool:
    """Whether only a comma or a conjunction stands between the name and a place of the parser's."""
    if other.sentence != name.sentence or other.key is None:
        return False
    between = sentence.words[min(name.stop, other.stop) : max(name.first, other.first)]
    if not between or len(between) > 2 or any(word not in (",", "and", "or", ";", "/", "&") for word in between):
        return False
    return any(e.first <= other.first < e.stop and e.label == "GPE" for e in sentence.entities)


def _is_dateline(name: Name, sentence: Sentence) -> bool:
    """Whether the name opens the sentence in capitals, before an agency in brackets or a dash."""
    if name.first > 0 or not sentence.words[0].isupper() or len(sentence.words[0]) < 3:
        return False
    rest = sentence.words[name.stop : name.stop + 8]
    return any(word in ("(", "—", "–", "--", "-", ":") or word.startswith("--") for word in rest)


def _as_person(
    name: Name, sentence: Sentence, before: str, after: str, surnames: frozenset[str]
) -> Iterator[tuple[str, float]]:
    words, tags, deps = sentence.words, sentence.tags, sentence.deps
    if before in cues()["title"]:
        yield "title before", -3.0
    elif name.first and tags[name.first - 1] in _PROPER and before not in cues()["direction"]:
        entity_before = any(e.first < name.first <= e.stop and e.label in ("GPE", "DATE") for e in sentence.entities)
        if deps[name.first - 1] == "compound" and sentence.heads[name.first - 1] < name.stop and not entity_before:
            within = any(e.first < name.first and name.stop <= e.stop for e in sentence.entities if e.label != "PERSON")
            yield "name before", -1.0 if within else -2.0
    if name.stop < len(words) and tags[name.stop] in _PROPER and deps[name.stop - 1] == "compound":
        within = any(e.first <= name.first and name.stop < e.stop for e in sentence.entities if e.label != "PERSON")
        if _is_pair(name, sentence) and after not in cues()["organisation"]:
            yield "first of two names", -1.0
        if not within and after not in cues()["organisation"] and after not in cues()["title"]:
            yield "name after", -1.5
    if name.stop - name.first == 1 and words[name.first] in surnames:
        yield "surname", -2.5


def _is_pair(name: Name, sentence: Sentence) -> bool:
    """Whether the parser takes the name and the one word after it for an organisation: "Paris Hilton"."""
    return any((name.first, name.stop + 1, "ORG") == entity for entity in sentence.entities)


def _is_newspaper(name: Name, sentence: Sentence) -> bool:
    """Whether the word after next makes it one: Oakfield County Register."""
    return any(word in cues()["newspaper"] for word in sentence.words[name.stop + 1 : name.stop + 2])


def _as_word(name: Name, sentence: Sentence, renown: float) -> Iterator[tuple[str, float]]:
    word, tag = sentence.words[name.first], sentence.tags[name.first]
    if name.stop - name.first > 1:
        return
    if word in cues()["never"]:
        yield "hardly a place", -5.0
    if word in cues()["metonym"]:
        yield "stands for a government", -1.5
    if word.isupper() and len(word) <= 5 and any(w.islower() and len(w) > 3 for w in sentence.words):
        yield "an acronym", 0.0 if "." in word or word in _ACRONYMS or name.first == 0 else -2.5
    if tag not in _PROPER:
        # The tagger guesses at foreign names.
        doubt = 0.5 if word.isupper() else 1.5 if name.first == 0 else 2.5
        most = 0.2 if renown > _UNMISTAKABLE else 1.2 if renown > _DISTINCT else doubt
        yield "no proper noun", -min(doubt, most)


def _surnames(sentences: Sequence[Sentence]) -> tuple[frozenset[str], frozenset[str]]:
    """The last words of the persons named in full; and the same without those tagged as places too."""
    persons, places = set(), set()
    for sentence in sentences:
        for first, stop, label in sentence.entities:
            if label == "PERSON" and stop - first > 1:
                persons.add(sentence.words[stop - 1])
            elif label == "GPE" and stop - first == 1:
                places.add(sentence.words[first])
    return frozenset(persons), frozenset(persons - places)
