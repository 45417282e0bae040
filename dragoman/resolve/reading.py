"""What is known of one document while its actors are resolved: names, role nouns, story, aliases, mentions so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dragoman.records import Actor, Attribution, Document, Mention, Sentence
from dragoman.resolve.gazetteer import Gazetteer, fold, load_gazetteer
from dragoman.resolve.names import Name, find_names
from dragoman.resolve.offices import RoleBook, load_roles
from dragoman.resolve.phrase_words import titles, words_of
from dragoman.resolve.role_nouns import RoleMatch, RoleNouns, load_role_nouns
from dragoman.resolve.story import Story


@dataclass(frozen=True, slots=True)
class Found:
    """A mention in the making; ``noun`` is its role noun, if it has one, ``person`` whether one person is meant,
    ``story`` whether the country is only that of the story, ``generic`` whether the noun says little ("group"),
    ``whose`` the organised actor that the phrase names ("Hamas fighters"), ``members`` whom a plural stands for.
    """

    first: int
    stop: int
    head: int
    actor: Actor
    kind: str
    how: str
    noun: str = ""
    person: bool = False
    plural: bool = False
    gender: str = ""
    story: bool = False
    generic: bool = False
    whose: Actor | None = None
    members: tuple[Actor, ...] = ()

    def mention(self, sentence: Sentence) -> Mention:
        """The record."""
        return Mention(
            sentence.span_of(self.first, self.stop), sentence.index, self.first, self.stop, self.head,
            self.actor, self.kind, self.how, self.members,
        )  # fmt: skip


def together(members: Sequence[Actor], first: int, stop: int, head: int, how: str) -> Found:
    """Several actors as one mention: with the code that all have, else with none and its ``members``."""
    names = f"{', '.join(m.name for m in members[:-1])} and {members[-1].name}"
    codes = {m.code for m in members}
    if len(codes) == 1:
        return Found(first, stop, head, Actor(names, codes.pop()), "description", how, plural=True)
    return Found(first, stop, head, Actor(names, None), "several", how, plural=True, members=tuple(members))


class Candidate(NamedTuple):
    """A noun phrase that something later can stand for; ``found`` is None where it is no actor ("the attack").

    ``base`` is how likely it is taken up at all, by its role and place in its sentence.
    """

    token: int
    found: Found | None
    dep: str
    plural: bool
    base: float


@dataclass(slots=True)
class Reading:
    """The state of one document; it lives as long as the document is being resolved."""

    document: Document
    sentences: Sequence[Sentence]
    gazetteer: Gazetteer
    roles: RoleBook
    names: list[list[Name]]
    role_matches: list[dict[int, RoleMatch]]
    story: Story
    speakers: frozenset[tuple[int, int]] = frozenset()
    quotes: tuple[tuple[int, int, tuple[int, int]], ...] = ()
    aliases: dict[str, Found] = field(default_factory=dict)
    by_noun: dict[str, Found] = field(default_factory=dict)
    titled: dict[str, str] = field(default_factory=dict)
    persons: dict[str, Found] = field(default_factory=dict)
    found: list[list[Found]] = field(default_factory=list)
    candidates: dict[int, list[Candidate]] = field(default_factory=dict)
    latest: tuple[Sequence[Found], list[Candidate]] | None = None

    @property
    def date(self) -> str | None:
        """The day of printing, on which roles are looked up."""
        return self.document.published

    def speakers_at(self, at: int) -> list[Actor]:
        """Who speaks the direct quotation around a character, if already found: no "he" in it is himself."""
        return [
            each.actor
            for start, end, (sentence, token) in self.quotes
            if start <= at < end and sentence < len(self.found)
            for each in self.found[sentence]
            if each.first <= token < each.stop
        ]

    def remember(self, sentence: Sentence, found: Found) -> None:
        """Let later surnames, abbreviations and "the minister" find this actor again."""
        words = sentence.words[found.first : found.stop]
        if found.person and found.actor.key and found.kind in {"name", "role"}:
            self.persons.pop(found.actor.key, None)
            self.persons[found.actor.key] = found
        if found.person and found.kind in {"name", "role"} and words:
            surname = fold(sentence.words[found.stop - 1])
            known = self.aliases.setdefault(surname, found)
            same = known.actor.key == found.actor.key or known.actor.code is None
            if same and len(known.actor.code or "") < len(found.actor.code or ""):
                self.aliases[surname] = found
            role = self.roles.role_of(found.actor.key, self.date) if found.actor.key else None
            if role is not None and role.office in words_of("royal office"):
                self.aliases.setdefault(fold(found.actor.name.split()[0]), found)
        if found.person and found.kind == "name" and not found.noun and words[0].lower() in titles():
            self.by_noun[words[0].lower()] = found
        if found.noun and found.kind not in {"pronoun", "description"}:
            self.by_noun[found.noun] = self.by_noun[found.noun.split()[-1]] = found
        if found.kind == "name" and not found.person and len(words) > 1:
            self.by_noun[words[-1].lower()] = found


def start_reading(
    document: Document, sentences: Sequence[Sentence], attributions: Sequence[Attribution] = ()
) -> Reading:
    """Find all names and role nouns of a document."""
    gazetteer, nouns = load_gazetteer(), load_role_nouns()
    names = [list(find_names(sentence, gazetteer, document.published)) for sentence in sentences]
    telling = [
        [name for name in found if not _generic(sentence, name, nouns)]
        for sentence, found in zip(sentences, names, strict=True)
    ]
    story = Story(sentences, telling, gazetteer)
    for found, kept in zip(names, telling, strict=True):
        found[:] = [n for n in found if n in kept or not story.counts or n.entry.code[:3] in story.counts]
    return Reading(
        document=document,
        sentences=sentences,
        gazetteer=gazetteer,
        roles=load_roles(),
        names=names,
        role_matches=[nouns.find(sentence) for sentence in sentences],
        story=story,
        speakers=frozenset(a.source_token for a in attributions if a.source_token is not None),
        quotes=tuple(
            (start, end, each.source_token)
            for each in attributions
            if each.quoted == "direct" and each.source_token is not None
            for start, end in each.content
        ),
    )


def _generic(sentence: Sentence, name: Name, nouns: RoleNouns) -> bool:
    """Whether an institution has a name that many countries have: "Congress", "the Senate"."""
    if name.entry.sort != "institution":
        return False
    noun = nouns.nouns.get(tuple(word.lower() for word in sentence.words[name.first : name.stop]))
    return noun is not None and not noun.country
