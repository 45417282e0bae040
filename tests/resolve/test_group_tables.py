"""The tables of collective actors go in; what would make a name mean two things or a code mean nothing fails here."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from functools import cache
from itertools import combinations, groupby, pairwise
from typing import NamedTuple

import pytest

from dragoman.resolve.check_tables import clashing_names, unknown_codes
from dragoman.resolve.gazetteer import load_gazetteer
from dragoman.tables import Row, read_table

COLUMNS = ("key", "name", "names", "code", "kind", "start", "end", "wikidata")
LEAST_KEYS = {"groups": 320, "institutions": 350, "organisations": 110, "outlets": 220}
KINDS = {
    "groups": {"rebel", "militia", "movement", "party"},
    "institutions": {"seat", "ministry", "body", "parliament", "court", "service", "force", "police"},
    "organisations": {"organisation", "body", "force", "parliament", "court", "ngo"},
    "outlets": {"agency", "outlet"},
}
# Ordinary words that have been, or could be taken for, the short name of a party, an outlet or an organ of state.
COMMON_WORDS = """
age amnesty arena atlantic australian authority bill board body business cabinet capitol care century chamber
change charity choice church citizen coalition column command commission committee community company concern
conference conflict constitution control council country court courier crisis daily dawn defence defense
democracy department development diet economist education elders embassy energy enquirer enterprise examiner
express federation fire focus force forum forward freedom friends front future general globe government green
greens guard hand herald hill hindu home hope house independent insider inquirer institute intelligence intercept
interior international journal justice labor labour law leader league left legion liberal liberation liberty life
light line mail majority media memorial metro military ministry mint mirror mission monitor motion movement
nation national network news novel observer office opposition organisation organization parliament party peace
people petra police popular population post power prayer presidency president press progress public punch quad
quartet rally record reform register renaissance renewal report representatives republic republican resistance
review revival revolution right salvation scene science scotsman security service slate solidarity spectator
spring squad standard star state statesman stern sun support syndicate time times today together treasury tribune
trust truth union unity vanguard vice victory voice way week west will wire witness word work world young youth
"""


class Claim(NamedTuple):
    """An alias that a row holds from ``start`` up to ``end`` (excluded)."""

    key: str
    start: str
    end: str


@cache
def rows(table: str) -> tuple[Row, ...]:
    return read_table(f"actors/{table}.csv", COLUMNS)


def every_row() -> list[Row]:
    return [row for table in LEAST_KEYS for row in rows(table)]


def aliases(row: Row) -> tuple[str, ...]:
    return (row["name"], *row.alternatives("names"))


def overlap(one: Claim, other: Claim) -> bool:
    return (not one.end or other.start < one.end) and (not other.end or one.start < other.end)


def where(row: Row) -> str:
    return f"{row.file}:{row.line} {row['key']}"


@pytest.mark.parametrize("table", LEAST_KEYS)
def test_table_is_long_enough_and_knows_its_kinds(table: str) -> None:
    assert len({row["key"] for row in rows(table)}) >= LEAST_KEYS[table]
    assert [where(row) for row in rows(table) if row["kind"] not in KINDS[table]] == []


def test_key_is_a_slug_of_one_table_and_one_name() -> None:
    tables, names = defaultdict(set), defaultdict(set)
    for row in every_row():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["key"]), where(row)
        tables[row["key"]].add(row.file)
        names[row["key"]].add(row["name"])
    assert [key for key in tables if len(tables[key]) > 1 or len(names[key]) > 1] == []


def test_dates_are_iso_and_in_order() -> None:
    for row in every_row():
        for cell in (row["start"], row["end"]):
            assert not cell or date.fromisoformat(cell).isoformat() == cell, where(row)
        assert not (row["start"] and row["end"]) or row["start"] < row["end"], where(row)


def test_recurring_key_changes_its_code_and_never_overlaps() -> None:
    ordered = sorted(every_row(), key=lambda row: (row["key"], row["start"]))
    for _, found in groupby(ordered, key=lambda row: row["key"]):
        dated = list(found)
        claims = [Claim(row["key"], row["start"], row["end"]) for row in dated]
        assert not any(overlap(*pair) for pair in combinations(claims, 2)), where(dated[0])
        assert all(one["code"] != other["code"] for one, other in pairwise(dated)), where(dated[0])


def test_code_is_a_country_or_a_documented_code_and_at_most_one_sector() -> None:
    assert unknown_codes(every_row()) == []


def test_documented_codes_are_unique_and_explained() -> None:
    codes = read_table("actors/codes.csv", ("code", "meaning"))
    assert max(Counter(row["code"] for row in codes).values()) == 1
    assert all(row["meaning"] and re.fullmatch("[A-Z]{3}|ISIS", row["code"]) for row in codes)


def test_outlets_are_media() -> None:
    assert [where(row) for row in rows("outlets") if not row["code"].endswith("MED") and row["code"] != "ISIS"] == []


def test_no_alias_means_two_actors_at_one_time() -> None:
    assert list(clashing_names(every_row())) == []


def test_no_alias_twice_in_a_row() -> None:
    for row in every_row():
        assert max(Counter(aliases(row)).values()) == 1, where(row)


def test_no_alias_is_an_ordinary_word() -> None:
    words = frozenset(COMMON_WORDS.split())
    ordinary = [
        (where(row), alias)
        for row in every_row()
        for alias in aliases(row)
        # acronyms (MEND, WHO) are matched in capitals only
        if alias.lower() in words and not (alias.isupper() and len(alias) > 2)
    ]
    assert ordinary == []


def test_alias_is_plainly_written() -> None:
    for row in every_row():
        for alias in aliases(row):
            assert len(alias) > 1 and alias == " ".join(alias.split()), where(row)
            assert not alias.lower().startswith("the "), (where(row), alias)
            assert "’" not in alias and ";" not in alias, (where(row), alias)


def test_wikidata_id_belongs_to_one_key() -> None:
    owners = defaultdict(set)
    for row in every_row():
        assert re.fullmatch(r"(Q[1-9]\d*)?", row["wikidata"]), where(row)
        owners[row["wikidata"]].add(row["key"])
    assert [found for item, found in owners.items() if item and len(found) > 1] == []


def code_of(name: str, day: str) -> set[str]:
    return {
        row["code"]
        for row in every_row()
        if name in aliases(row) and row["start"] <= day and (not row["end"] or day < row["end"])
    }


@pytest.mark.parametrize(
    ("name", "day", "code"),
    [
        ("Taliban", "1999-01-01", "AFGGOV"),
        ("Taliban", "2012-05-01", "AFGREB"),
        ("Taliban", "2021-08-14", "AFGREB"),
        ("Taliban", "2021-08-15", "AFGGOV"),
        ("HTS", "2024-12-07", "SYRREB"),
        ("HTS", "2024-12-08", "SYRGOV"),
        ("RSF", "2022-01-01", "SDNMIL"),
        ("RSF", "2023-06-01", "SDNREB"),
        ("TPLF", "2021-06-01", "ETHREB"),
        ("SPLM", "2012-01-01", "SSDPTY"),
        ("YPG", "2018-01-20", "SYRREB"),
        ("PKK", "2015-07-24", "TURREB"),
        ("Hizbollah", "2006-07-12", "LBNREB"),
        ("Daesh", "2016-01-01", "ISIS"),
        ("Pentagon", "2003-03-20", "USAMIL"),
        ("Foreign Office", "2011-02-01", "GBRGOV"),
        ("Knesset", "2009-02-10", "ISRLEG"),
        ("Revolutionary Guards", "2019-06-20", "IRNMIL"),
        ("Security Council", "2011-03-17", "UNO"),
        ("Nato", "2014-09-04", "NAT"),
        ("Kommersant", "2007-10-01", "RUSMED"),
        ("Arab League", "2011-11-12", "ARL"),
    ],
)
def test_well_known_name_on_a_date(name: str, day: str, code: str) -> None:
    assert code_of(name, day) == {code}


def test_no_name_stands_in_two_tables_with_two_codes() -> None:
    for words, entries in load_gazetteer().names.items():
        undated = {e for e in entries if not (e.start or e.end) and e.sort != "adjective"}
        assert len({e.code for e in undated}) <= 1, " ".join(words)
