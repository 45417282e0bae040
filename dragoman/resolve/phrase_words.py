"""The table of small words goes in; the sets by which noun phrases are read come out ("backed", "former", "dozen")."""

from __future__ import annotations

from functools import lru_cache

from dragoman.tables import read_table

COLUMNS = ("word", "kind", "gender")


@lru_cache(maxsize=64)
def words_of(kind: str) -> frozenset[str]:
    """The words of one kind.

    >>> "backed" in words_of("backed"), "dozen" in words_of("quantity")
    (True, True)
    """
    return frozenset(row["word"] for row in read_table("actors/phrase_words.csv", COLUMNS) if row["kind"] == kind)


@lru_cache(maxsize=1)
def titles() -> dict[str, str]:
    """The titles before a name with the gender they tell: m, f, or "" for none.

    >>> titles()["mrs"]
    'f'
    """
    return {
        row["word"]: row["gender"] for row in read_table("actors/phrase_words.csv", COLUMNS) if row["kind"] == "title"
    }
