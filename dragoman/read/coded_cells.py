"""Cells of a file of coded events go in, checked values come out: days, coordinates, countries; unknown is None."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from dragoman.errors import InputError
from dragoman.tables import KEY_COLUMNS, STATE_COLUMNS, read_table

_NOTHING = frozenset(("", "none", "null", "na", "nan", "n/a"))
# Files that dragoman writes have a ' before a text that a spreadsheet would run as a formula.
_GUARDED = re.compile(r"'(?=[=+\-@])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{4})")


def told(cells: Mapping[str, str | None], *columns: str) -> str | None:
    """The first of the columns that says something; the datasets' words for nothing count as nothing.

    >>> told({"City": "None", "Country": " PER "}, "City", "Country")
    'PER'
    """
    for column in columns:
        cell = (cells.get(column) or "").strip()
        if cell.casefold() not in _NOTHING:
            return _GUARDED.sub("", cell, count=1) if cell.startswith("'") else cell
    return None


def needed(cells: Mapping[str, str | None], column: str, *, place: str) -> str:
    """A cell that must say something. Raises InputError where it does not."""
    if (cell := told(cells, column)) is None:
        raise InputError(place, f"has no {column!r}", "Fill it in, or remove the row")
    return cell


def read_day(cell: str, *, place: str) -> str:
    """A day as an ISO date, from one ("2018-04-12", a time after it is passed over) or from words.

    >>> read_day("12 April 2018", place="a.csv, line 2")
    '2018-04-12'
    """
    if worded := _WORDED.fullmatch(cell):
        day, month, year = worded.groups()
        if month.casefold() in _MONTHS:
            cell = f"{year}-{_MONTHS.index(month.casefold()) + 1:02}-{int(day):02}"
    try:
        return date.fromisoformat(re.split("[T ]", cell)[0]).isoformat()
    except ValueError as problem:
        raise InputError(place, f"has a date that is no day ({cell[:30]!r})", "Write it as YYYY-MM-DD") from problem


def read_coordinates(
    cells: Mapping[str, str | None], latitude: str, longitude: str, *, place: str
) -> tuple[float | None, float | None]:
    """Latitude and longitude, both or neither. Raises InputError where they are no place on Earth.

    >>> read_coordinates({"lat": "-3.5", "lon": "-80.4"}, "lat", "lon", place="a.csv, line 2")
    (-3.5, -80.4)
    """
    words = told(cells, latitude), told(cells, longitude)
    if words[0] is None or words[1] is None:
        return None, None
    try:
        found = float(words[0]), float(words[1])
    except ValueError:
        found = (999.0, 999.0)
    # A comparison with "not a number" is false, so that it is refused too.
    if not (abs(found[0]) <= 90 and abs(found[1]) <= 180):
        raise InputError(
            place, f"has coordinates that are no place ({words[0][:20]}, {words[1][:20]})", "Mend or empty both"
        )
    return found


def country_code(name: str | None) -> str | None:
    """ISO 3166 alpha-3 of a country by its name as ICEWS and ACLED write it; None for what is no country.

    >>> country_code("Occupied Palestinian Territory"), country_code("Congo"), country_code("Atlantis")
    ('PSE', 'COG', None)
    """
    return None if name is None else _countries().get(name.casefold().removeprefix("the ").strip())


@cache
def _countries() -> Mapping[str, str]:
    """Codes by folded name. The datasets' own spellings come last: their bare "Congo" is the one of Brazzaville."""
    names = [
        (name, row["code"])
        for row in read_table("actors/states.csv", STATE_COLUMNS)
        for name in (row["name"], *row.alternatives("names"))
    ]
    names += [
        (name, row["code"])
        for row in read_table("formats/country_keys.csv", KEY_COLUMNS)
        for name in row.alternatives("spellings")
    ]
    return {name.casefold().removeprefix("the "): code for name, code in names}
