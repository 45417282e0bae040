"""A sentence with its actors goes in; the noun phrases that a later pronoun or description can stand for come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.records import Sentence
from dragoman.resolve.reading import Candidate, Found, together

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_PERSONAL = frozenset({"PRP", "PRP$"})
# "Everyone … they": nobody in particular, who keeps "they" from being somebody else.
_ANYBODY = frozenset({"everyone", "everybody", "anyone", "anybody", "someone", "somebody", "nobody", "those"})
_PLURAL_PRONOUNS = _ANYBODY | {"they", "them", "their"}
_ROLE_SCORE = {
    "topic": 3.2,
    "nsubj": 3.0,
    "nsubjpass": 2.6,
    "dobj": 1.2,
    "dative": 1.2,
    "poss": 1.2,
    "pobj": 0.6,
    "attr": 0.2,
    "appos": 0.6,
}


def candidates_of(sentence: Sentence, found: Sequence[Found]) -> Iterator[Candidate]:
    """The noun phrases of a sentence, with how likely each is taken up again by its place and role."""
    by_head = {each.head: each for each in found}
    covered = {i for each in found for i in range(each.first, each.stop)}
    for i, pos in enumerate(sentence.pos):
        each = by_head.get(i)
        if each is None:
            if pos not in _NOMINAL or i in covered or sentence.deps[i] in {"compound", "nmod", "amod", "npadvmod"}:
                continue
            if pos == "PRON" and not _takes_up(sentence, i):
                continue
        plural = each.plural if each else _is_plural(sentence, i)
        dep = role_of(sentence, i, appositive=each is not None and each.person)
        dep = "topic" if dep == "pobj" and _is_topic(sentence, i) else dep
        base = _ROLE_SCORE.get(dep, 0.0) + 0.6 * i / len(sentence) + (0.8 if each is not None else 0.0)
        yield Candidate(i, each, dep, plural, base)
        if dep in SUBJECTS and (joint := _joint(sentence, i, by_head)) is not None:
            yield Candidate(i, joint[0], dep, True, base + 0.4)


def _is_topic(sentence: Sentence, i: int) -> bool:
    """ "As for Lima, …": what the sentence is about."""
    governor = sentence.heads[i]
    return governor > 0 and [w.lower() for w in sentence.words[governor - 1 : governor + 1]] in (
        ["as", "for"],
        ["as", "to"],
    )


def _takes_up(sentence: Sentence, i: int) -> bool:
    """Whether a pronoun that stands for no known actor still keeps others away: "she", "everyone"."""
    return sentence.tags[i] in _PERSONAL or sentence.words[i].lower() in _ANYBODY


def _is_plural(sentence: Sentence, i: int) -> bool:
    return sentence.tags[i] in {"NNS", "NNPS"} or sentence.words[i].lower() in _PLURAL_PRONOUNS


def _joint(sentence: Sentence, i: int, by_head: dict[int, Found]) -> tuple[Found | None] | None:
    """ "Kenya and Uganda": together they are one actor if their codes are the same, else several."""
    if sentence.deps[i] == "conj" or are_alternatives(sentence, i):
        return None
    members = [by_head.get(c) for c in sentence.conjuncts(i)]
    known = [each for each in members if each is not None and each.actor.code]
    if len(members) < 2 or any(each.plural for each in known):
        return None
    if len(known) < len(members):
        return (None,)
    if len({each.actor.code for each in known}) == 1:
        return (known[0],)
    return (together([each.actor for each in known], known[0].first, known[-1].stop, i, "named side by side"),)


def are_alternatives(sentence: Sentence, i: int) -> bool:
    """ "Kenya or Uganda", "neither Kenya nor Uganda": one of them."""
    either = (sentence.words[c].lower() for t in sentence.conjuncts(i) for c in sentence.with_dep(t, "cc"))
    return any(word in {"or", "nor"} for word in either)


def role_of(sentence: Sentence, i: int, *, appositive: bool) -> str:
    """The dependency of a token, through coordination and, for people, apposition ("Lagos, Nigeria" is none)."""
    through = {"conj", "appos"} if appositive else {"conj"}
    while sentence.deps[i] in through and sentence.heads[i] != i:
        i = sentence.heads[i]
    return sentence.deps[i]
