"""Sentences of a document go in, its actor mentions come out: names, roles, composed groups and references."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.records import Actor, Attribution, Document, Entity, Mention, Sentence
from dragoman.resolve.composition import Composer
from dragoman.resolve.gazetteer import fold
from dragoman.resolve.names import Name, can_act, head_of, is_located
from dragoman.resolve.owners import city_at
from dragoman.resolve.persons import gender_of, gender_of_name, known_person
from dragoman.resolve.reading import Found, Reading, start_reading
from dragoman.resolve.references import refer, refer_speakers


class ActorResolver:
    """Finds who is meant by names, titles, nationalities, nouns and pronouns.

    >>> from dragoman.parse import Parser
    >>> document = Document(id="d", text="Turkish warplanes bombed Kurdish positions, officials in Ankara said.")
    >>> [(m.actor.name, m.actor.code) for m in ActorResolver().resolve(document, Parser().parse(document))][0]
    ('Turkish warplanes', 'TURMIL')
    """

    def __init__(self) -> None:
        start_reading(Document(id="", text=""), (), frozenset())

    def resolve(
        self, document: Document, sentences: Sequence[Sentence], attributions: Sequence[Attribution] = ()
    ) -> tuple[Mention, ...]:
        """All mentions of a document that could be resolved, in the order of the text; they don't overlap."""
        speakers = frozenset(a.source_token for a in attributions if a.source_token is not None)
        reading = start_reading(document, sentences, speakers)
        for sentence in sentences:
            composer = Composer(reading, sentence)
            found = refer(reading, composer, find_actors(reading, composer))
            for each in found:
                reading.remember(sentence, each)
            reading.found.append(found)
        refer_speakers(reading, attributions)
        return tuple(
            found.mention(sentence)
            for sentence, each in zip(sentences, reading.found, strict=True)
            for found in each
            if found.kind != "unknown"
        )


def find_actors(reading: Reading, composer: Composer) -> list[Found]:
    """The names, roles and composed actors of one sentence; "unknown" ones are people nobody knows."""
    sentence = composer.sentence
    found = [_person(reading, composer, name) for name in composer.phrases.names if name.entry.sort == "person"]
    taken = _tokens(found)
    found += _unknown_people(reading, composer, taken)
    taken = _tokens(found)
    for head in sorted(composer.phrases.roles):
        if head in taken or _within_name(sentence, head, taken):
            continue
        composed = composer.compose_at(head)
        if composed is not None:
            found += [*composer.phrases.siblings(composed), composer.phrases.widen(composed)]
    found = _without_overlap(found)
    taken = _tokens(found)
    for name in composer.phrases.names:
        if name.entry.sort != "person" and not name.place and taken.isdisjoint(range(name.first, name.stop)):
            found.append(_named(reading, composer, name))
    found += _towns(reading, composer, _tokens(found))
    found += _aliases(reading, sentence, _tokens(found))
    found = _without_overlap(_link_appositions(sentence, found))
    found = [_known_speaker(reading, sentence, each) for each in found]
    _remember_abbreviations(reading, sentence, found)
    return found


def _person(reading: Reading, composer: Composer, name: Name) -> Found:
    title = composer.phrases.title_before(name.first)
    alias = _alias_of(reading, composer, name)
    if alias is not None:
        return alias
    actor, how = known_person(
        reading, name.entry, title=title.match if title else None, former=bool(title and title.former)
    )
    first = title.first if title else name.first
    noun = title.match.role.noun if title and title.match else ""
    gender = gender_of(composer.sentence, first, name.stop) or gender_of_name(name.entry.name)
    return Found(first, name.stop, name.head, actor, "name", how, noun=noun, person=True, gender=gender)


def _alias_of(reading: Reading, composer: Composer, name: Name) -> Found | None:
    """A surname that the codebook gives to somebody else than whom the document named in full."""
    word = fold(composer.sentence.words[name.first])
    if name.stop - name.first > 1 or word not in reading.aliases:
        return None
    known = reading.aliases[word]
    if not known.person or known.actor.key == name.entry.key:
        return None
    how = f"{known.actor.name} was named in full before"
    return replace(known, first=name.first, stop=name.stop, head=name.head, kind="name", how=how)


