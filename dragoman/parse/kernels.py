"""Arrays go in, what ``kernels.c`` computes of them comes out; the compiled library is loaded here.

Installing the package compiles the library where there is a compiler, once for each kind of processor.
All of them give the same bytes; the fastest that this processor can run is taken.
"""

from __future__ import annotations

import ctypes
import platform
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Flags = NDArray[np.int8]

# As in kernels.c: the columns of weights come in panels of 48, three times 16.
PANEL = 48
PIECE = 16
WIDTH = 96
# The kind of action that a column of weights without a class has: kernels.c never finds it open.
NO_ACTION = 31
# From the slowest to the fastest; kernels.c counts in the same order.
LEVELS = ("plain", "avx2", "avx512")
_X86 = ("x86_64", "amd64")


class UnavailableError(Exception):
    """The fast runtime can't do it here, or not with this model; spaCy can."""


class Affine(NamedTuple):
    """Weights in panels and a bias: rows of ``terms`` numbers become rows of ``columns``."""

    weights: Floats
    bias: Floats
    terms: int
    columns: int


class Maxout(NamedTuple):
    """Weights in panels, each 16 times three pieces, and the gain and shift of the normalisation after them."""

    weights: Floats
    bias: Floats
    gain: Floats
    shift: Floats
    terms: int


class Actions(NamedTuple):
    """A transition system: what its state gives, and what kind of action with which label each class is."""

    places: int
    place: Affine
    nobody: Floats
    bias: Floats
    upper: Affine
    kinds: Ints
    labels: Ints


class Tables(NamedTuple):
    """Embedding tables, in the order of the features; ``addresses`` are where their numbers stand in memory."""

    tables: tuple[Floats, ...]
    seeds: NDArray[np.uint32]
    rows: NDArray[np.uint32]
    addresses: NDArray[np.uintp]


def tables_of(seeds: Iterable[int], tables: Iterable[Floats]) -> Tables:
    """Tables for the kernel, each with the seed of its hash."""
    kept = tuple(np.ascontiguousarray(table, np.float32) for table in tables)
    return Tables(
        kept,
        np.array(list(seeds), np.uint32),
        np.array([len(table) for table in kept], np.uint32),
        np.array([table.ctypes.data for table in kept], np.uintp),
    )


class _Decoder(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int) for name in ("places", "width", "columns")),
        *((name, ctypes.c_void_p) for name in ("nobody", "bias", "weights", "weights_bias", "kind", "label")),
    )


