"""A case file goes in, what was threatened, promised, demanded and denied comes out, with what came of it.

What later reports do not tell of is open, and not failed.  There is no score of anybody's credibility.
"""

from __future__ import annotations

from typing import Any

from dragoman.analyse.incidents import gather
from dragoman.analyse.queries import read_sql
from dragoman.store.database import CaseFile

KINDS = ("threat", "red line", "promise", "demand", "denial")
OUTCOMES = (
    "carried out", "partly carried out", "walked back", "met", "refused", "open", "stands", "contested",
)  # fmt: skip
# So many days after it was said may pass until something counts as what came of it.
HORIZON = 90


def find_entries(
    case: CaseFile,
    *,
    actor: str | None = None,
    target: str | None = None,
    kind: str | None = None,
    outcome: str | None = None,
    party: str | None = None,
    horizon: int = HORIZON,
    limit: int = 20,
) -> list[dict[str, Any]]:
    """Entries, the latest first, each with the words of its first claim and of the later claim that decides.

    ``actor`` and ``rank`` tell who said it, ``target`` towards whom, ``content`` the type of the act it is about,
    ``condition``, ``deadline`` and ``channel`` what the words tell of these, ``outcome`` and ``reason`` its end.
    ``party`` asks for the entries of just that party (``actor_party``) and those towards it (``target_party``).
    """
    _draw_up(case, horizon)
    case.prepare("ledger words", read_sql("ledger_words.sql"))
    filters = {"actor": actor, "target": target, "kind": kind, "outcome": outcome, "party": party, "limit": limit}
    return [{**row, "reason": _reason(row)} for row in case.rows(read_sql("ledger_list.sql"), filters)]


def base_rates(
    case: CaseFile, *, actor: str | None = None, kind: str | None = None, horizon: int = HORIZON, limit: int = 20
) -> list[dict[str, Any]]:
    """How the entries of each actor and kind ended: counts, no shares of a handful."""
    _draw_up(case, horizon)
    return case.rows(read_sql("ledger_rates.sql"), {"actor": actor, "kind": kind, "limit": limit})


def _draw_up(case: CaseFile, horizon: int) -> None:
    gather(case, types=("THREATEN", "AGREE", "REQUEST", "REJECT"))
    case.connection.execute(f"SET VARIABLE horizon = {int(horizon)}")
    case.connection.execute(read_sql("ledger.sql"))


def _reason(row: dict[str, Any]) -> str:
    """Why the outcome is what it is, in words."""
    if row["later"] is None:
        return "no later report tells of it" if row["outcome"] == "open" else "no later report contradicts it"
    after = (row["later_on"] - row["day"]).days
    days = (
        "the same day"
        if after == 0
        else f"{abs(after)} day{'s' if abs(after) > 1 else ''} {'later' if after > 0 else 'before'}"
    )
    how = {
        "carried out": "the act is told of",
        "met": "the act that was asked for is told of",
        "contested": "the act that is denied is told of",
        "partly carried out": f"another act of its kind is told of ({row['later_type']})",
        "walked back": f"the actor gives way or rules it out ({row['later_type']}, {row['later_status']})",
        "refused": "the act that was not to be is told of" if row["not_to"] else f"it is refused ({row['later_type']})",
    }[row["outcome"]]
    return f"{days} {how}: “{row['later_word']}”"
