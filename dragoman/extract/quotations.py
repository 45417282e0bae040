"""A text and its paragraphs go in, the stretches between quotation marks come out.

Straight, curly, single, TeX-like and angle marks are read; a quotation that is opened again at the
start of each paragraph is one quotation, and so is one whose paragraphs were run together; marks
that are missing break nothing.  Whether a quotation
is speech, a title or a scare quote is not decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.records import Document, Sentence, Span

_MARK = re.compile(r"``|''|[\"“”„«»‘’'‹›]")
_OPENING = frozenset("“„«‹") | {"``"}
_CLOSING = frozenset("”»›") | {"''"}
_SINGLE = frozenset("‘’'")
# A single quotation longer than this is a lost apostrophe.
_LONGEST_SINGLE = 700
_CLIPPED = re.compile(r"(?:em|til|tis|twas|cause|n|bout|round|\d\ds)\b", re.IGNORECASE)
_ENDS = ".,!?…;:"


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation: a span for each paragraph it runs through, quotation marks included.

    ``closed`` is False where the closing mark is missing.
    """

    spans: tuple[Span, ...]
    closed: bool = True

    @property
    def start(self) -> int:
        """Where the first opening mark stands."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where the last closing mark ends."""
        return self.spans[-1][1]


class QuotationIndex:
    """All quotations of a document, with a quick way to ask which one holds a character."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self.quotations = tuple(quotations)
        pairs = sorted((span, number) for number, quotation in enumerate(quotations) for span in quotation.spans)
        self._spans = [span for span, _ in pairs]
        self._numbers = [number for _, number in pairs]
        self._starts = [span[0] for span in self._spans]

    def at(self, character: int) -> int | None:
        """The number of the quotation that holds this character, or None."""
        place = bisect_right(self._starts, character) - 1
        if place >= 0 and character < self._spans[place][1]:
            return self._numbers[place]
        return None

    def overlapping(self, span: Span) -> list[Span]:
        """The quoted spans that share a character with ``span``, in order."""
        place = max(0, bisect_right(self._starts, span[0]) - 1)
        found = []
        while place < len(self._spans) and self._starts[place] < span[1]:
            if self._spans[place][1] > span[0]:
                found.append(self._spans[place])
            place += 1
        return found


def find_quotations(document: Document, sentences: Sequence[Sentence]) -> tuple[Quotation, ...]:
    """All quotations of a document in the order in which they open.

    >>> from dragoman.parse import Parser
    >>> report = Document(id="d", text="“We signed,” Oslo said.\\n\\n“It holds.")
    >>> [quotation.spans for quotation in find_quotations(report, Parser().parse(report))]
    [((0, 12),), ((25, 35),)]
    """
    found: list[Quotation] = []
    open_spans: list[Span] = []
    for start, end, sentence_ends in _paragraphs(sentences):
        if open_spans and not _opens_double(document.text, start):
            found.append(Quotation(tuple(open_spans), closed=False))
            open_spans = []
        for span, closed in _scan(document.text, start, end, sentence_ends):
            if open_spans and not document.text[open_spans[-1][1] : span[0]].strip():
                open_spans.append(span)
            elif open_spans:
                found.append(Quotation(tuple(open_spans), closed=False))
                open_spans = [span]
            else:
                open_spans = [span]
            if closed:
                found.append(Quotation(tuple(open_spans)))
                open_spans = []
    if open_spans:
        found.append(Quotation(tuple(open_spans), closed=False))
    return tuple(sorted(found, key=lambda quotation: quotation.start))


def _paragraphs(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int, list[int]]]:
    """Start and end of each paragraph, and where its sentences end."""
    ends: list[int] = []
    start, current = 0, None
    for sentence in sentences:
        if sentence.paragraph != current:
            if ends:
                yield start, ends[-1], ends
            start, current, ends = sentence.span[0], sentence.paragraph, []
        ends.append(sentence.span[1])
    if ends:
        yield start, ends[-1], ends


def _opens_double(text: str, at: int) -> bool:
    return text[at] in '“„«"' or text.startswith("``", at)


def _scan(text: str, start: int, end: int, sentence_ends: list[int]) -> Iterator[tuple[Span, bool]]:
    """The quoted spans of one paragraph; those inside another quotation are left out."""
    opened: int | None = None
    outer = ""
    skip_to = start
    for match in _MARK.finditer(text, start, end):
        at, mark = match.start(), match.group()
        if at < skip_to:
            continue
        if mark in _SINGLE:
            if opened is None and (close := _closing_single(text, at, end)) is not None:
                yield (at, close), True
                skip_to = close
            continue
        if opened is not None and outer == '"' and mark in "“”":
            continue  # a quotation inside one in straight marks
        role = _role(text, at, match.end(), mark, opened is not None, start)
        if role == "open":
            if opened is not None:
                yield (opened, _last_end(sentence_ends, opened, at)), False
            opened, outer = at, mark
        elif role == "close" and opened is not None:
            yield (opened, match.end()), True
            opened = None
    if opened is not None:
        runs_on = opened == start or text[:opened].rstrip()[-1:] in ":,"
        stop = end if runs_on else next(e for e in sentence_ends if e > opened)
        yield (opened, stop), False


def _role(text: str, at: int, after: int, mark: str, is_open: bool, start: int) -> str:
    """Whether a double mark opens or closes, by its shape and by what stands beside it."""
    before = text[at - 1] if at > start else " "
    behind = text[after] if after < len(text) else " "
    leans_open = (before.isspace() or before in "([—–-/") and not behind.isspace()
    leans_close = not before.isspace() and (behind.isspace() or behind in ".,;:!?)]—–-’'")
    if mark in _OPENING:
        return "close" if is_open and leans_close else "open"
    if mark in _CLOSING:
        return "open" if not is_open and leans_open and mark != "''" else "close"
    if not is_open:
        is_inches = before.isdigit() and not leans_open
        return "" if is_inches or (leans_close and not leans_open) else "open"
    return "open" if leans_open and not leans_close else "close"


def _last_end(sentence_ends: list[int], opened: int, at: int) -> int:
    """The end of the last sentence between the mark that was never closed and the next opening."""
    return max((e for e in sentence_ends if opened < e <= at), default=at)


def _closing_single(text: str, at: int, end: int) -> int | None:
    """Where a quotation in single marks that opens at ``at`` ends; None when it is an apostrophe."""
    before = text[at - 1] if at else " "
    if text[at] == "’" or not (before.isspace() or before in "([—–:"):
        return None
    if at + 1 >= end or not (text[at + 1].isalnum() or text[at + 1] in "…$£€[") or _CLIPPED.match(text, at + 1):
        return None
    fallback = None
    closers = "’" if text[at] == "‘" else "'"
    stop = min(end, at + _LONGEST_SINGLE)
    place = text.find(closers, at + 2, stop)
    while place >= 0:
        behind = text[place + 1] if place + 1 < len(text) else " "
        if not behind.isalnum():
            is_plural = text[place - 1] == "s" and behind == " "
            if not is_plural or text[place - 1] in _ENDS:
                return place + 1
            fallback = fallback or place + 1
        place = text.find(closers, place + 1, stop)
    return fallback
