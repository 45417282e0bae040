"""A verb or noun that reports goes in, the token of whoever speaks comes out, also where it is only understood."""

from __future__ import annotations

from dragoman.extract.kinds import WORLD_LABELS, is_document, kind_of, label_of
from dragoman.extract.reporting import load_lexicon
from dragoman.records import Sentence

_DEPTH = 8
_ASPECT = frozenset(("continue", "go", "begin", "start", "keep", "proceed", "appear", "seem", "tend"))
# Their object does what follows: "urged him to say".
_OBJECT_ACTS_NOT = frozenset(("promise", "threaten", "vow", "pledge", "swear"))


def is_passive(sentence: Sentence, i: int) -> bool:
    """Is the verb in the passive: "was told", "the port shelled by rebels"?"""
    if sentence.tags[i] != "VBN" and sentence.tags[i] != "VBD":
        return False
    deps = sentence.deps
    for child in sentence.children[i]:
        if deps[child] in ("auxpass", "nsubjpass", "agent"):
            return True
    if deps[i] == "acl" and sentence.tags[i] == "VBD" and _is_main_verb(sentence, i):
        return False
    if (sentence.tags[i] == "VBN" and deps[i] in ("acl", "advcl", "amod")) or deps[i] == "acl":
        return not any(deps[c] in ("nsubj", "aux", "dobj") for c in sentence.children[i])
    if deps[i] == "conj" and sentence.tags[i] == "VBN":
        has_own = any(deps[c] in ("nsubj", "aux", "dobj") for c in sentence.children[i])
        return not has_own and is_passive(sentence, sentence.heads[i])
    return False


def _is_main_verb(sentence: Sentence, i: int) -> bool:
    """Is this the verb of "LIMA (AP) — Rossi called for talks", which the parser took for part of one long name?"""
    above = [i, *sentence.ancestors(i)]
    return all(sentence.pos[t] in ("NOUN", "PROPN") for t in above[1:]) and sentence.deps[above[-1]] == "ROOT"


def find_subject(sentence: Sentence, i: int, depth: int = _DEPTH) -> int | None:
    """The token that is the subject of verb ``i``, also an understood one; a relative pronoun stands for itself."""
    deps = sentence.deps
    # The parser sometimes hangs the subject on the auxiliary.
    places = (i, *sentence.with_dep(i, "auxpass", "aux"))
    own = next((c for p in places for c in sentence.with_dep(p, "nsubj", "nsubjpass", "csubj")), None)
    if own is not None:
        return own
    if sentence.child(i, "expl") is not None or depth == 0:
        return None
    dep, head = deps[i], sentence.heads[i]
    if head == i:
        return None
    if (dep == "advcl" and deps[head] == "ccomp" and is_trailing_report(sentence, i)) or is_parallel_report(
        sentence, i
    ):
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
        if sentence.words[child][0].isupper() and label_of(sentence, child) in WORLD_LABELS | {"PERSON"}:
            return child
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


def _is_nameable(sentence: Sentence, token: int) -> bool:
    return sentence.pos[token] in ("PROPN", "PRON") or bool(kind_of(sentence, token)[0])


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
    light = light_verb_of(sentence, noun)
    if light is not None and (sentence.lemmas[noun] in load_lexicon().nouns or is_document(sentence, noun)):
        subject = find_subject(sentence, light, depth - 1)
        return noun if subject is None else subject
    return noun


def light_verb_of(sentence: Sentence, noun: int) -> int | None:
    """The verb that lends the noun its subject: "issued a warning", "opened with a warning"."""
    verb = sentence.heads[noun]
    if sentence.deps[noun] == "pobj" and sentence.words[verb].lower() == "with":
        above = sentence.heads[verb]
        return above if sentence.pos[above] == "VERB" and not is_passive(sentence, above) else None
    if sentence.deps[noun] != "dobj" or sentence.lemmas[verb] not in load_lexicon().light:
        return None
    return None if is_passive(sentence, verb) else verb


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


def left_edge(sentence: Sentence, i: int) -> int:
    """Where the verb group begins: auxiliaries, negation and adverbs right before the verb."""
    first = i
    while first > 0:
        before = first - 1
        dep = sentence.deps[before]
        if sentence.heads[before] != i or dep not in ("aux", "auxpass", "neg", "advmod"):
            break
        if sentence.tags[before] in ("WRB", "TO") or (before > 0 and sentence.words[before][0].isupper()):
            break
        first = before
    if sentence.deps[i] == "xcomp" and first > 1 and sentence.tags[first - 1] == "TO":
        governor = sentence.heads[i]
        between = range(governor + 1, first - 1)
        is_near = governor < first and all(sentence.deps[t] in ("prt", "advmod", "prep") for t in between)
        if sentence.lemmas[governor] in _ASPECT and is_near:
            return left_edge(sentence, governor)
    return first
