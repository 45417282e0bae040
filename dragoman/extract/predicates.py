"""A sentence goes in, its predicates come out: the tokens that tell of something that may happen or hold.

These are the verbs that are no auxiliaries, the event nouns of ``codebooks/event_nouns.csv``, and what a
copula predicates ("is ready", "was a coup").
"""

from __future__ import annotations

from functools import cache

from dragoman.records import Sentence
from dragoman.tables import read_table

KINDS = frozenset(("deed", "speech", "state"))
_AUXILIARY = frozenset(("aux", "auxpass"))
_PREDICATIVE = frozenset(("acomp", "attr", "oprd"))


def find_predicates(sentence: Sentence) -> list[int]:
    """The tokens of a sentence that are predicates, from left to right.

    >>> from dragoman.parse import Parser
    >>> from dragoman.records import Document
    >>> sentence = Parser().parse(Document(id="d", text="Talks on the border collapsed after the raid."))[0]
    >>> [sentence.words[i] for i in find_predicates(sentence)]
    ['Talks', 'collapsed', 'raid']
    """
    return [i for i in range(len(sentence)) if is_predicate(sentence, i)]


def is_predicate(sentence: Sentence, i: int) -> bool:
    """Does token ``i`` tell of something that may happen or hold?"""
    pos = sentence.pos[i]
    if pos == "VERB":
        return True
    if pos == "AUX":
        return sentence.deps[i] not in _AUXILIARY
    if sentence.deps[i] in _PREDICATIVE and sentence.lemmas[sentence.heads[i]] == "be" and pos in ("ADJ", "NOUN"):
        return True
    return pos in ("NOUN", "PROPN") and noun_lemma(sentence, i) in load_event_nouns()


def noun_lemma(sentence: Sentence, i: int) -> str:
    """The lemma of a noun, with what is joined to it by a hyphen where the table knows that: "shake-up"."""
    lemma = sentence.lemmas[i].lower()
    if i >= 2 and sentence.words[i - 1] == "-":
        joined = f"{sentence.words[i - 2].lower()}-{lemma}"
        if joined in load_event_nouns():
            return joined
    return lemma


@cache
def load_event_nouns() -> dict[str, str]:
    """The nouns that are predicates with their kind: deed, speech or state.

    >>> load_event_nouns()["raid"]
    'deed'
    """
    nouns = {}
    for row in read_table("event_nouns.csv", ("noun", "kind")):
        if row["kind"] not in KINDS:
            raise row.error(f"kind {row['kind']!r}", f"Use one of {', '.join(sorted(KINDS))}")
        if row["noun"] in nouns:
            raise row.error(f"{row['noun']!r} stands twice", "Keep one of the two rows")
        nouns[row["noun"]] = row["kind"]
    return nouns
