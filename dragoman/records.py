"""Every record that travels down the line; frozen, slotted, picklable, standard library only.

The line is text -> Document -> Sentence -> (Clause, Attribution, Mention, DateMention, PlaceMention)
-> Event -> Claim.  All spans are ``(start, end)`` in Unicode code points of ``Document.text``,
end excluded.  A token is addressed as ``(sentence index, token index)``, written ``Token`` here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal, NamedTuple

Span = tuple[int, int]
Token = tuple[int, int]

# Stands for the pattern in the rule of a claim that no coder made.
ADDED = "added by a person"
Status = Literal["actual", "alleged", "planned", "hypothetical", "negated"]
Quoted = Literal["direct", "indirect", "none"]
SourceKind = Literal["publisher", "person", "institution", "document", "anonymous", "unspecified"]


class Record:
    """What all records share: one is pickled as the call that makes it, which holds for compiled classes too."""

    __slots__ = ()
    __match_args__: ClassVar[tuple[str, ...]] = ()

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), tuple([getattr(self, name) for name in self.__match_args__])


@dataclass(frozen=True, slots=True)
class Document(Record):
    """One report as it was read: the text exactly as given, and what is known about its printing.

    ``published`` is an ISO date (``2018-04-12``) or None; ``publisher`` is who prints.

    >>> Document(id="d1", text="Ankara recalled its envoy.", published="2018-04-12").publisher is None
    True
    """

    id: str
    text: str
    published: str | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped(Record):
    """What was passed over without being a fault, where it stands and why: a report in German, pictures in an archive.

    ``number`` is how many there are, where they are told of together.
    """

    where: str
    reason: str
    number: int = 1


class Entity(NamedTuple):
    """A named entity of the parser: tokens ``first`` up to ``stop`` (excluded) and its label."""

    first: int
    stop: int
    label: str


@dataclass(frozen=True, slots=True)
class Sentence(Record):
    """One parsed sentence as parallel tuples, one item a token; no object of the parser library.

    ``heads[i]`` is the index of the head within the sentence, the root points at itself.
    ``starts``/``ends`` are code points of the document.  ``deps`` are ClearNLP labels
    (nsubj, dobj, pobj, ccomp …), ``tags`` Penn Treebank, ``pos`` Universal.
    """

    index: int
    paragraph: int
    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    tags: tuple[str, ...]
    pos: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    entities: tuple[Entity, ...] = ()
    children: tuple[tuple[int, ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                found[head].append(i)
        object.__setattr__(self, "children", tuple(map(tuple, found)))

    def __len__(self) -> int:
        return len(self.words)

    @property
    def span(self) -> Span:
        """The characters from the first to the last token."""
        return (self.starts[0], self.ends[-1])

    def span_of(self, first: int, stop: int) -> Span:
        """The characters of tokens ``first`` up to ``stop`` (excluded)."""
        return (self.starts[first], self.ends[stop - 1])

    def with_dep(self, i: int, *deps: str) -> list[int]:
        """The children of token ``i`` that hang on it by one of ``deps``, from left to right."""
        children = self.children[i]
        # Most words have none, and this is asked several times a word.
        return [child for child in children if self.deps[child] in deps] if children else []

    def child(self, i: int, *deps: str) -> int | None:
        """The first child of token ``i`` by one of ``deps``, or None."""
        for child in self.children[i]:
            if self.deps[child] in deps:
                return child
        return None

    def subtree(self, i: int, *, without: frozenset[str] | set[str] = frozenset()) -> list[int]:
        """Token ``i`` and all below it, in order; branches that hang by a label in ``without`` are left out."""
        found, todo = [i], [i]
        while todo:
            for child in self.children[todo.pop()]:
                if self.deps[child] not in without:
                    found.append(child)
                    todo.append(child)
        return sorted(found)

    def ancestors(self, i: int) -> list[int]:
        """The head of token ``i``, its head, and so on up to the root."""
        found = []
        while self.heads[i] != i:
            i = self.heads[i]
            found.append(i)
        return found

    def conjuncts(self, i: int) -> list[int]:
        """Token ``i`` and the tokens coordinated below it: "London and Paris" for London."""
        found = [i]
        for each in found:
            found += self.with_dep(each, "conj")
        return sorted(found)


@dataclass(frozen=True, slots=True)
class Actor(Record):
    """Who is meant: a name, and its CAMEO-style code (``RUSMIL``: country, then at most one sector).

    ``code`` is None for a source that is nobody in particular ("officials").  ``key`` is the
    codebook row it came from, or "" when it was composed from a nationality and a role.
    """

    name: str
    code: str | None
    key: str = ""
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Role(Record):
    """An office that somebody held from ``start`` to ``end`` (ISO dates, None: open)."""

    office: str
    actor: str
    code: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Mention(Record):
    """A stretch of text that stands for an actor: tokens ``first`` up to ``stop`` of one sentence.

    ``head`` is its syntactic head, ``how`` says in words how the actor was found.
    ``kind`` is name, role, composed, group, pronoun, description or several.  ``members`` are the actors
    that a plural stands for when they are not of one side ("both countries"); the actor has no code then.
    """

    span: Span
    sentence: int
    first: int
    stop: int
    head: int
    actor: Actor
    kind: str
    how: str
    members: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True)
class DateMention(Record):
    """A TIMEX3 expression: ``type`` DATE or TIME, ``value`` such as 2018-04-12, 2018-W15, PRESENT_REF.

    ``value`` is None where the text does not settle it; ``granularity`` is day, week, month, year …
    """

    span: Span
    sentence: int
    first: int
    stop: int
    type: str
    value: str | None
    granularity: str | None


@dataclass(frozen=True, slots=True)
class PlaceMention(Record):
    """A toponym; the coordinates are None where it could not be told which place is meant.

    ``country`` is ISO 3166 alpha-3; ``precision`` is point, city, region or country.
    """

    span: Span
    sentence: int
    first: int
    stop: int
    head: int
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    precision: str | None


@dataclass(frozen=True, slots=True)
class Clause(Record):
    """A predicate with its participants, as tokens of one sentence; nothing is coded yet.

    ``lemma`` holds the particle too ("walk back").  ``kind`` is verb, noun (an event noun: "raid")
    or adjective.  ``agents`` act and ``patients`` are acted upon in meaning, whatever the voice;
    coordinated ones are listed one by one.  ``obliques`` are (preposition, token), ``complements``
    (marker, token) with marker to, that, ing or purpose; ``complement_agents`` are their subjects.
    ``governor`` is the verb an event noun depends on ("launch" in "launched a raid"); its subject
    comes as an oblique named ``holder``.
    """

    sentence: int
    head: int
    lemma: str
    kind: str
    passive: bool = False
    agents: tuple[int, ...] = ()
    patients: tuple[int, ...] = ()
    datives: tuple[int, ...] = ()
    obliques: tuple[tuple[str, int], ...] = ()
    complements: tuple[tuple[str, int], ...] = ()
    complement_agents: tuple[int, ...] = ()
    governor: int | None = None


@dataclass(frozen=True, slots=True)
class Attribution(Record):
    """Somebody (``source``) says, thinks or writes (``cue``) something (``content``).

    ``parent`` is the index of the attribution whose content holds this one, in the document's list.
    ``source_token`` is the head token of the source.  ``stance`` is what the cue commits its
    source to: assert, doubt, deny, ask, intend, none.  ``quoted`` tells direct from indirect speech.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    parent: int | None
    sentence: int
    source_token: Token | None
    cue_token: Token | None
    kind: SourceKind
    quoted: Quoted
    stance: str = "assert"


