"""An expression goes in, its moment comes out, reckoned from the publication or from the dates told so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from dragoman.resolve import date_calendar as calendar
from dragoman.resolve.date_calendar import FINENESS, Moment
from dragoman.resolve.date_expression import Expression, Shift
from dragoman.resolve.date_tense import Tense

_UNIT_GRANULARITY = {"fortnight": "week"}
_NOWHERE = Shift("", 0, "now")


@dataclass(slots=True)
class Narrative:
    """The moments that a document has told so far, with their sentences; grows while it is read."""

    published: date | None
    told: list[tuple[Moment, int]] = field(default_factory=list)
    sentence: int = 0

    def tell(self, moment: Moment) -> None:
        """Remember a moment; references such as "now" tell nothing."""
        if moment.start or moment.granularity == "duration":
            self.told.append((moment, self.sentence))

    def then(self, unit: str, *, over: Callable[[], bool] = lambda: False) -> date | None:
        """The day from which "the next UNIT" and "two UNITS later" are reckoned.

        That is the last moment told that is at least as fine as the unit, else the publication.
        What was still to come is passed over where ``over`` says that past events are told.
        """
        wanted = FINENESS[_UNIT_GRANULARITY.get(unit, unit)]
        for moment, _ in reversed(self.told):
            if moment.start and FINENESS[moment.granularity] <= wanted:
                if self.published and moment.start > self.published and over():
                    continue
                return moment.start
        return self.published

    def day_nearby(self) -> date | None:
        """A day told in this sentence or the one before."""
        for moment, sentence in reversed(self.told):
            if moment.start and FINENESS[moment.granularity] == 0 and sentence >= self.sentence - 1:
                return moment.start
        return None

    def quarter(self) -> date | None:
        """The first day of the quarter under report, unless a longer period has taken its place.

        That is the latest one told lately that was over when the report was printed, else the last one told.
        """
        told: list[date] = []
        for moment, sentence in reversed(self.told):
            if moment.granularity == "duration" or sentence < self.sentence - 8:
                break
            if moment.granularity == "quarter" and moment.start:
                told.append(moment.start)
        over = [start for start in told if self.published and calendar.move_months(start, 3) <= self.published]
        return max(over) if over else next(iter(told), None)


class Resolver:
    """Resolves the expressions of one document, in their order."""

    def __init__(self, published: date | None) -> None:
        self.narrative = Narrative(published)

    def resolve(self, expression: Expression, tense: Callable[[], Tense]) -> Moment:
        """The moment of an expression; ``tense`` is only asked where the words leave the direction open."""
        moment = self._resolve(expression, tense)
        if not _compares(expression):
            self.narrative.tell(moment)
        return moment

    def _resolve(self, expression: Expression, tense: Callable[[], Tense]) -> Moment:
        if expression.ref:
            return Moment(expression.ref, "ref")
        if expression.role in ("week_of", "weekend_of"):
            start = self._resolve(replace(expression, role=None), tense).start
            widen = calendar.week_moment if expression.role == "week_of" else calendar.weekend_moment
            return widen(start) if start else Moment(None, "week" if expression.role == "week_of" else "weekend")
        moment = self._resolve_date(expression, tense)
        return _with_time(moment, expression) if expression.part or expression.clock else moment

    def _resolve_date(self, expression: Expression, tense: Callable[[], Tense]) -> Moment:
        published = self.narrative.published
        if expression.origin and expression.shift:
            return self._resolve_from(expression.origin, expression.shift, tense)
        if expression.shift:
            return self._resolve_window(expression, expression.shift, tense)
        if expression.year is not None:
            return _in_year(expression, expression.year)
        if expression.filled() & {"month", "quarter", "half", "season", "holiday"}:
            return self._resolve_without_year(expression, tense)
        if expression.decade is not None:
            return calendar.decade_moment(expression.decade)
        if expression.century is not None:
            return calendar.century_moment(expression.century)
        if expression.weekday is not None:
            return self._resolve_weekday(expression.weekday, expression.turn, tense)
        if expression.role == "weekend":
            return self._resolve_weekend(tense)
        if expression.day is not None:
            return _resolve_day_of_month(expression.day, self.narrative.then("month"), tense)
        if expression.role == "overnight" and published:
            night = self.narrative.day_nearby() or published
            return calendar.day_moment(night - timedelta(0 if tense() == "future" else 1))
        day = self.narrative.day_nearby() or published
        return calendar.day_moment(day) if day else Moment(None, "day")

    def _resolve_from(self, origin: Expression, shift: Shift, tense: Callable[[], Tense]) -> Moment:
        start = self._resolve(origin, tense)
        if start.start is None:
            return Moment(None, _UNIT_GRANULARITY.get(shift.unit, shift.unit))
        if FINENESS[start.granularity] == 0 and (day := calendar.move_exactly(start.start, shift.unit, shift.number)):
            return calendar.day_moment(day)
        return calendar.move(start.start, shift.unit, shift.number) or Moment(None, shift.unit)

    def _resolve_window(self, expression: Expression, shift: Shift, tense: Callable[[], Tense]) -> Moment:
        """A unit so far from now or then, and what it holds: "last week", "two days later", "June last year"."""
        granularity = _UNIT_GRANULARITY.get(shift.unit, shift.unit)
        if shift.unit == "quarter" and shift.base == "then":
            return self._resolve_quarter(expression, shift)
        if shift.base == "report" or expression.role == "report":
            quarter = self.narrative.quarter()
            if quarter:
                return calendar.quarter_moment(quarter.year - 1, calendar.quarter_of(quarter))
        base = self.narrative.published
        if shift.base == "then":
            base = self.narrative.then(shift.unit, over=lambda: tense() == "past")
        moment = calendar.move(base, shift.unit, shift.number) if base else None
        if moment is None or moment.start is None:
            return Moment(None, granularity)
        if shift.unit == "year" and expression.filled() & {"month", "quarter", "half", "season", "holiday"}:
            return _in_year(expression, moment.start.year)
        if shift.unit == "month" and expression.day:
            day = calendar.make_day(moment.start.year, moment.start.month, expression.day)
            return calendar.day_moment(day) if day else Moment(None, "day")
        if shift.unit == "week" and expression.weekday is not None:
            return calendar.day_moment(moment.start + timedelta(expression.weekday))
        return moment

    def _resolve_quarter(self, expression: Expression, shift: Shift) -> Moment:
        """The quarter under report, or the one that ended last before the publication."""
        start = self.narrative.quarter()
        if start is None:
            if expression.year is not None:
                return calendar.year_moment(expression.year)
            published = self.narrative.published
            if published is None:
                return Moment(None, "quarter")
            return calendar.quarter_moment(published.year, calendar.quarter_of(published) - 1 + shift.number)
        year = expression.year if expression.year is not None else start.year
        return calendar.quarter_moment(year, calendar.quarter_of(start) + shift.number)

    def _resolve_without_year(self, expression: Expression, tense: Callable[[], Tense]) -> Moment:
        turn = expression.turn
        anchor = self.narrative.then("month") if turn and turn.base == "then" else self.narrative.published
        if anchor is None:
            return _in_some_year(expression)
        choices = [_in_year(expression, year) for year in (anchor.year - 1, anchor.year, anchor.year + 1)]
        if turn and turn.number < 0:
            return next((each for each in reversed(choices) if _end(each) <= anchor), choices[0])
        if turn and turn.number > 0:
            return next((each for each in choices if each.start and each.start > anchor), choices[-1])
        if turn and turn.base == "then":
            # "fell in March 2017 … that September"
            return choices[1]
        if turn and turn.base == "now":
            # "this winter" may have begun last year.
            return choices[1] if expression.season != "WI" else _choose(choices, anchor, None)
        if expression.quarter:
            return _choose_quarter(choices, anchor, tense())
        return _choose(choices, anchor, tense())

    def _resolve_weekday(self, weekday: int, turn: Shift | None, tense: Callable[[], Tense]) -> Moment:
        base = self.narrative.then("day") if turn and turn.base == "then" else self.narrative.published
        if base is None:
            return Moment(None, "day")
        back, ahead = (base.weekday() - weekday) % 7, (weekday - base.weekday()) % 7
        if turn and turn.number < 0:
            return calendar.day_moment(base - timedelta(back or 7))
        if turn and turn.number > 0:
            # "next Friday" said on a Wednesday skips the day after tomorrow, "next Sunday" is the coming one.
            if turn.base == "now" and weekday != 6:
                return calendar.day_moment(base + timedelta(7 - base.weekday() + weekday))
            return calendar.day_moment(base + timedelta(ahead or 7))
        if turn and turn.base == "then":
            return calendar.day_moment(base - timedelta(back) if back <= ahead else base + timedelta(ahead))
        forward = tense() in ("future", "present")
        return calendar.day_moment(base + timedelta(ahead) if forward else base - timedelta(back))

    def _resolve_weekend(self, tense: Callable[[], Tense]) -> Moment:
        published = self.narrative.published
        if published is None:
            return Moment(None, "weekend")
        past = tense() not in ("future", "present") and published.weekday() < 5
        return calendar.weekend_moment(published - timedelta(7 if past else 0))


def _compares(expression: Expression) -> bool:
    """What the period under report is compared with doesn't become the period under report."""
    shift = expression.shift
    return expression.role in ("report", "year_of") or bool(
        shift and (shift.base == "report" or (shift.unit == "quarter" and shift.number < 0))
    )