def _unknown_people(reading: Reading, composer: Composer, taken: set[int]) -> list[Found]:
    sentence, found = composer.sentence, []
    for entity in sentence.entities:
        if entity.label != "PERSON" or not taken.isdisjoint(range(entity.first, entity.stop)):
            continue
        first, stop = _trim(sentence, entity, composer)
        if (
            first >= stop
            or stop - 1 in composer.phrases.roles
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
        elif title is not None and title.match is not None:
            code, how = composer.code_of_title(title)
            noun = title.match.role.noun
            found.append(Found(start, stop, head, Actor(text, code), "name", how, noun, True, False, gender))
        else:
            how = "a name that is not in the codebook"
            found.append(Found(start, stop, head, Actor(text, None), "unknown", how, "", True, False, gender))
    return found


def _trim(sentence: Sentence, entity: Entity, composer: Composer) -> tuple[int, int]:
    """The entity without a possessive 's and without titles that the parser took for part of the name."""
    first, stop = entity.first, entity.stop
    while stop > first and sentence.tags[stop - 1] in {"POS", "HYPH", ",", "``", "''"}:
        stop -= 1
    for i in range(first, stop - 1):
        if i in composer.phrases.roles:
            first = i + 1
    return first, stop


def _named(reading: Reading, composer: Composer, name: Name) -> Found:
    entry, sentence = name.entry, composer.sentence
    text = " ".join(sentence.words[name.first : name.stop])
    code = reading.story.among(entry.countries) if entry.countries else entry.code
    how = f"{text!r} is in the codebook ({entry.sort})"
    plural = sentence.tags[name.head] in {"NNS", "NNPS"} and entry.sort in {"people", "demonym"}
    actor = Actor(entry.name, code or None, entry.key, entry.wikidata)
    return Found(name.first, name.stop, name.head, actor, "group" if plural else "name", how, plural=plural)


def _towns(reading: Reading, composer: Composer, taken: set[int]) -> list[Found]:
    """A town that is shelled, taken or blamed stands for its country's people: "shelled Haifa", not "in Haifa"."""
    sentence, found = composer.sentence, []
    for entity in sentence.entities:
        if entity.label != "GPE" or not taken.isdisjoint(range(entity.first, entity.stop)):
            continue
        head = head_of(sentence, entity.first, entity.stop)
        country = city_at(reading, composer.phrases, head)
        if country is None or is_located(sentence, head) or not can_act(sentence, head):
            continue
        if any(i in composer.phrases.name_at for i in range(entity.first, entity.stop)):
            continue
        text = composer.phrases.text(entity.first, entity.stop)
        how = f"{text!r} is a town of {country}, where it takes part"
        found.append(Found(entity.first, entity.stop, head, Actor(text, country), "name", how))
    return found


def _aliases(reading: Reading, sentence: Sentence, taken: set[int]) -> list[Found]:
    found = []
    for i, word in enumerate(sentence.words):
        if i not in taken and sentence.pos[i] == "PROPN" and fold(word) in reading.aliases:
            known = reading.aliases[fold(word)]
            around = [j for j in (i - 1, i + 1) if 0 <= j < len(sentence) and sentence.pos[j] == "PROPN"]
            if not any((j not in taken and sentence.heads[j] == i) or sentence.heads[i] == j for j in around):
                how = f"{word!r} was introduced before"
                found.append(replace(known, first=i, stop=i + 1, head=i, kind="name", how=how))
    return found


def _link_appositions(sentence: Sentence, found: list[Found]) -> list[Found]:
    """ "the premier, Ana Ruiz," and "Ana Ruiz, the premier": both stretches mean one person."""
    by_head = {each.head: k for k, each in enumerate(found)}
    linked = list(found)
    for k, each in enumerate(found):
        for g in sentence.with_dep(each.head, "appos"):
            if g not in by_head:
                continue
            head, other = linked[k], linked[by_head[g]]
            if head.person and other.person and not _both_named(head, other):
                linked[k], linked[by_head[g]] = _merged(head, other), _merged(other, head)
            elif head.kind == "composed" and not head.person and other.kind == "name" and not other.person:
                if not head.plural:
                    linked[k] = replace(head, actor=other.actor, kind="description", how=f"in apposition: {other.how}")
            elif head.kind in {"name", "group"} and other.kind == "composed" and head.plural == other.plural:
                how = f"in apposition: {head.how}"
                linked[by_head[g]] = replace(other, actor=head.actor, kind="description", how=how)
    return linked


def _both_named(one: Found, other: Found) -> bool:
    """Two people with names of their own are no apposition, whatever the parser took the comma for."""
    named = {"name", "unknown"}
    return one.kind in named and other.kind in named and one.actor.name != other.actor.name


def _merged(mine: Found, other: Found) -> Found:
    """One of two stretches for a person, with what the other tells: the codebook first, then name, then role."""
    if mine.actor.key:
        return mine
    if other.actor.key:
        return replace(mine, actor=other.actor, kind=_kind(mine), how=f"in apposition: {other.how}")
    told = other if other.actor.code and (mine.story or not mine.actor.code) else mine
    code = told.actor.code
    name = mine.actor.name if mine.kind in {"name", "unknown"} else other.actor.name
    kind = "name" if mine.kind == "unknown" and code else _kind(mine)
    noun = mine.noun or other.noun
    return replace(
        mine, actor=Actor(name, code), kind=kind, noun=noun, gender=mine.gender or other.gender,
        how=mine.how if told is mine else f"in apposition: {other.how}",
    )  # fmt: skip


def _kind(found: Found) -> str:
    return "role" if found.kind == "composed" else found.kind


def _known_speaker(reading: Reading, sentence: Sentence, found: Found) -> Found:
    if found.kind == "unknown" and any((sentence.index, i) in reading.speakers for i in range(found.first, found.stop)):
        return replace(found, kind="name", how="a speaker whom the codebook doesn't know")
    return found


def _remember_abbreviations(reading: Reading, sentence: Sentence, found: Sequence[Found]) -> None:
    """ "Free Aceh Movement (GAM)": later GAM is the same."""
    for each in found:
        at = each.stop
        if at + 2 < len(sentence) and sentence.words[at] == "(" and sentence.words[at + 2] == ")":
            word = sentence.words[at + 1]
            if word.isupper() and 2 <= len(word) <= 7 and fold(word) not in reading.aliases:
                reading.aliases[fold(word)] = each


def _within_name(sentence: Sentence, head: int, taken: set[int]) -> bool:
    """Whether a role noun is a part of a longer noun phrase whose own role noun speaks for it."""
    return sentence.deps[head] in {"compound", "nmod"} and sentence.heads[head] in taken


def _without_overlap(found: list[Found]) -> list[Found]:
    """Earlier ones win over later ones that share a token with them; sorted by place."""
    kept: list[Found] = []
    taken: set[int] = set()
    for each in sorted(found, key=lambda f: (f.kind == "unknown", -(f.stop - f.first), f.first)):
        if taken.isdisjoint(range(each.first, each.stop)):
            kept.append(each)
            taken.update(range(each.first, each.stop))
    return sorted(kept, key=lambda f: f.first)


def _tokens(found: Sequence[Found]) -> set[int]:
    return {i for each in found for i in range(each.first, each.stop)}
