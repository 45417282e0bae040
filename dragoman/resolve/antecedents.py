"""A pronoun or description goes in, with what was named before; the likeliest actor it stands for comes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.records import Actor, Sentence
from dragoman.resolve.candidates import SUBJECTS, candidates_of
from dragoman.resolve.clause_subjects import clause_of, subject_of, verb_of_subject
from dragoman.resolve.gazetteer import organisation_of
from dragoman.resolve.reading import Candidate, Found, Reading
from dragoman.tables import state_names

_REACH = {"person": 4, "group": 2, "plural": 2}
_DEFINITE_REACH = 5
# What a candidate must be worth in the same sentence, and in those before.
_FLOOR, _FLOOR_BEFORE = 0.3, 1.0
_EMBEDDED = 0.3
# That one text has one "she": what an earlier "she" that nobody known stood for is worth.
_ONE_SHE = 2.5
# What a known gender is worth: people in the news of whom it isn't known are rather men.
_SURE_GENDER = {"m": 0.7, "f": 1.7}
_QUOTED, _SPEAKER = 1.2, 0.8
_VERBAL = frozenset({"VERB", "AUX"})


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


@dataclass(frozen=True, slots=True)
class _Setting:
    """The pronoun's clause: its verb, that of its subject, all verbs above, and who can't be meant in it."""

    clause: int
    acting: int
    above: frozenset[int]
    not_tokens: frozenset[int]
    not_actors: tuple[Actor, ...]


def antecedent(reading: Reading, sentence: Sentence, here: Sequence[Found], wanted: Wanted) -> Found | None:
    """The best-scored candidate that fits; None when that one is no actor, or nothing fits."""
    # "The bloc" is one of a few by its noun alone, however it was named.
    floor = _FLOOR if wanted.stands_for != "group" or not wanted.codes else -_DEFINITE_REACH
    best: tuple[float, Found | None] = (floor, None)
    setting = _setting(reading, sentence, here, wanted)
    ahead = _ahead(reading, sentence, here, wanted)
    if ahead is not None:
        return ahead if ahead.kind != "unknown" else None
    for back in range(_reach(wanted) + 1):
        index = sentence.index - back
        if index < 0:
            break
        other = reading.sentences[index]
        for candidate in _candidates(reading, other, here if back == 0 else None):
            if back == 0 and candidate.token >= wanted.token:
                continue
            if back > 1 and candidate.found is not None and candidate.found.members:
                continue
            if not _fits(other, candidate, wanted) or _is_other(candidate, setting, back):
                continue
            if back == 0:
                score = _score_here(sentence, candidate, wanted, setting)
            else:
                score = _score_before(sentence, other, candidate, wanted, back)
                score += _beside_quotation(reading, sentence, other, candidate, wanted)
                if floor == _FLOOR and score <= _FLOOR_BEFORE:
                    continue
            if score is not None and score > best[0]:
                best = (score, candidate.found)
    chosen = best[1]
    return chosen if chosen is not None and chosen.kind != "unknown" else None


def _reach(wanted: Wanted) -> int:
    """How many sentences back to look: "the bloc" says more than "it" and is looked for farther."""
    return _DEFINITE_REACH if wanted.form == "definite" and wanted.codes else _REACH.get(wanted.stands_for, 3)


def _candidates(reading: Reading, other: Sentence, here: Sequence[Found] | None) -> Sequence[Candidate]:
    if here is not None:
        if reading.latest is None or reading.latest[0] is not here:
            reading.latest = (here, list(candidates_of(other, here)))
        return reading.latest[1]
    if other.index not in reading.candidates:
        reading.candidates[other.index] = list(candidates_of(other, reading.found[other.index]))
    return reading.candidates[other.index]


def _setting(reading: Reading, sentence: Sentence, here: Sequence[Found], wanted: Wanted) -> _Setting:
    clause = clause_of(sentence, wanted.token)
    above = frozenset((clause, *sentence.ancestors(clause)))
    tokens = frozenset(_others(sentence, clause, wanted))
    actors = [f.actor for f in here if any(f.first <= i < f.stop for i in tokens)]
    if wanted.form != "definite":
        actors += reading.speakers_at(sentence.starts[wanted.token])
    return _Setting(clause, verb_of_subject(sentence, clause, wanted.token), above, tokens, tuple(actors))


def _others(sentence: Sentence, clause: int, wanted: Wanted) -> Iterator[int]:
    """Who can't be meant: in "she told her", who tells; in "the hostages whom they hold", the hostages."""
    if wanted.form == "object":
        doer = subject_of(sentence, clause)
        if doer is not None:
            yield doer
    if wanted.form == "subject" and sentence.deps[clause] == "relcl" and sentence.heads[wanted.token] == clause:
        yield sentence.heads[clause]


