"""The head of a noun phrase goes in, the source comes out: which words name it, and what kind it is."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.extract.kinds import is_outlet_word, kind_of
from dragoman.records import Sentence, SourceKind, Span

_ASIDES = frozenset(("however", "meanwhile", "too", "though", "then"))


@dataclass(frozen=True, slots=True)
class Source:
    """The noun phrase that names who speaks: tokens ``first`` up to ``stop`` of one sentence, and its head.

    ``word`` is the head in lower case; ``known`` tells whether the noun is one that can speak at all.
    """

    sentence: int
    first: int
    stop: int
    head: int
    span: Span
    kind: SourceKind
    known: bool
    word: str = ""


def make_source(sentence: Sentence, head: int, *, stop_at: int | None = None) -> Source:
    """The noun phrase around ``head``: titles, modifiers and appositions belong to it, the cue does not."""
    head = _out_of_brackets(sentence, head)
    tokens = _phrase(sentence, head)
    first, stop = max(tokens[0], min(dateline_end(sentence), head)), tokens[-1] + 1
    if stop_at is not None:
        if head < stop_at < stop:
            stop = stop_at
        elif first <= stop_at < head:
            first = stop_at + 1
    first, stop = _trim(sentence, first, stop, head)
    kind, known = kind_of(sentence, head)
    name = name_after_outlet(sentence, head)
    if name:
        kind, known, stop = "publisher", True, max(stop, name[-1] + 1)
    word = sentence.words[head].lower()
    return Source(sentence.index, first, stop, head, sentence.span_of(first, stop), kind or "person", known, word)


def name_after_outlet(sentence: Sentence, head: int) -> list[int]:
    """The name in "the news agency ANSA", which the parser often takes for a verb."""
    is_agency = sentence.lemmas[head] == "agency" and any(
        sentence.words[c].lower() == "news" for c in sentence.children[head]
    )
    if not is_agency and (sentence.words[head][0].isupper() or not is_outlet_word(sentence.lemmas[head])):
        return []
    found: list[int] = []
    after = head + 1
    while after < len(sentence) and sentence.words[after][0].isupper() and sentence.pos[after] != "PRON":
        found.append(after)
        after += 1
    return found


def dateline_end(sentence: Sentence) -> int:
    """How many tokens "GENEVA (Reuters) - " takes at the start of a sentence; 0 where there is none."""
    if not sentence.words[0][0].isupper():
        return 0
    seen_bracket = False
    for i, word in enumerate(sentence.words[:16]):
        seen_bracket |= word == ")"
        if word in ("-", "–", "—", "--", "_") and i > 0:
            is_line = seen_bracket or sentence.words[0].isupper()
            return i + 1 if is_line and sentence.words[i - 1] != "(" else 0
        if sentence.pos[i] in ("VERB", "AUX", "PRON"):
            return 0
    return 0


def _out_of_brackets(sentence: Sentence, head: int) -> int:
    """ "Governor Rossi (Left) said" is no word of "Left"."""
    for token in range(head - 1, max(-1, head - 6), -1):
        if sentence.words[token] == ")":
            break
        if sentence.words[token] == "(":
            return token - 1 if token > 0 and sentence.pos[token - 1] in ("PROPN", "NOUN") else head
    return head


def _phrase(sentence: Sentence, head: int) -> list[int]:
    """The noun phrase without clauses and phrases that only comment on it: ", who fled in May,", ", 59, of Lima,"."""
    found, todo = [head], [head]
    while todo:
        for child in sentence.children[todo.pop()]:
            dep = sentence.deps[child]
            if dep in ("advcl", "ccomp", "parataxis", "csubj") or (
                dep == "conj" and sentence.pos[child] in ("VERB", "AUX")
            ):
                continue
            if dep in ("npadvmod", "advmod", "acl", "relcl"):
                first = sentence.subtree(child)[0]
                if first > head and sentence.words[first - 1] in (",", "—", "–", "--"):
                    continue
            found.append(child)
            todo.append(child)
    return sorted(found)


def _trim(sentence: Sentence, first: int, stop: int, head: int) -> tuple[int, int]:
    while first < head and sentence.pos[first] in ("PUNCT", "SPACE", "CCONJ"):
        first += 1
    while stop - 1 > head and (
        sentence.pos[stop - 1] in ("PUNCT", "SPACE", "CCONJ") or sentence.tags[stop - 1] == "POS"
    ):
        if sentence.words[stop - 1] in ')”"' and sentence.tags[stop - 1] != "POS":
            break
        stop -= 1
    return first, stop


def noun_before(sentence: Sentence, i: int) -> Source | None:
    """The name or pronoun right before a verb for which the parser found no subject."""
    stop = i
    while stop > 2 and sentence.words[stop - 1] == "," and sentence.pos[stop - 2] == "NUM":
        stop -= 3 if sentence.words[stop - 3] == "," else 2
    if stop > 3 and sentence.words[stop - 1] == ")" and "(" in sentence.words[max(0, stop - 8) : stop]:
        stop = max(t for t in range(stop) if sentence.words[t] == "(")
    if stop > 3 and sentence.words[stop - 1] == "," and sentence.words[stop - 2].lower() in _ASIDES:
        stop -= 2
    if (
        stop > 2
        and sentence.words[stop - 1] == ","
        and (sentence.pos[stop - 2] == "PROPN" or _is_name(sentence, stop - 2))
    ):
        stop -= 1
    head = stop - 1
    if stop == 0 or not (sentence.pos[head] in ("PROPN", "PRON", "NOUN") or _is_name(sentence, head)):
        return None
    if sentence.pos[head] == "PRON" and sentence.tags[head] != "PRP":
        return None
    kind, known = ("person", True) if _is_name(sentence, head) else kind_of(sentence, head)
    if sentence.words[head].lower() in ("him", "them", "her", "me", "us"):
        return None
    if not known:
        return _phrase_from_start(sentence, stop)
    first = head
    if sentence.pos[head] != "PRON":
        while first > 0 and sentence.pos[first - 1] in ("PROPN", "NOUN", "ADJ", "DET", "NUM"):
            first -= 1
    word = sentence.words[head].lower()
    return Source(sentence.index, first, stop, head, sentence.span_of(first, stop), kind or "person", known, word)


def _phrase_from_start(sentence: Sentence, stop: int) -> Source | None:
    """All that stands before the verb, where it is one long phrase: "An official familiar with the talks said"."""
    known = None
    for token in range(stop):
        if sentence.pos[token] in ("VERB", "AUX", "PUNCT", "SCONJ"):
            return None
        if known is None and sentence.pos[token] in ("NOUN", "PROPN") and kind_of(sentence, token)[1]:
            known = token
    if known is None or sentence.deps[known] == "pobj":
        return None
    kind = kind_of(sentence, known)[0] or "person"
    return Source(sentence.index, 0, stop, known, sentence.span_of(0, stop), kind, True)


def inserted_speaker(sentence: Sentence, i: int) -> Source | None:
    """The name in ", said Rossi,", which stands inside what Rossi said."""
    if i < 2 or sentence.words[i - 1] != "," or sentence.tags[i] not in ("VBD", "VBZ"):
        return None
    stop = i + 1
    while stop < len(sentence) and sentence.pos[stop] in ("PROPN", "NOUN", "DET", "ADJ", "NUM", "PRON", "PART"):
        stop += 1
    if stop == i + 1 or stop >= len(sentence) - 2 or sentence.words[stop] != ",":
        return None
    if sentence.pos[stop + 1] not in ("ADV", "AUX", "VERB", "PART", "ADP"):
        return None
    kind, known = kind_of(sentence, stop - 1)
    if not known:
        return None
    return Source(sentence.index, i + 1, stop, stop - 1, sentence.span_of(i + 1, stop), kind or "person", True)


def closing_speaker(sentence: Sentence, i: int) -> Source | None:
    """The name in ", says Rossi", where the parser saw two subjects."""
    if i < 3 or sentence.words[i - 1] != "," or sentence.tags[i] not in ("VBD", "VBZ"):
        return None
    subjects = sentence.with_dep(i, "nsubj")
    if len(subjects) < 2 or subjects[-1] < i or subjects[0] > i:
        return None
    return make_source(sentence, subjects[-1], stop_at=i)


def noun_after(sentence: Sentence, i: int) -> int | None:
    """The speaker after the verb, which the parser took for its object: "read one banner"."""
    for child in sentence.with_dep(i, "dobj", "attr", "npadvmod", "oprd", "dep"):
        if child > i and sentence.subtree(child)[0] == i + 1 and kind_of(sentence, child)[1]:
            return child
    return None


def _is_name(sentence: Sentence, token: int) -> bool:
    """A capital inside a sentence, where the parser saw an adverb: "Lively said"."""
    return sentence.pos[token] == "ADV" and sentence.words[token][0].isupper() and sentence.words[token] != "So"
