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

from dragoman.errors import AbsentError, CaseError, InputError
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


# What a claim that was added elsewhere can't be without.
_NEEDED: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("sentence", "sentence_start", "sentence_end", "trigger_start", "trigger_end", "quad"), int),
    **dict.fromkeys(("document", "trigger_text", "type", "cameo", "status", "status_rule", "quoted"), str),
    **dict.fromkeys(("codebook", "rule"), str),
    **dict.fromkeys(("contexts", "sources"), list),
    **dict.fromkeys(("intensity", "commitment"), (int, float)),
}


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
    check_reviewer(decision.reviewer)
    if (decision.action == "correct") != bool(decision.changes):
        raise CaseError("a correction needs a field and its value, and nothing else has them: --set type=THREATEN")
    unknown = sorted(set(decision.changes or ()) - {*FIELDS, *_DERIVED})
    if unknown:
        raise CaseError(f"{unknown[0]!r} can't be corrected. Fields are {', '.join(FIELDS)}")
    found = case.rows("SELECT * FROM all_claims WHERE id = $claim", {"claim": decision.claim})
    if not found:
        raise AbsentError(f"there is no claim {decision.claim!r}. List ids with: dragoman show CASE --json")
    changes = _standing_changes(case, decision.claim) | dict(decision.changes or {})
    coded = found[0]
    return append_decision(
        case,
        {column: coded[column] for column in _COLUMNS[1:7]}
        | {
            "claim": decision.claim,
            "action": decision.action,
            "changes": json.dumps(changes, ensure_ascii=False) if decision.action == "correct" else None,
            "reason": decision.reason,
            "reviewer": decision.reviewer.strip(),
            "reviewed_at": decision.at,
        },
    )


def undo(case: CaseFile, claim: str, *, reviewer: str, reason: str = "", at: datetime | None = None) -> int:
    """Take back the decision that stands for a claim; the one before it stands again.  Returns the new row's number.

    Where the claim was added by a person, and nothing else stands, it is gone.
    """
    found = case.rows(
        "SELECT standing.* FROM standing JOIN applying USING (number) "
        "WHERE standing.claim = $claim OR applies_to = $claim ORDER BY number DESC LIMIT 1",
        {"claim": claim},
    )
    if not found:
        raise CaseError(f"nothing stands decided about {claim!r}. See: dragoman review CASE --history")
    check_reviewer(reviewer)
    last = found[0]
    return append_decision(
        case,
        {column: last[column] for column in _COLUMNS[:7]}
        | {
            "action": "undo",
            "undone": last["number"],
            "reason": reason,
            "reviewer": reviewer.strip(),
            "reviewed_at": at,
        },
    )


def append_decision(case: CaseFile, row: Mapping[str, Any]) -> int:
    """Write a row of ``reviews``, now unless it has a time, and return its number."""
    return _append(case, {**row, "reviewed_at": row["reviewed_at"] or _now()})


def check_reviewer(name: str) -> None:
    """Raise CaseError for a decision of nobody."""
    if not name.strip():
        raise CaseError("a decision needs the name of who makes it. Give it with --by")


def history(case: CaseFile, *, claim: str | None = None) -> list[dict[str, Any]]:
    """Every decision in the order in which it was made, of one claim or of all; ``fits`` tells where it applies now."""
    return case.rows(
        "SELECT reviews.*, decisions.applies_to IS NOT NULL AS fits, decisions.number IS NOT NULL AS stands "
        "FROM reviews LEFT JOIN decisions ON decisions.number = reviews.number "
        "WHERE $claim IS NULL OR reviews.claim = $claim "
        "OR reviews.claim IN (SELECT claim FROM applying WHERE applies_to = $claim) ORDER BY reviews.number",
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
        if row["action"] == "add" and (problem := _flaw(row)):
            problems.append(InputError(f"row {place}", problem, "Export reviews with --to"))
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


def _flaw(row: Mapping[str, Any]) -> str | None:
    """What is wrong with the claim of an addition that comes from elsewhere, if anything is."""
    claim = row["changes"]
    if not isinstance(claim, Mapping):
        return "adds a claim and has none"
    for column, kinds in _NEEDED.items():
        if not isinstance(claim.get(column), kinds) or isinstance(claim.get(column), bool):
            return f"adds a claim without {column!r}, or not as it should be"
    if not all(isinstance(link, Mapping) and link.get("name") and link.get("kind") for link in claim["sources"]):
        return "adds a claim with a source that has no name or kind"
    differs = [column for column in _COLUMNS[1:7] if claim.get(column) != row[column]]
    return f"has another {differs[0]!r} than the claim that it adds" if differs else None


def _identity(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row[column]) for column in ("claim", "action", "changes", "reason", "reviewer", "reviewed_at"))


def _standing_changes(case: CaseFile, claim: str) -> dict[str, Any]:
    found = case.rows("SELECT changes FROM standing WHERE claim = $claim AND action = 'correct'", {"claim": claim})
    return json.loads(found[0]["changes"]) if found and found[0]["changes"] else {}


def _append(case: CaseFile, row: Mapping[str, Any]) -> int:
    number = case.rows("SELECT coalesce(max(number), 0) + 1 AS next FROM reviews")[0]["next"]
    columns = ", ".join(("number", *_COLUMNS))
    marks = ", ".join("?" * (len(_COLUMNS) + 1))
    values = [number, *(row.get(column) for column in _COLUMNS)]
    with case.transaction():
        case.connection.execute(f"INSERT INTO reviews ({columns}) VALUES ({marks})", values)
        if row["action"] in ("add", "undo"):
            case.keep_added([row["document"]])
    case.changed()
    return int(number)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
