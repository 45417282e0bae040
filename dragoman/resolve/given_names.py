"""The table of given names goes in; the gender of their bearers comes out."""

from __future__ import annotations

from functools import lru_cache

from dragoman.resolve.gazetteer import fold
from dragoman.tables import read_table


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """Given names, folded, and the gender of their bearers.

    >>> given_names()["Angela"]
    'f'
    """
    return {fold(row["name"]): row["gender"] for row in read_table("actors/given_names.csv", ("name", "gender"))}
