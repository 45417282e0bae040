"""A file of GDELT events goes in (2.0, or 1.0), its events come out in our codes: ISO countries, PLOVER types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import islice
from typing import BinaryIO
from urllib.parse import urlsplit

from dragoman.errors import InputError
from dragoman.plover import EventKind, kind_of_cameo
from dragoman.read.cameo_actors import actor_code
from dragoman.read.coded import CodedEvent, PassedOver, Read, read_each
from dragoman.read.coded_cells import needed, told
from dragoman.read.csv_rows import read_csv_rows
from dragoman.read.gdelt_place import read_place
from dragoman.read.limits import LONGEST_LINE
from dragoman.tables import read_table

_COLUMNS = tuple(row["column"] for row in read_table("formats/gdelt_events.csv", ("column",)))
_FIRST_VERSION = tuple(column for column in _COLUMNS if not column.endswith("_ADM2Code"))
# 2.0, 1.0 since April 2013, and 1.0 for the years before, which names no address.
_BY_WIDTH = {len(columns): columns for columns in (_COLUMNS, _FIRST_VERSION, _FIRST_VERSION[:-1])}
_LOOKED_AT = 20
_STATEMENT = "CAMEO's 01, a bare statement, has no type in PLOVER"
_NO_DAY = "the day is not told"


def read_events(file: BinaryIO, *, where: str) -> Read:
    """Each event of the file, which must be one that can be read from the start again.

    Rows of CAMEO's 01 are passed over. What GDELT says of class, scale, tone and counts is left aside.
    """
    widths = [line.count(b"\t") + 1 for line in islice(iter(lambda: file.readline(LONGEST_LINE), b""), _LOOKED_AT)]
    file.seek(0)
    columns = next((_BY_WIDTH[width] for width in widths if width in _BY_WIDTH), None)
    if columns is None:
        if widths:
            yield where, _not_gdelt(where, widths[0])
        return
    yield from read_each(read_csv_rows(file, where=where, delimiter="\t", columns=columns, quoted=False), _read_event)


def _not_gdelt(where: str, width: int) -> InputError:
    what = "is a file of GDELT's mentions" if width == 16 else f"has {width} columns between tabs"
    return InputError(
        where, what, "Give a file of events as GDELT has it: 61 columns, or 58 or 57 (1.0), between tabs, without names"
    )


def _read_event(row: dict[str, str], *, place: str) -> Iterator[CodedEvent | PassedOver]:
    if not row["SQLDATE"]:
        yield PassedOver(_NO_DAY)
        return
    kind = _kind(row["EventCode"], place)
    if kind is None:
        yield PassedOver(_STATEMENT)
        return
    site = read_place(row, place)
    url = told(row, "SOURCEURL")
    if url is not None and not url.startswith(("http://", "https://")):
        url = None
    yield CodedEvent(
        id=needed(row, "GLOBALEVENTID", place=place),
        day=_day(row, "SQLDATE", place),
        type=kind.type,
        mode=None,
        contexts=(),
        quad=kind.quad,
        intensity=kind.intensity(),
        cameo=row["EventCode"],
        actor_name=told(row, "Actor1Name"),
        actor_code=_actor(row, "Actor1"),
        recipient_name=told(row, "Actor2Name"),
        recipient_code=_actor(row, "Actor2"),
        place_name=site.name,
        place_country=site.country,
        place_latitude=site.latitude,
        place_longitude=site.longitude,
        place_precision=site.precision,
        published=_day(row, "DATEADDED", place) if row["DATEADDED"] else None,
        publisher=_host(url),
        url=url,
    )


def _kind(code: str, where: str) -> EventKind | None:
    kind = kind_of_cameo(code) if re.fullmatch("[0-9]{2,4}", code) else None
    if kind is None and not re.fullmatch("01[0-9]?", code):
        remedy = "Keep codes as text, since a spreadsheet drops the 0 before them; or remove the line"
        raise InputError(where, f"EventCode {code[:20]!r} is no CAMEO code", remedy)
    return kind


def _day(row: dict[str, str], column: str, where: str) -> str:
    """YYYYMMDD, with the time after it in 2.0's DATEADDED, as an ISO day."""
    cell = row[column]
    if re.fullmatch("[0-9]{8}([0-9]{6})?", cell):
        with suppress(ValueError):
            return date.fromisoformat(cell[:8]).isoformat()
    raise InputError(where, f"{column} {cell[:20]!r} is no day", "Write it as YYYYMMDD, or remove the line")


def _actor(row: dict[str, str], actor: str) -> str | None:
    return actor_code(
        row[f"{actor}Code"],
        country=row[f"{actor}CountryCode"],
        group=row[f"{actor}KnownGroupCode"],
        types=tuple(row[f"{actor}Type{number}Code"] for number in (1, 2, 3)),
    )


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