def _is_other(candidate: Candidate, setting: _Setting, back: int) -> bool:
    if back == 0 and candidate.token in setting.not_tokens:
        return True
    return candidate.found is not None and candidate.found.actor in setting.not_actors


def _ahead(reading: Reading, sentence: Sentence, here: Sequence[Found], wanted: Wanted) -> Found | None:
    """ "In his speech, Mensah warned": the subject that a fronted phrase waits for, when it fits and none precedes."""
    if wanted.form == "definite":
        return None
    below = wanted.token
    for verb in sentence.ancestors(wanted.token):
        if sentence.pos[verb] in _VERBAL and verb > wanted.token and sentence.deps[below] in _FRONTED:
            subject = sentence.child(verb, *SUBJECTS)
            if subject is not None and wanted.token < subject:
                break
        below = verb
    else:
        return None
    fitting = [c for c in _candidates(reading, sentence, here) if _fits(sentence, c, wanted)]
    own = clause_of(sentence, wanted.token)
    before = [c for c in fitting if c.token < wanted.token and c.found is not None]
    # "On greeting Odo at his farm, Ruiz …"
    if any(c.dep in SUBJECTS or own > subject or clause_of(sentence, c.token) != own for c in before):
        return None
    return next((c.found for c in fitting if c.token == subject and c.found is not None), None)


_FRONTED = frozenset({"prep", "advcl", "npadvmod", "pcomp", "pobj"})


def _score_before(sentence: Sentence, other: Sentence, candidate: Candidate, wanted: Wanted, back: int) -> float:
    """For a candidate in an earlier sentence: the nearer, and the less embedded, the likelier."""
    depth = sum(other.pos[a] in _VERBAL for a in other.ancestors(candidate.token))
    step, break_ = (1.0, 0.4) if wanted.stands_for == "person" or wanted.form == "definite" else (1.8, 1.0)
    score = candidate.base - _EMBEDDED * max(0, depth - 1) - step * back
    score += _known_gender(candidate, wanted) - _one_of_several(other, candidate, wanted)
    return score - (break_ if sentence.paragraph != other.paragraph else 0.0)


def _beside_quotation(
    reading: Reading, sentence: Sentence, other: Sentence, candidate: Candidate, wanted: Wanted
) -> float:
    """Behind a quotation the narrator rather takes up its speaker, however long it was, than whom he spoke of."""
    at, now = other.starts[candidate.token], sentence.starts[wanted.token]
    if wanted.stands_for != "person" or any(start <= now < end for start, end, _ in reading.quotes):
        return 0.0
    if any(start <= at < end for start, end, _ in reading.quotes):
        return -_QUOTED
    before = reading.sentences[sentence.index - 1].starts[0]
    token = (other.index, candidate.token)
    speaks_on = any(start <= before < end and speaker == token for start, end, speaker in reading.quotes)
    return _SPEAKER * (sentence.index - other.index) if speaks_on else 0.0


