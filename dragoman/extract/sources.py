"""A verb or noun that reports goes in, the words that name its source come out, and what kind of source that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache


from dragoman.extract.reporting import load_lexicon
from dragoman.records import Sentence, SourceKind, Span
from dragoman.tables import read_table

COLUMNS = ("word", "kinds")
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_DEPTH = 8
_PERSONS = ("person", "anonymous")
# What ends so is taken for a person unless ``codebooks/sources.csv`` calls it a thing.
_HUMAN_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "crat", "person")
_UNNAMED = frozenset("anonymous unnamed unidentified undisclosed several some many numerous other various".split())
# Their object does what follows: "urged him to say".
_OBJECT_ACTS_NOT = frozenset("promise threaten vow pledge swear".split())
_ASIDES = frozenset(("however", "meanwhile", "too", "though", "then"))
_WORLD_LABELS = frozenset(("GPE", "NORP", "ORG", "LOC", "FAC"))


@dataclass(frozen=True, slots=True)
class Source:
    """The noun phrase that names who speaks: tokens ``first`` up to ``stop`` of one sentence, and its head."""

    sentence: int
    first: int
    stop: int
    head: int
    span: Span
    kind: SourceKind
    known: bool


@cache
def load_source_words() -> Mapping[str, tuple[str, ...]]:
    """The kinds of source a noun can stand for, from ``codebooks/sources.csv``.

    >>> load_source_words()["communique"]
    ('document',)
    """
    return {row["word"]: row.alternatives("kinds") for row in read_table("sources.csv", COLUMNS)}


def is_passive(sentence: Sentence, i: int) -> bool:
    """Is the verb in the passive: "was told", "the port shelled by rebels"?"""
    if sentence.tags[i] != "VBN" and sentence.tags[i] != "VBD":
        return False
    deps = sentence.deps
    for child in sentence.children[i]:
        if deps[child] in ("auxpass", "nsubjpass", "agent"):
            return True
    if (sentence.tags[i] == "VBN" and deps[i] in ("acl", "advcl", "amod")) or deps[i] == "acl":
        return not any(deps[c] in ("nsubj", "aux", "dobj") for c in sentence.children[i])
    if deps[i] == "conj" and sentence.tags[i] == "VBN":
        has_own = any(deps[c] in ("nsubj", "aux", "dobj") for c in sentence.children[i])
        return not has_own and is_passive(sentence, sentence.heads[i])
    return False


def find_subject(sentence: Sentence, i: int, depth: int = _DEPTH) -> int | None:
    """The token that is the subject of verb ``i``, also an understood one; a relative pronoun stands for itself."""
    deps = sentence.deps
    own = sentence.child(i, "nsubj", "nsubjpass", "csubj")
    if own is not None:
        return own
    if sentence.child(i, "expl") is not None or depth == 0:
        return None
    dep, head = deps[i], sentence.heads[i]
    if head == i:
        return None
    if (dep == "advcl" and deps[head] == "ccomp" and is_trailing_report(sentence, i)) or is_parallel_report(sentence, i):
        return find_subject(sentence, sentence.heads[head], depth - 1)
    if dep in ("conj", "advcl", "dep", "parataxis"):
        return find_subject(sentence, head, depth - 1) if sentence.pos[head] in ("VERB", "AUX") else None
    if dep in ("xcomp", "ccomp"):
        return _controller(sentence, head, depth)
    if dep == "acl":
        return _holder(sentence, i, head, depth)
    if dep == "pcomp":
        return _subject_through_preposition(sentence, head, depth)
    return None


def is_trailing_report(sentence: Sentence, verb: int) -> bool:
    """Is this ", adding that …", which goes on from the speaker and not from what was said?"""
    if sentence.tags[verb] != "VBG" or sentence.lemmas[verb] not in load_lexicon().verbs:
        return False
    first = sentence.subtree(verb)[0]
    if first == 0 or verb - first > 2:
        return False
    before = first - 1
    while before > 0 and sentence.words[before] in ("”", '"', "''", "’", "and"):
        before -= 1
    return sentence.words[before] == ","


def is_parallel_report(sentence: Sentence, verb: int) -> bool:
    """Is this the second verb of "warned that it would fail and urged restraint", hung on the first one's clause?"""
    if sentence.deps[verb] != "conj" or sentence.lemmas[verb] not in load_lexicon().verbs:
        return False
    clause = sentence.heads[verb]
    matrix = sentence.heads[clause]
    if sentence.deps[clause] != "ccomp" or sentence.tags[verb] not in ("VBD", "VBZ", "VBP") or matrix > clause:
        return False
    if any(sentence.deps[c] in ("nsubj", "nsubjpass", "aux", "mark", "expl") for c in sentence.children[verb]):
        return False
    return sentence.tags[matrix] == sentence.tags[verb] and sentence.tags[clause] != sentence.tags[verb]


