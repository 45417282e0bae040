"""Tokens of a sentence go in, the character spans of what they say come out, quotation marks mended."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from dragoman.extract.quotations import QuotationIndex
from dragoman.records import Sentence, Span

# A quotation that holds so many characters is taken over whole where a part of it is attributed.
_BRIDGE = frozenset(("PUNCT", "SPACE"))


def spans_of_tokens(
    sentence: Sentence, tokens: Iterable[int], quotations: QuotationIndex, *, without: Collection[int] = ()
) -> tuple[Span, ...]:
    """The runs of ``tokens``, trimmed of punctuation; a quotation that a run touches is taken whole.

    Tokens in ``without`` (the cue, its source) never belong to a span.

    >>> from dragoman.parse import Parser
    >>> from dragoman.records import Document
    >>> sentence = Parser().parse(Document(id="d", text="The port, Oslo said, was shut."))[0]
    >>> spans_of_tokens(sentence, [0, 1, 6, 7], QuotationIndex(()))
    ((0, 8), (21, 29))
    """
    spans = []
    for first, stop in _runs(sentence, sorted(set(tokens) - set(without)), without):
        start, end = sentence.span_of(first, stop)
        for quoted in quotations.overlapping((start, end)):
            if not _splits_cue(sentence, quoted, without):
                start, end = min(start, quoted[0]), max(end, quoted[1])
        spans.append((start, end))
    return merge(spans)


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those that overlap or touch made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def contains(outer: Sequence[Span], inner: Span) -> bool:
    """Does one of the outer spans hold the inner one whole?"""
    return any(start <= inner[0] and inner[1] <= end for start, end in outer)


def _runs(sentence: Sentence, tokens: list[int], without: Collection[int]) -> list[tuple[int, int]]:
    """Stretches of tokens; a gap of punctuation alone does not part them, the edges carry none."""
    runs: list[list[int]] = []
    for token in tokens:
        if runs and all(sentence.pos[t] in _BRIDGE and t not in without for t in range(runs[-1][1], token)):
            runs[-1][1] = token + 1
        else:
            runs.append([token, token + 1])
    trimmed = []
    for first, stop in runs:
        while first < stop and sentence.pos[first] in _BRIDGE and sentence.words[first] not in '([“"‘$#':
            first += 1
        while stop > first and _is_loose(sentence, stop - 1):
            stop -= 1
        if any(sentence.pos[t] not in _BRIDGE for t in range(first, stop)):
            trimmed.append((first, stop))
    return trimmed


def _is_loose(sentence: Sentence, token: int) -> bool:
    """Is this no word to end on: a full stop, a comma, an "and" that lost its second half?"""
    if sentence.pos[token] in _BRIDGE:
        return sentence.words[token] not in ')]”"’%'
    return sentence.tags[token] == "CC"


def _splits_cue(sentence: Sentence, quoted: Span, without: Collection[int]) -> bool:
    return any(quoted[0] <= sentence.starts[t] < quoted[1] for t in without)
