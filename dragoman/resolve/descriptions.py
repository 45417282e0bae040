"""A noun goes in; whether it takes up an actor named before ("the kingdom", "the group") comes out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dragoman.records import Sentence
from dragoman.tables import read_table

COLUMNS = ("noun", "stands_for", "codes", "gender")
_PARTS = frozenset({"north", "south"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})


@dataclass(frozen=True, slots=True)
class Description:
    """A noun that with "the" takes up an actor: ``stands_for`` person, group or state; ``codes`` limits which."""

    stands_for: str
    codes: tuple[str, ...]
    gender: str


@lru_cache(maxsize=1)
def descriptions() -> dict[str, Description]:
    """The nouns that take up an actor with a definite article.

    >>> "SAU" in descriptions()["kingdom"].codes
    True
    """
    return {
        row["noun"]: Description(row["stands_for"], row.alternatives("codes"), row["gender"])
        for row in read_table("actors/descriptions.csv", COLUMNS)
    }


def description_at(sentence: Sentence, i: int) -> Description | None:
    """The description whose head is token ``i``, if it is definite: "the kingdom", "both countries"."""
    nouns, lemma = descriptions(), sentence.lemmas[i]
    noun = nouns.get(lemma)
    if noun is None and i > 0:
        noun = nouns.get(f"{sentence.words[i - 1].lower()} {lemma}")
    if noun is None or sentence.deps[i] == "compound" or (lemma in _PARTS and sentence.words[i].islower()):
        return None
    left = [c for c in sentence.children[i] if c < i]
    return noun if left and sentence.words[left[0]].lower() in DEFINITE | {"both"} else None


def is_description(sentence: Sentence, i: int) -> bool:
    """Whether token ``i`` takes up a state or group, so that what it owns can be told only later."""
    found = description_at(sentence, i)
    return found is not None and found.stands_for in {"state", "group"}
