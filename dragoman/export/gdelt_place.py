"""The place of a claim goes in, what GDELT says of a place comes out: kind, full name, FIPS country, coordinates."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dragoman.export.rows import Row
from dragoman.export.tabs import free_text
from dragoman.tables import read_table, state_names

# The codebook's kinds of place: 1 country, 2 state and 3 town of the US, 4 town and 5 province elsewhere; 0 in the
# files where there is no place.
_KINDS = {"country": (1, 1), "region": (5, 2), "city": (4, 3), "point": (4, 3)}


def place_cells(row: Row) -> dict[str, object]:
    """The columns of a place without what goes before the ``_``; provinces and GNS numbers are left empty.

    >>> cells = place_cells({"place_name": "Tumbes", "place_country": "PER", "place_precision": "city",
    ...                      "place_latitude": -3.567, "place_longitude": -80.452})
    >>> cells["Type"], cells["FullName"], cells["CountryCode"], cells["Lat"]
    (4, 'Tumbes, Peru', 'PE', -3.567)
    """
    name, country, precision = row["place_name"], row["place_country"], row["place_precision"]
    if name is None:
        return {"Type": 0}
    fips = fips_codes().get(country, "")
    is_country = precision == "country"
    return {
        "Type": _KINDS.get(precision, (0, 0))[country == "USA"],
        "FullName": free_text(
            name if is_country or country not in state_names() else f"{name}, {state_names()[country]}"
        ),
        "CountryCode": fips,
        "ADM1Code": fips if is_country else "",
        "Lat": row["place_latitude"],
        "Long": row["place_longitude"],
        "FeatureID": fips if is_country else "",
    }


@cache
def fips_codes() -> Mapping[str, str]:
    """FIPS 10-4 by ISO alpha-3; of several codes of a country the first in the table.

    >>> fips_codes()["PSE"], fips_codes()["DEU"]
    ('WE', 'GM')
    """
    codes: dict[str, str] = {}
    for row in read_table("formats/fips.csv", ("iso3", "fips")):
        codes.setdefault(row["iso3"], row["fips"])
    return codes
