"""Words with their tags and labels go in, parts of speech and lemmas come out, by the model's own rules.

The rules are those that the model brings along: its attribute ruler's patterns, of which the last that fits
decides, and its lemmatizer's tables of endings and exceptions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.parse.features import Strings
from dragoman.parse.kernels import UnavailableError
from dragoman.tables import read_table

_BEGINS = attrgetter("begins")
# Different words with tag and label; more are forgotten, all at once.
MOST_READINGS = 1 << 18


class Token(NamedTuple):
    """What rules may ask about a token."""

    text: str
    lower: str
    space: bool
    tag: str
    dep: str


class Reading(NamedTuple):
    """What the rules say about a token; ``begins`` numbers the rules on two tokens of which it fits the first."""

    tag: str
    pos: str
    lemma: str
    dep: str
    begins: tuple[int, ...]
    token: Token


# A column of Token, and what must hold of its value.
Test = tuple[int, Callable[[Any], object]]


class Rule(NamedTuple):
    """Tests of one token, or of two neighbours, and what the rule sets at which of them."""

    number: int
    tests: tuple[tuple[Test, ...], ...]
    attributes: dict[str, str]
    place: int


class _Said(NamedTuple):
    """Rules that fit a token, what those on one token set together, and the numbers of those on two."""

    rules: list[Rule]
    attributes: dict[str, str]
    begins: tuple[int, ...]


class Morphology:
    """The attribute ruler and the lemmatizer of a model."""

    def __init__(self, folder: Path, strings: Strings) -> None:
        self._rules: list[Rule] = []
        # Rules by the word that their first token must be; those that look at a word in another way, or not at all.
        self._by_word: defaultdict[str, list[Rule]] = defaultdict(list)
        self._on_any_word: list[Rule] = []
        self._wordless: list[Rule] = []
        # What those of the last kind that fit say, by tag, label and whether it is a blank.
        self._fitting: dict[tuple[str, str, bool], _Said] = {}
        self._lemmatizer = _Lemmatizer(folder / "lemmatizer" / "lookups", strings)
        self._read_rules(folder / "attribute_ruler" / "patterns")

    def read(self, token: Token, more: Sequence[int] = ()) -> Reading:
        """A token read by the rules on one token, and by those on two that are found to fit."""
        said = self._wordless_rules(token)
        on_word = [
            rule for rule in (*self._by_word.get(token.lower, ()), *self._on_any_word) if _fits(rule.tests[0], token)
        ]
        if on_word or more:
            said = self._said([*said.rules, *on_word], more)
        found = said.attributes
        pos = found.get("POS", "")
        lemma = found.get("LEMMA") or self._lemmatizer.lemma(token.text, pos, found.get("MORPH", ""))
        return Reading(
            found.get("TAG", token.tag),
            pos,
            lemma_exceptions().get((token.lower, pos)) or lemma.lower(),
            found.get("DEP", token.dep),
            said.begins,
            token,
        )

    def in_context(self, readings: list[Reading]) -> list[Reading]:
        """The readings of neighbours, by the rules on two tokens too ("let's" is "let us")."""
        if not any(map(_BEGINS, readings)):
            return readings
        more: dict[int, list[int]] = {}
        for place, (first, second) in enumerate(pairwise(readings)):
            for rule in map(self._rules.__getitem__, first.begins):
                if _fits(rule.tests[1], second.token):
                    more.setdefault(place + rule.place, []).append(rule.number)
        for place, numbers in more.items():
            readings[place] = self.read(readings[place].token, numbers)
        return readings

    def _read_rules(self, file: Path) -> None:
        import srsly

        for entry in srsly.read_msgpack(file):
            # One entry may have several patterns; each is a rule here.
            for pattern in entry["patterns"]:
                if len(pattern) > 2:
                    raise UnavailableError(f"{file}: a pattern of more than two tokens: {pattern}")
                tests = tuple(tuple(_test(*item) for item in token.items()) for token in pattern)
                rule = Rule(len(self._rules), tests, entry["attrs"], entry["index"])
                self._rules.append(rule)
                self._file(rule, pattern[0].get("LOWER"))

    def _file(self, rule: Rule, word: Any) -> None:
        if word is None:
            self._wordless.append(rule)
            return
        words = [word] if isinstance(word, str) else word.get("IN", ())
        for each in words:
            self._by_word[each].append(rule)
        if not words:
            self._on_any_word.append(rule)

    def _wordless_rules(self, token: Token) -> _Said:
        key = (token.tag, token.dep, token.space)
        found = self._fitting.get(key)
        if found is None:
            found = self._fitting[key] = self._said([rule for rule in self._wordless if _fits(rule.tests[0], token)])
        return found

    def _said(self, rules: list[Rule], more: Sequence[int] = ()) -> _Said:
        """What those of the rules that are on one token say, and those on two that are found to fit."""
        attributes: dict[str, str] = {}
        for number in sorted({rule.number for rule in rules if len(rule.tests) == 1}.union(more)):
            attributes.update(self._rules[number].attributes)
        return _Said(rules, attributes, tuple([rule.number for rule in rules if len(rule.tests) == 2]))


def _test(name: str, wanted: Any) -> Test:
    column = {"LOWER": "lower", "IS_SPACE": "space", "TAG": "tag", "DEP": "dep"}.get(name)
    if column is None:
        raise UnavailableError(f"a pattern that asks for {name}")
    return Token._fields.index(column), _condition(wanted)


def _condition(wanted: Any) -> Callable[[Any], object]:
    if not isinstance(wanted, dict):
        return lambda value: value == wanted
    ((kind, argument),) = wanted.items()
    if kind == "REGEX":
        return re.compile(argument).search
    values = frozenset(argument)
    if kind == "IN":
        return values.__contains__
    if kind == "NOT_IN":
        return lambda value: value not in values
    raise UnavailableError(f"a pattern that asks whether a value is {kind}")


def _fits(tests: tuple[Test, ...], token: Token) -> bool:
    return all(holds(token[column]) for column, holds in tests)


@cache
def lemma_exceptions() -> dict[tuple[str, str], str]:
    """Words that the lemmatizer's rules get wrong ("waged" is of "wage")."""
    return {(r["word"], r["pos"]): r["lemma"] for r in read_table("lemmas.csv", ("word", "pos", "lemma"))}