def _resolve_day_of_month(day: int, anchor: date | None, tense: Callable[[], Tense]) -> Moment:
    if anchor is None:
        return Moment(None, "day")
    around = [calendar.move_months(anchor.replace(day=1), months) for months in (-1, 0, 1)]
    days = [found for each in around if (found := calendar.make_day(each.year, each.month, day))]
    return _choose([calendar.day_moment(each) for each in days], anchor, tense())


def _choose(choices: list[Moment], anchor: date, tense: Tense) -> Moment:
    """The choice before or after the anchor as the tense has it; the nearest where it has nothing or misleads.

    A date without a year lies within the months around: what would be the best part of a year
    away on one side and close on the other is taken from the other side.
    """
    known = [each for each in choices if each.start]
    if not known:
        return choices[0]
    past = [each for each in known if each.start and each.start <= anchor]
    ahead = [each for each in known if _end(each) > anchor]
    nearest = min(known, key=lambda each: _distance(each, anchor))
    if tense == "since" and past:
        return past[-1]
    if tense == "past" and past:
        choice = past[-1]
    elif tense == "future" and ahead:
        choice = ahead[0]
    else:
        return nearest
    return nearest if _distance(choice, anchor) > 320 else choice


def _choose_quarter(choices: list[Moment], anchor: date, tense: Tense) -> Moment:
    """The quarter that lasts or ended last is the one that figures are expected for; else as the tense has it."""
    begun = [each for each in choices if each.start and each.start <= anchor][-1]
    return _choose(choices, anchor, "future") if tense == "future" and _distance(begun, anchor) > 92 else begun


