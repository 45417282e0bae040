"""Words of a document and what they tell go in; the claim that a person adds comes out, as a decision in the case file.

``reviews`` holds the whole claim, with action ``add``; what the coder made stays as it is.  ``reviewed``, which every
analysis reads, has both.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dragoman.errors import CaseError
from dragoman.records import ADDED, Span
from dragoman.store.database import CaseFile, Flat, read_sql
from dragoman.store.reviews import FIELDS, append_decision, check_reviewer

_CODED = ("type", "mode", "quad", "intensity", "cameo")


@dataclass(frozen=True, slots=True)
class Addition:
    """A claim that the coder missed: the words at ``span`` tell it.

    ``fields`` are as in a correction, with what follows from them (quad, intensity, cameo, date_granularity);
    ``commitment`` and ``status_rule`` go with the status, ``codebook`` is the one that has the type.
    """

    document: str
    span: Span
    fields: Mapping[str, Any]
    commitment: float
    status_rule: str
    codebook: str
    reason: str
    reviewer: str
    at: datetime | None = None


def add_claim(case: CaseFile, addition: Addition) -> str:
    """Write the claim down as a decision and return its id.

    Raises CaseError where there is no such document, the span has no words, a field is unknown or lacking, nobody is
    named who adds it, and where the case has that claim already.
    """
    check_reviewer(addition.reviewer)
    unknown = sorted(set(addition.fields) - {*FIELDS, *_CODED, "date_granularity"})
    if unknown:
        raise CaseError(f"{unknown[0]!r} is no field of a claim. Fields are {', '.join(FIELDS)}")
    if not addition.fields.get("type") or not addition.fields.get("status"):
        raise CaseError("an added claim needs a type and a status: --set type=ASSAULT --set status=actual")
    claim = _whole(case, addition, case.document(addition.document)["text"])
    _refuse_twice(case, claim)
    append_decision(
        case,
        {
            **{column: claim[column] for column in ("document", "trigger_start", "trigger_end", "type")},
            **{column: claim[column] for column in ("actor_name", "recipient_name")},
            "claim": claim["id"],
            "action": "add",
            "changes": json.dumps(claim, ensure_ascii=False),
            "reason": addition.reason,
            "reviewer": addition.reviewer.strip(),
            "reviewed_at": addition.at,
        },
    )
    return str(claim["id"])


def who_added(case: CaseFile, claim: str) -> Flat | None:
    """The decision by which a claim was added (``reviewer``, ``reviewed_at``, ``reason``), if it was and stands."""
    found = case.rows(
        "SELECT reviewer, reviewed_at, reason FROM reviews WHERE claim = $claim AND action = 'add' "
        "AND number NOT IN (SELECT undone FROM reviews WHERE undone IS NOT NULL) ORDER BY number DESC LIMIT 1",
        {"claim": claim},
    )
    return found[0] if found else None


def _whole(case: CaseFile, addition: Addition, text: str) -> Flat:
    """The claim with all columns, and its chain under ``sources``."""
    fields = addition.fields
    trigger = _trimmed(text, addition.span)
    number, sentence = _sentence(case, addition.document, text, trigger)
    chain = [_link(case, name, text, sentence) for name in fields.get("sources") or ()]
    claim = {
        "document": addition.document,
        "sentence": number,
        "sentence_start": sentence[0],
        "sentence_end": sentence[1],
        **_words("trigger", text, trigger),
        **{column: fields.get(column) for column in _CODED},
        "contexts": [],
        **_party(case, "actor", fields, text, sentence),
        **_party(case, "recipient", fields, text, sentence),
        "status": fields["status"],
        "commitment": addition.commitment,
        "status_rule": addition.status_rule,
        "quoted": "indirect" if chain else "none",
        **_words("date", text, None),
        "date_value": fields.get("date_value"),
        "date_granularity": fields.get("date_granularity"),
        **_place(case, fields, text, sentence),
        "about": None,
        "codebook": addition.codebook,
        "score": None,
        "rule": ADDED,
        "sources": chain,
    }
    return {"id": _claim_id(claim), **claim}


def _claim_id(claim: Flat) -> str:
    """A hash, as of every claim: the same words that tell the same of the same parties are one claim."""
    span = f"{claim['trigger_start']}-{claim['trigger_end']}"
    parties = (claim["actor_name"] or "", claim["recipient_name"] or "")
    key = "\x1f".join((claim["document"], claim["type"], span, *parties))
    return f"c_{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _refuse_twice(case: CaseFile, claim: Flat) -> None:
    asked = ("document", "type", "trigger_start", "trigger_end")
    parties = [f"{side}_{part}" for side in ("actor", "recipient") for part in ("name", "code", "start", "end")]
    found = case.rows(read_sql("alike.sql"), {column: claim[column] for column in (*asked, *parties)})
    if found:
        known, review = found[0]["id"], found[0]["review"]
        judged = {"reject": " and was rejected", "correct": " and was corrected", "add": " since a person added it"}
        raise CaseError(
            f"the case has that claim already: it is {known}{judged.get(review, '')}. "
            f"Judge that one: dragoman review CASE {known}"
        )


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    if not 0 <= start < end <= len(text):
        raise CaseError(
            f"characters {start} to {end} are no words of the document. Mark the words that tell of the act"
        )
    words = text[start:end]
    if not words.strip():
        raise CaseError("only white space is marked. Mark the words that tell of the act")
    start += len(words) - len(words.lstrip())
    return (start, start + len(words.strip()))


def _sentence(case: CaseFile, document: str, text: str, trigger: Span) -> tuple[int, Span]:
    """The number of the sentence in which the words begin, and its span (to the end of the one in which they end).

    Where the file has no sentences of the document, the line is taken for one.
    """
    found = case.rows(
        'SELECT number, "start", "end" FROM sentences '
        'WHERE document = $document AND "start" < $stop AND "end" > $first ORDER BY number',
        {"document": document, "first": trigger[0], "stop": trigger[1]},
    )
    if found:
        return found[0]["number"], (min(found[0]["start"], trigger[0]), max(found[-1]["end"], trigger[1]))
    stop = text.find("\n", trigger[1])
    return 0, (text.rfind("\n", 0, trigger[0]) + 1, len(text) if stop < 0 else stop)


def _words(role: str, text: str, span: Span | None) -> Flat:
    start, end = span or (None, None)
    return {f"{role}_text": span and text[span[0] : span[1]], f"{role}_start": start, f"{role}_end": end}


def _where(name: str | None, text: str, within: Span) -> Span | None:
    """Where a name stands in a sentence, as whole words."""
    found = name and re.compile(rf"(?<!\w){re.escape(name)}(?!\w)").search(text, *within)
    return found.span() if found else None


def _party(case: CaseFile, side: str, fields: Mapping[str, Any], text: str, sentence: Span) -> Flat:
    """Who acts or is acted upon; a name that the case knows with one code has that code."""
    name, code, found = fields.get(f"{side}_name"), fields.get(f"{side}_code"), None
    name = name or code
    if name is not None:
        found = "named by a person"
        if code is None:
            known = case.rows(
                "SELECT DISTINCT code FROM actors WHERE name = $name AND code IS NOT NULL", {"name": name}
            )
            if len(known) == 1:
                code, found = known[0]["code"], f"named by a person; {known[0]['code']} is its code in other claims"
    return {
        **_words(side, text, _where(name, text, sentence)),
        f"{side}_name": name,
        f"{side}_code": code,
        f"{side}_found": found,
    }


def _place(case: CaseFile, fields: Mapping[str, Any], text: str, sentence: Span) -> Flat:
    """Where; a place that the case knows at one position has that position."""
    name, country = fields.get("place_name"), fields.get("place_country")
    columns = ("place_country", "place_latitude", "place_longitude", "place_geonames_id", "place_precision")
    known = case.rows(
        f"SELECT DISTINCT {', '.join(columns)} FROM claims WHERE place_name = $name AND place_latitude IS NOT NULL "
        "AND ($country IS NULL OR place_country = $country)",
        {"name": name, "country": country},
    )
    position = known[0] if len(known) == 1 else dict.fromkeys(columns) | {"place_country": country}
    return {**_words("place", text, _where(name, text, sentence)), "place_name": name, **position}


def _link(case: CaseFile, name: str, text: str, sentence: Span) -> Flat:
    """A link of the chain; a source that the case knows as of one kind, with one code, has these."""
    known = case.rows("SELECT DISTINCT kind, code FROM sources WHERE name = $name", {"name": name})
    span = _where(name, text, sentence)
    return {
        "name": name,
        "text": span and text[span[0] : span[1]],
        "span": span and list(span),
        "cue": None,
        "kind": _only([row["kind"] for row in known]) or "unspecified",
        "code": _only([row["code"] for row in known if row["code"]]),
    }


def _only(values: Sequence[str]) -> str | None:
    return values[0] if len(set(values)) == 1 else None
