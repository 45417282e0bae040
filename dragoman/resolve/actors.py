"""Sentences of a document go in, its actor mentions come out: names, roles, composed groups and references."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.records import Actor, Attribution, DateMention, Document, Mention, Sentence
from dragoman.resolve.appositions import link_appositions
from dragoman.resolve.composition import Composer
from dragoman.resolve.gazetteer import fold
from dragoman.resolve.names import Name
from dragoman.resolve.offices import load_roles
from dragoman.resolve.persons import gender_of, gender_of_name, known_person
from dragoman.resolve.reading import Found, Reading, start_reading
from dragoman.resolve.references import refer, refer_speakers
from dragoman.resolve.unlisted import find_towns, find_unlisted_organisations, find_unlisted_people


class ActorResolver:
    """Finds who is meant by names, titles, nationalities, nouns and pronouns.

    >>> from dragoman.parse import Parser
    >>> document = Document(id="d", text="Turkish warplanes bombed Kurdish positions, officials in Ankara said.")
    >>> [(m.actor.name, m.actor.code) for m in ActorResolver().resolve(document, Parser().parse(document))][0]
    ('Turkish warplanes', 'TURMIL')
    """

    def __init__(self) -> None:
        start_reading(Document(id="", text=""), ())

    def on_date(self, mention: Mention, date: DateMention | None, published: str | None) -> Mention:
        """The mention with the office that its person held when it happened, not when it was printed.

        Unchanged where no role is listed for that day or month, and for what is still to come.
        """
        known = mention.actor.key is not None and mention.kind in ("name", "pronoun")
        if not known or date is None or date.granularity not in ("day", "month"):
            return mention
        day = date.value or ""
        if not day[:4].isdigit() or (published and day > published):
            return mention
        role = load_roles().role_of(mention.actor.key or "", day)
        if role is None or role.code == mention.actor.code:
            return mention
        actor = replace(mention.actor, code=role.code)
        return replace(mention, actor=actor, how=f"{mention.how}; {role.office} when it happened, {day}")

    def resolve(
        self, document: Document, sentences: Sequence[Sentence], attributions: Sequence[Attribution] = ()
    ) -> tuple[Mention, ...]:
        """All mentions of a document that could be resolved, in the order of the text; they don't overlap."""
        reading = start_reading(document, sentences, attributions)
        for sentence in sentences:
            composer = Composer(reading, sentence)
            found = refer(reading, composer, find_actors(reading, composer))
            for each in found:
                reading.remember(sentence, each)
            reading.found.append(found)
        refer_speakers(reading, attributions)
        return tuple(
            (replace(found, kind="name") if found.kind == "unknown" else found).mention(sentence)
            for sentence, each in zip(sentences, reading.found, strict=True)
            for found in each
        )


def find_actors(reading: Reading, composer: Composer) -> list[Found]:
    """The names, roles and composed actors of one sentence; "unknown" ones are people nobody knows."""
    sentence = composer.sentence
    found = [_person(reading, composer, name) for name in composer.phrases.names if name.entry.sort == "person"]
    taken = _tokens(found)
    found += find_unlisted_people(reading, composer, taken)
    taken = _tokens(found)
    for head in sorted(composer.phrases.roles):
        if head in taken or _within_name(sentence, head, taken):
            continue
        composed = composer.compose_at(head)
        if composed is not None:
            wide = composer.phrases.widen(composed)
            if wide.head != composed.head and sentence.deps[wide.head] in {"attr", "oprd"}:
                continue
            found += [*composer.phrases.siblings(composed), wide]
    found = _without_overlap(found)
    taken = _tokens(found)
    for name in composer.phrases.names:
        if name.entry.sort != "person" and not name.place and taken.isdisjoint(range(name.first, name.stop)):
            found.append(_named(reading, composer, name))
    found += find_towns(reading, composer, _tokens(found))
    found += _aliases(reading, sentence, _tokens(found))
    found += find_unlisted_organisations(reading, composer, _tokens(found))
    found = _without_overlap(link_appositions(sentence, found))
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


def _named(reading: Reading, composer: Composer, name: Name) -> Found:
    entry, sentence = name.entry, composer.sentence
    text = " ".join(sentence.words[name.first : name.stop])
    code = entry.code
    if entry.countries:
        code = _nationality_before(composer, name) or reading.story.among(entry.countries, sentence.index)
    how = f"{text!r} is in the codebook ({entry.sort})"
    several = sentence.tags[name.head] in {"NNS", "NNPS"} or (text.endswith("s") and not text.endswith("ss"))
    plural = several and entry.sort in {"people", "demonym"}
    actor = Actor(entry.name, code or None, entry.key, entry.wikidata)
    return Found(name.first, name.stop, name.head, actor, "group" if plural else "name", how, plural=plural)


def _nationality_before(composer: Composer, name: Name) -> str | None:
    """The country of "British" in "British Kurds"."""
    before = composer.phrases.name_at.get(name.first - 1)
    known = before is not None and before.entry.sort in {"adjective", "state"} and not before.entry.countries
    return before.entry.code if before is not None and known else None


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
