"""A would-be document's fields come in, a Document comes out, or an error that names where and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from dragoman.errors import InputError
from dragoman.read.identity import document_id
from dragoman.read.limits import LONGEST_TEXT
from dragoman.records import Document

_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?", re.ASCII | re.DOTALL)


def make_document(fields: Mapping[str, Any], *, where: str, defaults: Mapping[str, str | None]) -> Document:
    """Check the fields of one document (layout of docs/contract.md) and build it.

    ``defaults`` fill in ``published`` and ``publisher`` where the fields have none.
    Raises InputError where the text is missing, empty, binary or too long, or a field has the wrong type.

    >>> make_document({"text": "Ankara recalled its envoy."}, where="a.txt", defaults={}).id
    'd_1d8c4198cfb08d90'
    """
    text = fields.get("text")
    if not isinstance(text, str):
        raise InputError(where, "has no 'text'", "Give every document a string field 'text'")
    if not text.strip():
        raise InputError(where, "the text is empty", "Remove it or put the article's words there")
    if "\x00" in text:
        raise InputError(where, "the text holds NUL bytes, so it is not text", "Convert it to plain text first")
    if _HALF_PAIR.search(text):
        raise InputError(where, "the text holds half a surrogate pair", "Remove the broken \\ud… escape")
    if len(text) > LONGEST_TEXT:
        raise InputError(
            where, f"the text has {len(text):,} characters, more than {LONGEST_TEXT:,}", "Split it into its articles"
        )
    known = {name: _string(fields, name, where) or defaults.get(name) for name in _OPTIONAL}
    known["published"] = None if known["published"] is None else parse_day(known["published"], where=where)
    identity = _string(fields, "id", where) or document_id(
        text, published=known["published"], publisher=known["publisher"]
    )
    return Document(id=identity, text=text, **known)


_OPTIONAL = ("published", "publisher", "title", "url", "language")
FIELDS = ("id", "text", *_OPTIONAL)
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def _string(fields: Mapping[str, Any], name: str, where: str) -> str | None:
    value = fields.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, int | float | date) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise InputError(where, f"{name!r} is a {type(value).__name__}, not a string", "Write it as a string")
    if _HALF_PAIR.search(value) or "\x00" in value:
        raise InputError(where, f"{name!r} holds half a surrogate pair or a NUL", "Remove the broken \\u… escape")
    return value


def parse_day(value: str, *, where: str) -> str:
    """The day of an ISO date, or of a date and time. Raises InputError where there is none.

    >>> parse_day("2018-04-12T09:30:00Z", where="a.jsonl, line 1")
    '2018-04-12'
    """
    match = _ISO_DATE.fullmatch(value.strip())
    try:
        if match:
            return date(*map(int, match.groups())).isoformat()
    except ValueError:
        pass
    raise InputError(where, f"the date {value[:40]!r} is not a day", "Write it as YYYY-MM-DD")
