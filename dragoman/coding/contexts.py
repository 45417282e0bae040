"""The words of a clause come in, PLOVER contexts go out, by the word lists of codebooks/contexts.csv."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from dragoman.records import Sentence
from dragoman.tables import read_table


def contexts_of(sentence: Sentence, tokens: Iterable[int], given: tuple[str, ...]) -> tuple[str, ...]:
    """The contexts that the pattern gives and those whose words stand among ``tokens``, in alphabetical order."""
    words = _context_words()
    found = set(given)
    for token in tokens:
        found.update(words.get(sentence.lemmas[token], ()))
    return tuple(sorted(found))


@cache
def context_names() -> frozenset[str]:
    """The names of all PLOVER contexts."""
    return frozenset(row["context"] for row in read_table("contexts.csv", ("context", "lemmas")))


@cache
def _context_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in read_table("contexts.csv", ("context", "lemmas")):
        for lemma in row.alternatives("lemmas"):
            found[lemma] = (*found.get(lemma, ()), row["context"])
    return found
