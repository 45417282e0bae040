"""Types of words go in, their vectors come out, as far as a type alone decides them; each is computed once."""

from __future__ import annotations

import numpy as np

from dragoman.parse.features import FEATURES
from dragoman.parse.kernels import WIDTH, Ints, Kernels
from dragoman.parse.lexicon import Lexicon
from dragoman.parse.weights import Encoder

# Vectors are kept for as many types of words; more are forgotten, all at once.
MOST_TYPES = 1 << 15


class Vectors:
    """What an encoder makes of a type of word before it looks at its neighbours, kept by type.

    Row 0 is for no word. The rows are ``embedded``, and ``seen``: what the type gives to the first layer.
    """

    def __init__(self, encoder: Encoder, kernels: Kernels) -> None:
        self._encoder, self._kernels = encoder, kernels
        self._rows = np.zeros(0, np.int32)
        self._forget(room=MOST_TYPES)

    def rows(self, numbers: Ints, lexicon: Lexicon) -> Ints:
        """The row of each token (by the number that the lexicon gives)."""
        self._grow(len(lexicon.texts))
        missing = np.unique(numbers[self._rows[numbers] == 0])
        if self._count + len(missing) > len(self.embedded):
            missing = np.unique(numbers)
            self._forget(room=max(MOST_TYPES, len(missing) + 1))
        if len(missing):
            self._add(missing, lexicon)
        return self._rows[numbers]

    def _forget(self, *, room: int) -> None:
        """Keep nothing; make room for so many rows."""
        self.embedded = np.zeros((room, WIDTH), np.float32)
        self.seen = np.zeros((room, self._encoder.seen.columns), np.float32)
        self._rows[:] = 0
        self._count = 1

    def _grow(self, size: int) -> None:
        if size > len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros(size, np.int32)])

    def _add(self, numbers: Ints, lexicon: Lexicon) -> None:
        features = np.frombuffer(lexicon.features, np.uint64).reshape(-1, len(FEATURES))[numbers >> 1]
        features[:, FEATURES.index("SPACY")] = numbers & 1
        mixed = self._kernels.embed(self._encoder.tables, features)
        rows = slice(self._count, self._count + len(numbers))
        self.embedded[rows] = embedded = self._kernels.maxout(self._encoder.mix, mixed)
        self.seen[rows] = self._kernels.affine(self._encoder.seen, embedded)
        self._rows[numbers] = np.arange(rows.start, rows.stop, dtype=np.int32)
        self._count = rows.stop
