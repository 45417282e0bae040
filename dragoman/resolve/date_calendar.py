"""Calendar arithmetic: a day, a unit and a number go in, a moment with its TIMEX3 value comes out."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import MINYEAR, date, timedelta
from functools import cache
from typing import NamedTuple

from dragoman.tables import Row, read_table

SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
HOLIDAY_COLUMNS = ("names", "rule", "example", "value")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# From the finest to the coarsest; a part of a day and a time still name their day.
FINENESS = {
    name: rank
    for rank, names in enumerate(
        ("time part day", "week weekend", "month", "season quarter", "half", "year", "decade", "century", "ref")
    )
    for name in names.split()
}


class Moment(NamedTuple):
    """A TIMEX3 value, how fine it is, and its first day (None where that is not settled)."""

    value: str | None
    granularity: str
    start: date | None = None


def parse_day(text: str | None) -> date | None:
    """The day of an ISO date or timestamp, or None; no paper was printed before 1500 or after 2500.

    >>> parse_day("1999-02-06T06:22")
    datetime.date(1999, 2, 6)
    """
    try:
        day = date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
    return day if day and 1500 <= day.year <= 2500 else None


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_moment(day: date) -> Moment:
    """A whole day."""
    return Moment(day.isoformat(), "day", day)


def week_moment(day: date) -> Moment:
    """The ISO week that holds the day.

    >>> week_moment(date(2018, 4, 12)).value
    '2018-W15'
    """
    year, week, weekday = day.isocalendar()
    return Moment(f"{year}-W{week:02}", "week", day - timedelta(weekday - 1))


def weekend_moment(day: date) -> Moment:
    """The weekend at the end of the day's ISO week."""
    value, _, monday = week_moment(day)
    assert monday is not None
    return Moment(f"{value}-WE", "weekend", monday + timedelta(5))


def month_moment(year: int, month: int) -> Moment:
    """A month."""
    return Moment(f"{year:04}-{month:02}", "month", date(year, month, 1))


def quarter_moment(year: int, quarter: int) -> Moment:
    """A quarter; ``quarter`` may run past 1 … 4 into other years.

    >>> quarter_moment(2018, 0).value
    '2017-Q4'
    """
    year, index = divmod(year * 4 + quarter - 1, 4)
    return Moment(f"{year:04}-Q{index + 1}", "quarter", date(year, index * 3 + 1, 1))


def half_moment(year: int, half: int) -> Moment:
    """The first or the second half of a year."""
    return Moment(f"{year:04}-H{half}", "half", date(year, half * 6 - 5, 1))


def season_moment(year: int, season: str) -> Moment:
    """A season of the northern half; a winter counts to the year it begins in."""
    return Moment(f"{year:04}-{season}", "season", date(year, SEASON_STARTS[season], 1))


def year_moment(year: int) -> Moment:
    """A year."""
    return Moment(f"{year:04}", "year", date(year, 1, 1))


def decade_moment(decade: int) -> Moment:
    """A decade by its first three digits."""
    return Moment(f"{decade:03}", "decade", date(max(decade * 10, MINYEAR), 1, 1))


def century_moment(century: int) -> Moment:
    """A century by its first two digits."""
    return Moment(f"{century:02}", "century", date(max(century * 100, MINYEAR), 1, 1))


def quarter_of(day: date) -> int:
    """The quarter that holds the day, 1 … 4."""
    return (day.month + 2) // 3


def move_months(day: date, months: int) -> date:
    """The same day some months on, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def move(day: date, unit: str, number: int) -> Moment | None:
    """The unit that lies ``number`` units from the one that holds the day; None where the calendar has ended.

    >>> move(date(2018, 4, 12), "week", -1).value, move(date(2018, 4, 12), "month", -4).value
    ('2018-W14', '2017-12')
    """
    try:
        return _move(day, unit, number)
    except (ValueError, OverflowError):
        return None


def _move(day: date, unit: str, number: int) -> Moment:
    if unit == "day":
        return day_moment(day + timedelta(number))
    if unit == "week":
        return week_moment(day + timedelta(7 * number))
    if unit == "fortnight":
        return week_moment(day + timedelta(14 * number))
    if unit == "weekend":
        return weekend_moment(day + timedelta(7 * number))
    if unit == "month":
        moved = move_months(day, number)
        return month_moment(moved.year, moved.month)
    if unit == "quarter":
        return quarter_moment(day.year, quarter_of(day) + number)
    if unit == "year":
        return year_moment(day.year + number)
    number *= 10 if unit == "decade" else 100
    then = day.replace(year=day.year + number, day=1)
    return decade_moment(then.year // 10) if unit == "decade" else century_moment(then.year // 100)


def move_exactly(day: date, unit: str, number: int) -> date | None:
    """The day that lies ``number`` units from a day: "two weeks after May 3"."""
    try:
        if unit in ("day", "week", "fortnight"):
            return day + timedelta(number * {"day": 1, "week": 7, "fortnight": 14}[unit])
        return move_months(day, number * {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(unit, 1200))
    except (ValueError, OverflowError):
        return None


@cache
def holiday_rows() -> tuple[Row, ...]:
    """The rows of the table of holidays; the key of a holiday is its number in it."""
    return read_table("dates/holidays.csv", HOLIDAY_COLUMNS)


@cache
def holiday_day(key: int, year: int) -> date | None:
    """The day of a holiday in a year.

    >>> [holiday_day(key, 2018).isoformat() for key, row in enumerate(holiday_rows()) if "Thanksgiving" in row["names"]]
    ['2018-11-22']
    """
    row = holiday_rows()[key]
    try:
        return _by_rule(row["rule"], year)
    except (ValueError, IndexError) as problem:
        remedy = "Write it as 12-25, 11-thu-4, 05-mon-last, 11-mon-1+1, easter-2 or orthodox+0"
        raise row.error(f"the rule {row['rule']!r} names no day", remedy) from problem


def _by_rule(rule: str, year: int) -> date:
    for name, feast in (("easter", _easter), ("orthodox", _orthodox_easter)):
        if rule.startswith(name):
            return feast(year) + timedelta(int(rule[len(name) :]))
    rule, _, more = rule.partition("+")
    month, which, *count = rule.split("-")
    if not count:
        return date(year, int(month), int(which))
    days = [date(year, int(month), day) for day in range(1, monthrange(year, int(month))[1] + 1)]
    found = [day for day in days if day.weekday() == _WEEKDAYS.index(which)]
    return found[-1 if count[0] == "last" else int(count[0]) - 1] + timedelta(int(more or 0))


def _easter(year: int) -> date:
    """The Gregorian computus of Meeus, Jones and Butcher."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
    return date(year, month, day + 1)


def _orthodox_easter(year: int) -> date:
    """Meeus's Julian computus, moved to the Gregorian calendar."""
    d = (19 * (year % 19) + 15) % 30
    month, day = divmod(d + (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7 + 114, 31)
    return date(year, month, day + 1) + timedelta(year // 100 - year // 400 - 2)


def nearest(days: Iterable[date | None], day: date) -> date | None:
    """The one of some days that lies nearest to a day."""
    return min((each for each in days if each), key=lambda each: abs((each - day).days), default=None)
