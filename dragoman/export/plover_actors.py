"""An actor's code goes in, PLOVER's code and sector for it come out.

Tables "Non-state actor codes" and "Sector primary codes" of the PLOVER manual (openeventdata/PLOVER on GitHub).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dragoman.tables import KEY_COLUMNS, SECTOR_COLUMNS, STATE_COLUMNS, read_table

# Codes of organisations that PLOVER has too, by another name or the same.
_NON_STATE = {"NGO": "NGO", "NGM": "ISM", "IMG": "IMG", "IGO": "IGO"}


def plover_actor(code: str | None) -> tuple[str | None, str | None]:
    """PLOVER's code and sector for one of ours.

    >>> [plover_actor(code) for code in ("PERMIL", "MED", "NATMIL", "ISIS", "PERUNK")]
    [('PER', 'MIL'), (None, 'JRN'), ('IGO', 'MIL'), ('IMG', 'REB'), ('PER', None)]
    """
    if not code:
        return None, None
    if code == "ISIS":
        return "IMG", "REB"
    first, rest = code[:3], code[3:]
    if first in countries():
        return first, _sectors().get(rest)
    if first in _organisations():
        return _NON_STATE.get(first, "IGO"), _sectors().get(rest)
    return None, _sectors().get(code)


@cache
def countries() -> Mapping[str, str]:
    """Every country's number in the Correlates of War, as POLECAT has it, by its code; "" where it has none."""
    numbers = {row["code"]: row["cow"] for row in read_table("formats/country_keys.csv", KEY_COLUMNS)}
    return {row["code"]: "" for row in read_table("actors/states.csv", STATE_COLUMNS)} | numbers


@cache
def _sectors() -> Mapping[str, str]:
    """PLOVER's sector for each of ours: its MED is who heals, and ours, who prints and broadcasts, is its JRN."""
    rows = read_table("formats/polecat_sectors.csv", SECTOR_COLUMNS)
    return {row["sector"]: row["plover"] for row in rows if row["written"] == "yes"}


@cache
def _organisations() -> frozenset[str]:
    return frozenset(row["code"] for row in read_table("actors/codes.csv", ("code", "meaning")))
