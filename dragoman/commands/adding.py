"""Words of a document and what they tell go in; a claim that the coder missed is added to the case file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from dragoman.commands.reviewing import whole_changes
from dragoman.errors import CaseError
from dragoman.records import ADDED, Span
from dragoman.store.database import CaseFile, Flat, open_case

# Of which rule of the coder's a status has its commitment, where a person says no more than the status.
_USUAL: Mapping[str, str] = {"alleged": "report", "planned": "will", "hypothetical": "may", "negated": "not"}
_MOST_SHOWN = 8


def add_to(
    case: Path, document: str, span: Span, fields: Mapping[str, str], *, reason: str = "", reviewer: str = ""
) -> str:
    """Add the claim that the words at ``span`` of a document tell; returns its id.

    ``fields`` are those of a correction; without a status it is ``actual``.  With the type come class, intensity and
    CAMEO code, with the status a commitment.
    Raises CaseError for values that no field can have, and where the case has that claim already.
    """
    from dragoman.coding.codebook import load_codebook
    from dragoman.store.additions import Addition, add_claim

    whole = whole_changes({**fields, "status": fields.get("status") or "actual"})
    commitment, rule = _usual(whole["status"])
    with open_case(case) as opened:
        return add_claim(
            opened,
            Addition(
                document=document,
                span=span,
                fields=whole,
                commitment=commitment,
                status_rule=f"{ADDED}, as sure as is usual of: {rule}",
                codebook=load_codebook().version,
                reason=reason,
                reviewer=reviewer,
            ),
        )


def find_words(case: Path, document: str, words: str, *, nth: int | None = None) -> tuple[str, Span]:
    """The whole id of a document (given by its start) and where the words stand in it: once, or the ``nth`` time.

    Raises CaseError where they don't stand there, or more than once and it isn't said which is meant.
    """
    with open_case(case, read_only=True) as opened:
        found = _one_document(opened, document)
    full, text = found["id"], found["text"]
    if not words.strip():
        raise CaseError("no words are given. Name those that tell of the act: --words 'shelled Tumbes'")
    places = [found.span() for found in _whole_words(words).finditer(text)]
    if not places:
        raise CaseError(f"“{words}” doesn't stand in document {full}. Give the words as they are printed there")
    if nth is None and len(places) > 1:
        shown = "; ".join(
            f"{number}: …{_around(text, place)}…" for number, place in enumerate(islice(places, _MOST_SHOWN), start=1)
        )
        raise CaseError(
            f"“{words}” stands {len(places)} times in document {full} ({shown}). Give more words, or say which: --nth 2"
        )
    if nth is not None and nth > len(places):
        raise CaseError(f"“{words}” stands {len(places)} times in document {full}, not {nth}. Give a smaller --nth")
    return full, places[(nth or 1) - 1]


def _whole_words(words: str) -> re.Pattern[str]:
    """These words, however the text breaks its lines, and no part of others: "on" is not in "Monday"."""
    told = r"\s+".join(re.escape(word) for word in words.split())
    first, last = words.split()[0][0], words.split()[-1][-1]
    before, after = (r"(?<!\w)" if first.isalnum() else ""), (r"(?!\w)" if last.isalnum() else "")
    return re.compile(f"{before}{told}{after}")


def _one_document(case: CaseFile, document: str) -> Flat:
    """The document of that id, else the one whose id starts so."""
    ids = case.rows(
        "SELECT id FROM documents WHERE starts_with(id, $document) ORDER BY id LIMIT 2", {"document": document}
    )
    if len(ids) == 2 and ids[0]["id"] != document:
        raise CaseError(f"several documents' ids start with {document!r}. Give more of the id")
    return case.document(ids[0]["id"] if ids else document)


def _usual(status: str) -> tuple[float, str]:
    """The commitment that the coder's tables give to a status by its plainest word, and that word."""
    from dragoman.extract.signatures import FACT, load_book

    name = _USUAL.get(status)
    return (FACT.commitment, "told as fact") if name is None else (load_book().signatures[name].commitment, name)


def _around(text: str, span: Span) -> str:
    return " ".join(text[max(span[0] - 30, 0) : span[1] + 30].split())
