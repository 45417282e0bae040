"""Drafts of one document go in, drafts for the passages it takes over from others without quotation marks come out.

A commentary often ends a paragraph in a colon and lets the words of a newspaper follow, set off only
by their layout.  Whose they are is told by the reporting clause before the colon, else by the outlet
that was named last.  Where they end is told by an ellipsis (they go on), by a paragraph that ends in
a colon itself, and by the voice of the one who comments: "they've", "you", "That might explain".
Where neither is told, nothing is guessed: the source stays unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.extract.drafts import Draft
from dragoman.extract.quotations import QuotationIndex
from dragoman.extract.sources import Source
from dragoman.records import Document, Sentence, Span

_LONGEST = 8
_FEWEST_WORDS = 15
_INTRO_WORDS = 5
_OPENING_MARKS = '“"‘«„'
_BULLETS = "-–—•*·►▪"
_ELLIPSES = ("…", "...", "… .", "[…]", "[...]", "(…)")
_CONTRACTIONS = frozenset(("'ve", "’ve", "'re", "’re", "'ll", "’ll", "n't", "n’t", "'m", "’m", "'d", "’d"))
_OWN_WORDS = frozenset(("i", "me", "my", "we", "us", "our", "you", "your", "let's"))
_FIRST_PERSON = frozenset(("i", "me", "my", "we", "us", "our", "ours"))


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """One paragraph: its sentences, its characters and how its text ends."""

    first: int
    stop: int
    span: Span
    text: str

    @property
    def is_intro(self) -> bool:
        return self.text.endswith(":")

    @property
    def is_elided(self) -> bool:
        return self.text.rstrip('”" ').endswith(_ELLIPSES)


def find_excerpts(
    document: Document, sentences: Sequence[Sentence], drafts: Sequence[Draft], quotations: QuotationIndex
) -> list[Draft]:
    """Drafts for the passages taken over; the cue is the colon before them.

    >>> from dragoman.parse import Parser
    >>> from dragoman.extract.cues import find_drafts
    >>> text = '''The Lagos Herald reports that the dam is failing. It isn't pretty:
    ...
    ... Engineers sent by the ministry on Monday found nine cracks in the wall of the dam, and a tenth one above it.
    ...
    ... That's bad news, isn't it?'''
    >>> report = Document(id="d", text=text)
    >>> sentences, none = Parser().parse(report), QuotationIndex(())
    >>> found = find_excerpts(report, sentences, [d for s in sentences for d in find_drafts(s, none)], none)
    >>> [(d.source.span, report.text[slice(*d.content[0])][:9]) for d in found]
    [((0, 16), 'Engineers')]
    """
    if ":\n" not in document.text and ": \n" not in document.text:
        return []
    paragraphs = _paragraphs(document, sentences)
    found: list[Draft] = []
    outlet: Source | None = None
    number = 0
    while number < len(paragraphs):
        here = paragraphs[number]
        named = _last_outlet(drafts, here)
        if not here.is_intro:
            outlet, number = named, number + 1
            continue
        outlet = named or outlet
        stop = _end_of_excerpt(sentences, paragraphs, number + 1, quotations)
        if stop == number + 1 or not _may_open(document, here, paragraphs[number + 1]):
            number += 1
            continue
        speaker = _speaker_of(sentences, drafts, here)
        if speaker is not None:
            stop = _end_of_statement(sentences, paragraphs, number + 1, stop)
        source = speaker if speaker is not None and stop > number + 1 else outlet
        stop = max(stop, number + 2)
        if source is not None or found:
            found.append(_draft(sentences, paragraphs, number, stop, source))
            number = stop
        else:
            number += 1
    return found


def _draft(
    sentences: Sequence[Sentence], paragraphs: Sequence[_Paragraph], intro: int, stop: int, source: Source | None
) -> Draft:
    last = sentences[paragraphs[intro].stop - 1]
    colon = len(last) - 1
    content = tuple(p.span for p in paragraphs[intro + 1 : stop])
    return Draft(last.index, colon, colon + 1, colon, source, content, "excerpt", "assert", False)


def _paragraphs(document: Document, sentences: Sequence[Sentence]) -> list[_Paragraph]:
    found: list[_Paragraph] = []
    first = 0
    for stop in range(1, len(sentences) + 1):
        if stop == len(sentences) or sentences[stop].paragraph != sentences[first].paragraph:
            start, end = sentences[first].span[0], sentences[stop - 1].span[1]
            found.append(_Paragraph(first, stop, (start, end), document.text[start:end].rstrip()))
            first = stop
    return found


def _may_open(document: Document, intro: _Paragraph, body: _Paragraph) -> bool:
    """Is this a paragraph of prose after a clause with a colon, and not a list or a quotation?"""
    if len(intro.text.split()) < _INTRO_WORDS or len(body.text.split()) < _FEWEST_WORDS:
        return False
    return body.text[0] not in _OPENING_MARKS and body.text[0] not in _BULLETS and not body.text[0].isdigit()


def _last_outlet(drafts: Sequence[Draft], paragraph: _Paragraph) -> Source | None:
    """The outlet or document that the paragraph names last as its own source."""
    found = None
    for draft in drafts:
        source = draft.source if paragraph.first <= draft.sentence < paragraph.stop else None
        if source is not None and source.kind in ("publisher", "document"):
            found = source
    return found


def _speaker_of(sentences: Sequence[Sentence], drafts: Sequence[Draft], intro: _Paragraph) -> Source | None:
    """Whose words the colon announces: "the ministry said in a statement:"."""
    last = sentences[intro.stop - 1]
    for draft in reversed(drafts):
        is_open = draft.quotable and not draft.content and draft.source is not None
        if draft.sentence == last.index and is_open and len(last) - draft.stop <= 12:
            return draft.source
    return None


def _end_of_excerpt(
    sentences: Sequence[Sentence], paragraphs: Sequence[_Paragraph], first: int, quotations: QuotationIndex
) -> int:
    """The number of the first paragraph in which the writer's own voice is back."""
    if first >= len(paragraphs) or paragraphs[first].is_intro:
        return first
    is_informal = _is_own_voice(sentences, paragraphs[first], quotations)
    number = first + 1
    while number < len(paragraphs) and number - first < _LONGEST:
        here = paragraphs[number]
        if here.is_intro:
            break
        own = _is_own_voice(sentences, here, quotations)
        if paragraphs[number - 1].is_elided:
            is_informal |= own
        elif (own and not is_informal) or (number + 1 == len(paragraphs) and _is_musing(sentences, here)):
            break
        number += 1
    return number


