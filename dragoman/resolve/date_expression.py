"""What one date expression says by itself: the fields that words fill, before anything is anchored."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple


class Shift(NamedTuple):
    """So many units from a base: ``now`` (publication), ``then`` (the narrative) or ``report``.

    A ``report`` compares with the period under report: "a year ago" in a story on a third quarter.
    """

    unit: str
    number: int
    base: str


@dataclass(frozen=True, slots=True)
class Expression:
    """The fields of a date expression; None where its words don't tell.

    "last Friday night" is ``Expression(weekday=4, part="NI", turn=Shift("", -1, "now"))``.
    ``origin`` is the date that a shift starts from: "two days after 3 May".  ``role`` names
    what more has to hold before the expression may stand (see ``join_expressions``).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    decade: int | None = None
    century: int | None = None
    holiday: int | None = None
    part: str | None = None
    clock: str | None = None
    shift: Shift | None = None
    turn: Shift | None = None
    ref: str | None = None
    origin: Expression | None = None
    role: str | None = None

    def filled(self) -> frozenset[str]:
        """The names of the fields that are told, ``role`` left out."""
        return frozenset(name for name in FIELDS if getattr(self, name) is not None)

    def joined(self, other: Expression, *, role: str | None = None) -> Expression:
        """Both expressions in one, for "the morning" and "3 May"; what both tell is taken from this one."""
        told: dict[str, Any] = {name: getattr(other, name) for name in FIELDS if getattr(self, name) is None}
        return replace(self, **told, role=role)


FIELDS = tuple(field.name for field in fields(Expression) if field.name != "role")


class Found(NamedTuple):
    """An expression over tokens ``first`` up to ``stop`` of a sentence."""

    first: int
    stop: int
    expression: Expression
