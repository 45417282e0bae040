"""Texts of paragraphs go in, sentences come out: the weights of spaCy's small English model in a runtime of our own.

What comes out is what spaCy makes of the same weights (``tests/parse/test_parity.py``), several times faster: the
vectors of words are computed once for each type, the matrix products and the two transition systems run in
``kernels.c``, and no object is made for a token.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, pairwise
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dragoman.parse.features import Features, Strings
from dragoman.parse.kernels import (
    WIDTH,
    Actions,
    Affine,
    Floats,
    Ints,
    Kernels,
    UnavailableError,
    load_kernels,
)  # fmt: skip
from dragoman.parse.lexicon import Lexicon
from dragoman.parse.models import DEFAULT_MODEL, default_model_folder
from dragoman.parse.morphology import MOST_READINGS, Morphology, Reading, Token
from dragoman.parse.tokenizer import Tokenizer
from dragoman.parse.vectors import Vectors
from dragoman.parse.weights import BEGIN, LAST, UNIT, Encoder, Weights, read_weights
from dragoman.records import Entity, Sentence

# So much text (some five hundred words) is in the kernels together: its vectors and the weights of a layer stay in
# the processor's cache.
BATCH_CHARACTERS = 3_000


def load_fast_parser(model: str) -> FastParser:
    """The runtime for the default model; UnavailableError for any other, and where nothing was compiled."""
    folder = default_model_folder() if model == DEFAULT_MODEL else None
    if folder is None:
        raise UnavailableError(f"the fast runtime is for the model {DEFAULT_MODEL} 3.8 only")
    return FastParser(folder, load_kernels())


class Paragraph(NamedTuple):
    """The words of one paragraph, column by column.

    Heads count from the beginning of the sentence, other positions from that of the paragraph.
    """

    words: tuple[str, ...]
    readings: list[Reading]
    heads: tuple[int, ...]
    starts: Ints
    ends: Ints
    bounds: list[int]
    entities: list[Entity]


class FastParser:
    """The model in a folder, run by ``kernels.c``; may be shared by threads."""

    def __init__(self, folder: Path, kernels: Kernels) -> None:
        self._kernels = kernels
        self._weights = read_weights(folder)
        strings = Strings(kernels)
        self._tokenizer, self._features = Tokenizer(folder), Features(folder, strings)
        self._morphology = Morphology(folder, strings)
        self._lock = Lock()
        self._forget()

    def pipe(self, texts: Iterable[str]) -> Iterator[partial[Iterator[Sentence]]]:
        """For each text a function that gives its sentences, once it is told where the text stands."""
        batch: list[str] = []
        size = 0
        for text in texts:
            batch.append(text)
            size += len(text)
            if size >= BATCH_CHARACTERS:
                yield from self._parse(batch)
                batch, size = [], 0
        if batch:
            yield from self._parse(batch)

    def _forget(self) -> None:
        self._lexicon = Lexicon(self._tokenizer, self._features)
        self._parser_vectors = Vectors(self._weights.parser_encoder, self._kernels)
        self._entity_vectors = Vectors(self._weights.entity_encoder, self._kernels)
        self._readings = _Readings(self._morphology, self._lexicon, self._weights)

    def _parse(self, texts: list[str]) -> list[partial[Iterator[Sentence]]]:
        """Some paragraphs together. Numbers of words hold until the lexicon is forgotten: nobody may come between."""
        with self._lock:
            paragraphs = self._read([self._lexicon.tokens(text) for text in texts])
            found = [partial(_sentences, paragraph) for paragraph in paragraphs]
            if self._lexicon.full or len(self._readings) > MOST_READINGS:
                self._forget()
            return found

    def _read(self, batch: list[list[int]]) -> Iterator[Paragraph]:
        """Paragraphs, as the numbers of their words, through the kernels."""
        weights, kernels = self._weights, self._kernels
        numbers = np.fromiter(chain.from_iterable(batch), np.int32)
        lengths = np.array([len(paragraph) for paragraph in batch], np.int32)
        space = self._lexicon.space[numbers >> 1]
        places = _Places.of(lengths, len(weights.parser_encoder.layers))
        vectors = self._encode(weights.parser_encoder, self._parser_vectors, numbers, places)
        tags = kernels.affine(weights.tagger, vectors)[:, : len(weights.tags)].argmax(1)
        placed = self._place(weights.parser_narrow, weights.parser, vectors)
        heads, deps, begins = kernels.parse(
            weights.parser, lengths, placed, space, root=weights.root, plain=weights.plain, lifted=weights.lifted
        )
        vectors = self._encode(weights.entity_encoder, self._entity_vectors, numbers, places)
        placed = self._place(weights.entity_narrow, weights.entities, vectors)
        actions = kernels.find_entities(
            weights.entities, lengths, placed, space, begins, within=weights.within, last=weights.last
        )
        readings = self._readings.of(numbers, tags, deps)
        return self._paragraphs(batch, numbers, lengths, readings, heads, begins, actions)

    def _encode(self, encoder: Encoder, vectors: Vectors, numbers: Ints, places: _Places) -> Floats:
        """The vectors of words in their context."""
        types = np.zeros(places.rows, np.int32)
        types[places.words] = vectors.rows(numbers, self._lexicon)
        # One row before the first and one behind the last stay zero.
        now, then = (np.empty((places.rows + 2, WIDTH), np.float32) for _ in range(2))
        for rows in (now, then):
            rows[[0, -1]] = 0
        self._kernels.first_layer(encoder.layers[0], types, vectors.embedded, vectors.seen, now[1:])
        *layers, last = encoder.layers[1:]
        for layer, wanted in zip(layers, places.wanted, strict=True):
            self._kernels.context(layer, wanted, now, then)
            now, then = then, now
        found = np.empty((len(numbers), WIDTH), np.float32)
        self._kernels.context(last, places.words, now, found, packed=True)
        return found

    def _place(self, narrow: Affine, actions: Actions, vectors: Floats) -> Floats:
        """What each word gives to the state of a transition system, at each place where it may stand."""
        return self._kernels.affine(actions.place, self._kernels.affine(narrow, vectors))

    def _paragraphs(
        self,
        batch: list[list[int]],
        numbers: Ints,
        lengths: Ints,
        readings: list[Reading],
        heads: Ints,
        begins: Ints,
        actions: Ints,
    ) -> Iterator[Paragraph]:
        """Columns over all words of a batch -> those of each paragraph."""
        stops = lengths.cumsum()
        firsts = stops - lengths
        begins[firsts[lengths > 0]] = 1
        places = np.arange(len(numbers))
        own = np.maximum.accumulate(places * (begins == 1))
        head = heads + np.repeat(firsts, lengths)
        # A head in another sentence counts as none.
        relative = (np.where(own[head] == own, head, places) - own).tolist()
        width = self._lexicon.lengths[numbers >> 1]
        ends = (width + (numbers & 1)).cumsum() - (numbers & 1)
        starts = ends - width
        texts = self._lexicon.texts
        entities = self._entities(actions, firsts, stops)
        beginnings = np.flatnonzero(begins == 1)
        behind = np.searchsorted(beginnings, stops).tolist()
        bounds = (beginnings - np.repeat(firsts, np.diff(behind, prepend=0))).tolist()
        sentence = 0
        for number, (paragraph, first, stop) in enumerate(zip(batch, firsts.tolist(), stops.tolist(), strict=True)):
            before = starts[first] if paragraph else 0
            yield Paragraph(
                tuple([texts[word] for word in paragraph]),
                self._morphology.in_context(readings[first:stop]),
                tuple(relative[first:stop]),
                starts[first:stop] - before,
                ends[first:stop] - before,
                [*bounds[sentence : behind[number]], len(paragraph)],
                entities[number],
            )
            sentence = behind[number]

    def _entities(self, actions: Ints, firsts: Ints, stops: Ints) -> list[list[Entity]]:
        """The entities of each paragraph, by the actions that were taken at its words."""
        entities, labels = self._weights.entities, self._weights.entity_labels
        kinds = entities.kinds[actions]
        places = np.flatnonzero((kinds == BEGIN) | (kinds == LAST) | (kinds == UNIT))
        paragraphs = np.searchsorted(stops, places, side="right")
        own = (places - firsts[paragraphs]).tolist()
        found: list[list[Entity]] = [[] for _ in firsts]
        first = 0
        for place, kind, label, paragraph in zip(
            own, kinds[places].tolist(), entities.labels[actions[places]].tolist(), paragraphs.tolist(), strict=True
        ):
            if kind != LAST:
                first = place
            if kind != BEGIN:
                found[paragraph].append(Entity(first, place + 1, labels[label]))
        return found


class _Places(NamedTuple):
    """Where the words of some paragraphs stand among rows of vectors.

    A layer looks one word to either side, so as many empty rows as layers part paragraphs from each other. Rows that
    no word sees through the layers that follow are not computed: ``wanted`` has, for each layer between the first
    and the last, those that are.
    """

    rows: int
    words: Ints
    wanted: list[Ints]

    @classmethod
    def of(cls, lengths: Ints, layers: int) -> _Places:
        """For paragraphs of these lengths."""
        count = int(lengths.sum())
        before = np.repeat(np.arange(1, len(lengths) + 1), lengths) * layers
        words = (np.arange(count) + before).astype(np.int32)
        rows = count + layers * (len(lengths) + 1)
        seen = np.zeros(rows, np.bool_)
        seen[words] = True
        wanted = []
        for _ in range(layers - 2):
            seen[1:] |= seen[:-1]
            seen[:-1] |= seen[1:]
            wanted.append(np.flatnonzero(seen).astype(np.int32))
        return cls(rows, words, wanted[::-1])


class _Readings(dict[int, Reading]):
    """Parts of speech and lemmas by word, tag and label in one number; one that is missing is read."""

    def __init__(self, morphology: Morphology, lexicon: Lexicon, weights: Weights) -> None:
        self._morphology, self._lexicon, self._weights = morphology, lexicon, weights

    def of(self, numbers: Ints, tags: NDArray[np.int64], deps: Ints) -> list[Reading]:
        """The readings of some words."""
        keys = ((numbers >> 1) * len(self._weights.tags) + tags) * len(self._weights.deps) + deps
        return [self[key] for key in keys.tolist()]

    def __missing__(self, key: int) -> Reading:
        rest, dep = divmod(key, len(self._weights.deps))
        word, tag = divmod(rest, len(self._weights.tags))
        text, space = self._lexicon.texts[2 * word], bool(self._lexicon.space[word])
        token = Token(text, text.lower(), space, self._weights.tags[tag], self._weights.deps[dep])
        found = self[key] = self._morphology.read(token)
        return found


def _sentences(read: Paragraph, *, offset: int, paragraph: int, first_index: int) -> Iterator[Sentence]:
    """The sentences of a paragraph whose text starts at ``offset``; those of blanks alone are left out."""
    if not read.words:
        return
    starts, ends = tuple((read.starts + offset).tolist()), tuple((read.ends + offset).tolist())
    tags, pos, lemmas, deps, *_ = zip(*read.readings, strict=True)
    index = first_index
    for first, stop in pairwise(read.bounds):
        words = read.words[first:stop]
        if words[0].isspace() and not "".join(words).strip():
            continue
        yield Sentence(
            index=index,
            paragraph=paragraph,
            words=words,
            lemmas=lemmas[first:stop],
            tags=tags[first:stop],
            pos=pos[first:stop],
            deps=deps[first:stop],
            heads=read.heads[first:stop],
            starts=starts[first:stop],
            ends=ends[first:stop],
            entities=tuple(
                Entity(a - first, b - first, label) for a, b, label in read.entities if first <= a and b <= stop
            ),
        )
        index += 1
