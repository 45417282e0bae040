"""Sentences with two marked actors (JSON Lines) go in, checked pairs come out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import InputError
from dragoman.read.checks import make_document
from dragoman.read.json_lines import read_objects
from dragoman.records import Document, Span


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and the spans of its actor and its recipient."""

    document: Document
    actor: Span
    recipient: Span


def read_pairs(name: str) -> Iterator[Pair | InputError]:
    """The pairs of a file: ``{"id", "text", "actor": [start, end], "recipient": [start, end]}`` a line."""
    path = Path(name)
    if not path.is_file():
        yield InputError(name, "is not a file", "Name a JSON Lines file of pairs")
        return
    with path.open("rb") as file:
        for where, item in read_objects(file, where=name):
            if isinstance(item, InputError):
                yield item
                continue
            try:
                document = make_document(item, where=where, defaults={})
                yield Pair(document, *(_span(item, key, document, where) for key in ("actor", "recipient")))
            except InputError as problem:
                yield problem


def _span(fields: dict[str, Any], key: str, document: Document, where: str) -> Span:
    value = fields.get(key)
    if (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(v, int) and not isinstance(v, bool) for v in value)
        and 0 <= value[0] < value[1] <= len(document.text)
        and document.text[value[0] : value[1]].strip()
    ):
        return (value[0], value[1])
    raise InputError(where, f"{key!r} is no span of the text", "Write it as [start, end) in characters of 'text'")
