"""A reporting word goes in, the clause that it reports comes out: "that …", "whether …", "to …", "…ing"."""

from __future__ import annotations

from itertools import takewhile

from dragoman.extract.drafts import Complement
from dragoman.extract.kinds import is_document, is_plausible_speaker
from dragoman.extract.reporting import Cue, load_lexicon
from dragoman.extract.speakers import is_parallel_report, is_trailing_report
from dragoman.records import Sentence

_QUESTION_WORDS = frozenset(("whether", "if", "what", "who", "whom", "whose", "which", "why", "how", "when", "where"))
# What the writer sets against what was said: "said it would sign, despite its threats".
_CONTRAST = frozenset(("despite", "notwithstanding"))


def find_clause(sentence: Sentence, anchors: list[int], cue: Cue) -> Complement | None:
    """A clause below the cue: finite, infinitive or gerund."""
    stop = anchors[-1] + 1
    for anchor in anchors:
        for child in _right_first(sentence, anchor):
            if child < anchor and "quote" not in cue.frames and not _closes(sentence, child, anchor):
                break
            if child in anchors or not _may_be_complement(sentence, child, anchors, cue):
                continue
            frame = clause_frame(sentence, child)
            if frame == "ing" and "that" in cue.frames and _has_finite_clause(sentence, child):
                frame = "that"
            if frame == "bare" and sentence.deps[child] == "ccomp" and "that" in cue.frames and len(anchors) == 1:
                frame = "that"
            if frame == "that" and "marked" in cue.frames and is_that_clause(sentence, child):
                return Complement("that", _clause_tokens(sentence, child, anchors[-1]), stop)
            if frame in cue.frames and frame != "small":
                tokens = _clause_tokens(sentence, child, anchors[-1])
                target = sentence.child(anchors[0], "dobj")
                if frame == "inf" and "np" in cue.frames and len(anchors) > 1:
                    tokens = tuple(range(anchors[-1] + 1, tokens[-1] + 1))
                elif target is not None and target < child and _goes_with(sentence, target, child, frame, cue):
                    tokens = tuple(sorted({*sentence.subtree(target), *tokens}))
                return Complement(frame, _extend_clause(sentence, anchors[0], tokens), stop)
    return (
        _clause_under_hearer(sentence, anchors, cue)
        or _clause_under_statement(sentence, anchors[-1], cue)
        or clause_under_circumstance(sentence, anchors[-1], cue)
    )


def _right_first(sentence: Sentence, anchor: int) -> list[int]:
    """The children of a cue, first those behind it: "After it fell, he said it would stand again"."""
    children = sentence.children[anchor]
    return [c for c in children if c > anchor] + [c for c in children if c < anchor]


def _closes(sentence: Sentence, clause: int, cue: int) -> bool:
    """Does the cue with its subject close the sentence: "Rents had doubled, the survey found"?"""
    subject = sentence.child(cue, "nsubj")
    if subject is None or subject < clause or not is_plausible_speaker(sentence, subject):
        return False
    before = min(sentence.subtree(subject)[0], cue) - 1
    return before > clause and sentence.words[before] == "," and sentence.subtree(clause)[-1] < before


def _may_be_complement(sentence: Sentence, child: int, anchors: list[int], cue: Cue) -> bool:
    """Is this a clause that the cue takes, and not an adverbial one?"""
    dep = sentence.deps[child]
    if dep in ("ccomp", "xcomp", "pcomp"):
        return True
    if dep in ("acl", "relcl"):
        return sentence.heads[child] != anchors[0] and is_that_clause(sentence, child)
    if dep != "advcl" or child < anchors[-1]:
        return False
    if is_that_clause(sentence, child) or ("wh" in cue.frames and _is_if_clause(sentence, child)):
        return True
    if "inf" not in cue.frames or clause_frame(sentence, child) != "inf":
        return False
    if any(sentence.words[c].lower() == "for" and sentence.deps[c] == "mark" for c in sentence.children[child]):
        return "for" in cue.words or "for" in cue.frames
    is_told = "hearer" in cue.frames and sentence.child(anchors[0], "dobj") is not None
    return is_told or sentence.subtree(child)[0] == anchors[-1] + 1


