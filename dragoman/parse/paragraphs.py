"""A text goes in, the spans of its paragraphs come out; a sentence never crosses a paragraph."""

from __future__ import annotations

import re

from dragoman.records import Span

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’»)\]]*\s*$")
_WRAP_WIDTH = 50


def paragraphs(text: str) -> list[Span]:
    """Split at blank lines, and at single line breaks that don't merely wrap a sentence.

    A single break is taken for wrapping when the next line starts in lower case, or when the
    line before is long and no sentence ends there.

    >>> paragraphs("Title\\n\\nAnkara recalled\\nits envoy. ")
    [(0, 5), (7, 33)]
    """
    found: list[Span] = []
    previous = ""
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        end = start + len(stripped)
        gap = text[found[-1][1] : start] if found else ""
        if found and _is_wrapped(previous, stripped, gap):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
        previous = stripped
    return found


def _is_wrapped(before: str, after: str, gap: str) -> bool:
    if len(re.findall(r"\r\n|[\n\r\u2028\u2029]", gap)) > 1:
        return False
    if _ENDS_SENTENCE.search(before):
        return False
    return after[0].islower() or len(before) >= _WRAP_WIDTH