def is_plausible_speaker(sentence: Sentence, token: int) -> bool:
    """Is the noun a person, a body or a name, and so one that can be spoken to?"""
    return _kind(sentence, token)[1] or sentence.pos[token] in ("PRON", "PROPN")


def find_agent(sentence: Sentence, i: int) -> int | None:
    """Who acts in the passive: "was accused by Lima"."""
    for child in sentence.with_dep(i, "agent", "prep"):
        if sentence.words[child].lower() == "by":
            return sentence.child(child, "pobj")
    return None


def find_owner(sentence: Sentence, noun: int) -> int | None:
    """Whose statement a noun tells of: "Lima's claim", "a claim by Lima", "an Israeli claim"."""
    owner = sentence.child(noun, "poss")
    if owner is not None:
        return owner
    for child in sentence.with_dep(noun, "prep", "agent"):
        if sentence.words[child].lower() in ("by", "from"):
            owner = sentence.child(child, "pobj")
            if owner is not None and _is_nameable(sentence, owner):
                return owner
    for child in sentence.with_dep(noun, "compound", "amod", "nmod"):
        if sentence.words[child][0].isupper() and _label(sentence, child) in _WORLD_LABELS | {"PERSON"}:
            return child
    return None


def _is_nameable(sentence: Sentence, token: int) -> bool:
    return sentence.pos[token] in ("PROPN", "PRON") or bool(_kind(sentence, token)[0])


def _controller(sentence: Sentence, head: int, depth: int) -> int | None:
    if sentence.pos[head] not in ("VERB", "AUX"):
        copula = sentence.heads[head]
        return find_subject(sentence, copula, depth - 1) if copula != head else None
    if sentence.lemmas[head] not in _OBJECT_ACTS_NOT:
        target = sentence.child(head, "dobj", "dative")
        if target is not None:
            return target
    return find_subject(sentence, head, depth - 1)


def _holder(sentence: Sentence, verb: int, noun: int, depth: int) -> int | None:
    """ "officials saying": the officials; "his promise to deny": he."""
    if any(sentence.tags[c] == "TO" for c in sentence.children[verb]):
        owner = find_owner(sentence, noun)
        if owner is not None:
            return owner
        governor = sentence.heads[noun]
        is_object = sentence.deps[noun] in ("dobj", "attr") and sentence.pos[governor] in ("VERB", "AUX")
        return find_subject(sentence, governor, depth - 1) if is_object else None
    return noun


