"""The codebook files come in (plover/*.toml, types.csv, modes.csv), checked patterns indexed by lemma go out."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from dragoman.coding.contexts import context_names
from dragoman.compiled import compiled
from dragoman.errors import CodebookError
from dragoman.plover import MODE_COLUMNS, TYPE_COLUMNS
from dragoman.records import Record
from dragoman.tables import read_table

_PREDICATE_KEYS = ("verb", "noun", "adjective")
_OTHER_KEYS = ("with", "without", "needs", "actor", "recipient", "reciprocal", "mode", "contexts", "cameo")
KEYS = frozenset((*_PREDICATE_KEYS, *_OTHER_KEYS, "example", "not"))
NEEDS = frozenset(("actor", "recipient", "both", "passive", "active", "clause", "own-act", "answer"))
Condition = tuple[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class EventType(Record):
    """One PLOVER type: its quad class, intensity, whether it needs a recipient, its CAMEO root.

    ``mutual`` tells which reciprocal patterns are coded both ways: ``always``, ``joint`` (only where the
    two act as one subject: "Cairo and Tripoli") or ``no``; ``once`` pairs such a subject's two without any
    mark, one way.  ``fallback`` says what stands for a recipient that is not told: the state in which it is
    done (``place``), whom its aim concerns (``purpose``: "marched to denounce Oslo"), or who is to meet the
    condition (``condition``: "unless Oslo pays").  ``answers`` are the types of acts to which this one is an
    answer, so that who did them is whom it is for.
    """

    name: str
    quad: int
    intensity: float
    recipient_required: bool
    cameo: str
    mutual: str
    fallback: str
    answers: tuple[str, ...]
    modes: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Pattern(Record):
    """One entry of the codebook: which predicate, what must and must not stand in its slots, what it codes.

    ``required`` and ``excluded`` are (slot, alternatives); ``*`` is anything, ``@name`` a class of nouns.
    ``actor`` and ``recipient`` are slots in order of preference.
    """

    id: str
    type: str
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    adjectives: tuple[str, ...]
    required: tuple[Condition, ...]
    excluded: tuple[Condition, ...]
    needs: frozenset[str]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    reciprocal: bool
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str
    example: str
    counterexample: str

    @property
    def weight(self) -> int:
        """How specific the pattern is: of several that fit, the most specific decides."""
        score = sum(
            1 if "*" in values else 3 if any(v[:1] == "@" for v in values) else 4 for _, values in self.required
        )
        return 2 * score + len(self.needs)


def _strictness(values: frozenset[str]) -> int:
    if "*" in values:
        return 1
    if "@actor" in values or "@place" in values:
        return 2
    return 3 if any(value[:1] == "@" for value in values) else 4


@dataclass(frozen=True, slots=True)
class Codebook(Record):
    """All patterns, by the lemma of their predicate.

    ``version`` is a hash of every codebook file on which claims rest: actors, places and reporting words too.
    """

    version: str
    types: Mapping[str, EventType]
    patterns: tuple[Pattern, ...]
    verbs: Mapping[str, tuple[Pattern, ...]]
    nouns: Mapping[str, tuple[Pattern, ...]]
    adjectives: Mapping[str, tuple[Pattern, ...]]
    classes: Mapping[str, frozenset[str]]
    lemma_types: Mapping[str, tuple[str, ...]]

    def types_of(self, lemma: str) -> tuple[str, ...]:
        """The types that have a pattern on this lemma, whatever its part of speech.

        >>> load_codebook().types_of("extradite")
        ('COERCE', 'COOPERATE')
        """
        return self.lemma_types.get(lemma, ())


@cache
def load_codebook() -> Codebook:
    """The codebook that is installed, read and checked once.

    >>> load_codebook().types["ASSAULT"].quad
    4
    """
    return compiled("codebook", _read_codebook)


def _read_codebook() -> Codebook:
    folder = resources.files("dragoman").joinpath("codebooks")
    types = _load_types()
    classes = load_classes(folder.joinpath("nouns.toml").read_text(encoding="utf-8"))
    patterns: list[Pattern] = []
    for file in _toml_files(folder.joinpath("plover")):
        text = file.read_text(encoding="utf-8")
        patterns.extend(parse_patterns(text, file=f"plover/{file.name}", types=types, classes=classes))
    verbs, nouns, adjectives = (_index(patterns, kind) for kind in ("verbs", "nouns", "adjectives"))
    return Codebook(
        version=f"plover-{_fingerprint(folder)}",
        types=types,
        patterns=tuple(patterns),
        verbs=verbs,
        nouns=nouns,
        adjectives=adjectives,
        classes=classes,
        lemma_types=_types_by_lemma(verbs, nouns, adjectives),
    )


def _types_by_lemma(*indexes: Mapping[str, Iterable[Pattern]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for index in indexes:
        for lemma, patterns in index.items():
            found.setdefault(lemma, set()).update(pattern.type for pattern in patterns)
    return {lemma: tuple(sorted(types)) for lemma, types in found.items()}


def load_classes(text: str) -> dict[str, frozenset[str]]:
    """The classes of nouns (``@weapon`` …); an item ``@other`` takes in the whole other class."""
    raw: dict[str, list[str]] = tomllib.loads(text)

    def members(name: str, seen: tuple[str, ...] = ()) -> set[str]:
        if name in seen:
            raise CodebookError("nouns.toml", name, f"@{name} contains itself", "Break the circle")
        found: set[str] = set()
        for item in raw.get(name, ()):
            found |= members(item[1:], (*seen, name)) if item.startswith("@") else {item}
        return found

    return {name: frozenset(members(name)) for name in raw}


# Classes that are decided by what the resolvers found, not by a list of nouns.
OPEN_CLASSES = frozenset(("actor", "place", "person", "state", "armed", "promised", "menaced", "refused", "owed"))


def parse_patterns(
    text: str, *, file: str, types: Mapping[str, EventType], classes: Mapping[str, frozenset[str]]
) -> list[Pattern]:
    """The patterns of one codebook file; raises CodebookError naming file, entry and remedy."""
    try:
        book = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise CodebookError(file, getattr(problem, "lineno", "?"), str(problem), "Mend the TOML") from problem
    if book.get("type") not in types:
        raise CodebookError(file, 1, f"unknown type {book.get('type')!r}", f"Use one of {', '.join(types)}")
    found: list[Pattern] = []
    taken: dict[str, int] = {}
    for number, entry in enumerate(book.get("pattern", ()), start=1):
        where = f"pattern {number}"
        _check_entry(entry, file=file, where=where, event_type=types[book["type"]], classes=classes)
        found.append(_pattern(entry, book, types[book["type"]], taken))
    return found


def _check_entry(
    entry: Mapping[str, Any], *, file: str, where: str, event_type: EventType, classes: Mapping[str, frozenset[str]]
) -> None:
    unknown = set(entry) - KEYS
    if unknown:
        raise CodebookError(file, where, f"unknown key {sorted(unknown)[0]!r}", f"Keys are {', '.join(sorted(KEYS))}")
    if not any(entry.get(key) for key in ("verb", "noun", "adjective")):
        raise CodebookError(file, where, "no verb, noun or adjective", "Name the predicate's lemma")
    for key in ("example", "not"):
        if not entry.get(key):
            raise CodebookError(file, where, f"no {key!r} sentence", "Every pattern carries an example and a not")
    if entry.get("mode") and entry["mode"] not in event_type.modes:
        raise CodebookError(file, where, f"unknown mode {entry['mode']!r}", f"Modes are {', '.join(event_type.modes)}")
    for name, allowed in (("needs", NEEDS), ("contexts", context_names())):
        wrong = set(entry.get(name, ())) - allowed
        if wrong:
            raise CodebookError(
                file, where, f"unknown {name} {sorted(wrong)[0]!r}", f"Use {', '.join(sorted(allowed))}"
            )
    for key in ("with", "without"):
        for slot, values in entry.get(key, {}).items():
            for value in _listed(values):
                if value.startswith("@") and value[1:] not in classes and value[1:] not in OPEN_CLASSES:
                    raise CodebookError(file, where, f"unknown class {value!r} in {slot}", "Add it to nouns.toml")


def _pattern(
    entry: Mapping[str, Any], book: Mapping[str, Any], event_type: EventType, taken: dict[str, int]
) -> Pattern:
    verbs, nouns, adjectives = (tuple(_listed(entry.get(key, ()))) for key in ("verb", "noun", "adjective"))
    trigger = (*verbs, *nouns, *adjectives)[0]
    key = f"{event_type.name.lower()}.{trigger.replace(' ', '_')}"
    taken[key] = taken.get(key, 0) + 1
    reciprocal = bool(entry.get("reciprocal", False))
    default = book.get("noun_recipient" if nouns and not verbs else "recipient", ("object",))
    return Pattern(
        id=key if taken[key] == 1 else f"{key}.{taken[key]}",
        type=event_type.name,
        verbs=verbs,
        nouns=nouns,
        adjectives=adjectives,
        required=_conditions(entry.get("with", {})),
        excluded=_conditions(entry.get("without", {})),
        needs=frozenset(entry.get("needs", ())),
        actor=tuple(_listed(entry.get("actor") or _actor_slots(book, noun=not (verbs or adjectives), both=reciprocal))),
        recipient=tuple(_listed(entry.get("recipient", default))),
        reciprocal=reciprocal,
        mode=entry.get("mode"),
        contexts=tuple(entry.get("contexts", book.get("contexts", ()))),
        cameo=str(entry.get("cameo", event_type.cameo)),
        example=entry["example"],
        counterexample=entry["not"],
    )


def _actor_slots(book: Mapping[str, Any], *, noun: bool, both: bool) -> tuple[str, ...]:
    """Where who acts is looked for, unless the pattern says otherwise."""
    if not noun:
        return tuple(_listed(book.get("actor", "subject")))
    return ("between", "subject", "holder", "attendee") if both else ("subject", "holder", "by", "from")


def _conditions(slots: Mapping[str, Any]) -> tuple[Condition, ...]:
    return tuple((slot, frozenset(_listed(values))) for slot, values in slots.items())


def _listed(value: str | Iterable[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _index(patterns: Iterable[Pattern], kind: str) -> dict[str, tuple[Pattern, ...]]:
    found: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        for lemma in getattr(pattern, kind):
            found.setdefault(lemma, []).append(pattern)
    return {lemma: tuple(sorted(some, key=lambda p: -p.weight)) for lemma, some in found.items()}


def _fingerprint(folder: Traversable) -> str:
    """Eight digits of a hash over all tables below ``folder``, the judge's weights too, its sentences not."""
    digest = hashlib.sha256()
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.is_dir() and file.name == "formats":  # of others; no claim rests on them
            continue
        if file.is_dir():
            digest.update(f"{file.name}/{_fingerprint(file)}".encode())
        elif file.name.endswith((".toml", ".csv")) or file.name == "weights.tsv":
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:8]


def _toml_files(folder: Traversable) -> list[Traversable]:
    return sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)


def _load_types() -> dict[str, EventType]:
    modes: dict[str, dict[str, float]] = {}
    for row in read_table("plover/modes.csv", MODE_COLUMNS):
        modes.setdefault(row["type"], {})[row["mode"]] = float(row["intensity"])
    return {
        row["type"]: EventType(
            name=row["type"],
            quad=int(row["quad"]),
            intensity=float(row["intensity"]),
            recipient_required=row["recipient_required"] == "yes",
            cameo=row["cameo"],
            mutual=row["mutual"],
            fallback=row["fallback"],
            answers=tuple(row["answers"].split()),
            modes=modes.get(row["type"], {}),
        )
        for row in read_table("plover/types.csv", TYPE_COLUMNS)
    }
