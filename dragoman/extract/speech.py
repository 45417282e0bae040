"""Drafts of one document and its quotations go in, the drafts come out with the direct speech that is theirs.

A quotation belongs to the cue whose clause holds it, else to the cue beside it, else to the one that
ends in a colon before it, else it goes on from the last speaker.  A few quoted words inside
somebody's clause, which no cue introduces, are a scare quote or a title and belong to nobody.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.extract.drafts import Draft
from dragoman.extract.quotations import Quotation
from dragoman.extract.spans import merge
from dragoman.records import Document, Sentence, Span

# Between "he said" and its quotation may stand a place, a day, a hearer.
_FAR = 16
# So many paragraphs may lie between a quotation and the next one of the same speaker.
_SILENCE = 1


@dataclass(frozen=True, slots=True)
class _Place:
    """A quotation in its sentences: the first and last of them, and what of them stands outside."""

    quotation: Quotation
    first: int
    last: int
    before: tuple[int, ...]
    after: tuple[int, ...]


def attach_quotations(
    document: Document, sentences: Sequence[Sentence], drafts: Sequence[Draft], quotations: Sequence[Quotation]
) -> list[Draft]:
    """Give each quotation to a draft where the text tells whose it is."""
    content: list[list[Span]] = [list(draft.content) for draft in drafts]
    by_sentence: dict[int, list[int]] = {}
    for number, draft in enumerate(drafts):
        by_sentence.setdefault(draft.sentence, []).append(number)
    starts = [sentence.span[0] for sentence in sentences]
    speaker: int | None = None
    for quotation in quotations:
        place = _locate(quotation, sentences, starts)
        owner = _owner(document, sentences, drafts, content, by_sentence, place)
        if owner is None and _stands_alone(place):
            owner = _last_speaker(sentences, drafts, by_sentence, place, speaker)
        if owner is None:
            continue
        content[owner].extend(quotation.spans)
        if drafts[owner].source is not None and not _is_fragment(place):
            speaker = owner
    return [
        draft if (merged := merge(spans)) == draft.content else replace(draft, content=merged)
        for draft, spans in zip(drafts, content, strict=True)
    ]


def _locate(quotation: Quotation, sentences: Sequence[Sentence], starts: list[int]) -> _Place:
    first = max(0, bisect_right(starts, quotation.start) - 1)
    last = max(0, bisect_right(starts, quotation.end - 1) - 1)
    before = tuple(
        t
        for t, start in enumerate(sentences[first].starts)
        if start < quotation.start and sentences[first].pos[t] not in ("PUNCT", "SPACE")
    )
    after = tuple(
        t
        for t, start in enumerate(sentences[last].starts)
        if start >= quotation.end and sentences[last].pos[t] not in ("PUNCT", "SPACE")
    )
    return _Place(quotation, first, last, before, after)


def _stands_alone(place: _Place) -> bool:
    return not place.before and not place.after


def _is_fragment(place: _Place) -> bool:
    return bool(place.before) and bool(place.after) and place.first == place.last


def _owner(
    document: Document,
    sentences: Sequence[Sentence],
    drafts: Sequence[Draft],
    content: Sequence[Sequence[Span]],
    by_sentence: dict[int, list[int]],
    place: _Place,
) -> int | None:
    quotation = place.quotation
    near = [n for s in range(place.first, place.last + 1) for n in by_sentence.get(s, ())]
    outside = [n for n in near if not _is_inside(sentences, drafts[n], quotation)]
    holding = [n for n in outside if _touches(content[n], quotation)]
    if holding:
        return min(holding, key=lambda n: (_distance(sentences, drafts[n], quotation), n))
    quotable = [n for n in outside if drafts[n].quotable]
    beside = _after(document, sentences, drafts, quotable, place)
    if beside is None:
        beside = _before(document, sentences, drafts, quotable, place)
    if beside is None and not place.before:
        beside = _colon(document, sentences, drafts, by_sentence, place)
    if beside is None and not place.after:
        beside = _next_sentence(document, sentences, drafts, content, by_sentence, place)
    return beside


def _is_inside(sentences: Sequence[Sentence], draft: Draft, quotation: Quotation) -> bool:
    at = sentences[draft.sentence].starts[draft.head]
    return any(start <= at < end for start, end in quotation.spans)


def _touches(content: Sequence[Span], quotation: Quotation) -> bool:
    return any(start < quotation.spans[0][1] and quotation.start < end for start, end in content)


def _distance(sentences: Sequence[Sentence], draft: Draft, quotation: Quotation) -> int:
    sentence = sentences[draft.sentence]
    start, end = sentence.span_of(draft.first, draft.stop)
    return max(quotation.start - end, start - quotation.spans[0][1], 0)


def _edges(sentence: Sentence, draft: Draft) -> Span:
    """The characters of the reporting words, source and cue together."""
    start, end = sentence.span_of(draft.first, draft.stop)
    if draft.source is not None and draft.source.sentence == draft.sentence:
        start, end = min(start, draft.source.span[0]), max(end, draft.source.span[1])
    return start, end


def _after(
    document: Document, sentences: Sequence[Sentence], drafts: Sequence[Draft], quotable: list[int], place: _Place
) -> int | None:
    """ "…," he said."""
    for n in quotable:
        draft = drafts[n]
        start, _ = _edges(sentences[draft.sentence], draft)
        gap = document.text[place.quotation.end : start] if start >= place.quotation.end else None
        if gap is not None and not gap.strip(" \u00a0,–—-.;:"):
            return n
    return None


def _before(
    document: Document, sentences: Sequence[Sentence], drafts: Sequence[Draft], quotable: list[int], place: _Place
) -> int | None:
    """He said, "…"; he told the crowd in Lima: "…"."""
    best = None
    for n in quotable:
        draft = drafts[n]
        _, end = _edges(sentences[draft.sentence], draft)
        if end > place.quotation.start or draft.sentence != place.first:
            continue
        gap = document.text[end : place.quotation.start].strip()
        introduced = gap == "" or gap[-1] in ",:—–"
        if introduced and len(gap.split()) <= _FAR:
            best = n
    return best


def _colon(
    document: Document,
    sentences: Sequence[Sentence],
    drafts: Sequence[Draft],
    by_sentence: dict[int, list[int]],
    place: _Place,
) -> int | None:
    """The sentence before ends in a colon."""
    if place.first == 0:
        return None
    previous = sentences[place.first - 1]
    between = document.text[previous.span[0] : place.quotation.start].rstrip()
    if not between.endswith(":"):
        return None
    candidates = [n for n in by_sentence.get(previous.index, ()) if drafts[n].source is not None]
    quotable = [n for n in candidates if drafts[n].quotable]
    chosen = quotable or candidates
    return chosen[-1] if chosen else None


def _next_sentence(
    document: Document,
    sentences: Sequence[Sentence],
    drafts: Sequence[Draft],
    content: Sequence[Sequence[Span]],
    by_sentence: dict[int, list[int]],
    place: _Place,
) -> int | None:
    """The parser took "asked the envoy." after "…?" for a sentence of its own."""
    following = place.last + 1
    if following >= len(sentences) or sentences[following].paragraph != sentences[place.last].paragraph:
        return None
    sentence = sentences[following]
    for n in by_sentence.get(following, ()):
        start, end = _edges(sentence, drafts[n])
        source = drafts[n].source
        words = drafts[n].stop - drafts[n].first + (source.stop - source.first if source is not None else 0)
        is_tight = sum(start <= s < end for s in sentence.starts) <= words + 1
        if drafts[n].quotable and not content[n] and start <= sentence.span[0] + 1 and is_tight:
            gap = document.text[place.quotation.end : start]
            return n if not gap.strip(" \u00a0,–—-") else None
    return None


def _last_speaker(
    sentences: Sequence[Sentence],
    drafts: Sequence[Draft],
    by_sentence: dict[int, list[int]],
    place: _Place,
    speaker: int | None,
) -> int | None:
    """Whose words a quotation without a cue goes on with: the last one quoted, or reported, just before."""
    paragraph = sentences[place.first].paragraph
    for index in range(place.first - 1, -1, -1):
        if sentences[index].paragraph < paragraph - _SILENCE:
            return None
        quotable = [n for n in by_sentence.get(index, ()) if drafts[n].quotable and drafts[n].source is not None]
        if quotable:
            return speaker if speaker in quotable else quotable[0]
        if speaker is not None and _speaks_in(drafts[speaker], sentences[index], speaker, by_sentence):
            return speaker
    return None


def _speaks_in(draft: Draft, sentence: Sentence, speaker: int, by_sentence: dict[int, list[int]]) -> bool:
    return draft.sentence == sentence.index
