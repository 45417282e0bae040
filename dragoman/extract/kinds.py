"""A noun goes in, the kind of source that it can stand for comes out: person, institution, document, publisher …"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dragoman.records import Sentence, SourceKind
from dragoman.tables import read_table

COLUMNS = ("word", "kinds")
# Besides the kinds of a source: ``data`` can show but not hold an opinion, a ``thing`` can't speak.
KINDS = ("person", "institution", "document", "publisher", "anonymous", "unspecified", "data", "thing")
# What ends so is taken for a person unless ``codebooks/sources.csv`` calls it a thing.
_HUMAN_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "crat", "person")
_UNNAMED = frozenset((
    "anonymous", "unnamed", "unidentified", "undisclosed", "several", "some", "many", "numerous", "other",
    "various",
))  # fmt: skip
WORLD_LABELS = frozenset(("GPE", "NORP", "ORG", "LOC", "FAC"))


@cache
def load_source_words() -> Mapping[str, tuple[str, ...]]:
    """The kinds of source a noun can stand for, from ``codebooks/sources.csv``.

    >>> load_source_words()["communique"]
    ('document',)
    """
    found: dict[str, tuple[str, ...]] = {}
    for row in read_table("sources.csv", COLUMNS):
        kinds = row.alternatives("kinds")
        if not kinds or set(kinds) - set(KINDS):
            raise row.error(f"unknown kind {row['kinds']!r}", f"Use one of {', '.join(KINDS)}")
        if row["word"] in found:
            raise row.error(f"{row['word']!r} stands there twice", "Join the rows with |")
        found[row["word"]] = kinds
    return found


def kind_of(sentence: Sentence, head: int) -> tuple[SourceKind | None, bool]:
    """What kind of source the noun names, and whether that is known (and not just supposed)."""
    word, lemma = sentence.words[head].lower(), sentence.lemmas[head]
    kinds = load_source_words().get(word) or load_source_words().get(lemma) or ()
    if sentence.pos[head] == "PRON" or sentence.tags[head] in ("PRP", "WP", "WDT", "DT", "EX"):
        return _kind_of_pronoun(word, sentence.tags[head], kinds)
    if sentence.pos[head] == "NUM" or word in ("%", "percent"):
        return "unspecified", True
    label = label_of(sentence, head)
    if sentence.words[head][0].isupper() and sentence.tags[head] in ("NNP", "NNPS"):
        return _kind_of_name(label, kinds, is_acronym=len(word) > 1 and sentence.words[head].isupper())
    if not kinds:
        if lemma.endswith(_HUMAN_ENDINGS) and len(lemma) > 4:
            return ("anonymous" if sentence.tags[head] == "NNS" else "person"), True
        return ("institution", True) if label in WORLD_LABELS else (None, False)
    is_plural = "person" in kinds and sentence.tags[head] == "NNS"
    if ("anonymous" in kinds or is_plural) and not _has_name(sentence, head) and _is_unnamed(sentence, head):
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


def _kind_of_name(label: str | None, kinds: tuple[str, ...], *, is_acronym: bool) -> tuple[SourceKind, bool]:
    if "publisher" in kinds and label != "PERSON":
        return "publisher", True
    if label == "PERSON":
        return "person", True
    if label in WORLD_LABELS:
        return "institution", True
    for kind in ("institution", "document", "person", "publisher"):
        if kind in kinds:
            return kind, True
    return ("institution" if is_acronym else "person"), True


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


def is_plausible_speaker(sentence: Sentence, token: int) -> bool:
    """Is the noun a person, a body or a name, and so one that can be spoken to?"""
    return kind_of(sentence, token)[1] or sentence.pos[token] in ("PRON", "PROPN")


def is_document(sentence: Sentence, noun: int) -> bool:
    """Does the noun stand for something written or recorded: statement, letter, interview?"""
    return "document" in load_source_words().get(sentence.lemmas[noun], ())


def is_mere_data(sentence: Sentence, head: int) -> bool:
    """Is the noun one that can show something but not praise or oppose it: figures, results?"""
    return load_source_words().get(sentence.lemmas[head]) == ("data",)


def is_outlet_word(word: str) -> bool:
    """Does the noun stand for a news outlet: newspaper, broadcaster?"""
    return "publisher" in load_source_words().get(word, ())


def label_of(sentence: Sentence, token: int) -> str | None:
    for entity in sentence.entities:
        if entity.first <= token < entity.stop:
            return entity.label
    return None
