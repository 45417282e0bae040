"""The sentences of a document go in, drafts for "Minister: no deal" and for the turns of a transcript come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.extract.cues import Draft
from dragoman.extract.sources import Source, load_source_words
from dragoman.records import Document, Sentence

_LONGEST_NAME = 7
_LONGEST_HEADLINE = 40
_NAMES = frozenset(("PERSON", "ORG", "GPE", "NORP"))


def find_colon_speakers(document: Document, sentences: Sequence[Sentence]) -> Iterator[Draft]:
    """Names before a colon in a headline, and at the start of paragraphs of a transcript.

    >>> from dragoman.parse import Parser
    >>> report = Document(id="d", text="Merkel: No deal before June\\n\\nBERLIN - The talks go on.")
    >>> [report.text[slice(*d.content[0])] for d in find_colon_speakers(report, Parser().parse(report))]
    ['No deal before June']
    """
    for number, sentence in enumerate(sentences):
        is_first = number == 0 or sentences[number - 1].paragraph != sentence.paragraph
        if not is_first:
            continue
        colon = _colon_after_name(sentence, in_headline=sentence.paragraph == 0)
        is_last = number + 1 == len(sentences) or sentences[number + 1].paragraph != sentence.paragraph
        if colon is not None and colon + 1 == len(sentence) and is_last:
            continue
        if colon is None:
            continue
        end = _end_of_turn(document, sentences, number)
        start = sentence.ends[colon]
        while start < end and document.text[start].isspace():
            start += 1
        if start < end:
            source = _named(sentence, colon)
            yield Draft(number, colon, colon + 1, colon, source, ((start, end),), "turn", "assert", False)


def _colon_after_name(sentence: Sentence, *, in_headline: bool) -> int | None:
    """The colon after a name at the start; None where what stands there is no speaker."""
    for i in range(1, min(len(sentence), _LONGEST_NAME + 1)):
        if sentence.words[i] == ":":
            return i if _is_speaker(sentence, i, in_headline=in_headline) else None
        if sentence.pos[i] in ("VERB", "AUX") or sentence.words[i] in ",;?!":
            return None
    return None


def _is_speaker(sentence: Sentence, colon: int, *, in_headline: bool) -> bool:
    words = sentence.words[:colon]
    if not all(w[0].isupper() or w.lower() in ("of", "the", "de", "al", "'s", "’s", "-", ".", "&") for w in words):
        return False
    if not in_headline:
        if any(e.first == 0 and e.stop == colon and e.label == "PERSON" for e in sentence.entities):
            return True
        return all(w.isupper() or not w.isalpha() for w in words) and any(len(w) > 2 for w in words) and colon <= 4
    if len(sentence) > _LONGEST_HEADLINE:
        return False
    known = load_source_words()
    if words[-1].lower() in known or (words[-1].lower().endswith("s") and words[-1].lower()[:-1] in known):
        return True
    return any(e.first == 0 and e.stop <= colon and e.label in _NAMES for e in sentence.entities) or (
        all(t == "NNP" for t in sentence.tags[:colon]) and colon <= 3
    )


def _end_of_turn(document: Document, sentences: Sequence[Sentence], number: int) -> int:
    """The end of the paragraph, without its last full stop where no quotation ends there."""
    last = number
    while last + 1 < len(sentences) and sentences[last + 1].paragraph == sentences[number].paragraph:
        last += 1
    end = sentences[last].span[1]
    return end - 1 if document.text[end - 1] == "." and last == number else end


def _named(sentence: Sentence, colon: int) -> Source:
    entity = next((e for e in sentence.entities if e.stop <= colon), None)
    head = entity.stop - 1 if entity else colon - 1
    kinds = load_source_words().get(sentence.words[colon - 1].lower(), ())
    kind = "institution" if entity is not None and entity.label != "PERSON" else "person"
    if "publisher" in kinds:
        kind = "publisher"
    return Source(sentence.index, 0, colon, head, sentence.span_of(0, colon), kind, True)  # type: ignore[arg-type]
