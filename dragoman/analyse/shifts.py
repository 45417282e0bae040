"""A line of dated values goes in, the days on which its level moved come out, with an interval and how sure that is.

One change of level is weighed against none by Bayes' rule (Smith, "A Bayesian approach to inference about a
change-point in a sequence of random variables", Biometrika 62, 1975): normal noise of one spread, a vague normal prior
on each level, every place between two days equally likely beforehand, and a change as likely as none.  Longer lines are
split at the change that is found, and each part is looked at again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# PLOVER's intensity runs from -10 to 10: what is told of one dyad at one time spreads by two points at least.
_LEAST_SPREAD = 2.0
_LEVEL_SPREAD = 5.0
# So many values, from so many sources, must stand on either side of a change.
FEWEST = 3
FEWEST_SOURCES = 2
LIKELY = 0.9


@dataclass(frozen=True, slots=True)
class Shift:
    """The level moved: values before place ``at`` have mean ``before``, from it on ``after``.

    ``at`` counts values in order; ``first`` and ``last`` are the ends of the places that hold 90 % of the probability
    of a change, which is ``probability``; ``start`` and ``stop`` bound the part of the line that was looked at.
    """

    at: int
    first: int
    last: int
    before: float
    after: float
    probability: float
    start: int
    stop: int


def find_shifts(days: Sequence[int], values: Sequence[float], sources: Sequence[str]) -> list[Shift]:
    """The changes of level in values ordered by day (any count of days), with the source of each value.

    >>> [(s.at, s.before, s.after) for s in find_shifts(range(8), [-4, -3, -4, -3, 2, 3, 2, 3], list("abcabcab"))]
    [(4, -3.5, 2.5)]
    """
    found: list[Shift] = []
    todo = [(0, len(values))]
    while todo:
        start, stop = todo.pop()
        shift = likeliest_shift(days, values, sources, start, stop)
        if shift is not None:
            found.append(shift)
            todo += [(start, shift.at), (shift.at, stop)]
    return sorted(found, key=lambda shift: shift.at)


def places_for_change(days: Sequence[int], sources: Sequence[str], start: int, stop: int) -> list[int]:
    """The places between two days with enough values, from enough sources, on either side."""
    from_left, from_right = (
        _first_of_many(sources, range(start, stop)),
        _first_of_many(sources, range(stop - 1, start, -1)),
    )
    if from_left is None or from_right is None:
        return []
    first, last = max(start + FEWEST, from_left + 1), min(stop - FEWEST, from_right)
    return [k for k in range(first, last + 1) if days[k] != days[k - 1]]


def _first_of_many(sources: Sequence[str], places: range) -> int | None:
    """The first place, in this order, by which enough different sources have been seen."""
    seen: set[str] = set()
    for place in places:
        seen.add(sources[place])
        if len(seen) >= FEWEST_SOURCES:
            return place
    return None


def likeliest_shift(
    days: Sequence[int], values: Sequence[float], sources: Sequence[str], start: int, stop: int
) -> Shift | None:
    """The likeliest change in one part of the line, if a change is likely and both sides have enough evidence."""
    places = places_for_change(days, sources, start, stop)
    if not places:
        return None
    x = np.asarray(values[start:stop], dtype=float)
    sums = np.concatenate(([0.0], np.cumsum(x)))
    cut = np.asarray(places) - start
    n = len(x)
    means = sums[cut] / cut, (sums[n] - sums[cut]) / (n - cut)
    squares = float(np.sum(x**2))
    left_over = squares - cut * means[0] ** 2 - (n - cut) * means[1] ** 2
    spread = max(_LEAST_SPREAD, float(np.sqrt(max(0.0, left_over.min()) / n)))
    evidence = _fit(sums[cut], cut, spread) + _fit(sums[n] - sums[cut], n - cut, spread)
    none = float(_fit(np.asarray([sums[n]]), np.asarray([n]), spread)[0])
    weights = np.exp(evidence - evidence.max())
    change = float(np.log(weights.mean()) + evidence.max())
    probability = 1.0 / (1.0 + np.exp(np.clip(none - change, -700, 700)))
    if probability < LIKELY:
        return None
    share = np.cumsum(weights) / weights.sum()
    best = int(np.argmax(weights))
    return Shift(
        at=places[best],
        first=places[int(np.searchsorted(share, 0.05))],
        last=places[min(len(places) - 1, int(np.searchsorted(share, 0.95)))],
        before=float(means[0][best]),
        after=float(means[1][best]),
        probability=float(probability),
        start=start,
        stop=stop,
    )


def _fit(total: np.ndarray, count: np.ndarray, spread: float) -> np.ndarray:
    """The log probability of values with this sum and count at one unknown level, but for a constant."""
    ratio = (_LEVEL_SPREAD / spread) ** 2
    fit: np.ndarray = -0.5 * np.log1p(count * ratio) + 0.5 * total**2 / (spread**2 * (count + 1.0 / ratio))
    return fit
