"""The tables of people and of their roles go in; rows that contradict another or themselves come out as failures."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from importlib import resources

import pytest

from dragoman.errors import CodebookError
from dragoman.tables import Row, parse_table, read_table, state_names

PEOPLE = ("key", "name", "names", "country", "wikidata")
ROLES = ("key", "office", "country", "start", "end")
OFFICES = ("office", "leader", "note")

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
_UNDECOMPOSED = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "ð": "d"})


@cache
def _tables(kind: str) -> tuple[str, ...]:
    folder = resources.files("dragoman").joinpath("codebooks", "actors")
    return tuple(sorted(f"actors/{file.name}" for file in folder.iterdir() if file.name.startswith(f"{kind}_")))


@cache
def _rows(kind: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
    return tuple(row for table in _tables(kind) for row in read_table(table, columns))


def _offices() -> frozenset[str]:
    return frozenset(row["office"] for row in read_table("actors/offices.csv", OFFICES))


def _where(row: Row) -> str:
    return f"{row.file}, line {row.line}"


def _fold(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.lower().translate(_UNDECOMPOSED))
    return "".join(c for c in letters if not unicodedata.combining(c) and c not in ".'’‘").replace("-", " ")


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
            bearers.setdefault(_fold(name), {})[f"{row['key']} ({_where(row)})"] = name
    return [f"{name}: {', '.join(found)}" for name, found in sorted(bearers.items()) if len(found) > 1]


def test_there_are_people_and_roles() -> None:
    assert len(_rows("people", PEOPLE)) > 700
    assert len(_rows("roles", ROLES)) > 700


def test_every_table_of_people_has_its_roles() -> None:
    assert [name.replace("people_", "roles_") for name in _tables("people")] == list(_tables("roles"))


def test_offices_say_whether_they_can_be_the_leader() -> None:
    rows = read_table("actors/offices.csv", OFFICES)
    assert {row["leader"] for row in rows} == {"yes", "no"}
    assert len({row["office"] for row in rows}) == len(rows)


def test_people_have_keys_countries_and_ids_in_form() -> None:
    for row in _rows("people", PEOPLE):
        assert re.fullmatch(r"[a-z0-9_]+", row["key"]), _where(row)
        assert row["name"], _where(row)
        assert re.fullmatch(r"[A-Z]{3}|ISIS", row["country"]), _where(row)
        assert re.fullmatch(r"(Q\d+)?", row["wikidata"]), _where(row)
    assert all(re.fullmatch(r"[A-Z]{3}|ISIS", row["country"]) for row in _rows("roles", ROLES))


def test_no_key_or_wikidata_id_stands_twice() -> None:
    for column in ("key", "wikidata"):
        times = Counter(row[column] for row in _rows("people", PEOPLE) if row[column])
        assert sorted(cell for cell, count in times.items() if count > 1) == []


def test_no_name_stands_for_two_people() -> None:
    assert shared_names(_rows("people", PEOPLE)) == []


def test_every_role_has_a_person() -> None:
    assert unknown_keys(_rows("roles", ROLES), _rows("people", PEOPLE)) == []


def test_every_office_is_listed() -> None:
    assert unknown_offices(_rows("roles", ROLES), _offices()) == []


def test_every_country_is_known() -> None:
    assert unknown_countries((*_rows("people", PEOPLE), *_rows("roles", ROLES))) == []


def test_a_country_that_is_none_is_found() -> None:
    rows = parse_table("key,name,names,country,wikidata\na,Ann Odo,,QQX,\nb,Bea Odo,,PER,\n", "people_x.csv", PEOPLE)
    assert unknown_countries(rows) == ["people_x.csv, line 2: no country 'QQX'"]


def test_every_role_starts_before_it_ends() -> None:
    assert wrong_dates(_rows("roles", ROLES)) == []


def test_no_office_has_two_holders_at_once() -> None:
    assert list(overlaps(_rows("roles", ROLES))) == []


def _roles(*lines: str) -> tuple[Row, ...]:
    return parse_table("\n".join((",".join(ROLES), *lines)), "roles", ROLES)


def _people(*lines: str) -> tuple[Row, ...]:
    return parse_table("\n".join((",".join(PEOPLE), *lines)), "people", PEOPLE)


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("ada,president,AAA,2001-02-03,2001-02-02", 1),
        ("ada,president,AAA,2001,2001-02-02", 0),
        ("ada,president,AAA,2001-02,2001-02-02", 0),
        ("ada,president,AAA,2001-02-30,", 1),
        ("ada,president,AAA,,2001", 1),
        ("ada,president,AAA,2001-12-31,", 0),
    ],
)
def test_dates_that_cannot_be_are_found(line: str, count: int) -> None:
    assert len(wrong_dates(_roles(line))) == count


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("ada,president,AAA,2001-01-01,2005-01-02", "bo,president,AAA,2005-01-01,", 1),
        ("ada,president,AAA,2001-01-01,2005-01-02", "bo,president,AAA,2005-01-02,", 0),
        ("ada,president,AAA,2001-01-01,2005", "bo,president,AAA,2005-01-02,", 0),
        ("ada,president,AAA,2001-01-01,2005-02", "bo,president,AAA,2005-01,", 1),
        ("ada,president,AAA,2001-01-01,", "bo,president,AAA,2005-01-01,", 1),
        ("ada,president,AAA,2001-01-01,", "bo,president,BBB,2005-01-01,", 0),
        ("ada,spokesperson,AAA,2001-01-01,", "bo,spokesperson,AAA,2005-01-01,", 0),
        ("ada,president,AAA,2001-01-01,2009-01-01", "ada,president,AAA,2005-01-01,", 1),
    ],
)
def test_two_holders_at_once_are_found(first: str, second: str, count: int) -> None:
    assert len(list(overlaps(_roles(first, second)))) == count


def test_unknown_keys_and_offices_are_found() -> None:
    roles = _roles("ada,president,AAA,2001,", "bo,grand vizier,AAA,2001,")
    assert unknown_keys(roles, _people("ada,Ada Vale,,AAA,")) == ["roles, line 3: no person 'bo'"]
    assert unknown_offices(roles, frozenset({"president"})) == ["roles, line 3: no office 'grand vizier'"]


def test_names_of_two_people_are_found_without_their_accents() -> None:
    people = _people("ada,Ada Válé,Vale,AAA,", "bo,Bo Vale,Ada Vale|B. Vale,AAA,")
    assert shared_names(people) == ["ada vale: ada (people, line 2), bo (people, line 3)"]


def test_a_row_with_too_many_cells_is_refused() -> None:
    with pytest.raises(CodebookError, match="line 2"):
        _people("ada,Ada Vale,,AAA,,")