def clause_frame(sentence: Sentence, head: int) -> str:
    """The frame of a clause: that, wh, inf or ing."""
    children = sentence.children[head]
    for child in children:
        word = sentence.words[child].lower()
        if sentence.deps[child] == "mark" and word in ("whether", "if"):
            return "wh"
        if child < head and word in _QUESTION_WORDS and sentence.tags[child].startswith("W"):
            return "wh"
    if sentence.tags[head] == "VB" and any(sentence.tags[c] == "TO" for c in children if c < head):
        return "inf"
    if any(sentence.tags[c] == "TO" and sentence.deps[c] == "aux" for c in children if c < head):
        return "inf"
    finite = any(sentence.deps[c] in ("aux", "auxpass", "nsubj", "nsubjpass", "expl") for c in children)
    if sentence.tags[head] == "VBG" and not any(sentence.deps[c] == "aux" for c in children):
        return "ing"
    for child in children:
        if sentence.deps[child] in ("aux", "auxpass") and sentence.tags[child] == "VBG":
            return "ing"
    return "that" if finite or sentence.tags[head] in ("VBD", "VBZ", "VBP") else "bare"


def _is_if_clause(sentence: Sentence, head: int) -> bool:
    """ "asked sailors if they meant to return": a question, where nothing stands between it and the one asked."""
    first = sentence.subtree(head)[0]
    return sentence.words[first].lower() in ("if", "whether") and sentence.pos[first - 1] != "PUNCT"


def is_that_clause(sentence: Sentence, head: int) -> bool:
    """Does "that" open the clause, and as a conjunction: not "the claim that he made"?"""
    parts = [*sentence.children[head]]
    for auxiliary in sentence.with_dep(head, "aux"):
        parts += sentence.children[auxiliary]  # the parser sometimes hangs "that" on "was" in "that it was falling"
    opening = next((c for c in parts if sentence.words[c].lower() == "that"), None)
    if opening is None or opening > head:
        return False
    if sentence.deps[opening] == "mark":
        return True
    subject = sentence.child(head, "nsubj", "nsubjpass", "expl")
    if sentence.deps[opening] != "dobj" or subject is None or subject < opening:
        return False
    lexicon = load_lexicon()
    lemma = sentence.lemmas[head]
    is_relative = lemma in lexicon.light or any("np" in c.frames for c in lexicon.verbs.get(lemma, ()))
    return not is_relative and sentence.child(head, "ccomp", "xcomp") is None


def _has_finite_clause(sentence: Sentence, child: int) -> bool:
    """ "said legalising it could help": the parser takes the subject for the verb."""
    if sentence.child(child, "nsubj", "nsubjpass") is not None:
        return True
    inner = sentence.child(child, "ccomp")
    return inner is not None and any(sentence.tags[c] == "MD" for c in sentence.children[inner])


def _clause_under_hearer(sentence: Sentence, anchors: list[int], cue: Cue) -> Complement | None:
    """ "assured the clans that …", where the parser hung the clause on the clans."""
    target = sentence.child(anchors[0], "dobj")
    if "hearer" not in cue.frames or "that" not in cue.frames or target is None:
        return None
    for child in sentence.with_dep(target, "relcl", "acl", "ccomp"):
        if child > target and is_that_clause(sentence, child):
            return Complement("that", tuple(sentence.subtree(child)), anchors[-1] + 1)
    return None


def _clause_under_statement(sentence: Sentence, verb: int, cue: Cue) -> Complement | None:
    """ "said in a statement that …", where the parser hung the clause on the statement."""
    if "that" not in cue.frames:
        return None
    for preposition in sentence.with_dep(verb, "prep"):
        for noun in sentence.with_dep(preposition, "pobj"):
            if sentence.lemmas[noun] not in load_lexicon().nouns and not is_document(sentence, noun):
                continue
            for child in sentence.with_dep(noun, "acl", "ccomp", "relcl"):
                if child > noun and is_that_clause(sentence, child):
                    return Complement("that", tuple(sentence.subtree(child)), verb + 1)
    return None


def clause_under_circumstance(sentence: Sentence, verb: int, cue: Cue) -> Complement | None:
    """ "said during a tour of the orchard that …", where the parser hung the clause on the tour or the orchard."""
    if not cue.frames & {"that", "marked"}:
        return None
    for clause in range(verb + 1, len(sentence)):
        has_subject = sentence.child(clause, "nsubj", "nsubjpass", "expl", "csubj") is not None
        if sentence.deps[clause] not in ("relcl", "acl", "ccomp") or not has_subject:
            continue
        if not any(sentence.words[c].lower() == "that" for c in sentence.with_dep(clause, "mark")):
            continue
        above = list(takewhile(lambda token: token != verb, sentence.ancestors(clause)))
        if (
            above
            and sentence.heads[above[-1]] == verb
            and all(sentence.deps[t] in ("prep", "pobj", "npadvmod") for t in above)
        ):
            return Complement("that", tuple(sentence.subtree(clause)), verb + 1)
    return None


