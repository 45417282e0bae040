"""A text goes in, the numbers of its words come out; each different word is looked at once.

A piece between blanks that was cut before is cut as before. A number says which word it is and whether a blank
follows.
"""

from __future__ import annotations

from array import array
from itertools import pairwise, product

import numpy as np

from dragoman.parse.features import Features
from dragoman.parse.kernels import Flags, Ints
from dragoman.parse.tokenizer import RUN, Tokenizer, Word

# More different words, or pieces, than this are forgotten, all at once: there are some ten thousand words in a
# hundred reports, and forty thousand in a thousand.
MOST_WORDS = 1 << 16
MOST_PIECES = 1 << 18


class Lexicon:
    """The words met so far. The number of a token is twice its word's number, plus 1 if a blank follows.

    ``texts`` has an item for each number; ``space`` (is it blank?) and ``lengths`` have one for each word, and
    ``features`` has one number after the other for each word, in the order of FEATURES.
    """

    def __init__(self, tokenizer: Tokenizer, features: Features) -> None:
        self._tokenizer, self._features = tokenizer, features
        self._seams = _Seams(tokenizer)
        self._words: dict[tuple[str, str | None], int] = {}
        self._pieces = _Pieces(self)
        self.texts: list[str] = []
        self.features = array("Q")
        self.space: Flags = np.zeros(1024, np.int8)
        self.lengths: Ints = np.zeros(1024, np.int32)

    @property
    def full(self) -> bool:
        """Whether it is time for a new one."""
        return len(self.texts) > 2 * MOST_WORDS or len(self._pieces) > MOST_PIECES

    def tokens(self, text: str) -> list[int]:
        """The numbers of the words of a text. Together with their blanks they are the text."""
        pieces = text.split()
        found: list[int] = []
        if " ".join(pieces) != text:
            found = self._with_blanks(text)
        elif pieces:
            for piece in pieces:
                found += self._pieces[piece]
            found[-1] -= 1
        return self.cut(text) if self._has_seam(found) else found

    def _with_blanks(self, text: str) -> list[int]:
        """The same where blanks are words too: all but one space between two words."""
        found: list[int] = []
        for run in RUN.findall(text):
            if run[0] == " " and found:
                found[-1] += 1
                run = run[1:]
            if run:
                found += self._pieces[run]
                found[-1] -= 1
        return found

    def cut(self, text: str) -> list[int]:
        """The same for any text, by the tokenizer itself."""
        return [2 * self._number(word) + word.blank for word in self._tokenizer.words(text)]

    def _has_seam(self, tokens: list[int]) -> bool:
        """Whether the tokenizer may find one of its special cases over a blank."""
        texts, seams = self.texts, self._seams
        return any(
            a & 1 and texts[a] in seams.lefts and (texts[a], texts[b]) in seams.pairs for a, b in pairwise(tokens)
        )

    def _number(self, word: Word) -> int:
        # The same letters may stand for two words: "'s" is "is" or "us". The norm tells them apart.
        key = (word.text, word.norm)
        number = self._words.get(key)
        if number is None:
            number = self._words[key] = self._add(word)
        return number

    def _add(self, word: Word) -> int:
        number = len(self.texts) // 2
        self.texts += (word.text, word.text)
        self.features.extend(self._features.of(word))
        if number == len(self.space):
            self.space, self.lengths = np.tile(self.space, 2), np.tile(self.lengths, 2)
        self.space[number] = word.text.isspace()
        self.lengths[number] = len(word.text)
        return number


class _Pieces(dict[str, list[int]]):
    """Pieces of text and their tokens, before a blank; one that is missing is cut."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def __missing__(self, piece: str) -> list[int]:
        *most, last = self._lexicon.cut(piece)
        found = self[piece] = [*most, last + 1]
        return found


class _Seams:
    """Pairs of words that the tokenizer may find, over a blank, in one of its special cases (" :" and ") ").

    That is not joined, but stands in the way of others.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        joins = [words for several in tokenizer.joins.values() for words in several]
        cases = ["".join(words) for words in joins]
        pairs = {pair for words in joins for pair in pairwise(words)}
        # Either may be joined with its other neighbour already.
        lefts = {left: [left, *(case for case in cases if case.endswith(left))] for left in {one for one, _ in pairs}}
        rights = {
            right: [right, *(case for case in cases if case.startswith(right))] for right in {two for _, two in pairs}
        }
        self.pairs: set[tuple[str, str]] = set()
        for left, right in pairs:
            self.pairs.update(product(lefts[left], rights[right]))
        self.lefts = {left for left, _ in self.pairs}
