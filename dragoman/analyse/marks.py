"""A snapshot of the desk's claims and filters go in, what is drawn comes out: claims, or marks that stand for many."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dragoman.analyse.desk import prepare
from dragoman.analyse.queries import read_sql
from dragoman.errors import CaseError
from dragoman.store.database import CaseFile
from dragoman.store.snapshot import Snapshot

QUADS = {"VCOOP": 1, "MCOOP": 2, "VCONF": 3, "MCONF": 4}
# Up to so many claims are drawn one by one; more are gathered into at most so many steps of time for each pair.
_EACH, _STEPS, _BARS = 500, 36, 120
_MOST_PAIRS, _MOST_PLACES = 4_000, 1_500
# What there is to be drawn; each screen asks for its own.
DRAWN = ("lanes", "bars", "pairs", "ties", "places")
_NEAR = timedelta(days=7)
# What a decision may change of a claim, as the table desk has it.
_CHANGING = (
    "actor", "recipient", "actor_name", "actor_code", "recipient_name", "recipient_code", "type", "mode", "intensity",
    "status", "review", "day", "quad", "place_name", "place_country", "chain",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims are wanted; what is None asks nothing.

    ``one`` acts towards ``other`` (codes of parties, "?" for one that is not told); days from ``first_day`` up to but
    without ``day_after``; ``quads`` are numbers 1 to 4; ``sought`` are words, lower case, that stand somewhere in it.
    """

    one: str | None = None
    other: str | None = None
    first_day: date | None = None
    day_after: date | None = None
    quads: tuple[int, ...] | None = None
    sought: str | None = None

    @classmethod
    def of(cls, *, dyad: str = "", span: str = "", quads: str = "", q: str = "") -> Wanted:
        """From the words of the desk's address; raises CaseError where they say nothing.

        >>> Wanted.of(dyad="RUS>USA", span="2018-04-09_2018-04-13", quads="VCONF,MCONF")  # doctest: +ELLIPSIS
        Wanted(one='RUS', other='USA', first_day=datetime.date(2018, 4, 9), ..., quads=(3, 4), sought=None)
        """
        one, arrow, other = dyad.partition(">")
        if dyad and not (one and arrow and other):
            raise CaseError(f"{dyad!r} is no pair. Write RUS>USA")
        first, after = _days(span)
        unknown = sorted(set(filter(None, quads.split(","))) - set(QUADS))
        if unknown:
            raise CaseError(f"{unknown[0]!r} is no class. Use some of {', '.join(QUADS)}")
        numbers = tuple(QUADS[name] for name in quads.split(",")) if quads else None
        return cls(one or None, other or None, first, after, numbers, q.strip().lower() or None)

    @property
    def asks(self) -> bool:
        """Whether anything is asked."""
        return self != Wanted()

    def values(self) -> dict[str, Any]:
        """For the macro ``wanted``."""
        return {
            "one": self.one,
            "other": self.other,
            "first_day": self.first_day,
            "day_after": self.day_after,
            "quads": None if self.quads is None else list(self.quads),
            "sought": self.sought,
        }


def take_snapshot(case: CaseFile) -> Snapshot:
    """All claims of the desk as the table ``desk``."""
    prepare(case)
    taken = Snapshot(case, "desk", read_sql("desk_rows.sql"))
    taken.execute(read_sql("marks.sql"))
    return taken


def name_parties(desk: Snapshot, names: Mapping[str, str]) -> None:
    """Tell the snapshot what the parties are called, so that a search finds their names."""
    desk.execute("CREATE OR REPLACE TABLE names AS SELECT unnest($codes) AS code, unnest($names) AS name",
                 {"codes": list(names), "names": list(names.values())})  # fmt: skip
    desk.execute(read_sql("marks_words.sql"))


def change(desk: Snapshot, claim: str, row: Mapping[str, Any] | None) -> None:
    """Let the snapshot have a claim as it is after a decision: a row of ``desk_claims``, or None where it is gone."""
    if row is None:
        desk.execute("DELETE FROM desk WHERE id = $id", {"id": claim})
        return
    kept = ", ".join(f"{column} = ${column}" for column in _CHANGING)
    sides = "src = coalesce(replace($actor, '>', '›'), '?'), tgt = coalesce(replace($recipient, '>', '›'), '?')"
    desk.execute(
        f"UPDATE desk SET {kept}, {sides} WHERE id = $id", {key: row[key] for key in _CHANGING} | {"id": claim}
    )


