"""Decisions of people about claims go into a case file; none is ever lost, and every analysis reads what they left.

A decision names its claim by id, a hash of the document, the spans and the type, so that it survives a re-run.
Where a new coding means something else it waits, and is told as such.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dragoman.errors import CaseError, InputError
from dragoman.store.database import CaseFile, read_sql

ACTIONS = ("accept", "correct", "reject")
# What a person may correct, with the columns that go with it.
FIELDS = (
    "type", "mode", "actor_name", "actor_code", "recipient_name", "recipient_code", "status",
    "date_value", "place_name", "place_country", "sources",
)  # fmt: skip
_DERIVED = ("quad", "intensity", "cameo", "date_granularity")
_COLUMNS = (
    "claim", "document", "trigger_start", "trigger_end", "type", "actor_name", "recipient_name",
    "action", "undone", "changes", "reason", "reviewer", "reviewed_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decides about a claim: ``changes`` are the corrected fields with their values."""

    claim: str
    action: str
    reason: str
    reviewer: str
    changes: Mapping[str, Any] | None = None
    at: datetime | None = None


def decide(case: CaseFile, decision: Decision) -> int:
    """Write a decision down and return its number.  Corrections add to those that stand already.

    Raises CaseError for a claim that is not there, an unknown action or field, and a decision without a name.
    """
    if decision.action not in ACTIONS:
        raise CaseError(f"{decision.action!r} is no decision. Use one of {', '.join(ACTIONS)}")
    if not decision.reviewer.strip():
        raise CaseError("a decision needs the name of who makes it. Give it with --by")
    if (decision.action == "correct") != bool(decision.changes):
        raise CaseError("a correction needs a field and its value, and nothing else has them: --set type=THREATEN")
    unknown = sorted(set(decision.changes or ()) - {*FIELDS, *_DERIVED})
    if unknown:
        raise CaseError(f"{unknown[0]!r} can't be corrected. Fields are {', '.join(FIELDS)}")
    found = case.rows("SELECT * FROM claims WHERE id = $claim", {"claim": decision.claim})
    if not found:
        raise CaseError(f"there is no claim {decision.claim!r}. List ids with: dragoman show CASE --json")
    changes = _standing_changes(case, decision.claim) | dict(decision.changes or {})
    coded = found[0]
    return _append(
        case,
        {column: coded[column] for column in _COLUMNS[1:7]}
        | {
            "claim": decision.claim,
            "action": decision.action,
            "changes": json.dumps(changes, ensure_ascii=False) if decision.action == "correct" else None,
            "reason": decision.reason,
            "reviewer": decision.reviewer.strip(),
            "reviewed_at": decision.at or _now(),
        },
    )


def undo(case: CaseFile, claim: str, *, reviewer: str, reason: str = "", at: datetime | None = None) -> int:
    """Take back the decision that stands for a claim; the one before it stands again.  Returns the new row's number."""
    found = case.rows("SELECT * FROM standing WHERE claim = $claim", {"claim": claim})
    if not found:
        raise CaseError(f"nothing stands decided about {claim!r}. See: dragoman review CASE --history")
    if not reviewer.strip():
        raise CaseError("a decision needs the name of who makes it. Give it with --by")
    last = found[0]
    return _append(
        case,
        {column: last[column] for column in _COLUMNS[:7]}
        | {
            "action": "undo",
            "undone": last["number"],
            "reason": reason,
            "reviewer": reviewer.strip(),
            "reviewed_at": at or _now(),
        },
    )


def history(case: CaseFile, *, claim: str | None = None) -> list[dict[str, Any]]:
    """Every decision in the order in which it was made, of one claim or of all; ``fits`` tells where it applies now."""
    return case.rows(
        "SELECT reviews.*, decisions.applies_to IS NOT NULL AS fits, decisions.number IS NOT NULL AS stands "
        "FROM reviews LEFT JOIN decisions ON decisions.number = reviews.number "
        "WHERE $claim IS NULL OR reviews.claim = $claim ORDER BY reviews.number",
        {"claim": claim},
    )


def waiting(case: CaseFile, *, limit: int = 20) -> list[dict[str, Any]]:
    """Claims that nobody has judged, the least certain first; each with its document's text around it."""
    return case.rows(read_sql("waiting.sql"), {"limit": limit})


def export_reviews(case: CaseFile, *, claims: Collection[str] | None = None) -> list[dict[str, Any]]:
    """Every decision as a row of JSON, to be kept with the data or brought into another case file.

    ``claims`` asks for decisions about some ids only, also those that were made about an earlier coding of them.
    """
    rows = case.rows(read_sql("reviews_about.sql"), {"claims": None if claims is None else list(claims)})
    return [
        {**row, "changes": row["changes"] and json.loads(row["changes"]), "reviewed_at": row["reviewed_at"].isoformat()}
        for row in rows
    ]


def import_reviews(case: CaseFile, rows: Iterable[Mapping[str, Any] | InputError]) -> tuple[int, list[InputError]]:
    """Bring in decisions exported elsewhere; those that are here already change nothing.

    Returns how many are new, and what could not be read.
    """
    known = {_identity(row): row["number"] for row in export_reviews(case)}
    places: dict[Any, int] = {}
    added, problems = 0, []
    for place, row in enumerate(rows, start=1):
        if isinstance(row, InputError):
            problems.append(row)
            continue
        missing = [column for column in (*_COLUMNS, "number") if column not in row]
        if missing:
            problems.append(InputError(f"row {place}", f"has no {missing[0]!r}", "Export reviews with --to"))
            continue
        key = _identity(row)
        if key in known:
            places[row["number"]] = known[key]
            continue
        undone = row["undone"] if row["undone"] is None else places.get(row["undone"])
        changes = json.dumps(row["changes"], ensure_ascii=False) if row["changes"] else None
        places[row["number"]] = _append(case, {**row, "undone": undone, "changes": changes})
        added += 1
    return added, problems


def _identity(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row[column]) for column in ("claim", "action", "changes", "reason", "reviewer", "reviewed_at"))


def _standing_changes(case: CaseFile, claim: str) -> dict[str, Any]:
    found = case.rows("SELECT changes FROM standing WHERE claim = $claim", {"claim": claim})
    return json.loads(found[0]["changes"]) if found and found[0]["changes"] else {}


def _append(case: CaseFile, row: Mapping[str, Any]) -> int:
    number = case.rows("SELECT coalesce(max(number), 0) + 1 AS next FROM reviews")[0]["next"]
    columns = ", ".join(("number", *_COLUMNS))
    marks = ", ".join("?" * (len(_COLUMNS) + 1))
    values = [number, *(row.get(column) for column in _COLUMNS)]
    case.connection.execute(f"INSERT INTO reviews ({columns}) VALUES ({marks})", values)
    case.changed()
    return int(number)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