def _subject_through_preposition(sentence: Sentence, preposition: int, depth: int) -> int | None:
    """ "began by saying", "quoted officials as saying", "accused Lima of denying"."""
    governor = sentence.heads[preposition]
    if sentence.pos[governor] in ("VERB", "AUX"):
        if sentence.words[preposition].lower() in ("as", "of", "for", "from", "into", "with"):
            target = sentence.child(governor, "dobj")
            if target is not None:
                return target
        return find_subject(sentence, governor, depth - 1)
    if sentence.pos[governor] not in ("NOUN", "PROPN"):
        return None
    owner = sentence.child(governor, "poss")
    above = sentence.heads[governor]
    if owner is None and sentence.deps[governor] == "pobj":
        above = sentence.heads[above]
    if owner is None and above != governor and sentence.pos[above] in ("VERB", "AUX"):
        return find_subject(sentence, above, depth - 1)
    return owner


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
    kind, known = _kind(sentence, head)
    name = name_after_outlet(sentence, head)
    if name:
        kind, known, stop = "publisher", True, max(stop, name[-1] + 1)
    return Source(sentence.index, first, stop, head, sentence.span_of(first, stop), kind or "person", known)


def is_document(sentence: Sentence, noun: int) -> bool:
    """Does the noun stand for something written or recorded: statement, letter, interview?"""
    return "document" in load_source_words().get(sentence.lemmas[noun], ())


def is_mere_data(sentence: Sentence, head: int) -> bool:
    """Is the noun one that can show something but not praise or oppose it: figures, results?"""
    return load_source_words().get(sentence.lemmas[head]) == ("data",)


def name_after_outlet(sentence: Sentence, head: int) -> list[int]:
    """The name in "the news agency SANA", which the parser often takes for a verb."""
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


def is_outlet_word(word: str) -> bool:
    """Does the noun stand for a news outlet: newspaper, broadcaster?"""
    return "publisher" in load_source_words().get(word, ())


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
            if dep in ("advcl", "ccomp", "parataxis", "csubj") or (dep == "conj" and sentence.pos[child] in ("VERB", "AUX")):
                continue
            if dep in ("npadvmod", "advmod", "acl"):
                first = sentence.subtree(child)[0]
                if first > head and sentence.words[first - 1] in (",", "—", "–", "--"):
                    continue
            found.append(child)
            todo.append(child)
    return sorted(found)


def noun_before(sentence: Sentence, i: int) -> Source | None:
    """The name or pronoun right before a verb for which the parser found no subject."""
    stop = i
    while stop > 2 and sentence.words[stop - 1] == "," and sentence.pos[stop - 2] == "NUM":
        stop -= 3 if sentence.words[stop - 3] == "," else 2
    if stop > 3 and sentence.words[stop - 1] == ")" and "(" in sentence.words[max(0, stop - 8) : stop]:
        stop = max(t for t in range(stop) if sentence.words[t] == "(")
    if stop > 3 and sentence.words[stop - 1] == "," and sentence.words[stop - 2].lower() in _ASIDES:
        stop -= 2
    if stop > 2 and sentence.words[stop - 1] == "," and (sentence.pos[stop - 2] == "PROPN" or _is_name(sentence, stop - 2)):
        stop -= 1
    head = stop - 1
    if stop == 0 or not (sentence.pos[head] in ("PROPN", "PRON", "NOUN") or _is_name(sentence, head)):
        return None
    if sentence.pos[head] == "PRON" and sentence.tags[head] != "PRP":
        return None
    kind, known = ("person", True) if _is_name(sentence, head) else _kind(sentence, head)
    if not known or sentence.words[head].lower() in ("him", "them", "her", "me", "us"):
        return None
    first = head
    if sentence.pos[head] != "PRON":
        while first > 0 and sentence.pos[first - 1] in ("PROPN", "NOUN", "ADJ", "DET", "NUM"):
            first -= 1
    kind = kind or "person"
    return Source(sentence.index, first, stop, head, sentence.span_of(first, stop), kind, known)


def _is_name(sentence: Sentence, token: int) -> bool:
    """A capital inside a sentence, where the parser saw an adverb: "Shibly said"."""
    return sentence.pos[token] == "ADV" and sentence.words[token][0].isupper() and token > 0