@dataclass(frozen=True, slots=True)
class Certainty(Record):
    """How the text presents what a predicate tells: its status, and the author's commitment -3 … 3.

    ``rule`` names what decided, ``cues`` the words that did.
    """

    status: Status
    commitment: float
    rule: str
    cues: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceLink(Record):
    """One mouth: who vouches (``name``, ``code``), in which words, by which cue."""

    name: str
    kind: SourceKind
    span: Span | None = None
    cue: str | None = None
    code: str | None = None


SourceChain = tuple[SourceLink, ...]


@dataclass(frozen=True, slots=True)
class Event(Record):
    """What was done, in PLOVER: type, mode, contexts; who to whom.

    ``rule`` is the pattern that decided, ``score`` (0 … 1) how likely its type is in the judge's eyes.
    """

    type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad: int
    intensity: float
    cameo: str
    actor: Mention | None
    recipient: Mention | None
    date: DateMention | None
    place: PlaceMention | None
    score: float | None
    rule: str


@dataclass(frozen=True, slots=True)
class Claim(Record):
    """An event, who vouches for it, how sure anybody is, and the words that support it.

    ``about`` is the id of the claim that this statement is about ("threatened" about "strike").
    """

    id: str
    document: str
    sentence: int
    sentence_span: Span
    trigger: Span
    event: Event
    chain: SourceChain
    certainty: Certainty
    quoted: Quoted
    about: str | None
    codebook: str
