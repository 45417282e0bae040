"""A document goes in, the news agency whose copy it prints comes out: "LIMA (AP) —", "By Reuters", "© AFP"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dragoman.records import Document, SourceLink, Span
from dragoman.resolve.gazetteer import Entry, load_gazetteer
from dragoman.tables import read_table

# Datelines and bylines stand within so many characters of the beginning.
_HEAD = 600
_NAME = r"([A-Z][\w.&’'-]*(?:[ ][A-Z][\w.&’'-]*){0,4})"
_THE = r"(?:[Tt]he[ ])?"
_DATELINE = re.compile(rf"^[^\n]{{0,80}}?[(\[]{_NAME}[)\]][ ]*(?:[-–—:]|$)", re.MULTILINE)
_BYLINE = re.compile(rf"^[ ]*(?:(?:By|Source:|From)[ ])?(?:[^\n,|]{{3,60}}[,|][ ]*)?{_THE}{_NAME}[ ]*$", re.MULTILINE)
_SIGNATURE = re.compile(rf"(?:[-–—©(\[]|Source:)[ ]*{_THE}{_NAME}[)\]]?[.]?\s*\Z")


def find_wire(document: Document) -> SourceLink | None:
    """The agency that the report's dateline, byline or signature names; None where that is who prints it.

    >>> find_wire(Document(id="d", text="LIMA (AP) — Peru closed its border.", publisher="The Quito Post")).name
    'Associated Press'
    >>> find_wire(Document(id="d", text="LIMA (AP) — Peru closed its border.", publisher="AP"))
    """
    for span in _candidates(document.text):
        agency = _agency(document.text[slice(*span)])
        if agency is not None:
            if document.publisher and _agency(document.publisher) == agency:
                return None
            return SourceLink(name=agency.name, kind="publisher", span=span, code=agency.code)
    return None


def _candidates(text: str) -> Iterator[Span]:
    for pattern in (_DATELINE, _BYLINE):
        for match in pattern.finditer(text, 0, min(len(text), _HEAD)):
            yield match.span(1)
    signature = _SIGNATURE.search(text, max(0, len(text) - _HEAD))
    if signature is not None:
        yield signature.span(1)


def _agency(name: str) -> Entry | None:
    """The agency that the codebook knows by this name."""
    entries = load_gazetteer().look_up(name.removeprefix("The ").removeprefix("the "))
    return next((entry for entry in entries if entry.sort == "outlet" and entry.key in _agency_keys()), None)


@cache
def _agency_keys() -> frozenset[str]:
    columns = ("key", "name", "names", "code", "kind", "start", "end", "wikidata")
    return frozenset(row["key"] for row in read_table("actors/outlets.csv", columns) if row["kind"] == "agency")
