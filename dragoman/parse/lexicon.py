"""A text goes in, the numbers of its tokens come out; each different word is looked at once.

spaCy's tokenizer cuts at blanks first and then each piece by itself, so a piece that was cut before is cut
as before. (Where its special cases may reach over a blank, ``doubtful`` says so.) A token's number says which
word it is and whether a blank follows.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.parse.kernels import WIDTH, Flags, Floats, Ints, Kernels, spare
from dragoman.parse.weights import FEATURES, Encoder

# More different words than this are forgotten, all at once: a stream of news has some ten thousand a million words.
MOST_WORDS = 1 << 16
# Vectors are kept for as many types of words.
MOST_TYPES = 1 << 13
_RUN = re.compile(r"\S+|\s+")


class Lexicon:
    """The words met so far. The number of a token is twice its word's number, plus 1 if a blank follows.

    ``texts`` has an item for each number; ``features``, ``space`` (is it blank?) and ``lengths`` one for each word.
    """

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self.texts: list[str] = []
        self.features: list[list[int]] = []
        self.space: Flags = np.zeros(1024, np.int8)
        self.lengths: Ints = np.zeros(1024, np.int32)
        self._seams = _Seams(tokenizer)
        self._sides: Ints = np.zeros((1024, 2), np.int32)
        self._words: dict[tuple[str, int], int] = {}
        self._pieces = _Pieces(self)

    def __len__(self) -> int:
        return len(self.features)

    def tokens(self, text: str) -> list[int]:
        """The numbers of the tokens of a text.

        Together with their blanks they are the text, so offsets need not be kept.
        """
        pieces = text.split()
        if " ".join(pieces) != text:
            return self._odd_tokens(text)
        found: list[int] = []
        for piece in pieces:
            found += self._pieces[piece]
        if found:
            found[-1] -= 1
        return found

    def _odd_tokens(self, text: str) -> list[int]:
        """Where blanks are doubled, or are no plain blanks, what is more than one blank is a token of its own."""
        found: list[int] = []
        for run in _RUN.finditer(text):
            piece = run.group()
            if piece.isspace() and run.start() and piece[0] == " ":
                piece = piece[1:]
                if not piece:
                    continue
            found += self._pieces[piece]
            if text[run.end() : run.end() + 1] != " " or piece.isspace():
                found[-1] -= 1
        return found

    def doubtful(self, numbers: Ints) -> NDArray[np.intp]:
        """Tokens that spaCy might have joined with the next one over the blank between; ``cut`` asks it."""
        if len(numbers) < 2:
            return np.zeros(0, np.intp)
        sides = self._sides[numbers >> 1]
        found: NDArray[np.intp] = np.flatnonzero(
            self._seams.table[sides[:-1, 0], sides[1:, 1]] & (numbers[:-1] & 1 == 1)
        )
        return found

    def cut(self, text: str) -> list[int]:
        """The tokens of a text as spaCy's tokenizer cuts it."""
        found = self._tokenizer(text)
        return [
            2 * self._number(token.text, row) + bool(token.whitespace_)
            for token, row in zip(found, _features(found), strict=True)
        ]

    def _number(self, text: str, features: list[int]) -> int:
        # The same letters may stand for two words: "'s" is "is" or "us". The norm tells them apart.
        key = (text, features[0])
        number = self._words.get(key)
        if number is None:
            number = self._words[key] = len(self.features)
            self.texts += (text, text)
            self.features.append(features)
            if number == len(self.space):
                self.space, self.lengths = np.tile(self.space, 2), np.tile(self.lengths, 2)
                self._sides = np.tile(self._sides, (2, 1))
            self._sides[number] = self._seams.sides(text)
            self.space[number] = features[FEATURES.index("IS_SPACE")]
            self.lengths[number] = len(text)
        return number


