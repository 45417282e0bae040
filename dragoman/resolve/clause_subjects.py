"""A verb goes in; who acts in its clause comes out, also where the subject is only understood."""

from __future__ import annotations

from dragoman.records import Sentence

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_VERBAL = frozenset({"VERB", "AUX"})
_UNDER = frozenset({"xcomp", "advcl", "conj", "ccomp"})
# "accused Chad of moving its troops", "kept Chad from moving them": the object is who moves.
_OBJECT_ACTS = frozenset({"of", "from", "for", "into", "against"})


def clause_of(sentence: Sentence, i: int) -> int:
    """The nearest verb above a token (the token itself, if nothing is)."""
    if sentence.pos[i] in _VERBAL:
        return i
    return next((a for a in sentence.ancestors(i) if sentence.pos[a] in _VERBAL), i)


def subject_of(sentence: Sentence, verb: int) -> int | None:
    """The token that acts in the clause of ``verb``: its subject, or the one above that is understood.

    "urged Chad to withdraw": Chad withdraws; "met him to ask": who met asks.
    """
    for _ in range(len(sentence)):
        subject = sentence.child(verb, *SUBJECTS)
        if subject is not None:
            return subject
        above = sentence.heads[verb]
        if above == verb:
            return None
        if sentence.deps[verb] == "acl" and sentence.pos[above] not in _VERBAL:
            return above
        if sentence.deps[verb] == "pcomp":
            governor = clause_of(sentence, sentence.heads[above])
            if sentence.words[above].lower() in _OBJECT_ACTS and sentence.heads[above] == governor:
                thing = sentence.child(governor, "dobj")
                if thing is not None:
                    return thing
            verb = governor
            continue
        if sentence.deps[verb] == "xcomp":
            thing = sentence.child(above, "dobj")
            if thing is not None and thing < verb:
                return thing
        if sentence.deps[verb] not in _UNDER:
            return None
        verb = clause_of(sentence, above)
    return None


def verb_of_subject(sentence: Sentence, verb: int, token: int) -> int:
    """The verb whose subject is understood with ``verb``: "called" in "she called to ask him"."""
    if sentence.heads[token] == verb and sentence.deps[token] in SUBJECTS:
        verb = clause_of(sentence, sentence.heads[verb])
    while sentence.child(verb, *SUBJECTS) is None and sentence.deps[verb] in _UNDER and sentence.heads[verb] != verb:
        verb = clause_of(sentence, sentence.heads[verb])
    return verb
