"""A sentence with a marked actor and recipient goes in, the features the judge looks at come out.

Words and word pairs with the two actors masked, the path of words between them, the verbs that
govern them with tense, modality and negation, and the types for which the codebook knows a word at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from dragoman.coding.codebook import Codebook
from dragoman.records import Mention, Sentence

_SKIP = frozenset(("det", "punct", "case", "cc"))
# How far up a type is looked for, and how much a word that is of one type only weighs.
_HIGH = 4
_KIND = 2.0
_SIGNS = ("aux", "auxpass", "neg", "prt", "agent", "mark")


def features(
    sentence: Sentence, actor: Mention | None, recipient: Mention | None, codebook: Codebook
) -> dict[str, float]:
    """The features that are on, in a fixed order, each with its value.

    >>> from dragoman.parse import Parser
    >>> from dragoman.records import Document
    >>> from dragoman.coding.codebook import load_codebook
    >>> from dragoman.coding.relate import given_mention
    >>> parsed = Parser().parse(Document(id="d", text="Ankara expelled ten Dutch diplomats."))[0]
    >>> pair = given_mention(parsed, (0, 6), "a"), given_mention(parsed, (16, 35), "r")
    >>> found = features(parsed, *pair, load_codebook())
    >>> "governs actor=expel" in found, "path=expel" in found, "kind above actor=SANCTION" in found
    (True, True, True)
    """
    masked = _masked(sentence, actor, recipient)
    found: dict[str, float] = {}
    for word in masked:
        found[f"word={word}"] = 1.0
    for pair in pairwise(masked):
        found[f"pair={'_'.join(pair)}"] = 1.0
    for name in _structure(sentence, actor, recipient):
        found[name] = 1.0
    for name, value in _kinds(sentence, actor, recipient, codebook):
        found[name] = max(value, found.get(name, 0.0))
    return found


def _kinds(
    sentence: Sentence, actor: Mention | None, recipient: Mention | None, codebook: Codebook
) -> Iterator[tuple[str, float]]:
    """The types whose patterns a word may trigger, anywhere and above the two; a word of many types says little."""
    for i in range(len(sentence)):
        for event_type, value in _types(sentence, i, codebook):
            yield f"kind={event_type}", value
    for role, mention in (("actor", actor), ("recipient", recipient)):
        if mention is not None:
            for i in _above(sentence, mention)[:_HIGH]:
                for event_type, value in _types(sentence, i, codebook):
                    yield f"kind above {role}={event_type}", value


def _types(sentence: Sentence, i: int, codebook: Codebook) -> list[tuple[str, float]]:
    if sentence.pos[i] not in ("VERB", "NOUN", "ADJ", "AUX"):
        return []
    types = codebook.types_of(sentence.lemmas[i])
    return [(event_type, _KIND / len(types)) for event_type in types]


def _masked(sentence: Sentence, actor: Mention | None, recipient: Mention | None) -> list[str]:
    """The lemmas in order, with the two actors as one word each, names and numbers as such."""
    words: list[str] = []
    for i, lemma in enumerate(sentence.lemmas):
        mark = _mark(i, actor, recipient)
        if mark is None:
            if sentence.deps[i] in ("det", "punct") or not lemma.strip():
                continue
            mark = "NAME" if sentence.pos[i] == "PROPN" else "NUMBER" if sentence.tags[i] == "CD" else lemma
        if not words or words[-1] != mark or mark not in ("ACTOR", "RECIPIENT", "NAME"):
            words.append(mark)
    return words


def _mark(i: int, actor: Mention | None, recipient: Mention | None) -> str | None:
    if actor is not None and actor.first <= i < actor.stop:
        return "ACTOR"
    if recipient is not None and recipient.first <= i < recipient.stop:
        return "RECIPIENT"
    return None


def _structure(sentence: Sentence, actor: Mention | None, recipient: Mention | None) -> Iterator[str]:
    for role, mention in (("actor", actor), ("recipient", recipient)):
        if mention is None:
            continue
        above = _above(sentence, mention)
        yield f"{role} is {sentence.deps[mention.head]}"
        for depth, i in enumerate(above[:3]):
            yield f"above {role}={sentence.lemmas[i]}"
            if depth == 0:
                yield f"{sentence.deps[mention.head]} {role}={sentence.lemmas[i]}"
        verb = next((i for i in above if sentence.pos[i] in ("VERB", "AUX")), None)
        if verb is not None:
            yield f"governs {role}={sentence.lemmas[verb]}"
            for child in sentence.children[verb]:
                if sentence.deps[child] in _SIGNS:
                    yield f"sign {role}={sentence.words[child].lower()}"
                elif sentence.deps[child] in ("dobj", "xcomp", "ccomp", "prep", "acomp", "attr"):
                    yield f"frame {role}={sentence.lemmas[verb]}_{sentence.lemmas[child]}"
    if actor is not None and recipient is not None:
        path = _path(sentence, actor.head, recipient.head)
        inside = [i for i in path if _mark(i, actor, recipient) is None and sentence.deps[i] not in _SKIP]
        for i in inside:
            yield f"path={sentence.lemmas[i]}"
        yield "first" if actor.first < recipient.first else "second"


def _above(sentence: Sentence, mention: Mention) -> list[int]:
    """The words above the mention, the nearest first."""
    return [i for i in sentence.ancestors(mention.head) if not mention.first <= i < mention.stop]


def _path(sentence: Sentence, a: int, b: int) -> list[int]:
    """The tokens from ``a`` up to the common ancestor and down to ``b``, both ends included."""
    up = [a, *sentence.ancestors(a)]
    down = [b, *sentence.ancestors(b)]
    common = next((i for i in up if i in down), None)
    if common is None:
        return []
    return [*up[: up.index(common) + 1], *reversed(down[: down.index(common)])]
