"""Where patterns leave a choice the judge decides, and of every claim it says how likely its type is."""

from __future__ import annotations

import math
from collections.abc import Iterable

from dragoman.coding.codebook import Codebook, Pattern
from dragoman.coding.features import features
from dragoman.coding.judge import load_judge
from dragoman.coding.match import Pair, parties
from dragoman.coding.view import SentenceView
from dragoman.records import Clause, Mention, Sentence

# Of claims by a pattern, the share with the right type goes with the judge's log-odds for that type (docs/quality.md).
_WITHOUT_JUDGE = 1.49
_PER_LOG_ODDS = 0.43
_SMALLEST = 0.001


def judged(sentence: Sentence, pair: Pair, codebook: Codebook) -> dict[str, float]:
    """The judge's probability for each type of what the first of the pair did to the second."""
    actor, recipient = (_of_sentence(mention, sentence) for mention in pair)
    return load_judge().probabilities(features(sentence, actor, recipient, codebook))


def preferred(
    patterns: list[Pattern], clause: Clause, view: SentenceView, codebook: Codebook
) -> tuple[list[Pattern], bool]:
    """The patterns that fit a clause with the best first, and whether the judge had to say which that is.

    Patterns of several types may be equally specific and find both parties ("allowed" is CONCEDE and RETREAT):
    then that type comes first which the judge holds for likelier.
    """
    best = [pattern for pattern in patterns if pattern.weight == patterns[0].weight]
    if len({p.type for p in best}) < 2:
        return patterns, False
    pairs = {p.type: _full(parties(p, clause, view, codebook.types[p.type])) for p in reversed(best)}
    if not all(pairs.values()):
        return patterns, False
    first = pairs[best[0].type][0]
    chances = judged(view.sentence, first, codebook)
    chosen = max(pairs, key=lambda t: (chances[t], t))
    return sorted(patterns, key=lambda p: p.type != chosen), True


def likelihood(chance: float) -> float:
    """How likely a type is that a pattern found and to which the judge gives this chance; 0 … 1.

    >>> likelihood(0.95), likelihood(0.01)
    (0.94, 0.38)
    """
    chance = min(max(chance, _SMALLEST), 1 - _SMALLEST)
    return round(1 / (1 + math.exp(-_WITHOUT_JUDGE - _PER_LOG_ODDS * math.log(chance / (1 - chance)))), 2)


def _full(pairs: Iterable[Pair]) -> list[Pair]:
    return [pair for pair in pairs if pair[0] and pair[1]]


def _of_sentence(mention: Mention | None, sentence: Sentence) -> Mention | None:
    """None for a recipient that the sentence before told."""
    return mention if mention is not None and mention.sentence == sentence.index else None
