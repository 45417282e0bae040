"""A document and its sentences go in, all its reported speech, thought, writing and data come out.

Who (source) says (cue) what (content), nested where one report stands inside another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.extract.cues import Draft, find_drafts
from dragoman.extract.headlines import find_headline_drafts
from dragoman.extract.quotations import QuotationIndex, find_quotations
from dragoman.extract.spans import contains, merge
from dragoman.extract.speech import attach_quotations
from dragoman.records import Attribution, Document, Quoted, Sentence, Span

# A report of which so much stands in quotation marks is direct speech.
_MOSTLY = 0.6


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
    drafts = attach_quotations(document, sentences, drafts, quotations)
    drafts = sorted((d for d in drafts if d.content), key=lambda d: (d.sentence, d.first, d.stop))
    found = [_finish(draft, sentences, index) for draft in drafts]
    parents = _find_parents(found)
    kept = [a for n, a in enumerate(found) if parents[n] is None or not _only_restates(a, document, index)]
    return _nest(kept, parents if len(kept) == len(found) else _find_parents(kept))


def _only_restates(attribution: Attribution, document: Document, quotations: QuotationIndex) -> bool:
    """Is this the "I think" or "we want" of somebody who is being quoted, and so no other source?"""
    if attribution.cue is None or quotations.at(attribution.cue[0]) is None:
        return False
    if attribution.source is None:
        return attribution.stance == "none"
    speaker = document.text[slice(*attribution.source)].lower()
    return speaker in ("i", "we", "me", "us") or attribution.stance == "none"


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
        quoted=_quoted(draft.content, quotations),
        stance=draft.stance,
    )


def _quoted(content: Sequence[Span], quotations: QuotationIndex) -> Quoted:
    inside = total = 0
    for start, end in content:
        total += end - start
        for a, b in quotations.overlapping((start, end)):
            inside += min(b, end) - max(a, start)
    return "direct" if inside >= total * _MOSTLY else "indirect"


def _nest(attributions: list[Attribution], parents: list[int | None]) -> tuple[Attribution, ...]:
    """Set each one's parent; the parent's content grows to hold all of the child's."""
    spans = [list(a.content) for a in attributions]
    for number in sorted(range(len(attributions)), key=lambda n: -_depth(n, parents)):
        parent = parents[number]
        if parent is not None and not all(contains(spans[parent], span) for span in spans[number]):
            spans[parent] = list(merge([*spans[parent], *spans[number]]))
    return tuple(
        replace(a, parent=parents[n], content=tuple(spans[n])) for n, a in enumerate(attributions)
    )


def _find_parents(attributions: list[Attribution]) -> list[int | None]:
    """For each the smallest other one whose content holds its cue."""
    return _without_cycles([_parent_of(number, inner, attributions) for number, inner in enumerate(attributions)])


def _parent_of(number: int, inner: Attribution, attributions: list[Attribution]) -> int | None:
    best, size = None, 0
    for other, outer in enumerate(attributions):
        if other == number or inner.cue is None or not contains(outer.content, inner.cue):
            continue
        if outer.cue is not None and contains(inner.content, outer.cue):
            continue
        length = sum(end - start for start, end in outer.content)
        if best is None or length < size:
            best, size = other, length
    return best


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


def _depth(number: int, parents: list[int | None]) -> int:
    depth, at = 0, parents[number]
    while at is not None:
        depth, at = depth + 1, parents[at]
    return depth
