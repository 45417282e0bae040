"""The features of a marked pair come in, a probability for each PLOVER type comes out: a linear model in plain text.

``codebooks/judge/weights.tsv`` holds one feature a line with its weight for every type; ``make train``
rebuilds it from the sentences beside it and the codebook's own examples.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from dragoman.compiled import compiled
from dragoman.errors import CodebookError
from dragoman.records import Record

_FILE = "judge/weights.tsv"


@dataclass(frozen=True, slots=True)
class Judge(Record):
    """The types, and a row of weights for each feature (the rarity of the feature already multiplied in)."""

    types: tuple[str, ...]
    bias: np.ndarray
    row: Mapping[str, int]
    rarity: np.ndarray
    weights: np.ndarray

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """How probable each type is for these features; even where none is known.

        >>> judge = load_judge()
        >>> found = judge.probabilities({"word=bomb": 1.0, "path=bomb": 1.0, "kind=ASSAULT": 2.0})
        >>> max(found, key=found.get)
        'ASSAULT'
        """
        known = [(row, value) for name, value in features.items() if (row := self.row.get(name)) is not None]
        score = self.bias
        if known:
            rows, values = [row for row, _ in known], np.array([value for _, value in known])
            weighed = values * self.rarity[rows]
            score = score + values @ self.weights[rows] / np.sqrt(weighed @ weighed)
        score = np.exp(score - max(score))
        return dict(zip(self.types, (score / score.sum()).tolist(), strict=True))


@cache
def load_judge() -> Judge:
    """The judge that is installed, read once."""
    return compiled("judge", _read_judge)


def _read_judge() -> Judge:
    text = resources.files("dragoman").joinpath("codebooks", *_FILE.split("/")).read_text(encoding="utf-8")
    lines = iter(text.splitlines())
    header = next(lines).split("\t")
    if header[:2] != ["feature", "rarity"]:
        raise CodebookError(_FILE, 1, "the header is not feature, rarity and the types", "Rebuild it with: make train")
    bias = np.array([float(cell) for cell in next(lines).split("\t")[2:]])
    row: dict[str, int] = {}
    rarity: list[float] = []
    weights: list[list[float]] = []
    for number, line in enumerate(lines):
        name, rare, *cells = line.split("\t")
        row[name] = number
        rarity.append(float(rare))
        weights.append([float(cell) for cell in cells])
    rarities = np.array(rarity)
    return Judge(tuple(header[2:]), bias, row, rarities, np.array(weights) * rarities[:, None])