def pack(weights: Floats) -> Floats:
    """A matrix, terms by columns, in panels of 48 columns; the last is filled up with zeros."""
    terms, columns = weights.shape
    panels = -(-columns // PANEL)
    filled = np.zeros((terms, panels * PANEL), np.float32)
    filled[:, :columns] = weights
    return np.ascontiguousarray(filled.reshape(terms, panels, PANEL).transpose(1, 0, 2))


def affine(weights: Floats, bias: Floats) -> Affine:
    """An affine layer from its matrix, columns by terms, as the model has it."""
    packed = pack(weights.T)
    filled = np.zeros(len(packed) * PANEL, np.float32)
    filled[: len(bias)] = bias
    return Affine(packed, filled, weights.shape[1], len(filled))


class Kernels:
    """The compiled functions, at one level."""

    def __init__(self, library: ctypes.CDLL, level: str) -> None:
        self.level = level
        self._library = library
        for name in ("embed", "affine", "maxout", "first_layer", "parse", "find_entities"):
            getattr(library, name).restype = None
        library.hash_text.restype = ctypes.c_uint64

    def hash_text(self, text: bytes) -> int:
        """spaCy's number for a string."""
        number: int = self._library.hash_text(text, len(text))
        return number

    def affine(self, layer: Affine, taken: Floats) -> Floats:
        """Rows through the layer."""
        out = np.empty((len(taken), layer.columns), np.float32)
        self._library.affine(
            len(taken), _at(taken), ctypes.c_long(taken.shape[1]), layer.terms, layer.columns,
            _at(layer.weights), _at(layer.bias), _at(out),
        )  # fmt: skip
        return out

    def maxout(self, layer: Maxout, taken: Floats) -> Floats:
        """Rows through the layer."""
        out = np.empty((len(taken), WIDTH), np.float32)
        self._maxout(layer, len(taken), None, None, taken, None, out)
        return out

    def context(self, layer: Maxout, rows: Ints, taken: Floats, out: Floats, *, packed: bool = False) -> None:
        """What the layer makes of some rows and their neighbours on either side, added to them.

        Row n is the row n + 1 of ``taken``, and of ``out``; ``packed`` puts them one behind the other.
        """
        to_rows, made = (None, out) if packed else (_at(rows), out[1:])
        self._maxout(layer, len(rows), _at(rows), to_rows, taken, taken[1:], made)

    def _maxout(
        self,
        layer: Maxout,
        rows: int,
        from_rows: ctypes.c_void_p | None,
        to_rows: ctypes.c_void_p | None,
        taken: Floats,
        residual: Floats | None,
        out: Floats,
    ) -> None:
        self._library.maxout(
            rows, from_rows, to_rows, _at(taken), ctypes.c_long(taken.shape[1]), layer.terms, _at(layer.weights),
            _at(layer.bias), _at(layer.gain), _at(layer.shift), None if residual is None else _at(residual), _at(out),
        )  # fmt: skip

    def embed(self, tables: Tables, features: NDArray[np.uint64]) -> Floats:
        """Types of words by their features -> side by side, what each table has for its feature."""
        count = len(tables.seeds)
        out = np.empty((len(features), count * WIDTH), np.float32)
        self._library.embed(
            len(features), _at(features), features.shape[1], count,
            _at(tables.seeds), _at(tables.rows), _at(tables.addresses), _at(out),
        )  # fmt: skip
        return out

    def first_layer(self, layer: Maxout, types: Ints, embedded: Floats, seen: Floats, out: Floats) -> None:
        """Types of words, through the first layer, of which ``seen`` holds what each type gives."""
        self._library.first_layer(
            len(types), _at(types), _at(embedded), _at(seen),
            _at(layer.bias), _at(layer.gain), _at(layer.shift), _at(out),
        )  # fmt: skip

    def parse(
        self, actions: Actions, lengths: Ints, placed: Floats, space: Flags, *, root: int, plain: Ints, lifted: Ints
    ) -> tuple[Ints, Ints, Ints]:
        """Heads, labels and beginnings of sentences of all words of some paragraphs."""
        heads, labels, starts = (np.empty(len(space), np.int32) for _ in range(3))
        scratch = np.empty(6 * int(lengths.max(initial=0)), np.int32)
        self._library.parse(
            ctypes.byref(_decoder(actions)), len(lengths), _at(lengths), _at(placed), _at(space), root,
            _at(plain), _at(lifted), _at(heads), _at(labels), _at(starts), _at(scratch),
        )  # fmt: skip
        return heads, labels, starts

    def find_entities(
        self, actions: Actions, lengths: Ints, placed: Floats, space: Flags, starts: Ints, *, within: Ints, last: Ints
    ) -> Ints:
        """The class of the action taken at each word."""
        taken = np.empty(len(space), np.int32)
        self._library.find_entities(
            ctypes.byref(_decoder(actions)), len(lengths), _at(lengths), _at(placed), _at(space), _at(starts),
            _at(within), _at(last), _at(taken),
        )  # fmt: skip
        return taken


def _at(array: NDArray[Any]) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)


def _decoder(actions: Actions) -> _Decoder:
    """The same for C; its arrays belong to ``actions``, which outlives the call."""
    return _Decoder(
        actions.places, actions.place.columns, actions.upper.columns,
        _at(actions.nobody), _at(actions.bias), _at(actions.upper.weights), _at(actions.upper.bias),
        _at(actions.kinds), _at(actions.labels),
    )  # fmt: skip


def load_kernels(level: str | None = None) -> Kernels:
    """The library for this processor, or the one of a level; UnavailableError where nothing was compiled."""
    libraries = dict(_libraries())
    chosen = level or next((name for name in reversed(LEVELS) if name in libraries), None)
    if chosen not in libraries:
        raise UnavailableError("nothing was compiled for this computer; install dragoman where there is a C compiler")
    if level is None and chosen == "plain" and platform.machine().lower() in _X86:
        # Its bytes are the same, but it imitates what the processor lacks, which takes longer than spaCy does.
        raise UnavailableError("this processor has neither AVX2 nor AVX-512")
    return Kernels(libraries[chosen], chosen)


@cache
def _libraries() -> tuple[tuple[str, ctypes.CDLL], ...]:
    """The compiled libraries that this processor can run."""
    return tuple(_find_libraries())


def _find_libraries() -> Iterator[tuple[str, ctypes.CDLL]]:
    here = Path(__file__).parent
    highest = 0
    for number, level in enumerate(LEVELS):
        file = here / f"_kernels_{level}.so"
        if number > highest or not file.exists():
            continue
        try:
            library = ctypes.CDLL(str(file))
        except OSError:
            # Compiled for another system; spaCy does the work.
            continue
        highest = library.level()
        yield level, library
