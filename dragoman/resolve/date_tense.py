"""A date in a sentence goes in, the tense of the predicate that governs it comes out: past, future … or None."""

from __future__ import annotations

from typing import Literal

from dragoman.records import Sentence
from dragoman.resolve.date_words import cue_words

Tense = Literal["past", "since", "future", "present"] | None

_BACK, _AHEAD = frozenset(["since"]), frozenset(["for"])


def tense_at(sentence: Sentence, first: int, stop: int) -> Tense:
    """The tense of the predicate over tokens ``first`` up to ``stop``.

    A plan told in the past looks ahead ("was postponed until Monday"), and so does a date
    governed by "for" ("called an election for Sunday").
    """
    at = head_of(sentence, first, stop)
    if sentence.deps[at] in ("poss", "compound", "nmod", "amod", "nummod"):
        return _tense_of_owner(sentence, at)
    verb, noun = at, None
    while sentence.pos[verb] not in ("VERB", "AUX"):
        word = sentence.words[verb].lower()
        if word in _BACK and sentence.pos[verb] in ("ADP", "SCONJ"):
            return "since"
        if word in cue_words("ahead") or (word in _AHEAD and sentence.heads[at] == verb and _is_set_up(sentence, verb)):
            return "future"
        if noun is None and verb != at and sentence.pos[verb] == "NOUN":
            noun = verb
        if sentence.heads[verb] == verb:
            return None
        verb = sentence.heads[verb]
    tense = tense_of(sentence, verb)
    if tense == "present" and noun is not None:
        # "the purge follows a speech on Monday": what a present tense speaks of has been, unless it is an appointment.
        return "future" if sentence.lemmas[noun].lower() in cue_words("appointment") else "past"
    # "On Friday the cabinet planned to sit" tells when it planned, "planned to sit on Friday" when it sits.
    if tense == "future" and at < verb and sentence.tags[verb] == "VBD":
        return "past"
    return tense


def _tense_of_owner(sentence: Sentence, at: int) -> Tense:
    """What "Friday's ruling" names is known, so past, unless it is an appointment: "before Sunday's election"."""
    owned = sentence.heads[at]
    if sentence.lemmas[owned].lower() not in cue_words("appointment"):
        return "past"
    above = sentence.heads[owned]
    if sentence.words[above].lower() == "of":
        above = sentence.heads[above]
    if sentence.words[above].lower() in ("before", "ahead", "for"):
        return "future"
    verb = next((up for up in sentence.ancestors(owned) if sentence.pos[up] in ("VERB", "AUX")), None)
    return tense_of(sentence, verb) if verb is not None else None


def head_of(sentence: Sentence, first: int, stop: int) -> int:
    """The token by which a stretch hangs on the rest of its sentence."""
    for at in range(first, stop):
        if not first <= sentence.heads[at] < stop or sentence.heads[at] == at:
            return at
    return first


def tense_of(sentence: Sentence, verb: int, depth: int = 0) -> Tense:
    """The tense of a verb with its auxiliaries."""
    helpers = sentence.with_dep(verb, "aux", "auxpass")
    words = {sentence.words[child].lower() for child in helpers}
    tag, lemma = sentence.tags[verb], sentence.lemmas[verb].lower()
    perfect = bool(words & {"have", "has", "had", "having", "'ve", "’ve"})
    if words & cue_words("modal") or tag == "MD":
        past = perfect and not words & {"will", "'ll"}
        past = past or ("could" in words and any(sentence.with_dep(verb, "neg", "preconj")))
        return "past" if past else "future"
    if "to" in words or (tag == "VB" and not helpers):
        return _tense_of_infinitive(sentence, verb, perfect, depth)
    if perfect and (lemma not in cue_words("looks ahead") or "had" in words):
        return "past"
    if lemma in cue_words("looks ahead") and tag in ("VBN", "VBD"):
        return "future"
    if words & {"was", "were", "did", "been", "got"} or tag == "VBD":
        return "past"
    if tag == "VBN" and not helpers and sentence.deps[verb] in ("ccomp", "xcomp", "oprd", "conj") and depth < 5:
        # "will leave the canal closed until May", "will be tried and jailed in May"
        return tense_of(sentence, sentence.heads[verb], depth + 1)
    if tag == "VBN":
        return "present" if words & {"is", "are", "am", "'s", "'re", "being", "be", "get"} else "past"
    if tag == "VBG":
        return _tense_of_ing(sentence, verb, words, depth)
    return "past" if lemma in cue_words("reporting") else "present"


def _tense_of_infinitive(sentence: Sentence, verb: int, perfect: bool, depth: int) -> Tense:
    if perfect:
        return "past"
    above = sentence.heads[verb]
    if above == verb or depth > 4 or sentence.words[above].lower() == "going":
        return "future"
    if sentence.pos[above] in ("NOUN", "PROPN") and sentence.deps[verb] == "relcl":
        # "the last guests to arrive on Friday" arrived if the rest of the sentence is past.
        above = next((up for up in sentence.ancestors(above) if sentence.pos[up] in ("VERB", "AUX")), above)
        return tense_of(sentence, above, depth + 1)
    if sentence.lemmas[above].lower() in cue_words("carried out") or sentence.deps[verb] == "advcl":
        return tense_of(sentence, above, depth + 1)
    if any(sentence.words[up].lower() == "had" for up in _helpers_above(sentence, verb)):
        return "past"
    return "future"


def _helpers_above(sentence: Sentence, verb: int) -> list[int]:
    """The auxiliaries of the verb over an infinitive, through "due" and "set": "had been due to sail"."""
    above = sentence.heads[verb]
    if sentence.pos[above] == "ADJ":
        above = sentence.heads[above]
    return sentence.with_dep(above, "aux", "auxpass")


def _tense_of_ing(sentence: Sentence, verb: int, words: set[str], depth: int) -> Tense:
    if words & {"is", "are", "am", "'s", "'re", "be"}:
        return "future"
    if sentence.lemmas[verb].lower() in ("begin", "start") and sentence.deps[verb] != "advcl":
        return "future"
    above = verb
    while sentence.heads[above] != above:
        above = sentence.heads[above]
        if sentence.pos[above] in ("VERB", "AUX"):
            return tense_of(sentence, above, depth + 1) if depth < 5 else None
    return None


def _is_set_up(sentence: Sentence, preposition: int) -> bool:
    """Whether "for" looks ahead: "scheduled for Monday", "an election for Sunday", not "a profit for the quarter"."""
    lemma = sentence.lemmas[sentence.heads[preposition]].lower()
    return lemma in cue_words("appointment") or lemma in cue_words("looks ahead") or lemma in cue_words("set up")