def _distance(moment: Moment, anchor: date) -> int:
    """Days from the anchor to the moment, none while it lasts."""
    if moment.start is None:
        return 100_000
    if moment.start > anchor:
        return (moment.start - anchor).days
    return max(0, (anchor - _end(moment)).days + 1)


def _end(moment: Moment) -> date:
    """The first day after the moment."""
    if moment.start is None:
        return date.max
    months = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12}.get(moment.granularity, 0)
    return calendar.move_months(moment.start, months) if months else moment.start + timedelta(1)


def _in_year(expression: Expression, year: int) -> Moment:
    """The month, day, quarter … of an expression in a year that is known."""
    if expression.holiday is not None:
        day = calendar.holiday_day(expression.holiday, year)
    elif expression.quarter:
        return calendar.quarter_moment(year, expression.quarter) if expression.quarter <= 4 else Moment(None, "quarter")
    elif expression.half:
        return calendar.half_moment(year, expression.half) if expression.half <= 2 else Moment(None, "half")
    elif expression.season:
        return calendar.season_moment(year, expression.season)
    elif expression.month is None:
        return calendar.year_moment(year)
    elif expression.day is None:
        return calendar.month_moment(year, expression.month)
    else:
        day = calendar.make_day(year, expression.month, expression.day)
    return calendar.day_moment(day) if day else Moment(None, "day")


def _in_some_year(expression: Expression) -> Moment:
    """The same where no year is known: XXXX-04-12; the direction of a turn is lost, so it has no value."""
    known = _in_year(expression, 2000)
    if expression.turn or known.value is None or expression.holiday is not None:
        return Moment(None, known.granularity)
    return Moment(f"XXXX{known.value[4:]}", known.granularity)


def _with_time(moment: Moment, expression: Expression) -> Moment:
    granularity = "time" if expression.clock else "part"
    if moment.granularity != "day":
        return moment
    time = expression.clock or f"T{expression.part}"
    return Moment(f"{moment.value}{time}" if moment.value else None, granularity, moment.start)