# The parts of speech of which the tables know anything.
_KINDS = ("adj", "adv", "noun", "punct", "verb")


class _Lemmatizer:
    """A word, its part of speech and its form go in, the lemma comes out."""

    def __init__(self, folder: Path, strings: Strings) -> None:
        import srsly

        tables = srsly.read_msgpack(folder / "lookups.bin")
        self._rules, self._exceptions, index = (
            {kind: table[key] for kind in _KINDS if (key := strings.number(kind)) in table}
            for table in (tables[f"lemma_{name}"] for name in ("rules", "exc", "index"))
        )
        self._index = {kind: frozenset(words) for kind, words in index.items()}

    def lemma(self, text: str, pos: str, form: str) -> str:
        """The first lemma that the endings and exceptions give."""
        kind = pos.lower()
        if kind in ("", "space") or _is_base(kind, form):
            return text.lower()
        known = self._index.get(kind, frozenset())
        rules, exceptions = self._rules.get(kind, []), self._exceptions.get(kind, {})
        if not (known or rules or exceptions):
            return text if kind == "propn" else text.lower()
        word = text.lower()
        ended = [word[: len(word) - len(old)] + new for old, new in rules if word.endswith(old)]
        listed = [form for form in ended if form in known]
        odd = [form for form in ended if form and form not in known and not form.isalpha()]
        unlisted = [form for form in ended if form and form not in known and form.isalpha()]
        # The last form in the list of words comes first; exceptions come before it, the last first again.
        forms = [*reversed(listed), *odd]
        for form in exceptions.get(word, []):
            if form not in forms:
                forms.insert(0, form)
        first: str = [*forms, *unlisted, text][0]
        return first


@cache
def _is_base(kind: str, form: str) -> bool:
    """Whether a form (``Number=Sing|Person=3``) is the one that dictionaries have."""
    traits = dict(trait.split("=", 1) for trait in form.split("|") if "=" in trait)
    if kind == "noun" and traits.get("Number") == "Sing":
        return True
    if kind == "verb" and traits.get("VerbForm") == "Fin" and traits.get("Tense") == "Pres" and "Number" not in traits:
        return True
    return traits.get("VerbForm") in ("Inf", "None") or traits.get("Degree") == "Pos"
