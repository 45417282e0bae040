"""An act with its status comes in, what announcing it amounts to comes out: a promise, a threat, a refusal."""

from __future__ import annotations

from dragoman.coding.view import CONFLICT, COOPERATION
from dragoman.records import Status


def uttered_type(event_type: str, status: Status, *, future: bool) -> str | None:
    """The statement that lies in an act that will or won't be done; None where it says nothing of that kind.

    >>> uttered_type("AID", "planned", future=True), uttered_type("ASSAULT", "planned", future=True)
    ('AGREE', 'THREATEN')
    >>> uttered_type("CONSULT", "negated", future=True), uttered_type("CONSULT", "actual", future=False)
    ('REJECT', None)
    """
    if not future:
        return None
    if status == "negated" and event_type in COOPERATION | {"AGREE"}:
        return "REJECT"
    if status == "planned" and event_type in COOPERATION | {"AGREE"}:
        return "AGREE"
    return "THREATEN" if status == "planned" and event_type in CONFLICT - {"MOBILIZE"} else None
