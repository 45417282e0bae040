"""Claims and layers go in, plain rows in the public layout come out (docs/contract.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dragoman.records import (
    Attribution,
    Certainty,
    Claim,
    DateMention,
    Document,
    Mention,
    PlaceMention,
    Sentence,
    SourceLink,
    Span,
    Token,
)

Row = dict[str, Any]


def claim_row(claim: Claim, text: str) -> Row:
    """One claim as one row; every ``text`` in it is cut out of the document's ``text`` by its span."""
    event = claim.event
    return {
        "id": claim.id,
        "document": claim.document,
        "sentence": claim.sentence,
        "sentence_span": list(claim.sentence_span),
        "trigger": _words(text, claim.trigger),
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "quad": event.quad,
        "intensity": event.intensity,
        "cameo": event.cameo,
        "actor": _actor(event.actor, text),
        "recipient": _actor(event.recipient, text),
        "status": claim.certainty.status,
        "commitment": claim.certainty.commitment,
        "status_rule": claim.certainty.rule,
        "sources": [_source(link, text) for link in claim.chain],
        "quoted": claim.quoted,
        "date": _date(event.date, text),
        "place": _place(event.place, text),
        "about": claim.about,
        "codebook": claim.codebook,
        "score": event.score,
        "rule": event.rule,
    }


def layers_row(
    document: Document,
    *,
    sentences: Sequence[Sentence],
    attributions: Sequence[Attribution],
    certainties: Mapping[Token, Certainty],
    mentions: Sequence[Mention],
    dates: Sequence[DateMention],
    places: Sequence[PlaceMention],
) -> Row:
    """Every layer of one document as one row, as ``dragoman annotate`` writes it."""
    by_index = {sentence.index: sentence for sentence in sentences}
    return {
        "id": document.id,
        "attributions": [
            {
                "source": _span(a.source),
                "cue": _span(a.cue),
                "content": [list(s) for s in a.content],
                "parent": a.parent,
            }
            for a in attributions
        ],
        "dates": [
            {"span": list(d.span), "text": _cut(document.text, d.span), "value": d.value, "type": d.type} for d in dates
        ],
        "places": [
            {
                "span": list(p.span),
                "name": p.name,
                "latitude": p.latitude,
                "longitude": p.longitude,
                "geonames_id": p.geonames_id,
            }
            for p in places
        ],
        "actors": [{"span": list(m.span), "name": m.actor.name, "code": m.actor.code} for m in mentions],
        "predicates": [
            {"span": list(by_index[s].span_of(t, t + 1)), "commitment": certainties[s, t].commitment}
            for s, t in sorted(certainties)
        ],
    }


def _cut(text: str, span: Span) -> str:
    return text[span[0] : span[1]]


def _words(text: str, span: Span) -> Row:
    return {"text": _cut(text, span), "span": list(span)}


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else list(span)


def _actor(mention: Mention | None, text: str) -> Row | None:
    if mention is None:
        return None
    return {**_words(text, mention.span), "name": mention.actor.name, "code": mention.actor.code, "found": mention.how}


def _source(link: SourceLink, text: str) -> Row:
    return {
        "name": link.name,
        "text": None if link.span is None else _cut(text, link.span),
        "span": _span(link.span),
        "cue": link.cue,
        "kind": link.kind,
        "code": link.code,
    }


def _date(date: DateMention | None, text: str) -> Row | None:
    if date is None:
        return None
    return {**_words(text, date.span), "value": date.value, "granularity": date.granularity}


def _place(place: PlaceMention | None, text: str) -> Row | None:
    if place is None:
        return None
    return {
        **_words(text, place.span),
        "name": place.name,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geonames_id": place.geonames_id,
        "precision": place.precision,
    }


def flat_row(row: Row) -> Row:
    """A claim's row with one level: ``actor.name`` becomes ``actor_name``; the columns of a case file and of CSV.

    The chain of sources stays a list under ``sources``.
    """
    flat: Row = {}
    for key, value in row.items():
        if key == "sentence_span":
            flat["sentence_start"], flat["sentence_end"] = value
        elif key in _PARTS:
            for part in _PARTS[key]:
                flat[f"{key}_{part}"] = None if value is None else _part(value, part)
        else:
            flat[key] = value
    return flat


def nested_row(flat: Mapping[str, Any]) -> Row:
    """The claim's row that ``flat_row`` had made one level of; columns that are no claim's are left out."""
    row: Row = {}
    for key in _KEYS:
        if key == "sentence_span":
            row[key] = [flat["sentence_start"], flat["sentence_end"]]
        elif key in _PARTS:
            row[key] = _nest(flat, key)
        else:
            row[key] = flat[key]
    return row


def _nest(flat: Mapping[str, Any], key: str) -> Row | None:
    values = {part: flat[f"{key}_{part}"] for part in _PARTS[key]}
    if all(value is None for value in values.values()):
        return None
    start, end = values.pop("start"), values.pop("end")
    return {"text": values.pop("text"), "span": None if start is None else [start, end], **values}


_WORDS = ("text", "start", "end")
_PARTS = {
    "trigger": _WORDS,
    "actor": (*_WORDS, "name", "code", "found"),
    "recipient": (*_WORDS, "name", "code", "found"),
    "date": (*_WORDS, "value", "granularity"),
    "place": (*_WORDS, "name", "country", "latitude", "longitude", "geonames_id", "precision"),
}


_KEYS = (
    *(
        "id",
        "document",
        "sentence",
        "sentence_span",
        "trigger",
        "type",
        "mode",
        "contexts",
        "quad",
        "intensity",
        "cameo",
    ),
    *("actor", "recipient", "status", "commitment", "status_rule", "sources", "quoted", "date", "place", "about"),
    *("codebook", "score", "rule"),
)
FLAT_COLUMNS = tuple(
    column
    for key in _KEYS
    for column in (
        ("sentence_start", "sentence_end")
        if key == "sentence_span"
        else tuple(f"{key}_{part}" for part in _PARTS[key])
        if key in _PARTS
        else (key,)
    )
)


def _part(value: Row, part: str) -> Any:
    if part in ("start", "end"):  # what a person named has no span
        return None if value["span"] is None else value["span"][part == "end"]
    return value[part]
