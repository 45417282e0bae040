"""The names that the codebook doesn't have go in: people with titles, towns, organisations come out as actors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dragoman.records import Actor, Entity, Sentence
from dragoman.resolve.composition import Composer
from dragoman.resolve.gazetteer import fold
from dragoman.resolve.names import can_act, dateline_end, head_of, is_located
from dragoman.resolve.persons import gender_of, known_by_office
from dragoman.resolve.phrases import ARTICLES
from dragoman.resolve.reading import Found, Reading
from dragoman.resolve.story import CITY

_SHORTEST_TOWN = 3


def find_unlisted_people(reading: Reading, composer: Composer, taken: set[int]) -> list[Found]:
    """People by the parser's word: with a title an actor, by surname who was named before, else "unknown"."""
    sentence, found = composer.sentence, []
    for entity in sentence.entities:
        if entity.label != "PERSON" or not taken.isdisjoint(range(entity.first, entity.stop)):
            continue
        first, stop = _trim(sentence, entity, composer)
        if (
            first >= stop
            or stop - 1 in composer.phrases.role_ending
            or any(i in composer.phrases.name_at for i in range(first, stop))
        ):
            continue
        head = head_of(sentence, first, stop)
        title = composer.phrases.title_before(first)
        start = title.first if title else first
        text = " ".join(sentence.words[first:stop])
        gender = gender_of(sentence, start, stop)
        known = reading.aliases.get(fold(sentence.words[stop - 1])) if stop - first == 1 else None
        if known is not None:
            how = f"{text!r} was named in full before"
            found.append(replace(known, first=start, stop=stop, head=head, kind="name", how=how))
        elif (
            title is not None
            and title.match is not None
            and not title.former
            and stop - first == 1
            and (held := known_by_office(reading, text, title.match, composer.country_of_title(title))) is not None
        ):
            found.append(replace(held, first=start, stop=stop, head=head))
        elif title is not None and title.match is not None:
            code, how, story = composer.code_of_title(title)
            noun = title.match.role.noun
            found.append(Found(start, stop, head, Actor(text, code), "name", how, noun, True, False, gender, story))
        else:
            how = "a name that is not in the codebook"
            found.append(Found(start, stop, head, Actor(text, None), "unknown", how, "", True, False, gender))
    return found


def _trim(sentence: Sentence, entity: Entity, composer: Composer) -> tuple[int, int]:
    """The entity without a possessive 's and titles that the parser took for part of the name, with all of the name."""
    first, stop = entity.first, entity.stop
    owning = next((i for i in range(first, stop) if sentence.tags[i] == "POS"), stop)
    stop = owning if owning > first else stop
    while stop < len(sentence) and sentence.deps[stop - 1] == "compound" and sentence.heads[stop - 1] == stop:
        if stop == owning or sentence.pos[stop] != "PROPN":
            break
        stop += 1
    while stop > first and sentence.tags[stop - 1] in {"POS", "HYPH", ",", "``", "''"}:
        stop -= 1
    for i in range(first, stop - 1):
        if i in composer.phrases.role_ending:
            first = i + 1
    return first, stop


def find_towns(reading: Reading, composer: Composer, taken: set[int]) -> list[Found]:
    """A town that is shelled, taken or blamed stands for its country's people: "shelled Haifa", not "in Haifa"."""
    sentence, found = composer.sentence, []
    for first, stop, sure in _place_names(sentence):
        head = head_of(sentence, first, stop)
        if not taken.isdisjoint(range(first, stop)) or stop <= dateline_end(sentence):
            continue
        if is_located(sentence, head) or not can_act(sentence, head) or head in composer.phrases.name_at:
            continue
        text = composer.phrases.text(first, stop)
        if len(text) < _SHORTEST_TOWN:
            continue
        country = reading.story.country_of_town(text, least=0.0 if sure else CITY)
        if country is not None:
            how = f"{text!r} is a town of {country}, where it takes part"
            found.append(Found(first, stop, head, Actor(text, country), "name", how))
    return found


def _place_names(sentence: Sentence) -> Iterator[tuple[int, int, bool]]:
    """The parser's places, and single proper nouns that it took for nothing or for an organisation."""
    labelled = {i: e for e in sentence.entities for i in range(e.first, e.stop)}
    for entity in sentence.entities:
        if entity.label == "GPE":
            yield entity.first, entity.stop, True
    for i, pos in enumerate(sentence.pos):
        if pos != "PROPN" or sentence.deps[i] in {"compound", "nmod", "nsubj"} or not sentence.words[i].istitle():
            continue
        entity_here = labelled.get(i)
        alone = not any(sentence.deps[c] in {"compound", "nmod"} for c in sentence.children[i])
        if alone and (
            entity_here is None or (entity_here.label == "ORG" and entity_here.stop - entity_here.first == 1)
        ):
            yield i, i + 1, False


def find_unlisted_organisations(reading: Reading, composer: Composer, taken: set[int]) -> list[Found]:
    """An organisation that takes part and that the codebook doesn't know keeps its name; its code stays open."""
    sentence, found = composer.sentence, []
    for entity in sentence.entities:
        tokens = range(entity.first, entity.stop)
        if entity.label != "ORG" or not taken.isdisjoint(tokens) or entity.stop <= dateline_end(sentence):
            continue
        head = head_of(sentence, entity.first, entity.stop)
        if sentence.pos[head] != "PROPN" or is_located(sentence, head) or not can_act(sentence, head):
            continue
        if reading.story.country_of_town(composer.phrases.text(entity.first, entity.stop)) is not None:
            continue
        first = entity.first + (composer.phrases.word(entity.first) in ARTICLES)
        stop = entity.stop - (sentence.tags[entity.stop - 1] == "POS")
        actor = Actor(composer.phrases.text(first, stop), None)
        found.append(Found(first, stop, head, actor, "name", "an organisation that is not in the codebook"))
    return found
