"""A pronoun or description goes in, with what was named before; the likeliest actor it stands for comes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.records import Sentence
from dragoman.resolve.reading import Candidate, Found, Reading

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_ROLE_SCORE = {
    "nsubj": 3.0,
    "nsubjpass": 2.6,
    "dobj": 1.2,
    "dative": 1.2,
    "poss": 1.2,
    "pobj": 0.6,
    "attr": 0.2,
    "appos": 0.6,
}
_REACH = {"person": 4, "group": 2, "plural": 2}
_FLOOR = 0.5
_EMBEDDED = 0.3


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: the place, and person, group, state or plural; ``noun`` for descriptions."""

    sentence: int
    token: int
    stands_for: str
    gender: str
    form: str
    codes: tuple[str, ...] = ()
    sort: str = ""
    noun: str = ""


def antecedent(reading: Reading, sentence: Sentence, here: Sequence[Found], wanted: Wanted) -> Found | None:
    """The best-scored candidate that fits; None when that one is no actor, or nothing fits."""
    best: tuple[float, Found | None] = (_FLOOR, None)
    reach = _REACH.get(wanted.stands_for, 3)
    for back in range(reach + 1):
        index = sentence.index - back
        if index < 0:
            break
        other = reading.sentences[index]
        found = here if back == 0 else reading.found[index]
        if back == 0:
            candidates = list(candidates_of(other, found))
        elif index in reading.candidates:
            candidates = reading.candidates[index]
        else:
            candidates = reading.candidates[index] = list(candidates_of(other, found))
        for candidate in candidates:
            if back == 0 and candidate.token >= wanted.token:
                continue
            score = _score(sentence, other, candidate, wanted)
            if score is not None and score > best[0]:
                best = (score, candidate.found)
    chosen = best[1]
    return chosen if chosen is not None and chosen.kind != "unknown" else None


def candidates_of(sentence: Sentence, found: Sequence[Found]) -> Iterator[Candidate]:
    """The noun phrases of a sentence that something later can stand for."""
    by_head = {each.head: each for each in found}
    covered = {i: each for each in found for i in range(each.first, each.stop)}
    for i, pos in enumerate(sentence.pos):
        if pos not in _NOMINAL and i not in by_head:
            continue
        each = by_head.get(i)
        if each is None and (i in covered or sentence.deps[i] in {"compound", "nmod", "amod", "npadvmod"}):
            continue
        if each is None and pos == "PRON":
            continue
        plural = each.plural if each else sentence.tags[i] in {"NNS", "NNPS"}
        yield Candidate(i, each, role_of(sentence, i, appositive=each is not None and each.person), plural)


def role_of(sentence: Sentence, i: int, *, appositive: bool) -> str:
    """The dependency of a token, through coordination and, for people, apposition ("Lagos, Nigeria" is none)."""
    through = {"conj", "appos"} if appositive else {"conj"}
    while sentence.deps[i] in through and sentence.heads[i] != i:
        i = sentence.heads[i]
    return sentence.deps[i]


def clause_of(sentence: Sentence, i: int) -> int:
    """The nearest verb above a token (the token itself, if nothing is)."""
    if sentence.pos[i] in {"VERB", "AUX"}:
        return i
    return next((a for a in sentence.ancestors(i) if sentence.pos[a] in {"VERB", "AUX"}), i)


def _score(sentence: Sentence, other: Sentence, candidate: Candidate, wanted: Wanted) -> float | None:
    if not _fits(other, candidate, wanted):
        return None
    back = sentence.index - other.index
    depth = sum(other.pos[a] in {"VERB", "AUX"} for a in other.ancestors(candidate.token))
    score = _ROLE_SCORE.get(candidate.dep, 0.0)
    score += 0.6 * candidate.token / max(1, len(other))
    score += 0.8 if candidate.found is not None else 0.0
    score -= _EMBEDDED * max(0, depth - 1)
    if back:
        step, break_ = (0.8, 0.4) if wanted.stands_for == "person" else (1.8, 1.0)
        score -= step * back + (break_ if sentence.paragraph != other.paragraph else 0.0)
        return score
    clause, mine = clause_of(sentence, candidate.token), clause_of(sentence, wanted.token)
    same_clause = clause == mine
    if same_clause and wanted.form in {"object", "subject"} and candidate.dep in _SUBJECTS | {"dobj"}:
        return None
    if wanted.form == "object" and clause == _clause_of_subject(sentence, mine, wanted.token):
        if candidate.dep in _SUBJECTS:
            return None
        score += 2.0 if candidate.dep == "dobj" else 0.0
    if candidate.dep in _SUBJECTS and sentence.deps[mine] == "ccomp" and sentence.heads[mine] == clause:
        score += 1.2
    if (
        candidate.dep == "poss"
        and sentence.deps[mine] == "acl"
        and sentence.heads[mine] == sentence.heads[candidate.token]
    ):
        score += 3.0
    if wanted.form == "possessive" and candidate.token in _conjunct_heads(sentence, sentence.heads[wanted.token]):
        score += 4.0
    if wanted.form in {"possessive", "reflexive"} and same_clause and candidate.dep in _SUBJECTS:
        score += 1.5
    if wanted.form == "subject" and candidate.dep in _SUBJECTS:
        score += 0.7
    return score


def _clause_of_subject(sentence: Sentence, verb: int, token: int) -> int:
    """The verb whose subject is understood with ``verb``: "called" in "she called to ask him"."""
    if sentence.heads[token] == verb and sentence.deps[token] in _SUBJECTS:
        verb = clause_of(sentence, sentence.heads[verb])
    while sentence.child(verb, *_SUBJECTS) is None and sentence.deps[verb] in {"xcomp", "advcl", "conj", "ccomp"}:
        verb = clause_of(sentence, sentence.heads[verb])
    return verb


def _conjunct_heads(sentence: Sentence, i: int) -> list[int]:
    """What a token is coordinated to: for "the premier and his allies", the premier."""
    found = []
    while sentence.deps[i] == "conj":
        i = sentence.heads[i]
        found.append(i)
    return found


def _fits(other: Sentence, candidate: Candidate, wanted: Wanted) -> bool:
    found = candidate.found
    if found is None:
        return wanted.form != "definite" and _noun_fits(other, candidate, wanted)
    code = found.actor.code or ""
    if wanted.codes and code[:3] not in wanted.codes and (code[3:] or "-") not in wanted.codes:
        return False
    if wanted.stands_for == "person":
        if not found.person or found.plural:
            return False
        return not (wanted.gender and found.gender and wanted.gender != found.gender)
    if wanted.stands_for == "state":
        return len(code) == 3 and not found.person and found.kind in {"name", "group", "description", "pronoun"}
    if wanted.stands_for == "group":
        if found.person or found.plural:
            return False
        return wanted.form != "definite" or (len(code) != 3 and found.kind in {"name", "pronoun", "description"})
    return found.plural and wanted.form != "definite"


def _noun_fits(other: Sentence, candidate: Candidate, wanted: Wanted) -> bool:
    """Whether a noun that is no actor competes: "the attack" for "it", never for "he"."""
    if any(e.first <= candidate.token < e.stop and e.label in _TIMES for e in other.entities):
        return False
    if wanted.stands_for == "plural":
        return candidate.plural and other.pos[candidate.token] == "NOUN"
    if wanted.stands_for == "person":
        return other.pos[candidate.token] == "PROPN" and candidate.dep in _SUBJECTS and not candidate.plural
    return wanted.stands_for == "group" and not candidate.plural and other.pos[candidate.token] == "NOUN"


_TIMES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"})
