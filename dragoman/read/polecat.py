"""A file of the POLECAT dataset (tab-separated, with a header) goes in, its events come out one by one.

Columns are found by their names, in any order; the files on Harvard Dataverse (doi:10.7910/DVN/AJGVIT) differ in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import permutations, product
from typing import BinaryIO

from dragoman.errors import InputError
from dragoman.plover import EventKind, event_kinds
from dragoman.read.coded import CodedEvent, PassedOver, Read, read_each
from dragoman.read.coded_cells import needed, read_coordinates, read_day, told
from dragoman.read.csv_rows import read_csv_rows
from dragoman.tables import SECTOR_COLUMNS, read_table

NEEDS = ("Event ID", "Event Date", "Event Type", "Actor Name", "Recipient Name")
NOT_DONE = "told as past history, future, hypothetical or denied"
NO_DAY = "the day is not told"
NO_TYPE = "a crime, for which PLOVER has no type any more"
_REMEDY = "Give the tab-separated file as Harvard Dataverse has it"
# Special contexts of the PLOVER manual: who reads on without them takes for an act what is none.
_SPECIAL = frozenset(("historical", "future", "hypothetical", "negation"))
# Types and modes of earlier manuals, by what they became.
_TYPES = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
_MODES = {"assassinate": "targeted", "confiscate": "seize", "general": "strike"}
_CONTEXTS = {"natural_resources": "natural_resource"}
_COUNTRIES = {"EUR": "EUU", "ISM": "NGM"}
# Columns that some weekly files name in their header and leave out of their rows.
_UNFILLED = frozenset(("Headline", "Event Text", "Feed", "Story ID"))
_IDENTIFIER = re.compile("[a-z_]+")
# More parties than this to one record would pair off into thousands of events.
_MOST_PARTIES = 12


@dataclass(frozen=True, slots=True)
class _Party:
    """One actor or recipient."""

    name: str | None
    code: str | None


_NOBODY = _Party(None, None)


def read_events(file: BinaryIO, *, where: str) -> Read:
    """Each row as (where it stands, event, reason to pass it over, or error).

    PLOVER has one record for several actors. Here each of them with each recipient is an event of its own, with a
    number after its id; several actors without a recipient act on one another.
    """
    rows = read_csv_rows(file, where=where, needs=NEEDS, remedy=_REMEDY, delimiter="\t")
    return read_each(rows, _read_row)


def _read_row(cells: Mapping[str, str], *, place: str) -> Iterator[CodedEvent | PassedOver]:
    if "Version" not in cells and _UNFILLED & cells.keys():
        names = ", ".join(sorted(_UNFILLED & cells.keys()))
        raise InputError(place, "has fewer cells than the header has names", f"Take out of the first line: {names}")
    event = _read_event(cells, place=place)
    if isinstance(event, PassedOver):
        yield event
        return
    pairs = _pairs(_parties(cells, "Actor"), _parties(cells, "Recipient"))
    for number, (actor, recipient) in enumerate(pairs, start=1):
        yield replace(
            event,
            id=event.id if number == 1 else f"{event.id}/{number}",
            actor_name=actor.name,
            actor_code=actor.code,
            recipient_name=recipient.name,
            recipient_code=recipient.code,
        )


def _read_event(cells: Mapping[str, str], *, place: str) -> CodedEvent | PassedOver:
    """What a row tells but for its parties."""
    number = needed(cells, "Event ID", place=place)
    dated = told(cells, "Event Date")
    if dated is None:
        return PassedOver(NO_DAY)
    day = read_day(dated, place=place)
    published = told(cells, "Publication Date")
    latitude, longitude = read_coordinates(cells, "Latitude", "Longitude", place=place)
    contexts = tuple(filter(_IDENTIFIER.fullmatch, map(_context, _items(told(cells, "Contexts")))))
    if _SPECIAL & set(contexts):
        return PassedOver(NOT_DONE)
    if (kind := _kind(needed(cells, "Event Type", place=place), place=place)) is None:
        return PassedOver(NO_TYPE)
    mode = _mode(told(cells, "Event Mode"), kind)
    return CodedEvent(
        id=number,
        day=day,
        type=kind.type,
        mode=mode,
        contexts=contexts,
        quad=kind.quad,
        intensity=kind.intensity(mode),
        cameo=kind.cameo,
        place_name=told(cells, "Placename", "City", "District", "Province"),
        place_country=_country(told(cells, "Country")),
        place_latitude=latitude,
        place_longitude=longitude,
        place_precision=_precision(cells),
        published=published and read_day(published, place=place),
        publisher=told(cells, "Source"),
    )


def _kind(event_type: str, *, place: str) -> EventKind | None:
    name = event_type.upper()
    if name == "CRIME":
        return None
    kind = event_kinds().get(_TYPES.get(name, name))
    if kind is None:
        raise InputError(place, f"has a type that PLOVER lacks ({event_type[:30]!r})", "Mend or remove the row")
    return kind


def _mode(cell: str | None, kind: EventKind) -> str | None:
    """The first mode that the type has; a mode of earlier manuals that became none is left out."""
    modes = (_MODES.get(name.casefold(), name.casefold()) for name in _items(cell))
    return next((mode for mode in modes if mode in kind.intensities), None)


def _context(name: str) -> str:
    name = name.casefold().replace("-", "_")
    return _CONTEXTS.get(name, name)


def _items(cell: str | None) -> list[str]:
    """The items of a list in a cell; most files have semicolons between them, some upright strokes."""
    items = [item.strip() for item in re.split(r"[;|]", cell or "")]
    return [item for item in items if item]


def _parties(cells: Mapping[str, str], side: str) -> list[_Party]:
    """The actors or the recipients. Where names and codes do not pair off, the names as they stand and no code."""
    names = _items(told(cells, f"{side} Name"))
    countries = _items(told(cells, f"{side} Country"))
    sectors = _items(told(cells, f"Primary {side} Sector"))
    several = max(len(names), len(countries), len(sectors))
    if not several:
        return []
    if several > _MOST_PARTIES or any(len(items) not in (0, several) for items in (names, countries, sectors)):
        return [_Party(told(cells, f"{side} Name"), None)]
    return [
        _Party(_at(names, n), f"{_country(_at(countries, n)) or ''}{_sector(_at(sectors, n)) or ''}" or None)
        for n in range(several)
    ]


def _at(items: list[str], place: int) -> str | None:
    return told({"": items[place]}, "") if items else None


def _pairs(actors: list[_Party], recipients: list[_Party]) -> list[tuple[_Party, _Party]]:
    if len(actors) > 1 and not recipients:
        return list(permutations(actors, 2))
    return list(product(actors or [_NOBODY], recipients or [_NOBODY]))


def _country(code: str | None) -> str | None:
    return None if code is None or not re.fullmatch("[A-Z]{3}", code) else _COUNTRIES.get(code, code)


def _sector(code: str | None) -> str | None:
    return None if code is None else _sectors().get(code.upper()[:3])


@cache
def _sectors() -> Mapping[str, str]:
    """Our sector for each of PLOVER's, those of earlier manuals too; paramilitaries are military here."""
    return {row["plover"]: row["sector"] for row in read_table("formats/polecat_sectors.csv", SECTOR_COLUMNS)}


def _precision(cells: Mapping[str, str]) -> str | None:
    """By GeoNames' feature code, else by the finest column that is filled."""
    feature = told(cells, "Feature Type") or ""
    for start, precision in (("PPL", "city"), ("ADM", "region"), ("RGN", "region"), ("PCL", "country")):
        if feature.startswith(start):
            return precision
    if told(cells, "City"):
        return "city"
    if told(cells, "District", "Province"):
        return "region"
    return "point" if told(cells, "Latitude") else None
