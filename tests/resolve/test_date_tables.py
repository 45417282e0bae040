"""Every row of the date tables is shown by its example sentence, which the reader must date as the row says."""

from __future__ import annotations

import pytest

from dragoman.resolve.date_calendar import HOLIDAY_COLUMNS, holiday_day, holiday_rows
from dragoman.resolve.date_grammar import PATTERN_COLUMNS, REF_COLUMNS
from dragoman.resolve.dates import find_dates
from dragoman.tables import Row, parse_table, read_table

PATTERNS = read_table("dates/patterns.csv", PATTERN_COLUMNS)
REFS = read_table("dates/refs.csv", REF_COLUMNS)


def _named(row: Row) -> str:
    return f"{row.file}:{row.line}"


@pytest.mark.parametrize("row", [row for row in PATTERNS if row["example"]], ids=_named)
def test_pattern_dates_its_example(row, parse):
    document, sentences = parse(row["example"], row["published"] or None)
    assert row["value"] in [date.value for date in find_dates(document, sentences)]


@pytest.mark.parametrize("row", REFS, ids=_named)
def test_reference_is_found_in_its_example(row, parse):
    document, sentences = parse(row["example"])
    assert row["value"] in [date.value for date in find_dates(document, sentences)]


@pytest.mark.parametrize("row", holiday_rows(), ids=_named)
def test_holiday_falls_on_the_day_of_its_example(row, parse):
    document, sentences = parse(row["example"])
    assert [date.value for date in find_dates(document, sentences)] == [row["value"]]


def test_a_pattern_with_an_example_has_a_value():
    assert [_named(row) for row in PATTERNS if bool(row["example"]) != bool(row["value"])] == []


def test_a_row_without_example_only_blocks_other_patterns():
    roles = {row["sets"] for row in PATTERNS if not row["example"]}
    assert roles <= {"role=none", "role=duration"}


def test_every_holiday_has_a_day_in_every_year():
    for year in range(1900, 2100):
        assert all(holiday_day(key, year) for key in range(len(holiday_rows())))


def test_columns_of_holidays_are_checked():
    assert (
        parse_table("names,rule,example,value\nEaster,easter+0,,\n", "x.csv", HOLIDAY_COLUMNS)[0]["rule"] == "easter+0"
    )
