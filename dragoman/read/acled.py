"""A file of ACLED events (CSV) goes in, its events come out one by one; ``formats/acled.csv`` has the types.

The columns are those of ACLED's codebook (https://acleddata.com), of today's files and of those before 2019.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import BinaryIO

from dragoman.errors import InputError
from dragoman.plover import event_kinds
from dragoman.read.coded import CodedEvent, PassedOver, Read, read_each
from dragoman.read.coded_cells import country_code, needed, read_coordinates, read_day, told
from dragoman.read.csv_rows import read_csv_rows
from dragoman.read.limits import LONGEST_LINE
from dragoman.tables import Row, read_table

TABLE_COLUMNS = ("event_type", "sub_event_type", "type", "mode", "cameo")
NEEDS = ("event_id_cnty", "event_date", "event_type", "actor1")
PASSED_OVER = "a development for which PLOVER has no type (change to a group, other)"
_REMEDY = "Give ACLED's own CSV file with all columns"
# The codes of the codebook; since 2024 the files have the words instead.
_INTER = {
    "1": "state forces",
    "2": "rebel group",
    "3": "political militia",
    "4": "identity militia",
    "5": "rioters",
    "6": "protesters",
    "7": "civilians",
    "8": "external/other forces",
}
_SECTORS = {
    "rebel group": "REB",
    "political militia": "UAF",
    "identity militia": "UAF",
    "rioters": "CVL",
    "protesters": "CVL",
    "civilians": "CVL",
}
# "Military Forces of Peru (2016-2018) Coast Guard", "Police Forces of the United States".
_FORCES = re.compile(r"(Military Forces|Police Forces|Government) of ([^(]+)(?:\(.*)?")
_FORCE_SECTORS = {"Military Forces": "MIL", "Police Forces": "COP", "Government": "GOV"}
_COUNTRY_AFTER = re.compile(r".*\(([^()]+)\)")
# How near the town is to what happened: in it, near it, somewhere in its region.
_PRECISION = {"1": "city", "2": "region", "3": "region"}


def read_events(file: BinaryIO, *, where: str) -> Read:
    """Each row as (where it stands, event, reason to pass it over, or error)."""
    rows = read_csv_rows(file, where=where, needs=NEEDS, remedy=_REMEDY, delimiter=_delimiter(file))
    return read_each(rows, _read_event)


def _delimiter(file: BinaryIO) -> str:
    """A comma, or the semicolon of files from ACLED's former export tool, by the first line."""
    start = file.tell()
    first = file.readline(LONGEST_LINE)
    file.seek(start)
    return ";" if b";" in first and b"," not in first else ","


def _read_event(cells: Mapping[str, str], *, place: str) -> Iterator[CodedEvent | PassedOver]:
    coded = _coded(needed(cells, "event_type", place=place), told(cells, "sub_event_type") or "", place=place)
    day = read_day(needed(cells, "event_date", place=place), place=place)
    number = needed(cells, "event_id_cnty", place=place)
    latitude, longitude = read_coordinates(cells, "latitude", "longitude", place=place)
    if not coded["type"]:
        yield PassedOver(PASSED_OVER)
        return
    kind, mode = event_kinds()[coded["type"]], coded["mode"] or None
    yield CodedEvent(
        id=number,
        day=day,
        type=kind.type,
        mode=mode,
        contexts=(),
        quad=kind.quad,
        intensity=kind.intensity(mode),
        cameo=coded["cameo"],
        actor_name=told(cells, "actor1"),
        actor_code=actor_code(told(cells, "actor1"), told(cells, "inter1")),
        recipient_name=told(cells, "actor2"),
        recipient_code=actor_code(told(cells, "actor2"), told(cells, "inter2")),
        place_name=told(cells, "location", "admin1", "country"),
        place_country=country_code(told(cells, "country")),
        place_latitude=latitude,
        place_longitude=longitude,
        place_precision=_PRECISION.get(told(cells, "geo_precision") or ""),
        publisher=told(cells, "source"),
    )


def actor_code(name: str | None, inter: str | None) -> str | None:
    """Country and sector of an actor by its name and its "inter" code or word, as far as they tell them.

    Armed groups have no country in ACLED unless the name ends with it, so that most of them have their sector alone.

    >>> actor_code("Military Forces of Peru (2016-2018)", "1"), actor_code("Civilians (Ecuador)", "Civilians")
    ('PERMIL', 'ECUCVL')
    >>> actor_code("River Front", "2"), actor_code("Unidentified Gang (Haiti)", "3")
    ('REB', 'HTICRM')
    """
    if name is None:
        return None
    forces = _FORCES.fullmatch(name)
    if forces and (country := country_code(forces[2].strip())):
        return country + _FORCE_SECTORS[forces[1]]
    after = _COUNTRY_AFTER.fullmatch(name)
    country = country_code(after[1]) if after else None
    word = (inter or "").casefold()
    # Some files have the plural: "Rebel groups".
    word = _INTER.get(word, word if word in _SECTORS else word.removesuffix("s"))
    sector = "CRM" if "militia" in word and re.search(r"\bGang\b|\bCartel\b", name) else _SECTORS.get(word)
    return f"{country or ''}{sector or ''}" or None


def _coded(event_type: str, sub_event_type: str, *, place: str) -> Row:
    found = _table().get((event_type.casefold(), sub_event_type.casefold()))
    if found is None:
        words = f"{event_type[:40]} / {sub_event_type[:40]}"
        problem = f"has an event type that ACLED's codebook lacks ({words})"
        raise InputError(place, problem, "Write it as the codebook does, or remove the row")
    return found


@cache
def _table() -> Mapping[tuple[str, str], Row]:
    return {
        (row["event_type"].casefold(), row["sub_event_type"].casefold()): row
        for row in read_table("formats/acled.csv", TABLE_COLUMNS)
    }
