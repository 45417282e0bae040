"""The actor tables go in; the rows that contradict another or themselves come out, each with file, line and reason.

Run it after editing a table: ``python -m dragoman.resolve.check_tables``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import combinations

from dragoman.errors import CodebookError
from dragoman.resolve.gazetteer import ENTRY_TABLES, actor_tables, fold
from dragoman.resolve.gazetteer import PERSON_COLUMNS as PEOPLE
from dragoman.resolve.offices import OFFICE_COLUMNS as OFFICES
from dragoman.resolve.offices import ROLE_COLUMNS as ROLES
from dragoman.resolve.role_nouns import load_role_nouns
from dragoman.tables import ENTRY_COLUMNS, Row, read_table, state_names

SHARED = frozenset(
    {
        "deputy prime minister",
        "intelligence chief",
        "leader",
        "military leader",
        "military spokesperson",
        "minister",
        "official",
        "opposition leader",
        "opposition spokesperson",
        "parliament speaker",
        "party leader",
        "rebel leader",
        "rebel spokesperson",
        "regional leader",
        "religious leader",
        "spokesperson",
        "tribal leader",
        "un envoy",
        "vice president",
    }
)
"""Offices that several people hold at once anywhere."""

COLLECTIVE = frozenset({("president", "BIH"), ("director", "UNO"), ("army chief", "IRN")})
"""Offices several people hold at once in one place: Bosnia's presidency, the UN's agencies, Iran's army and Guards."""

DISPUTED = frozenset({("prime minister", "LBY")})
"""Offices that rivals claimed at the same time."""

_DATE = re.compile(r"\d{4}(-\d\d){0,2}")


@cache
def rows_of(kind: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
    """The rows of all actor tables of one kind: people, roles."""
    return tuple(row for table in actor_tables(f"{kind}_") for row in read_table(table, columns))


def known_offices() -> frozenset[str]:
    """The offices that offices.csv lists."""
    return frozenset(row["office"] for row in read_table("actors/offices.csv", OFFICES))


def _where(row: Row) -> str:
    return f"{row.file}, line {row.line}"


def _bounds(text: str) -> tuple[date, date]:
    """The first and the last day that a date to the year, month or day can mean."""
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    year, *rest = map(int, text.split("-"))
    if not rest:
        return date(year, 1, 1), date(year, 12, 31)
    month, *days = rest
    if days:
        return date(year, month, days[0]), date(year, month, days[0])
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), date.fromordinal(following.toordinal() - 1)


def wrong_dates(roles: Iterable[Row]) -> list[str]:
    """Roles whose dates can't be read or that end before they start."""
    found = []
    for row in roles:
        try:
            start = _bounds(row["start"])[0]
            end = _bounds(row["end"])[1] if row["end"] else date.max
        except ValueError:
            found.append(f"{_where(row)}: {row['start']!r}..{row['end']!r} are not ISO dates")
            continue
        if start > end:
            found.append(f"{_where(row)}: {row['key']} starts {row['start']}, ends {row['end']}")
    return found


def unknown_keys(roles: Iterable[Row], people: Iterable[Row]) -> list[str]:
    """Roles of nobody in the tables of people."""
    known = {row["key"] for row in people}
    return [f"{_where(row)}: no person {row['key']!r}" for row in roles if row["key"] not in known]


def unknown_countries(rows: Iterable[Row]) -> list[str]:
    """Rows whose country is neither a state nor a code that codes.csv explains."""
    known = set(state_names()) | {row["code"] for row in read_table("actors/codes.csv", ("code", "meaning"))}
    return [f"{_where(row)}: no country {row['country']!r}" for row in rows if row["country"] not in known]


def unknown_offices(roles: Iterable[Row], offices: frozenset[str]) -> list[str]:
    """Roles whose office is not in offices.csv."""
    return [f"{_where(row)}: no office {row['office']!r}" for row in roles if row["office"] not in offices]


def overlaps(roles: Iterable[Row]) -> Iterator[str]:
    """Two holders of a single-holder office at once; a day, month or year of handover may be both's."""
    by_office: dict[tuple[str, str], list[Row]] = {}
    for row in roles:
        by_office.setdefault((row["office"], row["country"]), []).append(row)
    for (office, country), rows in by_office.items():
        if office in SHARED or (office, country) in COLLECTIVE | DISPUTED:
            continue
        for i, one in enumerate(rows):
            for other in rows[i + 1 :]:
                if max(_certain(one)[0], _certain(other)[0]) < min(_certain(one)[1], _certain(other)[1]):
                    yield f"{_where(one)} and {other.line}: {office} {country}: {_span(one)}, {_span(other)}"


def _certain(row: Row) -> tuple[date, date]:
    return _bounds(row["start"])[1], _bounds(row["end"])[0] if row["end"] else date.max


def _span(row: Row) -> str:
    return f"{row['key']} {row['start']}..{row['end']}"


def shared_names(people: Iterable[Row]) -> list[str]:
    """Names, accents and case set aside, that stand for two people."""
    bearers: dict[str, dict[str, str]] = {}
    for row in people:
        for name in (row["name"], *row.alternatives("names")):
            bearers.setdefault(fold(name.replace("-", " ")).lower(), {})[f"{row['key']} ({_where(row)})"] = name
    return [f"{name}: {', '.join(found)}" for name, found in sorted(bearers.items()) if len(found) > 1]


def unknown_codes(entries: Iterable[Row]) -> list[str]:
    """Groups and bodies whose code is not a state's or one of codes.csv, with at most one sector behind it."""
    documented = {row["code"] for row in read_table("actors/codes.csv", ("code", "meaning"))}
    sectors = {noun.sector for noun in load_role_nouns().nouns.values()}
    known = set(state_names()) | documented
    return [
        f"{_where(row)}: no code {row['code']!r}"
        for row in entries
        if row["code"] not in documented and not (row["code"][:3] in known and row["code"][3:] in sectors | {""})
    ]


def clashing_names(entries: Iterable[Row]) -> Iterator[str]:
    """Names that two groups or bodies bear at the same time."""
    bearers: dict[str, list[Row]] = {}
    for row in entries:
        for name in (row["name"], *row.alternatives("names")):
            bearers.setdefault(name, []).append(row)
    for name, rows in bearers.items():
        for one, other in combinations(rows, 2):
            later, earlier = max(one["start"], other["start"]), min(one["end"] or "9", other["end"] or "9")
            if one["key"] != other["key"] and later < earlier:
                yield f"{_where(one)} and {_where(other)}: {name!r} is both {one['key']} and {other['key']}"


def problems() -> Iterator[str]:
    """Everything that is wrong in the tables of the package, a line each."""
    people, roles = rows_of("people", PEOPLE), rows_of("roles", ROLES)
    entries = [row for table in ENTRY_TABLES for row in read_table(f"actors/{table}.csv", ENTRY_COLUMNS)]
    yield from wrong_dates(roles)
    yield from unknown_keys(roles, people)
    yield from unknown_countries((*people, *roles))
    yield from unknown_offices(roles, known_offices())
    yield from overlaps(roles)
    yield from shared_names(people)
    yield from unknown_codes(entries)
    yield from clashing_names(entries)


def main() -> int:
    """Print what is wrong; 1 if anything is."""
    try:
        found = list(problems())
    except CodebookError as error:
        found = [str(error)]
    print("\n".join(found) or "no problem found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
