"""The tables of people and of their roles go in; rows that contradict another or themselves come out as failures."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from dragoman.errors import CodebookError
from dragoman.resolve.check_tables import (
    OFFICES,
    PEOPLE,
    ROLES,
    clashing_names,
    known_offices,
    main,
    overlaps,
    rows_of,
    shared_names,
    unknown_codes,
    unknown_countries,
    unknown_keys,
    unknown_offices,
    wrong_dates,
)
from dragoman.resolve.gazetteer import actor_tables
from dragoman.tables import ENTRY_COLUMNS, Row, parse_table, read_table


def test_there_are_people_and_roles() -> None:
    assert len(rows_of("people", PEOPLE)) > 700
    assert len(rows_of("roles", ROLES)) > 700


def test_every_table_of_people_has_its_roles() -> None:
    assert [name.replace("people_", "roles_") for name in actor_tables("people_")] == actor_tables("roles_")


def test_offices_say_whether_they_can_be_the_leader() -> None:
    rows = read_table("actors/offices.csv", OFFICES)
    assert {row["leader"] for row in rows} == {"yes", "no"}
    assert len({row["office"] for row in rows}) == len(rows)


def test_people_have_keys_countries_and_ids_in_form() -> None:
    for row in rows_of("people", PEOPLE):
        assert re.fullmatch(r"[a-z0-9_]+", row["key"]), row.line
        assert row["name"], row.line
        assert re.fullmatch(r"[A-Z]{3}|ISIS", row["country"]), row.line
        assert re.fullmatch(r"(Q\d+)?", row["wikidata"]), row.line
    assert all(re.fullmatch(r"[A-Z]{3}|ISIS", row["country"]) for row in rows_of("roles", ROLES))


def test_no_key_or_wikidata_id_stands_twice() -> None:
    for column in ("key", "wikidata"):
        times = Counter(row[column] for row in rows_of("people", PEOPLE) if row[column])
        assert sorted(cell for cell, count in times.items() if count > 1) == []


def test_no_name_stands_for_two_people() -> None:
    assert shared_names(rows_of("people", PEOPLE)) == []


def test_every_role_has_a_person() -> None:
    assert unknown_keys(rows_of("roles", ROLES), rows_of("people", PEOPLE)) == []


def test_every_office_is_listed() -> None:
    assert unknown_offices(rows_of("roles", ROLES), known_offices()) == []


def test_every_country_is_known() -> None:
    assert unknown_countries((*rows_of("people", PEOPLE), *rows_of("roles", ROLES))) == []


def test_a_country_that_is_none_is_found() -> None:
    rows = parse_table("key,name,names,country,wikidata\na,Ann Odo,,QQX,\nb,Bea Odo,,PER,\n", "people_x.csv", PEOPLE)
    assert unknown_countries(rows) == ["people_x.csv, line 2: no country 'QQX'"]


def test_every_role_starts_before_it_ends() -> None:
    assert wrong_dates(rows_of("roles", ROLES)) == []


def test_no_office_has_two_holders_at_once() -> None:
    assert list(overlaps(rows_of("roles", ROLES))) == []


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


def _entries(*lines: str) -> tuple[Row, ...]:
    return parse_table("\n".join((",".join(ENTRY_COLUMNS), *lines)), "groups", ENTRY_COLUMNS)


def test_codes_and_names_of_groups_that_cannot_be_are_found() -> None:
    rows = _entries("a,Army of Ice,,NORREB,rebel,,,", "b,Ice Front,Army of Ice,NORXXX,rebel,2001-01-01,,")
    assert unknown_codes(rows) == ["groups, line 3: no code 'NORXXX'"]
    assert list(clashing_names(rows)) == ["groups, line 2 and groups, line 3: 'Army of Ice' is both a and b"]
    assert list(clashing_names(_entries("a,Ice,,NOR,rebel,,2000-01-01,", "b,Ice,,NOR,rebel,2001-01-01,,"))) == []


def test_the_checker_finds_nothing_in_our_tables(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    assert capsys.readouterr().out == "no problem found\n"
