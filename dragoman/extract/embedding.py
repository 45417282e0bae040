"""A token goes in, the entry that governs it comes out: which word embeds it, and with what reach."""

from __future__ import annotations

from typing import NamedTuple

from dragoman.extract.signatures import Book, Entry
from dragoman.records import Sentence

_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}
_FINITE = frozenset(("aux", "auxpass", "mark"))
_WHETHER = frozenset(("whether", "if"))
# A predicative word or the object of a light verb may carry the entry: "is likely to", "made a vow to".
_CARRIERS = frozenset(("acomp", "attr", "oprd", "dobj", "prt", "advmod"))
_JOINED = frozenset((("so", "that"), ("in", "case"), ("rather", "than"), ("such", "that")))
_COMPLEMENTS = frozenset(("to", "that", "whether", "ing"))


class Governor(NamedTuple):
    """The token that embeds another one, and the entry by which it does."""

    token: int
    entry: Entry


def complement_form(sentence: Sentence, i: int) -> str:
    """How the clause of predicate ``i`` is built.

    ``to`` and ``ing``; ``whether``; ``wh`` ("where it went"); ``subjunctive`` ("that he leave"); or ``that``,
    which is any other finite clause, a bare quotation too.
    """
    tags, deps = sentence.tags, sentence.deps
    kids = sentence.children[i]
    auxiliaries = [c for c in kids if deps[c] in ("aux", "auxpass")]
    for c in kids:
        if deps[c] == "mark" and sentence.words[c].lower() in _WHETHER:
            return "whether"
    if any(tags[c] == "TO" for c in auxiliaries):
        return "to"
    if any(tags[c] == "VBG" for c in auxiliaries) and not any(tags[c] in ("VBD", "VBZ", "VBP") for c in auxiliaries):
        return "ing"
    if tags[i] == "VBG" and not auxiliaries:
        return "ing"
    if tags[i] in ("VB", "VBN") and not any(deps[c] in _FINITE for c in kids):
        return "to"
    if tags[i] == "VB" and not any(deps[c] == "aux" for c in kids):
        return "subjunctive"
    if tags[i] == "VBN" and any(tags[c] == "VB" for c in auxiliaries) and not any(tags[c] == "MD" for c in auxiliaries):
        return "subjunctive"
    if any(tags[c] in ("WP", "WRB", "WDT") and c < i and sentence.words[c].lower() != "that" for c in kids):
        return "wh"
    return "that"


def find_governor(sentence: Sentence, book: Book, head: int, reach: str) -> Governor | None:
    """The entry by which ``head``, or a word that it carries, embeds something with ``reach``.

    The particle counts ("rule out"), and so do what a copula predicates ("is likely to") and the object
    of a light verb ("has no plan to").
    """
    pos = _POS.get(sentence.pos[head])
    if pos is None:
        return None
    lemma = sentence.lemmas[head].lower()
    words = book.entries[pos]
    if pos == "verb":
        for c in sentence.children[head]:
            if sentence.deps[c] in _CARRIERS or sentence.tags[c] == "RP":
                carried = sentence.lemmas[c].lower()
                joined = words.get(f"{lemma} {carried}")
                if joined is not None and reach in joined:
                    return Governor(c, joined[reach])
                if (reach in _COMPLEMENTS or lemma == "be") and sentence.deps[c] not in ("advmod", "prt"):
                    found = book.find(_POS.get(sentence.pos[c], "adjective"), carried, reach)
                    if found is not None:
                        return Governor(c, found)
    entry = words.get(lemma, {}).get(reach)
    if pos == "noun" and sentence.deps[head] == "pobj":
        preposition = sentence.words[sentence.heads[head]].lower()
        entry = words.get(f"{preposition} {lemma}", {}).get(reach, entry)
    if entry is None and pos == "adjective":
        entry = book.find("verb", lemma, reach)
    if entry is None and pos == "verb" and lemma == "be":
        return _governing_subject(sentence, book, head, reach)
    return Governor(head, entry) if entry is not None else None


def marker_of(sentence: Sentence, i: int) -> tuple[int | None, str]:
    """The word that introduces the adverbial clause of predicate ``i``, with its token: "if", "so that", "in case"."""
    words = sentence.words
    for c in sentence.children[i]:
        if sentence.deps[c] == "mark" or sentence.tags[c] == "WRB":
            word = words[c].lower()
            before = words[c - 1].lower() if c else ""
            after = words[c + 1].lower() if c + 1 < len(words) else ""
            if (before, word) in _JOINED:
                return c, f"{before} {word}"
            if (word, after) in _JOINED:
                return c, f"{word} {after}"
            return c, "as long as" if word == "as" and before == "long" else word
    return None, ""


def _governing_subject(sentence: Sentence, book: Book, head: int, reach: str) -> Governor | None:
    """The subject of a copula as governor: "the plan is to leave"."""
    for c in sentence.with_dep(head, "nsubj"):
        entry = book.find("noun", sentence.lemmas[c].lower(), reach)
        if entry is not None and _POS.get(sentence.pos[c]) == "noun":
            return Governor(c, entry)
    return None
