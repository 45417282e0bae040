"""GDELT's columns of a place go in, our place comes out: its own name, ISO country, coordinates, precision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dragoman.read.coded_cells import read_coordinates, told
from dragoman.tables import read_table

_PRECISIONS = {"1": "country", "2": "region", "3": "city", "4": "city", "5": "region"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happened; what is not told is None, and latitude and longitude are told together."""

    name: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: str | None = None


def read_place(cells: Mapping[str, str], place: str) -> Place:
    """The place of the action. Raises InputError where coordinates are none.

    GDELT's full name goes from the town up to the country, and the country has a column of its own.

    >>> read_place({"ActionGeo_Type": "4", "ActionGeo_FullName": "Zurich, Zurich, Switzerland",
    ...             "ActionGeo_CountryCode": "SZ", "ActionGeo_Lat": "47.37", "ActionGeo_Long": "8.55"}, "a.csv, line 1")
    Place(name='Zurich', country='CHE', latitude=47.37, longitude=8.55, precision='city')
    """
    name = told(cells, "ActionGeo_FullName")
    if name is None:
        return Place()
    precision = _PRECISIONS.get(cells["ActionGeo_Type"])
    latitude, longitude = read_coordinates(cells, "ActionGeo_Lat", "ActionGeo_Long", place=place)
    return Place(
        name=name if precision == "country" else name.partition(",")[0],
        country=iso_codes().get(cells["ActionGeo_CountryCode"]),
        latitude=latitude,
        longitude=longitude,
        precision=precision,
    )


@cache
def iso_codes() -> Mapping[str, str]:
    """ISO alpha-3 by FIPS 10-4.

    >>> iso_codes()["GM"], iso_codes()["GZ"]
    ('DEU', 'PSE')
    """
    return {row["fips"]: row["iso3"] for row in read_table("formats/fips.csv", ("iso3", "fips"))}