def _score_here(sentence: Sentence, candidate: Candidate, wanted: Wanted, setting: _Setting) -> float | None:
    """For a candidate in the same sentence: what grammar rules out or favours."""
    depth = sum(sentence.pos[a] in _VERBAL and a not in setting.above for a in sentence.ancestors(candidate.token))
    score = candidate.base - _EMBEDDED * depth + _known_gender(candidate, wanted)
    score -= _one_of_several(sentence, candidate, wanted)
    clause, mine = clause_of(sentence, candidate.token), setting.clause
    is_subject = candidate.dep in SUBJECTS
    if clause == mine and wanted.form in {"object", "subject"} and (is_subject or candidate.dep == "dobj"):
        return None
    if wanted.form == "object":
        if clause == setting.acting and is_subject:
            return None
        if candidate.dep == "dobj":
            score += 2.0 if clause == setting.acting else 1.0
    if is_subject and sentence.deps[mine] == "ccomp" and sentence.heads[mine] == clause:
        score += 1.2
    if candidate.dep == "poss" and sentence.deps[mine] == "acl":
        score += 3.0 if sentence.heads[mine] == sentence.heads[candidate.token] else 0.0
    if wanted.form in {"possessive", "reflexive"}:
        if candidate.token in _conjunct_heads(sentence, sentence.heads[wanted.token]):
            score += 4.0
        if candidate.token == subject_of(sentence, mine):
            score += 2.0 if is_subject else 3.3
    if wanted.form == "subject" and is_subject:
        score += 0.7
    return score


def _known_gender(candidate: Candidate, wanted: Wanted) -> float:
    """ "She" is rather a woman by her name, or whom "she" meant before, than a soldier of whom nothing is known."""
    if not wanted.gender:
        return 0.0
    if candidate.found is None:
        return _ONE_SHE
    return _SURE_GENDER[wanted.gender] if candidate.found.gender == wanted.gender else 0.0


def _one_of_several(sentence: Sentence, candidate: Candidate, wanted: Wanted) -> float:
    """ "It" hardly takes up one of "Chad and Niger"."""
    if wanted.stands_for != "group" or wanted.form == "definite":
        return 0.0
    return 1.5 if len(sentence.conjuncts(candidate.token)) > 1 or sentence.deps[candidate.token] == "conj" else 0.0


def meant_by(chosen: Found, wanted: Wanted) -> Actor:
    """The actor of a candidate: for "the group" after "Hamas fighters", Hamas; of the EU's envoy, the EU."""
    if wanted.sort == "group" and chosen.whose is not None:
        return chosen.whose
    if wanted.sort == "group" and chosen.person and (chosen.actor.code or "-") in wanted.codes:
        return organisation_of(chosen.actor.code or "") or chosen.actor
    return chosen.actor


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
    code = meant_by(found, wanted).code or ""
    if wanted.codes and code[:3] not in wanted.codes and (code[3:] or "-") not in wanted.codes:
        return False
    if wanted.stands_for == "person":
        if not found.person or found.plural:
            return False
        return not (wanted.gender and found.gender and wanted.gender != found.gender)
    if wanted.stands_for == "state":
        return code in state_names() and not found.person and found.kind in {"name", "group", "description", "pronoun"}
    if wanted.stands_for == "group":
        if found.whose is not None and wanted.sort == "group":
            return True
        if found.person and wanted.form == "definite" and (found.actor.code or "-") in wanted.codes:
            return organisation_of(found.actor.code or "") is not None
        if found.person or candidate.plural:
            return False
        named = found.kind in {"name", "pronoun", "description"}
        body = len(code) != 3 or (bool(wanted.codes) and code not in state_names())
        return wanted.form != "definite" or (body and named)
    return candidate.plural and wanted.form != "definite"


def _noun_fits(other: Sentence, candidate: Candidate, wanted: Wanted) -> bool:
    """Whether a noun that is no actor competes: "the attack" for "it", never for "he"."""
    word = other.words[candidate.token].lower()
    if other.pos[candidate.token] == "PRON" and not candidate.plural:
        return word in _SAME.get(wanted.gender or wanted.stands_for, ())
    if any(e.first <= candidate.token < e.stop and e.label in _TIMES for e in other.entities):
        return False
    if wanted.stands_for == "plural":
        return candidate.plural
    if wanted.stands_for == "person":
        return other.pos[candidate.token] == "PROPN" and candidate.dep in SUBJECTS and not candidate.plural
    return wanted.stands_for == "group" and not candidate.plural and other.pos[candidate.token] == "NOUN"


_TIMES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"})
_SAME = {"m": ("he", "him", "his"), "f": ("she", "her"), "group": ("it", "its")}
