"""The tokens of a sentence go in, the date expressions among them come out; the patterns are in dates/patterns.csv.

A pattern is a row of elements: a class of dates/words.csv in capitals, a word in small letters, ``|`` between
alternatives, ``?`` after what may be left out.  The column ``sets`` fills the fields of the expression:
``shift=UNIT-NUM@now`` takes the unit and the number from the words that matched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from dragoman.resolve.date_calendar import holiday_rows
from dragoman.resolve.date_expression import FIELDS, Expression, Found, Shift
from dragoman.resolve.date_words import Label, labels_of
from dragoman.tables import Row, read_table

PATTERN_COLUMNS = ("pattern", "sets", "published", "example", "value")
REF_COLUMNS = ("phrase", "value", "example")
_HYPHENS = frozenset("-‐‑")
_TRAILING = _HYPHENS | {","}
# Which field a class fills when the row doesn't say otherwise.
_CLASS_FIELDS = {
    "YEAR": "year",
    "MONTH": "month",
    "MON": "month",
    "DAY": "day",
    "ORDDAY": "day",
    "WEEKDAY": "weekday",
    "WKD": "weekday",
    "SEASON": "season",
    "QUARTER": "quarter",
    "HALF": "half",
    "DECADE": "decade",
    "HOLIDAY": "holiday",
    "PART": "part",
    "LIGHT": "part",
}
_TERM = re.compile(r"([+-]?)(\w+)")
_TEXT_FIELDS = frozenset({"season", "part", "clock", "role", "ref"})
_SETTINGS = frozenset({*FIELDS, "role", "pair"})

Capture = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row: its elements and what it sets; ``order`` breaks ties, the earlier row wins."""

    order: int
    sets: tuple[tuple[str, str], ...]
    row: Row


@dataclass(slots=True)
class Node:
    """A state of the matcher: what may come next, and the pattern that is complete here."""

    following: dict[str, Node] = field(default_factory=dict)
    pattern: Pattern | None = None


class Match(NamedTuple):
    """A pattern that ended before token ``stop``, and the classes it met on its way."""

    pattern: Pattern
    stop: int
    captures: tuple[Capture, ...]


class Reading(NamedTuple):
    """The words of one sentence with all that the matcher needs to know of them."""

    words: Sequence[str]
    labels: list[tuple[Label, ...]]
    root: Node
    holidays: dict[int, tuple[int, int]]


def find_expressions(words: Sequence[str]) -> list[Found]:
    """The date expressions of a row of words, longest first at every place, none overlapping.

    >>> [(f.first, f.stop, f.expression.month, f.expression.day) for f in find_expressions("on May 3 .".split())]
    [(1, 3, 5, 3)]
    """
    holidays = _find_holidays(words)
    starts = [at for at, word in enumerate(words) if _may_begin(word) or at in holidays]
    if not starts:
        return []
    reading = Reading(words, [labels_of(word) for word in words], _patterns(), holidays)
    found: list[Found] = []
    behind = 0
    for at in starts:
        match = _longest(reading, at) if at >= behind else None
        if match is not None:
            pattern, behind, captures = match
            found.extend(_build(pattern, at, behind, captures))
    return found


@lru_cache(maxsize=100_000)
def _may_begin(word: str) -> bool:
    """Is there a pattern that begins with such a word?"""
    return any(name in _patterns().following for name, _ in labels_of(word))


def _longest(reading: Reading, start: int) -> Match | None:
    best: Match | None = None
    todo: list[tuple[Node, int, tuple[Capture, ...]]] = [(reading.root, start, ())]
    while todo:
        node, at, captures = todo.pop()
        pattern = node.pattern
        if pattern and (best is None or (at, -pattern.order) > (best.stop, -best.pattern.order)):
            best = Match(pattern, at, captures)
        if at == len(reading.words):
            continue
        for name, value in reading.labels[at]:
            following = node.following.get(name)
            if following is not None:
                todo.append((following, at + 1, (*captures, (name, value, at)) if value else captures))
        if at in reading.holidays and "HOLIDAY" in node.following:
            stop, key = reading.holidays[at]
            todo.append((node.following["HOLIDAY"], stop, (*captures, ("HOLIDAY", str(key), at))))
        if reading.words[at] in _HYPHENS and at > start and "-" not in node.following:
            todo.append((node, at + 1, captures))
    # A hyphen or a comma at the end was only taken in the hope of more.
    while best and reading.words[best.stop - 1] in _TRAILING:
        best = best._replace(stop=best.stop - 1)
    return best


