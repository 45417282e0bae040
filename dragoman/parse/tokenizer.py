"""A text goes in, its words come out, cut as spaCy's tokenizer cuts them, by the rules in the model's folder.

A piece between blanks is cut by itself: prefixes and suffixes are split off, what is left is split at infixes, and
special cases ("can't" is "ca", "n't") are taken whole. Afterwards neighbours that make up a special case together
are joined again; the longest first, and what one has touched, no other may take.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from dragoman.parse.kernels import UnavailableError

# Attributes in the special cases, by spaCy's numbers.
_ORTH, _NORM = 65, 67
RUN = re.compile(r"\S+|\s+")


class Word(NamedTuple):
    """A word; whether a blank follows; the norm that a special case gives it ("us" for "'s" in "let's")."""

    text: str
    blank: bool = False
    norm: str | None = None


class Tokenizer:
    """The rules of one model."""

    def __init__(self, folder: Path) -> None:
        import srsly

        rules = srsly.msgpack_loads((folder / "tokenizer").read_bytes())
        self._prefix = re.compile(rules["prefix_search"]).search
        self._suffix = re.compile(rules["suffix_search"]).search
        self._infixes = re.compile(rules["infix_finditer"]).finditer
        self._address = re.compile(rules["url_match"]).match
        if rules["token_match"]:
            raise UnavailableError(f"{folder}: tokenizer with a rule of an unknown kind")
        self._cases: dict[str, list[Word]] = {}
        # Special cases that may have to be joined, as the words that they are cut into otherwise, by the first.
        self.joins: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._read_cases(rules["exceptions"])

    def _read_cases(self, cases: dict[str, list[dict[int, str]]]) -> None:
        for text in cases:
            if self._prefix(text) or any(self._infixes(text)) or self._suffix(text):
                words = tuple(word.text for word in self._cut(text))
                self.joins[words[0]].append(words)
        self._cases = {
            text: [Word(word[_ORTH], norm=word.get(_NORM)) for word in words] for text, words in cases.items()
        }

    def words(self, text: str) -> list[Word]:
        """The words of a text.

        What is more than one blank between two words is a word, and so is any other white space.
        """
        found: list[Word] = []
        for run in RUN.finditer(text):
            piece = run.group()
            if piece.isspace() and found and piece[0] == " ":
                found[-1] = found[-1]._replace(blank=True)
                piece = piece[1:]
            if piece:
                found += self._cut(piece)
        return self._join(found)

    def _cut(self, text: str) -> list[Word]:
        """Split off prefixes and suffixes in turn; what is left is a special case, a whole, or split at infixes."""
        before: list[str] = []
        after: list[str] = []
        size = 0
        while text and text not in self._cases and not _is_plain(text) and len(text) != size:
            size = len(text)
            prefix = _length(self._prefix(text))
            rest = text[prefix:]
            if prefix and rest in self._cases:
                before.append(text[:prefix])
                text = rest
                break
            suffix = _length(self._suffix(rest))
            if suffix and text[:-suffix] in self._cases:
                after.append(text[-suffix:])
                text = text[:-suffix]
                break
            if prefix:
                before.append(text[:prefix])
            if suffix and prefix + suffix <= size:
                after.append(text[-suffix:])
                text = text[prefix:-suffix]
            else:
                text = rest
        middle = self._cases.get(text) or [Word(part) for part in self._parts(text)]
        return [*map(Word, before), *middle, *map(Word, reversed(after))]

    def _parts(self, text: str) -> list[str]:
        """An address of the web whole, anything else split at its infixes; one at the very beginning stays."""
        if not text:
            return []
        if _is_plain(text) or self._address(text):
            return [text]
        spans = [match.span() for match in self._infixes(text) if match.start()]
        cuts = [0, *(place for span in spans for place in span), len(text)]
        return [text[first:stop] for first, stop in pairwise(cuts) if first < stop]

    def _join(self, words: list[Word]) -> list[Word]:
        """Put special cases together again."""
        found: dict[int, int] = {}
        taken: set[int] = set()
        for start, stop in sorted(self._joinable(words), key=lambda span: (span[0] - span[1], span)):
            if start not in taken and stop - 1 not in taken:
                found[start] = stop
            taken.update(range(start, stop))
        for start, stop in sorted(found.items(), reverse=True):
            # Over a blank nothing is joined, but what lies there is taken.
            if not any(word.blank for word in words[start : stop - 1]):
                *most, last = self._cases["".join(word.text for word in words[start:stop])]
                words[start:stop] = [*most, last._replace(blank=words[stop - 1].blank)]
        return words

    def _joinable(self, words: list[Word]) -> Iterator[tuple[int, int]]:
        texts = tuple(word.text for word in words)
        for start, text in enumerate(texts):
            for join in self.joins.get(text, ()):
                if texts[start : start + len(join)] == join:
                    yield start, start + len(join)


def _is_plain(text: str) -> bool:
    """Letters from A to Z alone: no rule cuts between them."""
    return text.isascii() and text.isalpha()


def _length(match: re.Match[str] | None) -> int:
    return match.end() - match.start() if match else 0