class _Pieces(dict[str, list[int]]):
    """Pieces of text and their tokens; one that is missing is cut."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def __missing__(self, piece: str) -> list[int]:
        *most, last = self._lexicon.cut(piece)
        found = self[piece] = [*most, last + 1]
        return found


class _Seams:
    """Pairs of words that spaCy's tokenizer may find, over a blank, in one of its special cases (" :" and ") ").

    It joins what it has cut again where that makes up a special case. One that reaches over a blank is not joined,
    but stands in the way of others. ``table`` is true for such pairs, by the number of the left and the right word.
    """

    def __init__(self, tokenizer: Any) -> None:
        names = ("prefix_search", "suffix_search", "infix_finditer", "token_match", "url_match")
        settings = {name: getattr(tokenizer, name) for name in names}
        plain = type(tokenizer)(tokenizer.vocab, rules=None, **settings)
        finders = (tokenizer.find_prefix, tokenizer.find_infix, tokenizer.find_suffix)
        cases = [case for case in tokenizer.rules if any(find(case) for find in finders)]
        pairs = {pair for case in cases for pair in pairwise([token.text for token in plain(case)])}
        # Either may be joined with its other neighbour already.
        lefts = {left: {left, *(case for case in cases if case.endswith(left))} for left, _ in pairs}
        rights = {right: {right, *(case for case in cases if case.startswith(right))} for _, right in pairs}
        self._left = {word: n for n, word in enumerate(sorted(set().union(*lefts.values())), start=1)}
        self._right = {word: n for n, word in enumerate(sorted(set().union(*rights.values())), start=1)}
        self.table = np.zeros((len(self._left) + 1, len(self._right) + 1), np.bool_)
        for left, right in pairs:
            for word in lefts[left]:
                self.table[self._left[word], [self._right[other] for other in rights[right]]] = True

    def sides(self, word: str) -> tuple[int, int]:
        """The number of a word as the left one and as the right one; 0 for most words."""
        return self._left.get(word, 0), self._right.get(word, 0)


def _features(tokens: Any) -> list[list[int]]:
    rows: list[list[int]] = tokens.to_array(list(FEATURES)).astype(np.uint64).tolist()
    return rows


class Vectors:
    """What an encoder makes of a type of word before it looks at its neighbours, kept by type.

    Row 0 is for no word. The rows are ``embedded``, and ``seen``: what the type gives to the first layer.
    """

    def __init__(self, encoder: Encoder, kernels: Kernels) -> None:
        self._encoder, self._kernels = encoder, kernels
        self.embedded = np.zeros((MOST_TYPES, WIDTH), np.float32)
        self.seen = np.zeros((MOST_TYPES, encoder.seen.columns), np.float32)
        self._rows = np.zeros(0, np.int32)
        self._count = 1

    def rows(self, numbers: Ints, lexicon: Lexicon) -> Ints:
        """The row of each token (by the number that the lexicon gives)."""
        self._grow(len(lexicon.texts))
        rows = self._rows[numbers]
        if not rows.all():
            missing = np.unique(numbers[rows == 0])
            if self._count + len(missing) > MOST_TYPES:
                self.forget()
                self._grow(len(lexicon.texts))
                missing = np.unique(numbers)
            self._add(missing, lexicon)
            rows = self._rows[numbers]
        return rows

    def forget(self) -> None:
        """Keep nothing."""
        self._rows[:] = 0
        self._count = 1

    def _grow(self, size: int) -> None:
        if size > len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros(size, np.int32)])

    def _add(self, numbers: Ints, lexicon: Lexicon) -> None:
        features = np.array([lexicon.features[number >> 1] for number in numbers.tolist()], np.uint64)
        features[:, FEATURES.index("SPACY")] = numbers & 1
        mixed = spare(len(numbers), self._encoder.mix.terms)
        for column, (seed, table) in enumerate(self._encoder.tables):
            mixed[: len(numbers), WIDTH * column : WIDTH * (column + 1)] = _hashed(features[:, column], seed, table)
        embedded = spare(len(numbers), WIDTH)
        self._kernels.maxout(self._encoder.mix, len(numbers), mixed, residual=None, out=embedded)
        seen = self._kernels.affine(self._encoder.seen, len(numbers), embedded)
        rows = slice(self._count, self._count + len(numbers))
        self.embedded[rows] = embedded[: len(numbers)]
        self.seen[rows] = seen[: len(numbers)]
        self._rows[numbers] = np.arange(rows.start, rows.stop, dtype=np.int32)
        self._count = rows.stop


def _hashed(values: Any, seed: int, table: Floats) -> Floats:
    """The sum of the four rows of a table that a value hashes to (MurmurHash3 of 128 bits, for one number)."""
    first, second = values * np.uint64(0x87C37B91114253D5), np.uint64(seed ^ 8)
    first = ((first << np.uint64(31)) | (first >> np.uint64(33))) * np.uint64(0x4CF5AD432745937F)
    first ^= second
    first = first + second
    second = second + first
    first, second = _stirred(first), _stirred(second)
    first = first + second
    second = second + first
    low, high = np.uint64(0xFFFFFFFF), np.uint64(32)
    keys = [half % np.uint64(len(table)) for half in (first & low, first >> high, second & low, second >> high)]
    found: Floats = table[keys[0]] + table[keys[1]] + table[keys[2]] + table[keys[3]]
    return found


def _stirred(value: Any) -> Any:
    value = value ^ (value >> np.uint64(33))
    value = value * np.uint64(0xFF51AFD7ED558CCD)
    value = value ^ (value >> np.uint64(33))
    value = value * np.uint64(0xC4CEB9FE1A85EC53)
    return value ^ (value >> np.uint64(33))