def _find_holidays(words: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Where a name of a holiday begins: where it ends, and its key."""
    names = _holiday_names()
    found: dict[int, tuple[int, int]] = {}
    for at, word in enumerate(words):
        if word[:1].isupper():
            for name, key in names.get(word.lower(), ()):
                if [each.lower() for each in words[at : at + len(name)]] == name:
                    found[at] = (at + len(name), key)
                    break
    return found


@cache
def _holiday_names() -> dict[str, tuple[tuple[list[str], int], ...]]:
    """The names by their first word, the longest first."""
    names: dict[str, list[tuple[list[str], int]]] = {}
    for key, row in enumerate(holiday_rows()):
        for name in row.alternatives("names"):
            words = name.lower().split()
            names.setdefault(words[0], []).append((words, key))
    return {first: tuple(sorted(each, key=lambda name: -len(name[0]))) for first, each in names.items()}


def _build(pattern: Pattern, first: int, stop: int, captures: tuple[Capture, ...]) -> Iterator[Found]:
    values: dict[str, str] = {}
    places: dict[str, int] = {}
    for name, value, at in captures:
        key = f"{name}2" if name in values else name
        values.setdefault(key, value)
        places.setdefault(key, at)
    sets = dict(pattern.sets)
    twin = sets.pop("pair", None)
    expression = _fill(sets, values)
    if twin is None:
        yield Found(first, stop, expression)
    else:
        yield Found(first, places["DAY"] + 1, expression)
        yield Found(places[twin], stop, replace(expression, day=int(values[twin])))


def _fill(sets: dict[str, str], values: dict[str, str]) -> Expression:
    told: dict[str, object] = {}
    if "FULLDATE" in values:
        told.update(zip(("year", "month", "day"), map(int, values["FULLDATE"].split("-")), strict=True))
    for name, value in values.items():
        target = _CLASS_FIELDS.get(name)
        if target and target not in sets:
            told[target] = value if target in _TEXT_FIELDS else int(value)
    clock = values.get("CLOCK") or values.get("HHMM") or values.get("HOUR")
    if clock and "YEAR" not in told and "year" not in told:
        told["clock"] = clock
    for target, text in sets.items():
        if target in ("shift", "turn"):
            told[target] = _read_shift(text, values)
        elif target == "clock":
            told[target] = _read_clock(text, values)
        else:
            told[target] = text if target in _TEXT_FIELDS else _sum(text, values)
    return Expression(**told)  # type: ignore[arg-type]


def _read_shift(text: str, values: dict[str, str]) -> Shift:
    """``UNIT-NUM@now``, ``day+TURN``, ``TURN``; a turn brings its own base along."""
    if text == "TURN":
        number, base = values["TURN"].split()
        return Shift("", int(number), base)
    amount, _, base = text.partition("@")
    unit, sign, number = re.split(r"([+-])", amount, maxsplit=1)
    unit = values.get("UNIT") or values["UNITS"] if unit == "UNIT" else unit
    number = values.get(number, number)
    if " " in number:
        number, base = number.split()
    return Shift(unit, int(number) * (-1 if sign == "-" else 1), base)


def _read_clock(text: str, values: dict[str, str]) -> str:
    name = text.split("+")[0]
    hour, _, minute = values.get(name, values.get("HDM", "")).partition(":")
    if "AMPM" in text:
        hour = str(int(hour) % 12 + int(values["AMPM"]))
    return f"T{int(hour):02}:{minute or '00'}"


def _sum(text: str, values: dict[str, str]) -> int:
    """``1900+TENS+ONES``; a class that was left out counts nothing."""
    total = 0
    for sign, term in _TERM.findall(text):
        number = int(term) if term.isdecimal() else int(values.get(term, 0))
        total += -number if sign == "-" else number
    return total


@cache
def _patterns() -> Node:
    """All patterns as one tree of labels."""
    root = Node()
    order = 0
    for row in read_table("dates/refs.csv", REF_COLUMNS):
        order += 1
        _plant(root, row["phrase"].split(), Pattern(order, (("ref", row["value"]),), row))
    for row in read_table("dates/patterns.csv", PATTERN_COLUMNS):
        order += 1
        _plant(root, row["pattern"].split(), Pattern(order, _read_sets(row), row))
    return root


def _read_sets(row: Row) -> tuple[tuple[str, str], ...]:
    sets = tuple(tuple(part.split("=", 1)) for part in row["sets"].split())
    for each in sets:
        if len(each) != 2 or each[0] not in _SETTINGS:
            raise row.error(f"unknown setting {'='.join(each)!r}", f"Use FIELD=VALUE, with one of {', '.join(FIELDS)}")
    return tuple((name, value) for name, value in sets)


def _plant(root: Node, elements: list[str], pattern: Pattern) -> None:
    choices = []
    for element in elements:
        names: tuple[str | None, ...] = tuple(element.removesuffix("?").split("|"))
        choices.append((*names, None) if element.endswith("?") else names)
    for path in product(*choices):
        node = root
        for name in path:
            if name is not None:
                node = node.following.setdefault(name, Node())
        if node.pattern is None and node is not root:
            node.pattern = pattern
