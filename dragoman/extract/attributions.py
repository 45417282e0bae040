"""A document and its sentences go in, all its reported speech, thought, writing and data come out.

Who (source) says (cue) what (content), nested where one report stands inside another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.extract.cues import find_drafts
from dragoman.extract.drafts import Draft
from dragoman.extract.excerpts import find_excerpts
from dragoman.extract.headlines import find_headline_drafts
from dragoman.extract.quotations import QuotationIndex, find_quotations
from dragoman.extract.spans import contains, merge
from dragoman.extract.speech import attach_quotations
from dragoman.records import Attribution, Document, Quoted, Sentence, Span

# A report of which so much stands in quotation marks is direct speech.
_MOSTLY = 0.6
_FIRST_PERSON = frozenset(("i", "we", "me", "us"))
_PRONOUNS = _FIRST_PERSON | frozenset(("he", "she", "it", "they", "him", "her", "them"))


def find_attributions(document: Document, sentences: Sequence[Sentence]) -> tuple[Attribution, ...]:
    """All attributions of a document in the order of their cues.

    >>> from dragoman.parse import Parser
    >>> report = Document(id="d", text="Nairobi said the port was shut, according to Reuters.")
    >>> for found in find_attributions(report, Parser().parse(report)):
    ...     print(report.text[slice(*found.source)], "|", [report.text[slice(*c)] for c in found.content], found.parent)
    Nairobi | ['the port was shut'] 1
    Reuters | ['Nairobi said the port was shut'] None
    """
    quotations = find_quotations(document, sentences)
    index = QuotationIndex(quotations)
    drafts: list[Draft] = []
    for sentence in sentences:
        drafts.extend(find_drafts(sentence, index))
    in_first = {draft.head for draft in drafts if draft.sentence == 0}
    drafts.extend(find_headline_drafts(document, sentences, in_first))
    drafts.extend(find_excerpts(document, sentences, drafts, index))
    drafts = attach_quotations(document, sentences, drafts, quotations)
    drafts = sorted((d for d in drafts if d.content), key=lambda d: (d.sentence, d.first, d.stop))
    found = [_finish(draft, sentences, index) for draft in drafts]
    parents = find_parents(found)
    kept = [
        n
        for n, parent in enumerate(parents)
        if not ((parent is not None or _is_quoted(index, found[n])) and _only_restates(index, drafts[n], found[n]))
    ]
    return _nest([found[n] for n in kept])


def _only_restates(quotations: QuotationIndex, draft: Draft, attribution: Attribution) -> bool:
    """Is this, inside somebody's words, an attitude, or what the speaker thinks, and so no other source?

    "He said he supported the truce", "we believe", "they want to leave" say nothing of who vouches.
    """
    if attribution.stance == "none" or (draft.row is not None and draft.row.vouches == "no"):
        return True
    if attribution.cue is None or draft.source is None:
        return False
    is_quoted = _is_quoted(quotations, attribution)
    if draft.row is not None and "thought" in draft.row.frames and not is_quoted:
        return draft.source.word in _PRONOUNS
    return is_quoted and draft.source.word in _FIRST_PERSON


def _is_quoted(quotations: QuotationIndex, attribution: Attribution) -> bool:
    return attribution.cue is not None and quotations.at(attribution.cue[0]) is not None


def _finish(draft: Draft, sentences: Sequence[Sentence], quotations: QuotationIndex) -> Attribution:
    sentence = sentences[draft.sentence]
    source = draft.source
    return Attribution(
        source=source.span if source else None,
        cue=sentence.span_of(draft.first, draft.stop),
        content=draft.content,
        parent=None,
        sentence=draft.sentence,
        source_token=(source.sentence, source.head) if source else None,
        cue_token=(draft.sentence, draft.head),
        kind=source.kind if source else "unspecified",
        quoted="direct" if draft.frame == "excerpt" else _quoted(draft.content, quotations),
        stance=draft.stance,
    )


def _quoted(content: Sequence[Span], quotations: QuotationIndex) -> Quoted:
    inside = total = 0
    for start, end in content:
        total += end - start
        for a, b in quotations.overlapping((start, end)):
            inside += min(b, end) - max(a, start)
    return "direct" if inside >= total * _MOSTLY else "indirect"


def _nest(attributions: list[Attribution]) -> tuple[Attribution, ...]:
    """Set each one's parent; the parent's content grows to hold all of the child's."""
    parents = find_parents(attributions)
    spans = [a.content for a in attributions]
    for number in sorted(range(len(attributions)), key=lambda n: -_depth(n, parents)):
        parent = parents[number]
        if parent is not None and not all(contains(spans[parent], span) for span in spans[number]):
            spans[parent] = merge([*spans[parent], *spans[number]])
    return tuple(
        a if (a.parent, a.content) == (parents[n], spans[n]) else replace(a, parent=parents[n], content=spans[n])
        for n, a in enumerate(attributions)
    )


def find_parents(attributions: Sequence[Attribution]) -> list[int | None]:
    """For each the smallest other one whose content holds its cue."""
    opening = sorted((span, number) for number, a in enumerate(attributions) for span in a.content)
    order = sorted((a.cue, number) for number, a in enumerate(attributions) if a.cue is not None)
    sizes = [sum(end - start for start, end in a.content) for a in attributions]
    parents: list[int | None] = [None] * len(attributions)
    active: list[tuple[Span, int]] = []
    place = 0
    for cue, number in order:
        while place < len(opening) and opening[place][0][0] <= cue[0]:
            active.append(opening[place])
            place += 1
        active = [pair for pair in active if pair[0][1] >= cue[0]]
        holding = [other for span, other in active if span[1] >= cue[1] and other != number]
        mutual = [o for o in holding if not _holds(attributions[number].content, attributions[o].cue)]
        parents[number] = min(mutual, key=lambda other: (sizes[other], other), default=None)
    return _without_cycles(parents)


def _holds(content: Sequence[Span], cue: Span | None) -> bool:
    return cue is not None and contains(content, cue)


def _without_cycles(parents: list[int | None]) -> list[int | None]:
    found = list(parents)
    for number in range(len(found)):
        seen, at = {number}, found[number]
        while at is not None:
            if at in seen:
                found[number] = None
                break
            seen.add(at)
            at = found[at]
    return found


def _depth(number: int, parents: Sequence[int | None]) -> int:
    depth, at = 0, parents[number]
    while at is not None:
        depth, at = depth + 1, parents[at]
    return depth
