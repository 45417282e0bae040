"""A JSON Lines file goes in, documents come out; a bad line is an error of its own and the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from dragoman.errors import InputError
from dragoman.read.checks import make_document
from dragoman.read.text import decode, read_lines
from dragoman.records import Document


def read_json_lines(
    file: BinaryIO, *, where: str, defaults: Mapping[str, str | None], first: int = 1
) -> Iterator[tuple[str, Document | InputError]]:
    """Each line as (where it stands, document or error); the lines are counted from ``first``."""
    for place, fields in read_objects(file, where=where, first=first):
        if isinstance(fields, InputError):
            yield place, fields
            continue
        try:
            yield place, make_document(fields, where=place, defaults=defaults)
        except InputError as problem:
            yield place, problem


def read_objects(file: BinaryIO, *, where: str, first: int = 1) -> Iterator[tuple[str, dict[str, Any] | InputError]]:
    """Each line's JSON object, or what is wrong with the line, after where it stands; blank lines are passed over."""
    for number, line in read_lines(file, where=where, first=first):
        place = f"{where}, line {number}"
        if isinstance(line, InputError):
            yield place, line
        elif line.strip():
            yield place, _object(line, where=where, number=number)


def _object(line: bytes, *, where: str, number: int) -> dict[str, Any] | InputError:
    place = f"{where}, line {number}"
    try:
        fields = json.loads(decode(line, where=where, first_line=number))
    except InputError as problem:
        return problem
    except (ValueError, RecursionError) as problem:
        return InputError(place, f"is not JSON ({problem})", "Mend or remove the line")
    if not isinstance(fields, dict):
        return InputError(place, f"holds a {type(fields).__name__}", 'Write an object: {"text": "…"}')
    return fields