def rejected(desk: Snapshot) -> int:
    """How many claims people rejected."""
    return int(desk.rows("SELECT count(*) AS n FROM desk WHERE review = 'reject'")[0]["n"])


def parties(desk: Snapshot) -> list[dict[str, Any]]:
    """Each party with its commonest ``name`` in the reports and ``n``, how often it acts or is acted upon."""
    return desk.rows(read_sql("marks_parties.sql"))


def span(desk: Snapshot) -> tuple[date, date] | None:
    """The days that are drawn, the last one excluded.

    A report of April may tell of 2013: one day in fifty at either end is left out when it lies far off.
    """
    (found,) = desk.rows(read_sql("marks_span.sql"), {"near": _NEAR.days})
    return None if found["first_day"] is None else (found["first_day"], found["last_day"] + timedelta(days=1))


def list_claims(desk: Snapshot, wanted: Wanted, *, limit: int, skip: int = 0) -> tuple[list[dict[str, Any]], int]:
    """The latest claims that fit, in the order of their days, the undated last, and how many fit in all."""
    rows = desk.rows(read_sql("marks_claims.sql"), wanted.values() | {"limit": limit, "skip": skip})
    counted = "SELECT count(*) AS n FROM wanted($one, $other, $first_day, $day_after, $quads, $sought)"
    return rows, desk.rows(counted, wanted.values())[0]["n"]


def list_ids(desk: Snapshot, wanted: Wanted) -> list[str]:
    """The ids of all claims that fit."""
    found = desk.rows("SELECT id FROM wanted($one, $other, $first_day, $day_after, $quads, $sought)", wanted.values())
    return [row["id"] for row in found]


def marks(desk: Snapshot, wanted: Wanted, *, lanes: int, draw: Collection[str] = DRAWN) -> dict[str, Any]:
    """What the screens draw: ``lanes`` and ``bars`` of the timeline, ``pairs`` of the matrix, ``ties``, ``places``.

    A mark stands for ``n`` claims at a mean ``intensity``; ``id`` is one of them.  ``lanes`` have ``step`` days in a
    mark, ``bars`` ``width``.  ``found`` counts what fits, ``standing`` what of it nobody rejected, and of this
    ``dated`` what lies within the days drawn, ``placed`` what has a place.
    """
    values = wanted.values()
    whole = span(desk) or (date.min, date.min)
    days = {"from_day": wanted.first_day or whole[0], "to_day": wanted.day_after or whole[1]}
    ends = {"from_day": whole[0], "to_day": whole[1]}
    told: dict[str, Any] = desk.rows(read_sql("marks_count.sql"), values | days)[0]
    told |= {"step": _step(days, _STEPS), "width": _step(ends, _BARS)}
    shape = {"step": told["step"], "each": told["dated"] <= _EACH, "lanes": lanes}
    anywhen = {key: values[key] for key in ("one", "other", "quads", "sought")}
    asked: dict[str, tuple[str, Mapping[str, Any]]] = {
        "lanes": ("marks_lanes.sql", values | days | shape),
        "bars": ("marks_bars.sql", anywhen | ends | {"step": told["width"]}),
        "pairs": ("marks_pairs.sql", values | {"one": None, "other": None, "most": _MOST_PAIRS}),
        "ties": ("marks_pairs.sql", values | {"most": _MOST_PAIRS}),
        "places": ("marks_places.sql", values | {"most": _MOST_PLACES}),
    }
    for kind in draw:
        script, filters = asked[kind]
        told[kind] = desk.rows(read_sql(script), filters)
    return told


def _step(days: Mapping[str, date], most: int) -> int:
    """How many days a mark stands for, where there may be ``most`` of them."""
    return max(1, -(-(days["to_day"] - days["from_day"]).days // most))


def _days(span: str) -> tuple[date | None, date | None]:
    if not span:
        return None, None
    try:
        first, after = (date.fromisoformat(day) for day in span.split("_"))
    except ValueError as problem:
        raise CaseError(f"{span!r} is no period. Write 2018-04-09_2018-04-13, the last day excluded") from problem
    return first, after
