"""CAMEO's country, group and types of an actor go in, our code comes out: state or organisation, then a sector."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from dragoman.tables import read_table

_ORGANISATIONS = ("IGO", "NGO", "IMG")
# In the code of an organisation these say what it is concerned with (IGOUNOREFHCR: refugees), others who of it acts.
_CONCERNS = ("REF", "LAB", "BUS", "EDU")


def actor_code(code: str, *, country: str, group: str, types: Sequence[str]) -> str | None:
    """Our code, where CAMEO's is plainly the same; None for what has none, such as a religion alone.

    Older codes of countries become ISO's, armed bodies of no state IMGREB, organs of the UN the UN.

    >>> actor_code("ROMINS", country="ROM", group="", types=("INS", "", ""))
    'ROUREB'
    >>> actor_code("IGOUNOREFHCR", country="", group="HCR", types=("IGO", "REF", ""))
    'UNO'
    """
    sectors = [_table("sector")[each] for each in types if each in _table("sector")]
    organisation = next((_table(kind)[group] for kind in _ORGANISATIONS if group in _table(kind)), None)
    if organisation:
        return organisation + _part_of(code.partition(group)[2])
    if "IMG" in sectors:
        return "IMGREB"
    if "IGO" in sectors:
        return "IGO" + next((each for each in sectors if each not in (*_CONCERNS, "IGO", "NGM")), "")
    sector = next((each for each in sectors if each != "NGM"), "")
    if re.fullmatch("[A-Z]{3}", country):
        return _table("country").get(country, country) + sector
    return sector or next(iter(sectors), None)


def _part_of(rest: str) -> str:
    """Who acts, among what follows the organisation in a code: LEG of IGOEUREECLEG."""
    sectors = (_table("sector").get(each) for each in re.findall("...", rest))
    return next((each for each in sectors if each and each not in _CONCERNS), "")


@cache
def _table(kind: str) -> Mapping[str, str]:
    """Our codes by CAMEO's, of one kind."""
    rows = read_table("formats/cameo_codes.csv", ("code", "cameo", "kind"))
    return {row["cameo"]: row["code"] for row in rows if row["kind"] == kind and row["cameo"]}
