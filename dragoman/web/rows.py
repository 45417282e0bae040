"""Rows of the analyses go in, what the desk's page reads comes out: short claims, documents by paragraph, names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from dragoman.plover import event_kinds
from dragoman.store.reviews import FIELDS
from dragoman.tables import state_names

Row = Mapping[str, Any]
QUADS = {1: "VCOOP", 2: "MCOOP", 3: "VCONF", 4: "MCONF"}
_KEPT = (
    "id", "actor", "recipient", "actor_name", "actor_code", "recipient_name", "recipient_code", "type", "mode",
    "intensity", "status", "commitment", "document", "publisher", "title", "review", "chain",
)  # fmt: skip
_ROLES = ("trigger", "actor", "recipient", "date", "place")
_SECTORS = {
    "REB": "rebels", "OPP": "opposition", "PTY": "parties", "CVL": "people", "BUS": "business", "MED": "media",
    "NGO": "organisations", "EDU": "schools", "LAB": "labour", "REL": "clergy", "REF": "refugees", "CRM": "criminals",
    "UAF": "unknown armed men", "UNK": "unknown", "INS": "insurgents", "HLH": "health",
}  # fmt: skip
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")


def claim_row(row: Row) -> dict[str, Any]:
    """A claim as the desk shows it."""
    return {key: row[key] for key in _KEPT} | {
        "day": row["day"] and row["day"].isoformat(),
        "published": row["published"] and row["published"].isoformat(),
        "quad": QUADS[row["quad"]],
        "place": row["place_name"],
        "country": row["place_country"],
        "latitude": row["place_latitude"],
        "longitude": row["place_longitude"],
        "precision": row["place_precision"],
        "evidence": row["sentence_text"],
    }


def mark_row(mark: Row) -> dict[str, Any]:
    """A mark as the desk draws it: its class by name, its day as text."""
    told = {key: value for key, value in mark.items() if value is not None}
    if "date" in told:
        told["day"] = told.pop("date").isoformat()
    return told | {"quad": QUADS[mark["quad"]]}


def history_row(row: Row) -> dict[str, Any]:
    """A decision with its ``changes`` by field; of a claim that was added, what is known of it."""
    changes = row["changes"] and json.loads(row["changes"])
    if row["action"] == "add":
        changes = {field: changes[field] for field in FIELDS if changes.get(field)}
        if changes.get("sources"):
            changes["sources"] = [link["name"] for link in changes["sources"]]
    return {**row, "changes": changes}


def incident_row(row: Row) -> dict[str, Any]:
    """An incident with its reports side by side."""
    kept = (
        "id", "document", "publisher", "title", "type", "status", "actor_name", "recipient_name", "sentence_text",
        "origin_name", "copied", "reason",
    )  # fmt: skip
    told = [
        {key: claim[key] for key in kept}
        | {
            "published": claim["published"] and claim["published"].isoformat(),
            "chain": [link["name"] for link in claim["sources"]],
        }
        for claim in row["told"]
    ]
    first = row["told"][0]
    named = {key: first[key] for key in ("type", "actor_name", "recipient_name", "place_name")}
    counted = {key: row[key] for key in row if key != "incident"}
    return {**counted, **named, "contested": row["denied"] > 0 and row["actual"] + row["alleged"] > 0, "told": told}


def party_name(code: str, told: str) -> str:
    """The name of a party: its state's, with the side that is meant, else the one that reports give it most often."""
    state = state_names().get(code[:3])
    if code in _SECTORS:
        return f"{_SECTORS[code]}, of no state told"
    if state is None or len(code) not in (3, 6):
        return told
    return f"{state}, {_SECTORS.get(code[3:], code[3:])}" if code[3:] else state


def party_names(parties: Iterable[Row]) -> dict[str, dict[str, Any]]:
    """The parties by code: the state's name, with the side that is meant ("Syria, rebels"), else the commonest name.

    >>> party_names([{"code": "SYRREB", "name": "insurgents", "n": 3}, {"code": "?", "name": "?", "n": 1}])
    {'SYRREB': {'name': 'Syria, rebels', 'n': 3}, '?': {'name': 'unknown', 'n': 1}}
    """
    return {
        row["code"]: {"name": "unknown" if row["code"] == "?" else party_name(row["code"], row["name"]), "n": row["n"]}
        for row in parties
    }


def type_quads() -> dict[str, str]:
    """The class of each PLOVER type."""
    return {name: QUADS[kind.quad] for name, kind in event_kinds().items()}


def type_modes() -> dict[str, list[str]]:
    """The modes that each PLOVER type has."""
    return {name: sorted(filter(None, kind.intensities)) for name, kind in event_kinds().items()}


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    """Where the paragraphs stand that the desk shows, in the order of their numbers."""
    return [found.span() for found in _PARAGRAPH.finditer(text)]


def document_row(document: Row, claims: Iterable[Row]) -> dict[str, Any]:
    """A document by paragraph, with the spans of its claims in UTF-16 units, which is what JavaScript counts."""
    text = document["text"]
    spans = [span for claim in claims for span in _spans(claim)]
    return {
        "id": document["id"],
        "title": document["title"],
        "publisher": document["publisher"],
        "published": document["published"] and document["published"].isoformat(),
        "url": document["url"],
        "paragraphs": [_paragraph(text, start, end, spans) for start, end in paragraph_spans(text)],
    }


def _spans(claim: Row) -> list[tuple[str, str, int, int]]:
    found = [(claim["id"], "sentence", claim["sentence_start"], claim["sentence_end"])]
    found += [
        (claim["id"], role, claim[f"{role}_start"], claim[f"{role}_end"])
        for role in _ROLES
        if claim[f"{role}_start"] is not None
    ]
    return found + [
        (claim["id"], "source", link["start"], link["end"]) for link in claim["sources"] if link["start"] is not None
    ]


def _paragraph(text: str, start: int, end: int, spans: Iterable[tuple[str, str, int, int]]) -> dict[str, Any]:
    """One paragraph; spans that reach over its ends are cut there."""

    def units(place: int) -> int:
        return len(text[start : min(max(place, start), end)].encode("utf-16-le", "surrogatepass")) // 2

    return {
        "text": text[start:end],
        "spans": [
            {"claim": claim, "role": role, "start": units(first), "end": units(stop)}
            for claim, role, first, stop in spans
            if first < end and stop > start and stop > first
        ],
    }
