"""Claims go in, W3C Web Annotations come out: one on the words that tell of the act, one on those of each party.

The model is W3C's: https://www.w3.org/TR/annotation-model/. Each body of an annotation holds for each of its targets,
so the spans of a claim are annotations of their own, and those of the parties link to that of the claim.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from dragoman.export.formats import Format, Provenance
from dragoman.export.iris import claim_iri, document_iri, urn, web_address
from dragoman.export.json_list import JsonList
from dragoman.export.rows import Row
from dragoman.export.wording import QUAD_NAMES, claim_in_words

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# How much of the sentence stands beside a quote, so that it is found again in a page whose positions are others.
_BESIDE = 32
_GEONAMES = "https://sws.geonames.org/{}/"
Span = tuple[int, int, str]


class AnnotationWriter:
    """One AnnotationCollection with a single page; annotations stream into it."""

    def __init__(self, path: Path, provenance: Provenance) -> None:
        self._total = 0
        generator = f"dragoman {provenance.version}"
        collection = {
            "@context": CONTEXT,
            "id": urn("collection", provenance.case),
            "type": "AnnotationCollection",
            "label": f"Claims of {provenance.case}, codebook {provenance.codebook}",
            "generator": {"id": urn("software", provenance.version), "type": "Software", "name": generator},
        }
        page = {"id": urn("collection", provenance.case, "1"), "type": "AnnotationPage", "startIndex": 0}
        opening = json.dumps(collection, ensure_ascii=False).removesuffix("}") + ', "first": '
        self._page = JsonList(path, opening + json.dumps(page).removesuffix("}") + ', "items": [')

    def write(self, row: Row) -> None:
        """Add the annotations of one claim."""
        for annotation in annotations_of(row):
            self._page.add(annotation)
            self._total += 1

    def finalize(self) -> None:
        """Close page and collection, and give the file its name."""
        self._page.close(f']}}, "total": {self._total}}}')


def annotations_of(row: Row) -> Iterator[Row]:
    """That of the claim, then those of its parties, date, place and sources, as far as they have words of their own."""
    trigger = _span(row, "trigger")
    yield _annotation(claim_iri(row["id"]), "classifying", _claim_bodies(row), _target(row, trigger))
    for role in ("actor", "recipient", "date", "place"):
        span = _span(row, role)
        if span:
            yield _part(row, role, [_body("tagging", role), *_identities(row, role)], span)
    for number, link in enumerate(row["sources"], start=1):
        if link["span"] and link["text"]:
            tags = [f"source {number}", link["kind"], link["cue"]]
            bodies = [_body("tagging", tag) for tag in tags if tag]
            names = [_body("identifying", name) for name in (link["name"], link["code"]) if name]
            yield _part(row, f"source-{number}", bodies + names, (*link["span"], link["text"]))


def _annotation(iri: str, motivation: str, bodies: list[Row], target: Row | str) -> Row:
    return {"id": iri, "type": "Annotation", "motivation": motivation, "body": bodies, "target": target}


def _part(row: Row, role: str, bodies: list[Row], span: Span) -> Row:
    claim = claim_iri(row["id"])
    link = {"type": "SpecificResource", "purpose": "linking", "source": claim}
    return _annotation(f"{claim}#{role}", "identifying", [*bodies, link], _target(row, span))


def _claim_bodies(row: Row) -> list[Row]:
    """What was done classifies the words; how sure anybody is assesses them; the rest is told or tagged."""
    tags = [row["mode"], *row["contexts"], QUAD_NAMES[row["quad"]], f"cameo {row['cameo']}", row["review"]]
    bodies = [
        _body("classifying", row["type"]),
        _body("assessing", row["status"]),
        *(_body("tagging", tag) for tag in tags if tag),
        _body("describing", claim_in_words(row)),
    ]
    if row["about"]:
        bodies.append({"type": "SpecificResource", "purpose": "linking", "source": claim_iri(row["about"])})
    return bodies


def _identities(row: Row, role: str) -> Iterator[Row]:
    columns = {"date": ("date_value",), "place": ("place_name", "place_country")}
    for column in columns.get(role, (f"{role}_name", f"{role}_code")):
        if row[column]:
            yield _body("identifying", row[column])
    if role == "place" and row["place_geonames_id"]:
        address = _GEONAMES.format(row["place_geonames_id"])
        yield {"type": "SpecificResource", "purpose": "identifying", "source": address}


def _body(purpose: str, value: str) -> Row:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _span(row: Row, role: str) -> Span | None:
    """Where the words stand; None where there are none, as in claims that others coded."""
    text = row[f"{role}_text"]
    return (row[f"{role}_start"], row[f"{role}_end"], text) if text else None


def _target(row: Row, span: Span | None) -> Row | str:
    """A stretch of the document, told by position and by quote; the whole document where there is none.

    Section 4.2.4 of the model wants code points, "not code units", and that is what spans count.
    """
    source = web_address(row["url"]) or document_iri(row)
    if span is None:
        return source
    start, end, text = span
    quote = {"type": "TextQuoteSelector", "exact": text, **_beside(row, span)}
    return {"source": source, "selector": [{"type": "TextPositionSelector", "start": start, "end": end}, quote]}


def _beside(row: Row, span: Span) -> Row:
    """The words before and after, as far as the sentence goes; nothing for words of another sentence."""
    start, end, text = span
    first, last = start - row["sentence_start"], end - row["sentence_start"]
    sentence = row["sentence_text"]
    if first < 0 or sentence[first:last] != text:
        return {}
    beside = {"prefix": sentence[max(0, first - _BESIDE) : first], "suffix": sentence[last : last + _BESIDE]}
    return {key: words for key, words in beside.items() if words}


FORMAT = Format(
    name="annotation",
    title="W3C Web Annotations",
    purpose="For showing the coded words where they stand in the article.",
    endings=(".jsonld", ".json"),
    open=AnnotationWriter,
    loses=(
        "An annotation has one kind of body for everything: commitment, intensity, chain of sources and codes stand as "
        "words in the describing body of the claim.",
        "Positions count the code points of the text as it was read; a page at the report's address may hold other "
        "text around it, and there the quote leads to the words.",
        "A program that counts UTF-16 units, as JavaScript does, has to convert the positions.",
        "Claims without words of their own, such as imported ones, are annotations on the whole document, and their "
        "parties stand in the describing body only.",
        "Which claims tell of one happening, the patterns that decided and the judge's score are left out.",
    ),
)
