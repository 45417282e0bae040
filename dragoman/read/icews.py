"""A file of ICEWS coded events (tab-separated, with a header) goes in, its events come out one by one.

The columns are those of the data's page on Harvard Dataverse (doi:10.7910/DVN/28075).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import BinaryIO

from dragoman.errors import InputError
from dragoman.plover import kind_of_cameo
from dragoman.read.coded import CodedEvent, PassedOver, Read, read_each
from dragoman.read.coded_cells import country_code, needed, read_coordinates, read_day, told
from dragoman.read.csv_rows import read_csv_rows
from dragoman.tables import ENTRY_COLUMNS, read_table

NEEDS = ("Event ID", "Event Date", "Source Name", "CAMEO Code", "Target Name")
PASSED_OVER = "a statement, for which PLOVER has no type (CAMEO 01)"
_REMEDY = "Give the tab-separated file as Harvard Dataverse has it"
_CODE = re.compile("([0-9]{2,4})[a-z]?")


def read_events(file: BinaryIO, *, where: str) -> Read:
    """Each row as (where it stands, event, reason to pass it over, or error)."""
    # Names are not quoted in these files; a quotation mark is a part of them.
    rows = read_csv_rows(file, where=where, needs=NEEDS, remedy=_REMEDY, delimiter="\t", quoted=False)
    return read_each(rows, _read_event)


def _read_event(cells: Mapping[str, str], *, place: str) -> Iterator[CodedEvent | PassedOver]:
    cameo = read_cameo(needed(cells, "CAMEO Code", place=place), place=place)
    day = read_day(needed(cells, "Event Date", place=place), place=place)
    number = needed(cells, "Event ID", place=place)
    latitude, longitude = read_coordinates(cells, "Latitude", "Longitude", place=place)
    if (kind := kind_of_cameo(cameo)) is None:
        yield PassedOver(PASSED_OVER)
        return
    yield CodedEvent(
        # The numbers were given a second time; with the day they are unique.
        id=f"{number}/{day}",
        day=day,
        type=kind.type,
        mode=None,
        contexts=(),
        quad=kind.quad,
        intensity=kind.intensity(),
        cameo=cameo,
        actor_name=told(cells, "Source Name"),
        actor_code=_actor_code(cells, "Source"),
        recipient_name=told(cells, "Target Name"),
        recipient_code=_actor_code(cells, "Target"),
        place_name=told(cells, "City", "District", "Province", "Country"),
        place_country=country_code(told(cells, "Country")),
        place_latitude=latitude,
        place_longitude=longitude,
        place_precision=_precision(cells),
        publisher=told(cells, "Publisher"),
    )


def read_cameo(code: str, *, place: str) -> str:
    """The CAMEO code as the manual writes it. Raises InputError for what is none.

    In the files codes are words of three or four digits. Where a program took them for numbers, leading zeros are gone:
    two digits were three, and three above 209 were four, because CAMEO's roots end with 20.

    >>> [read_cameo(code, place="a.tab, line 2") for code in ("042", "42", "10", "100", "211", "203", "13y")]
    ['042', '042', '010', '100', '0211', '203', '13']
    """
    found = _CODE.fullmatch(code)
    if found is None:
        raise InputError(place, f"has a CAMEO code that is none ({code[:20]!r})", "Mend or remove the row")
    digits = found[1]
    if digits != code:
        return digits[:2]
    if len(digits) == 2 or (len(digits) == 3 and int(digits) > 209):
        digits = "0" + digits
    if not "01" <= digits[:2] <= "20":
        raise InputError(place, f"has a CAMEO code that is none ({code[:20]!r})", "Mend or remove the row")
    return digits


def _precision(cells: Mapping[str, str]) -> str | None:
    if told(cells, "City"):
        return "city"
    if told(cells, "District", "Province"):
        return "region"
    return "country" if told(cells, "Country") else None


def _actor_code(cells: Mapping[str, str], side: str) -> str | None:
    """Country and sector; of what belongs to no country the organisation's own code, if it has one."""
    country = country_code(told(cells, f"{side} Country"))
    named = {sector.strip() for sector in (told(cells, f"{side} Sectors") or "").split(",")}
    if country is None and "International Government Organization" in named:
        return _organisations().get((told(cells, f"{side} Name") or "").casefold(), "IGO")
    if country is None and "Nongovernmental Organization (International)" in named:
        return "NGO"
    return f"{country or ''}{_sector(named) or ''}" or None


def _sector(named: set[str]) -> str | None:
    """The sector of the table's first row that is among them: a minister is government before all else."""
    return next((code for sector, code in _sectors() if sector in named), None)


@cache
def _sectors() -> tuple[tuple[str, str], ...]:
    return tuple((row["sector"], row["code"]) for row in read_table("formats/icews_sectors.csv", ("sector", "code")))


@cache
def _organisations() -> Mapping[str, str]:
    return {
        name.casefold(): row["code"]
        for row in read_table("actors/organisations.csv", ENTRY_COLUMNS)
        for name in (row["name"], *row.alternatives("names"))
        if row["code"]
    }
