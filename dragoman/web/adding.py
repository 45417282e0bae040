"""Words that a person marked in a report and what they tell go in, the claim that is added comes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import FastAPI
from pydantic import BaseModel, Field

from dragoman.commands.adding import add_to
from dragoman.errors import CaseError
from dragoman.records import Span
from dragoman.store.database import open_case
from dragoman.web.answers import Desk
from dragoman.web.rows import paragraph_spans

_Text = Annotated[str, Field(max_length=500)]


class Added(BaseModel):
    """A claim that the coder missed: the words from ``start`` to ``end`` of a paragraph, in UTF-16 units, tell it."""

    paragraph: int = Field(ge=0)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    type: str = Field(max_length=50)
    fields: dict[str, _Text | None] = Field(default_factory=dict, max_length=20)
    reason: str = Field(default="", max_length=2_000)
    reviewer: str = Field(default="", max_length=200)


def add_adding(app: FastAPI, desk: Desk, told: Callable[[str], dict[str, Any]]) -> None:
    """The route; ``told`` gives a claim as the other routes tell it."""

    @app.post("/api/documents/{document}/claims")
    def add(document: str, added: Added) -> dict[str, Any]:
        """Add a claim, as a decision of a person that can be taken back."""
        fields = {name: value for name, value in added.fields.items() if value} | {"type": added.type}
        with desk.writing:  # one after the other: decisions are numbered
            with open_case(desk.path, read_only=True) as case:
                text = case.document(document)["text"]
            span = span_in(text, added.paragraph, added.start, added.end)
            claim = add_to(desk.path, document, span, fields, reason=added.reason, reviewer=added.reviewer)
        return told(claim)


def span_in(text: str, paragraph: int, start: int, end: int) -> Span:
    """The span in a text, in code points, of what a page marks in one of its paragraphs in UTF-16 units.

    >>> text = "Lima rests.\\n\\n\U0001f600 Quito shelled Tumbes."
    >>> start, end = span_in(text, 1, 9, 23)
    >>> text[start:end]
    'shelled Tumbes'
    """
    paragraphs = paragraph_spans(text)
    if paragraph >= len(paragraphs):
        raise CaseError(
            f"the document has {len(paragraphs)} paragraphs, counted from 0, and none of number {paragraph}"
        )
    first, stop = paragraphs[paragraph]
    units = text[first:stop].encode("utf-16-le")
    if not start < end <= len(units) // 2:
        raise CaseError(f"{start} to {end} are no words of the paragraph. Mark the words that tell of the act")
    try:
        before, marked = units[: 2 * start].decode("utf-16-le"), units[2 * start : 2 * end].decode("utf-16-le")
    except UnicodeDecodeError as problem:
        raise CaseError(f"{start} to {end} begins or ends within a character. Mark whole characters") from problem
    return (first + len(before), first + len(before) + len(marked))