def _goes_with(sentence: Sentence, target: int, child: int, frame: str, cue: Cue) -> bool:
    """Is the object part of the clause: "urged more pressure to …", "warned [the plan could fail]"?"""
    if frame == "inf":
        return "np" in cue.frames and not is_plausible_speaker(sentence, target)
    is_finite = any(sentence.tags[c] in ("MD", "VBZ", "VBP", "VBD") for c in sentence.children[child])
    is_finite = is_finite or sentence.tags[child] in ("VBD", "VBZ", "VBP")
    has_subject = sentence.child(child, "nsubj", "nsubjpass", "expl", "mark") is not None
    return frame == "that" and is_finite and not has_subject


def _clause_tokens(sentence: Sentence, child: int, last: int) -> tuple[int, ...]:
    """The clause without what belongs to the cue: "said [on Friday] it had signed [, adding that …]"."""
    dropped: set[int] = set()
    for part in sentence.children[child]:
        if _is_the_writers(sentence, part, child):
            dropped.update(sentence.subtree(part))
        elif part == last + 1 and sentence.deps[part] in ("prep", "npadvmod") and last < child:
            phrase = sentence.subtree(part)
            following = phrase[-1] + 1
            if phrase[-1] < child and (sentence.words[following] != "," or sentence.deps[part] == "npadvmod"):
                dropped.update(phrase)
    return tuple(t for t in sentence.subtree(child) if t not in dropped) or (child,)


def _is_the_writers(sentence: Sentence, part: int, clause: int) -> bool:
    """Does the writer go on here: ", adding that …", "and urged …", ", despite its threats", ", while Lima left"?"""
    dep = sentence.deps[part]
    if is_parallel_report(sentence, part) or (dep == "advcl" and is_trailing_report(sentence, part)):
        return True
    if part < clause:
        return False
    if dep == "prep":
        return sentence.words[part].lower() in _CONTRAST
    first = sentence.subtree(part)[0]
    is_contrast = dep == "advcl" and sentence.words[first].lower() == "while" and sentence.words[first - 1] == ","
    return is_contrast and sentence.tags[part] != "VBG"


def _extend_clause(sentence: Sentence, cue: int, tokens: tuple[int, ...]) -> tuple[int, ...]:
    """The clause with what follows it and was hung on the cue by mistake: "said it left because …"."""
    found = list(tokens)
    for child in sentence.children[cue]:
        if not found or child < found[-1]:
            continue
        first = sentence.subtree(child)[0]
        if sentence.deps[child] in ("punct", "cc"):
            continue
        if _is_the_writers(sentence, child, cue):
            break
        marked = any(sentence.deps[c] == "mark" or sentence.tags[c] == "WRB" for c in sentence.children[child])
        is_adverbial = sentence.deps[child] == "advcl" and marked and sentence.tags[child] != "VBG"
        is_reduced = sentence.tags[child] in ("VBN", "VBD") and sentence.deps[child] in ("advcl", "ccomp")
        is_reduced = is_reduced and sentence.child(child, "nsubj", "nsubjpass") is None
        if sentence.deps[child] == "conj" and _goes_on(sentence, child):
            found.extend(range(found[-1] + 1, sentence.subtree(child)[-1] + 1))
            break
        if not (is_adverbial or is_reduced) or first < found[-1] or is_trailing_report(sentence, child):
            break
        found.extend(range(found[-1] + 1, sentence.subtree(child)[-1] + 1))
    after = found[-1] + 1
    if after < len(sentence) - 1 and sentence.words[after] == ":" and found[0] > cue:
        found.extend(range(after, len(sentence)))
    return tuple(found)


def _goes_on(sentence: Sentence, verb: int) -> bool:
    """ "said it was shut and nobody would be let in": a second clause that is not told as a fact."""
    has_subject = sentence.child(verb, "nsubj", "nsubjpass", "expl") is not None
    return has_subject and any(sentence.tags[c] == "MD" for c in sentence.children[verb])
