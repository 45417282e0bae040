"""A case file and what a person decides go in; decisions are added, written out and brought in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from dragoman.errors import CaseError, InputError
from dragoman.export.files import check_target, writing
from dragoman.read.checks import parse_day
from dragoman.records import Status
from dragoman.store.database import open_case

_JSON_LINES = (".jsonl",)


def decide_on(
    case: Path, claim: str, action: str, *, changes: Mapping[str, str], reason: str, reviewer: str
) -> dict[str, Any]:
    """Accept, correct or reject a claim, or undo what was decided; returns the claim's last row of history.

    With a type, its class, intensity and CAMEO code are corrected too.  ``sources`` is the chain, by " > ".
    """
    from dragoman.analyse.claims import one_claim
    from dragoman.store.reviews import Decision, decide, history, undo

    with open_case(case) as opened:
        known = opened.rows("SELECT claim FROM reviews WHERE starts_with(claim, $claim)", {"claim": claim})
        full = known[0]["claim"] if known else one_claim(opened, claim)["id"]
        if action == "undo":
            undo(opened, full, reviewer=reviewer, reason=reason)
        else:
            decide(opened, Decision(full, action, reason, reviewer, whole_changes(changes)))
        return history(opened, claim=full)[-1]


def write_reviews(case: Path, target: Path) -> int:
    """Write every decision of a case file as JSON Lines; returns how many."""
    from dragoman.store.reviews import export_reviews

    check_target(target, _JSON_LINES)
    with open_case(case, read_only=True) as opened:
        rows = export_reviews(opened)
    with writing(target, _JSON_LINES) as writer:
        for row in rows:
            writer.write(row)
    return len(rows)


def bring_in_reviews(case: Path, given: Path) -> tuple[int, list[InputError]]:
    """Add the decisions of a JSON Lines file to a case file; returns how many were new, and what could not be read."""
    from dragoman.read.json_lines import read_objects
    from dragoman.store.reviews import import_reviews

    with given.open("rb") as file:
        rows = [row for _, row in read_objects(file, where=str(given))]
    with open_case(case) as opened:
        return import_reviews(opened, rows)


def whole_changes(changes: Mapping[str, str]) -> dict[str, Any]:
    """Corrections with what follows from them; raises CaseError for values that no field can have."""
    from dragoman.coding.codebook import load_codebook

    whole: dict[str, Any] = {field: value or None for field, value in changes.items()}
    if "type" in changes:
        types = load_codebook().types
        found = types.get(changes["type"].upper())
        if found is None:
            raise CaseError(f"{changes['type']!r} is no type. Use one of {', '.join(types)}")
        whole |= {"type": found.name, "quad": found.quad, "intensity": found.intensity, "cameo": f"{found.cameo}0"}
        whole.setdefault("mode", None)
    if "status" in changes and changes["status"] not in get_args(Status):
        raise CaseError(f"{changes['status']!r} is no status. Use one of {', '.join(get_args(Status))}")
    if changes.get("date_value"):
        whole["date_value"] = parse_day(changes["date_value"], where="--set date_value")
        whole["date_granularity"] = "day"
    if "sources" in changes:
        whole["sources"] = [name.strip() for name in changes["sources"].split(">") if name.strip()]
    return whole
