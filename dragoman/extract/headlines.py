"""The sentences of a document go in, drafts for "Minister: no deal", "Envoy warns of war" and transcripts come out.

Headlines lack the words that the parser needs, so they are read by their shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.extract.drafts import Draft
from dragoman.extract.kinds import load_source_words
from dragoman.extract.reporting import Cue, load_lexicon
from dragoman.extract.sources import Source
from dragoman.records import Document, Sentence, SourceKind

_LONGEST_NAME = 12
_LONGEST_HEADLINE = 40
_NAMES = frozenset(("PERSON", "ORG", "GPE", "NORP"))
_SMALL_WORDS = frozenset(("of", "the", "de", "al", "'s", "’s", "-", ".", "&", "and", "’", "'", ",", "for"))
_ABOUT = frozenset(("to", "at", "on", "in", "after", "before"))
_LABELS = frozenset(("exclusive", "breaking", "update", "watch", "video", "opinion", "analysis"))


def find_headline_drafts(document: Document, sentences: Sequence[Sentence], taken: set[int]) -> Iterator[Draft]:
    """Names before a colon in a headline and in the turns of a transcript; verbs that the parser took for nouns.

    ``taken`` holds the tokens of the first sentence that are cues already.

    >>> from dragoman.parse import Parser
    >>> report = Document(id="d", text="Merkel: No deal before June\\n\\nBERLIN - Angela Merkel spoke.")
    >>> [report.text[slice(*d.content[0])] for d in find_headline_drafts(report, Parser().parse(report), set())]
    ['No deal before June']
    """
    for number, sentence in enumerate(sentences):
        if number and sentences[number - 1].paragraph == sentence.paragraph:
            continue
        in_headline = sentence.paragraph == 0 and len(sentence) <= _LONGEST_HEADLINE
        speaker = _speaker_before_colon(sentence, sentences, in_headline=in_headline)
        if speaker is not None:
            draft = _turn(document, sentences, number, *speaker)
            if draft is not None:
                yield draft
        elif in_headline and not taken and _is_headline(sentence):
            yield from _headline_verb(sentence)


def _turn(document: Document, sentences: Sequence[Sentence], number: int, source: Source, colon: int) -> Draft | None:
    sentence = sentences[number]
    end, start = _end_of_turn(document, sentences, number), sentence.ends[colon]
    while start < end and document.text[start].isspace():
        start += 1
    if not any(character.isalpha() for character in document.text[start:end]):
        return None
    return Draft(number, colon, colon + 1, colon, source, ((start, end),), "turn", "assert", False)


def _speaker_before_colon(
    sentence: Sentence, sentences: Sequence[Sentence], *, in_headline: bool
) -> tuple[Source, int] | None:
    """Who stands before the first colon, and where the colon is; None where what stands there is no speaker."""
    if ":" not in sentence.words[1 : _LONGEST_NAME + 1]:
        return None
    colon = sentence.words.index(":", 1)
    stop = next((i for i in range(1, colon) if sentence.words[i].lower() in _ABOUT), colon)
    first = 2 if sentence.words[0].lower() in _LABELS and sentence.pos[1] == "PUNCT" else 0
    words = sentence.words[first:stop]
    if not words or not all(w[0].isupper() or w.lower() in _SMALL_WORDS for w in words):
        return None
    label = _label_of(sentence, first, stop, sentences)
    if not in_headline:
        is_shouted = all(w.isupper() or not w.isalpha() for w in words) and any(len(w) > 2 for w in words)
        if stop != colon or (label != "PERSON" and not (is_shouted and len(words) <= 4)):
            return None
    elif label is None and not _is_source_word(words[-1]):
        return None
    kind: SourceKind = "person" if label in ("PERSON", None) else "institution"
    if "publisher" in load_source_words().get(words[-1].lower(), ()):
        kind = "publisher"
    return Source(sentence.index, first, stop, stop - 1, sentence.span_of(first, stop), kind, True), colon


def _is_source_word(word: str) -> bool:
    known = load_source_words()
    word = word.lower()
    return word in known or (word.endswith("s") and word[:-1] in known)


def _label_of(sentence: Sentence, first: int, stop: int, sentences: Sequence[Sentence]) -> str | None:
    """The entity label of a name in a headline, also by the rest of the article: "Rossi: …" for Carla Rossi."""
    for entity in sentence.entities:
        if first <= entity.first and entity.stop <= stop and entity.label in _NAMES:
            return entity.label
    name = sentence.words[stop - 1]
    for other in sentences:
        for entity in other.entities:
            if entity.label in _NAMES and other.words[entity.stop - 1] == name and other is not sentence:
                return entity.label
    return None


def _end_of_turn(document: Document, sentences: Sequence[Sentence], number: int) -> int:
    """The end of the paragraph, without the full stop of a headline."""
    last = number
    while last + 1 < len(sentences) and sentences[last + 1].paragraph == sentences[number].paragraph:
        last += 1
    end = sentences[last].span[1]
    return end - 1 if document.text[end - 1] == "." and sentences[number].paragraph == 0 else end


def _is_headline(sentence: Sentence) -> bool:
    """No full stop at the end, or capitals throughout."""
    longer = [w for w in sentence.words if w.isalpha() and len(w) > 3]
    capitals = sum(w[0].isupper() for w in longer)
    return sentence.words[-1] not in (".", "?") or (len(longer) > 2 and capitals >= 0.8 * len(longer))


def _headline_verb(sentence: Sentence) -> Iterator[Draft]:
    """ "Union Chief Slams Budget", all in capitals, is read as name, verb, rest."""
    verbs = load_lexicon().verbs
    for i in range(1, len(sentence) - 1):
        word = sentence.words[i].lower()
        lemma = _third_person(word)
        if lemma not in verbs or sentence.pos[i] in ("ADJ", "ADP", "PUNCT", "ADV", "DET"):
            continue
        cue = next((c for c in verbs[lemma] if len(c.words) == 1), None)
        if cue is None or not cue.frames & {"np", "that", "quote"} or not _is_name(sentence, i):
            continue
        first = i + 1
        last = len(sentence) - 1 if sentence.pos[-1] == "PUNCT" and sentence.words[-1] == "." else len(sentence)
        content = (sentence.span_of(first, last),)
        kind: SourceKind = "person"
        source = Source(sentence.index, 0, i, i - 1, sentence.span_of(0, i), kind, True)
        yield Draft(sentence.index, i, i + 1, i, source, content, "np", _stance(cue), False)
        return


def _third_person(word: str) -> str:
    """ "slams" and "slam" give slam: headlines are in the present."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("shes", "ches", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _stance(cue: Cue) -> str:
    return cue.stance_in("that" if "np" not in cue.frames else "np")


def _is_name(sentence: Sentence, stop: int) -> bool:
    """Can the words before ``stop`` be who speaks?"""
    if any(sentence.pos[t] in ("VERB", "AUX", "PUNCT") and sentence.words[t] not in ".-" for t in range(stop)):
        return False
    if _is_source_word(sentence.words[stop - 1]):
        return True
    return any(e.label in _NAMES and e.first < stop for e in sentence.entities)
