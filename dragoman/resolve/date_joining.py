"""Expressions that stand side by side go in, the dates they make together come out: "noon" and "last Friday".

The roles a pattern may give (``role=`` in dates/patterns.csv) are settled here and in ``date_screening``:
``rim`` and ``bound`` only stand with a date after or before them ("the end of", "dawn"), ``open`` may take
a date ("two days after"), ``week_of`` and ``weekend_of`` widen the date that follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.resolve.date_expression import Expression, Found

_TO_DAY = frozenset(["", ",", "on", "of", "local time", "local time on", "( local time )", ", local time ,"])
_TO_TIME = frozenset(
    [
        "",
        ",",
        "at",
        "in",
        "around",
        "about",
        "in the",
        "at about",
        "at around",
        "by",
        "before",
        "after",
        "until",
        "from",
    ]
).union(["late in the", "early in the", "shortly before", "shortly after", "just before", "just after", ", at"])
_TO_EDGE = frozenset(["", "the", "on", "in", "in the", "-", "this", "of", "on the"])
_ADJACENT = frozenset(["", ","])
_OWNED = frozenset(["", "'s", "’s", "of", "of the", ",", "in", "the"])
_RANGE = frozenset(["and", "to", "-", "–", "—", "or", "through", "until", "and in", "and on", ",", ", and", "and late"])
_DAY_FIELDS = frozenset(["weekday", "day", "holiday"])
_TIME_FIELDS = frozenset(["part", "clock"])
_IN_YEAR = frozenset(["month", "quarter", "half", "season", "holiday"])


def join_expressions(words: Sequence[str], found: Sequence[Found]) -> list[Found]:
    """Join neighbours that make one date; the first of "between May and July 1998" gets the year of the second.

    >>> from dragoman.resolve.date_grammar import find_expressions
    >>> words = "at noon on last Friday".split()
    >>> [(each.first, each.stop) for each in join_expressions(words, find_expressions(words))]
    [(1, 5)]
    """
    joined: list[Found] = []
    for each in found:
        while joined and (both := _join(joined[-1], each, _gap(words, joined[-1], each))):
            joined.pop()
            each = both
        joined.append(each)
    for at in range(len(joined) - 2, -1, -1):
        joined[at] = _inherit(joined[at], joined[at + 1], _gap(words, joined[at], joined[at + 1]))
    return joined


def _gap(words: Sequence[str], left: Found, right: Found) -> str | None:
    """The words between two expressions, or None where there are too many."""
    between = words[left.stop : right.first]
    return " ".join(between).lower() if len(between) <= 4 else None


def _join(left: Found, right: Found, gap: str | None) -> Found | None:
    if gap is None or right.expression.role in ("none", "duration") or left.expression.role in ("none", "duration"):
        return None
    first, second = left.expression, right.expression
    both = _join_role(first, second, gap) if first.role else None
    both = both or _join_time(first, second, gap) or _join_year(first, second, gap) or _join_week(first, second, gap)
    return Found(left.first, right.stop, both) if both else None


def _join_role(first: Expression, second: Expression, gap: str) -> Expression | None:
    if second.ref or second.role in ("rim", "open"):
        return None
    if first.role == "rim" and gap in _TO_EDGE:
        if first.part and (second.part or not _names_day(second)):
            return second
        return second.joined(first, role=second.role)
    if first.role in ("week_of", "weekend_of") and not first.filled() and gap in ("", "the"):
        return replace(second, role=first.role)
    if first.role in ("open", "bound") and first.shift and gap in ("", "the") and not second.role:
        return replace(first, role=None, origin=second)
    return None


def _join_time(first: Expression, second: Expression, gap: str) -> Expression | None:
    """Join "3 p.m." and "Friday", in either order; "six o'clock" and "in the evening"."""
    if first.filled() <= _TIME_FIELDS and first.filled() and _names_day(second) and gap in _TO_DAY:
        return None if first.filled() & second.filled() else second.joined(first)
    if not (second.filled() <= _TIME_FIELDS and second.filled() and gap in _TO_TIME):
        return None
    if first.clock and not first.part and second.part and gap in ("", "in"):
        late = second.part in ("AF", "EV", "NI") and first.clock < "T12"
        return replace(first, clock=f"T{int(first.clock[1:3]) + 12}{first.clock[3:]}") if late else first
    return first.joined(second) if _names_day(first) and not first.filled() & second.filled() else None


def _join_year(first: Expression, second: Expression, gap: str) -> Expression | None:
    """Join "Friday" and "May 3"; "June" and "last year"; "next year" and "first quarter"; "the 5th" of "last month"."""
    if first.filled() <= {"weekday", "part"} and first.weekday is not None and gap in _ADJACENT:
        return second.joined(first) if {"month", "day"} <= second.filled() and second.weekday is None else None
    if gap not in _OWNED:
        return None
    for inner, outer in ((first, second), (second, first)):
        if outer.role or outer.origin or inner.year or inner.shift or inner.turn:
            continue
        if outer.filled() == {"shift"} and outer.shift and outer.shift.unit == "year" and inner.filled() & _IN_YEAR:
            return None if gap == "," and inner is first and inner.day is None else inner.joined(outer)
        if outer.filled() == {"year"} and inner.filled() & {"quarter", "half", "season"}:
            # "the fall of 1999" is a season, "his fall in 1999" none.
            return None if inner.season and gap not in ("", "of") else inner.joined(outer)
    if first.filled() == {"day"} and second.shift and second.shift.unit == "month" and gap == "of":
        return second.joined(first)
    return None


def _join_week(first: Expression, second: Expression, gap: str) -> Expression | None:
    """Join "Friday" and "last week", in either order."""
    if gap not in ("", "of", "on", "of the"):
        return None
    for inner, outer in ((first, second), (second, first)):
        week = outer.filled() == {"shift"} and outer.shift and outer.shift.unit == "week" and not outer.role
        if week and inner.weekday is not None and inner.filled() <= {"weekday", "part"}:
            return inner.joined(outer)
    return None


def _names_day(expression: Expression) -> bool:
    shift = expression.shift
    return bool(expression.filled() & _DAY_FIELDS) or bool(shift and shift.unit == "day")


def _inherit(left: Found, right: Found, gap: str | None) -> Found:
    """Give the first of "2 a.m. and 4 a.m. on Sunday" its day, that of "May and July 1998" its year."""
    first, second = left.expression, right.expression
    if first.filled() == {"clock"} and second.clock and second.filled() != {"clock"} and gap in _RANGE | {"("}:
        return left._replace(expression=replace(second, clock=first.clock))
    if first.filled() == {"clock"} and _names_day(second) and not second.clock and gap in (") on", ")"):
        return left._replace(expression=replace(second, clock=first.clock))
    if gap not in _RANGE or not first.month or not second.month or first.filled() - {"month", "day", "weekday"}:
        return left
    if second.year and (gap != "," or second.month > first.month):
        year = second.year - 1 if first.month > second.month and gap != "and" else second.year
        return left._replace(expression=replace(first, year=year))
    if second.shift and second.shift.unit == "year" and gap != ",":
        return left._replace(expression=replace(first, shift=second.shift))
    return left