def noun_after(sentence: Sentence, i: int) -> int | None:
    """The speaker after the verb, which the parser took for its object: "read one banner"."""
    for child in sentence.with_dep(i, "dobj", "attr", "npadvmod", "oprd", "dep"):
        if child > i and sentence.subtree(child)[0] == i + 1 and _kind(sentence, child)[1]:
            return child
    return None


def _trim(sentence: Sentence, first: int, stop: int, head: int) -> tuple[int, int]:
    while first < head and sentence.pos[first] in ("PUNCT", "SPACE", "CCONJ"):
        first += 1
    while stop - 1 > head and (sentence.pos[stop - 1] in ("PUNCT", "SPACE", "CCONJ") or sentence.tags[stop - 1] == "POS"):
        if sentence.words[stop - 1] in ")”\"" and sentence.tags[stop - 1] != "POS":
            break
        stop -= 1
    return first, stop


def _label(sentence: Sentence, token: int) -> str | None:
    for entity in sentence.entities:
        if entity.first <= token < entity.stop:
            return entity.label
    return None


def _kind(sentence: Sentence, head: int) -> tuple[SourceKind | None, bool]:
    """What kind of source the noun names, and whether that is known (and not just supposed)."""
    word, lemma = sentence.words[head].lower(), sentence.lemmas[head]
    kinds = load_source_words().get(word) or load_source_words().get(lemma) or ()
    if sentence.pos[head] == "PRON" or sentence.tags[head] in ("PRP", "WP", "WDT", "DT", "EX"):
        return _kind_of_pronoun(word, sentence.tags[head], kinds)
    if sentence.pos[head] == "NUM" or word in ("%", "percent"):
        return "unspecified", True
    label = _label(sentence, head)
    if sentence.words[head][0].isupper() and sentence.tags[head] in ("NNP", "NNPS"):
        return _kind_of_name(label, kinds)
    if not kinds:
        if lemma.endswith(_HUMAN_ENDINGS) and len(lemma) > 4:
            return ("anonymous" if sentence.tags[head] == "NNS" else "person"), True
        return ("institution", True) if label in _WORLD_LABELS else (None, False)
    if "anonymous" in kinds and not _has_name(sentence, head) and _is_unnamed(sentence, head):
        return "anonymous", True
    if "person" in kinds or "anonymous" in kinds:
        return "person", True
    if kinds == ("thing",):
        return None, False
    if kinds == ("data",):
        return "document", True
    return kinds[0], True  # type: ignore[return-value]


def _kind_of_pronoun(word: str, tag: str, kinds: tuple[str, ...]) -> tuple[SourceKind | None, bool]:
    if word in ("that", "this", "these", "what", "there") and tag != "WDT":
        return None, False
    if word in ("it", "that", "which"):
        return "institution", True
    if "unspecified" in kinds or word == "those":
        return "unspecified", True
    return "person", True


def _kind_of_name(label: str | None, kinds: tuple[str, ...]) -> tuple[SourceKind, bool]:
    if "publisher" in kinds and label != "PERSON":
        return "publisher", True
    if label == "PERSON":
        return "person", True
    if label in _WORLD_LABELS:
        return "institution", True
    for kind in ("institution", "document", "person", "publisher"):
        if kind in kinds:
            return kind, True  # type: ignore[return-value]
    return "person", True


def _has_name(sentence: Sentence, head: int) -> bool:
    """Is a person named with the noun: "the envoy, Ana Ruiz"?"""
    inside = set(sentence.subtree(head, without={"relcl", "prep", "acl", "poss"}))
    return any(e.label == "PERSON" and e.stop - 1 in inside for e in sentence.entities)


def _is_unnamed(sentence: Sentence, head: int) -> bool:
    if sentence.tags[head] == "NNS" or sentence.words[head].lower() in ("source", "insider"):
        return True
    for child in sentence.children[head]:
        word = sentence.words[child].lower()
        if word in ("a", "an", "one", "another") or word in _UNNAMED:
            return True
    return False
