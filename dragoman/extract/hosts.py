"""An inserted reporting clause goes in, the clause around or beside it comes out: "The talks, he said, had failed"."""

from __future__ import annotations

from dragoman.extract.drafts import Complement
from dragoman.extract.reporting import Cue
from dragoman.records import Sentence


def find_host(sentence: Sentence, i: int, cue: Cue) -> Complement | None:
    """What stands around an inserted clause: "The talks, he said, had failed"; "as he put it"."""
    if not cue.frames & {"quote", "that"}:
        return None
    dep, head = sentence.deps[i], sentence.heads[i]
    own = set(sentence.subtree(i))
    if dep != "parataxis" and "that" not in cue.frames:
        return None
    if head != i and (dep == "parataxis" or (dep == "advcl" and _is_as_clause(sentence, i))):
        if sentence.pos[head] in ("VERB", "AUX", "ADJ", "NOUN"):
            return Complement("host", tuple(t for t in sentence.subtree(head) if t not in own), i + 1)
        return None
    return _right_of(sentence, i, cue) or (_left_of(sentence, i) if "quote" in cue.frames else None)


def before_quoted_speaker(sentence: Sentence, i: int, cue: Cue) -> Complement | None:
    """What stands before ", the Herald **quoted** an admiral as saying.", however the parser joined the two."""
    subject = sentence.child(i, "nsubj") if "speaker" in cue.frames else None
    if subject is None:
        return None
    words = [w.lower() for w, pos in zip(sentence.words, sentence.pos, strict=True) if pos not in ("PUNCT", "SPACE")]
    if words[-2:] != ["as", "saying"]:
        return None
    first = min(sentence.subtree(subject)[0], i)
    return (
        Complement("host", tuple(range(first - 1)), i + 1) if first > 1 and sentence.words[first - 1] == "," else None
    )


def _right_of(sentence: Sentence, i: int, cue: Cue) -> Complement | None:
    """What follows "said" to the end of the sentence, where the parser did not see that it is one clause."""
    if "that" not in cue.frames or "np" in cue.frames or "hearer" in cue.frames or sentence.child(i, "nsubj") is None:
        return None
    tokens = [t for t in sentence.subtree(i) if t > i]
    for t in tokens:
        if sentence.tags[t] in ("VBD", "VBZ", "VBP", "MD") and sentence.deps[t] not in ("conj", "advcl", "relcl"):
            subject = sentence.child(t, "nsubj", "nsubjpass")
            if subject is not None and subject > i:
                first = min(sentence.subtree(subject)[0], t)
                return Complement("that", tuple(x for x in tokens if x >= first), i + 1)
    return None


def _is_as_clause(sentence: Sentence, i: int) -> bool:
    """ "as he put it", and not "just as he began to speak"."""
    if sentence.child(i, "xcomp", "ccomp") is not None:
        return False
    opening = sentence.subtree(i)[0]
    return sentence.words[opening].lower() == "as"


def _left_of(sentence: Sentence, i: int) -> Complement | None:
    """What stands before ", he said" where the parser did not join the two."""
    subject = sentence.child(i, "nsubj")
    if subject is None or sentence.heads[i] != i or sentence.child(i, "dobj") is not None:
        return None
    if any(sentence.child(clause, "mark") is not None for clause in sentence.with_dep(i, "advcl") if clause < i):
        # "If Oslo pays, Lima will respond"
        return None
    own = sentence.subtree(subject)
    first = min(own[0], i)
    if max(own[-1], i) - first + 1 > len(own) + 3 or first < 4:
        return None
    before = first - 1
    while before > 0 and sentence.pos[before] == "PUNCT" and sentence.words[before] != ",":
        before -= 1
    if sentence.words[before] != "," or not any(d in ("nsubj", "nsubjpass") for d in sentence.deps[:before]):
        return None
    if sentence.tags[0] in ("IN", "VBN", "VBG", "WRB") and sentence.words[0].lower() not in ("if", "that"):
        return None
    return Complement("host", tuple(range(before)), i + 1)