def _end_of_statement(sentences: Sequence[Sentence], paragraphs: Sequence[_Paragraph], first: int, stop: int) -> int:
    """A statement goes on as long as its author says "I" or "we"; where nobody does, it is no statement."""
    number = first
    while number < stop:
        here = paragraphs[number]
        words = {w.lower() for s in sentences[here.first : here.stop] for w in s.words}
        if not words & _FIRST_PERSON:
            break
        number += 1
    return number


def _is_own_voice(sentences: Sequence[Sentence], paragraph: _Paragraph, quotations: QuotationIndex) -> bool:
    """Does one who comments speak here, outside quotation marks: contractions, "you", a comment on "that"?"""
    for sentence in sentences[paragraph.first : paragraph.stop]:
        for i, word in enumerate(sentence.words):
            lowered = word.lower()
            is_contracted = lowered in _CONTRACTIONS or (lowered in ("'s", "’s") and sentence.tags[i] != "POS")
            if lowered == "us" and word != "us":
                continue
            if (is_contracted or lowered in _OWN_WORDS or word == "?") and quotations.at(sentence.starts[i]) is None:
                return True
    opening = sentences[paragraph.first]
    is_comment = opening.words[0].lower() in ("that", "this") and opening.deps[0] in ("nsubj", "nsubjpass")
    return is_comment and opening.pos[0] != "SCONJ"


def _is_musing(sentences: Sequence[Sentence], paragraph: _Paragraph) -> bool:
    """A last paragraph that opens with "might" or holds "If so" is the writer's conclusion."""
    opening = {w.lower() for w in sentences[paragraph.first].words}
    if opening & {"might", "perhaps", "maybe"}:
        return True
    starts = [tuple(w.lower() for w in s.words[:2]) for s in sentences[paragraph.first : paragraph.stop]]
    return ("if", "so") in starts
