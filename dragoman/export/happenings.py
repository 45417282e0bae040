"""Claims go in, ordered by happening; events as event data count them come out, each with the claims that tell it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from dragoman.export.rows import Row

# What is told as having happened; plans, possibilities and denials are no events.
TOLD = ("actual", "alleged")


@dataclass(frozen=True, slots=True)
class Event:
    """Claims of one happening that share type, actor and recipient; ``lead`` is the first with the commonest code."""

    claims: tuple[Row, ...]
    lead: Row

    def telling(self, field: str) -> Row:
        """The claim to take a field from, and those that belong to it: the lead, or the first that tells the field."""
        return next((row for row in (self.lead, *self.claims) if row[field] is not None), self.lead)

    @property
    def number(self) -> int:
        """A number made from the id of one of its claims; below 2**53, so that it is whole in any reader."""
        first = min(row["id"] for row in self.claims)
        return int(hashlib.sha256(first.encode()).hexdigest()[:13], 16)

    @property
    def day(self) -> date | None:
        """The day of what is told; None where it is told to the month or year only, or not at all."""
        day: date | None = self.telling("day")["day"]
        return day

    @property
    def month(self) -> tuple[str | None, str | None]:
        """Year and month as far as the lead tells them."""
        if self.day is not None:
            return f"{self.day:%Y}", f"{self.day:%m}"
        told = re.match(r"(\d{4})(?:-(\d\d)(?!\d))?(?!\d)", self.lead["date_value"] or "")
        return (told[1], told[2]) if told else (None, None)

    @property
    def published(self) -> date | None:
        """The day of the first report."""
        return min((row["published"] for row in self.claims if row["published"] is not None), default=None)


class Happenings:
    """Takes rows one by one; what a happening holds comes out when the next begins, so that no more is kept."""

    def __init__(self) -> None:
        self._rows: list[Row] = []

    def add(self, row: Row) -> tuple[Event, ...]:
        """The events of the happening before, where this row begins another."""
        done = self.rest() if self._rows and self._rows[0]["happening"] != row["happening"] else ()
        self._rows.append(row)
        return done

    def rest(self) -> tuple[Event, ...]:
        """The events of the last happening."""
        kinds: dict[tuple[str, str | None, str | None], list[Row]] = {}
        for row in self._rows:
            if row["status"] in TOLD:
                kinds.setdefault((row["type"], row["actor_code"], row["recipient_code"]), []).append(row)
        self._rows = []
        return tuple(Event(tuple(claims), _lead(claims)) for claims in kinds.values())


def _lead(claims: list[Row]) -> Row:
    codes = Counter(row["cameo"] for row in claims)
    return max(claims, key=lambda row: codes[row["cameo"]])
