"""A reporting word goes in, the tokens of what it reports come out, with the frame they were found in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dragoman.extract.drafts import Complement
from dragoman.extract.hosts import before_quoted_speaker, find_host
from dragoman.extract.reported_clauses import clause_frame, clause_under_circumstance, find_clause, is_that_clause
from dragoman.extract.reporting import PREPOSITIONS, Cue, load_lexicon
from dragoman.extract.speakers import find_agent, find_subject, is_passive
from dragoman.records import Sentence

_EMPTY_OBJECTS = frozenset((
    "so", "it", "nothing", "something", "anything", "much", "more", "little", "thing", "lot", "word", "goodbye",
    "hello", "yes", "no",
))  # fmt: skip
# Phrases with these, after an object, tell when, where and by what means: "announced a tax in June".
_CIRCUMSTANCE = frozenset((
    "in", "on", "at", "by", "during", "after", "before", "since", "amid", "via", "through", "until", "till",
    "within", "despite",
))  # fmt: skip
# Prepositional phrases that say about which side of the object something is reported.
_JOINED = frozenset(("for", "as", "to", "with", "on", "against", "over", "about"))


def complement_of_verb(sentence: Sentence, i: int, cue: Cue, *, last: int) -> Complement | None:
    """What verb ``i`` reports in one of the frames of ``cue``; ``last`` is the last token of the cue's words.

    >>> from dragoman.parse import Parser
    >>> from dragoman.records import Document
    >>> from dragoman.extract.reporting import load_lexicon
    >>> sentence = Parser().parse(Document(id="d", text="Oslo denied shelling the port."))[0]
    >>> complement_of_verb(sentence, 1, load_lexicon().verbs["deny"][0], last=1)
    Complement(frame='ing', tokens=(2, 3, 4), cue_stop=2)
    """
    anchors = [i] if last == i else [i, *range(i + 1, last + 1)]
    if is_passive(sentence, i):
        return _of_passive(sentence, i, cue, anchors)
    return (
        before_quoted_speaker(sentence, i, cue)
        or find_clause(sentence, anchors, cue)
        or _predicate(sentence, i, cue, anchors)
        or _object(sentence, i, cue, anchors)
        or _prepositional(sentence, anchors, cue, joined=())
        or find_host(sentence, i, cue)
    )


def complement_of_noun(sentence: Sentence, i: int, cue: Cue) -> Complement | None:
    """What a noun reports: "claim that …", "promise to …", "praise for …", "the message was that …"."""
    for child in sentence.children[i]:
        if child < i or sentence.deps[child] not in ("acl", "ccomp", "relcl", "dep"):
            continue
        frame = clause_frame(sentence, child)
        is_marked = any(sentence.deps[c] == "mark" for c in sentence.children[child])
        if frame == "inf" and "inf" in cue.frames and sentence.deps[child] == "acl":
            return Complement("inf", tuple(sentence.subtree(child)), i + 1)
        if "that" in cue.frames and (is_marked or frame == "that") and is_that_clause(sentence, child):
            return Complement("that", tuple(sentence.subtree(child)), i + 1)
        if frame == "wh" and "wh" in cue.frames and sentence.deps[child] != "relcl":
            return Complement("wh", tuple(sentence.subtree(child)), i + 1)
    copular = _after_copula(sentence, i, cue) or _clause_beside(sentence, i, cue)
    copular = copular or clause_under_circumstance(sentence, i, cue)
    return copular or _prepositional(sentence, [i], cue, joined=())


def complement_of_adjective(sentence: Sentence, i: int, cue: Cue) -> Complement | None:
    """What an adjective reports: "confident that …", "critical of …"."""
    return find_clause(sentence, [i], cue) or _prepositional(sentence, [i], cue, joined=())


def _clause_beside(sentence: Sentence, noun: int, cue: Cue) -> Complement | None:
    """ "offered the explanation that …", where the clause hangs on the verb."""
    verb = sentence.heads[noun]
    if "that" not in cue.frames or sentence.deps[noun] != "dobj" or sentence.lemmas[verb] not in load_lexicon().light:
        return None
    for child in sentence.with_dep(verb, "ccomp"):
        if child > noun and is_that_clause(sentence, child):
            return Complement("that", tuple(sentence.subtree(child)), noun + 1)
    below = clause_under_circumstance(sentence, verb, cue)
    return None if below is None else replace(below, cue_stop=noun + 1)


def _after_copula(sentence: Sentence, i: int, cue: Cue) -> Complement | None:
    """ "His message was that …"."""
    if "copula" not in cue.frames or sentence.deps[i] != "nsubj":
        return None
    verb = sentence.heads[i]
    if sentence.lemmas[verb] != "be":
        return None
    clause = sentence.child(verb, "ccomp")
    if clause is None or clause < verb:
        return None
    return Complement("that", tuple(sentence.subtree(clause)), i + 1)


def _predicate(sentence: Sentence, i: int, cue: Cue, anchors: list[int]) -> Complement | None:
    """Object with a predicate: "called him a traitor", "described the raid as a crime"."""
    target = sentence.child(i, "dobj")
    if "small" in cue.frames:
        predicate = sentence.child(i, "oprd")
        clause = sentence.child(i, "ccomp")
        if predicate is None and target is not None and _ends_quoted(sentence, target):
            return Complement("small", tuple(sentence.subtree(target)), anchors[-1] + 1)
        if predicate is not None:
            return Complement("small", _join(sentence, _full(sentence, target), [predicate]), anchors[-1] + 1)
        if clause is not None and clause > i and _is_small(sentence, clause):
            return Complement("small", tuple(sentence.subtree(clause)), anchors[-1] + 1)
    if "as" in cue.frames:
        phrases = sentence.with_dep(i, "prep")
        phrases += sentence.with_dep(target, "prep") if target is not None else []
        for child in phrases:
            if sentence.words[child].lower() == "as" and child > i:
                return Complement("as", _join(sentence, _full(sentence, target), [child]), anchors[-1] + 1)
    return None


def _is_small(sentence: Sentence, clause: int) -> bool:
    """A subject with its predicate: "considers the tax too high", "wants the state playing a part"."""
    frame = clause_frame(sentence, clause)
    return frame in ("bare", "that") or (frame == "ing" and sentence.child(clause, "nsubj") is not None)


def _ends_quoted(sentence: Sentence, target: int) -> bool:
    """ "called the tax “a joke”", which the parser takes for an object with an apposition."""
    tokens = sentence.subtree(target)
    return any(sentence.words[t] in '“"‘``' and sentence.tags[t] == "``" for t in tokens[1:])


def _full(sentence: Sentence, target: int | None) -> list[int]:
    """The object of a predicate; "what" stands for the predicate itself and is left out."""
    if target is None or sentence.tags[target] in ("WP", "WDT"):
        return []
    return [target]


def _object(sentence: Sentence, i: int, cue: Cue, anchors: list[int]) -> Complement | None:
    """A noun phrase as object; phrases with "for", "as", "to" go with it."""
    if "np" not in cue.frames:
        return _stray_object(sentence, i, cue)
    if sentence.child(i, "dative") is not None and "for" not in cue.frames:
        return None
    for anchor in anchors:
        for child in sentence.children[anchor]:
            if sentence.deps[child] not in ("dobj", "pobj") or child < anchors[0] or child in anchors:
                continue
            if _is_time(sentence, child):
                continue
            joined = _prepositional(sentence, [i], cue, joined=_JOINED)
            heads = [child] if joined is None else [child, *joined.tokens[:1]]
            heads += [
                c for c in sentence.with_dep(i, "xcomp", "advcl") if "inf" in cue.frames and is_infinitive(sentence, c)
            ]
            return Complement("np", extend_phrase(sentence, i, _join(sentence, heads, [])), anchors[-1] + 1)
    if sentence.deps[i] == "relcl" and len(anchors) == 1:
        noun = sentence.heads[i]
        moved = sentence.child(i, "dobj")
        is_subject = sentence.child(i, "nsubj", "nsubjpass")
        if is_subject is not None and sentence.tags[is_subject] not in ("WP", "WDT") and (moved is None or moved < i):
            tokens = set(sentence.subtree(noun)) - set(sentence.subtree(i))
            return Complement("np", tuple(sorted(t for t in tokens if t < i)), anchors[-1] + 1)
    return None


def _is_time(sentence: Sentence, token: int) -> bool:
    """Is the phrase a day or an hour: "called on Tuesday"?"""
    return any(e.first <= token < e.stop and e.label in ("DATE", "TIME") for e in sentence.entities)


def is_infinitive(sentence: Sentence, verb: int) -> bool:
    return any(sentence.tags[c] == "TO" for c in sentence.children[verb])


def _stray_object(sentence: Sentence, i: int, cue: Cue) -> Complement | None:
    """A noun phrase after "say", where the parser made an object of a clause without a verb: "said no deal"."""
    if cue.words != ("say",):
        return None
    child = sentence.child(i, "dobj")
    if child is None or child < i or sentence.lemmas[child] in _EMPTY_OBJECTS:
        return None
    return Complement("quote", tuple(sentence.subtree(child)), i + 1)


def _prepositional(sentence: Sentence, anchors: list[int], cue: Cue, *, joined: Iterable[str]) -> Complement | None:
    """A phrase with one of the cue's prepositions; with ``joined`` only those that go along with an object."""
    wanted, last = cue.frames & PREPOSITIONS, anchors[-1]
    if joined:
        wanted &= frozenset(joined)
    if not wanted:
        return None
    if "hearer" in cue.frames and not joined:
        anchors = [*anchors, *sentence.with_dep(anchors[0], "dobj")]
    for anchor in anchors:
        for child in sentence.children[anchor]:
            if sentence.deps[child] not in ("prep", "dative", "agent") or child < anchor:
                continue
            if sentence.words[child].lower() not in wanted or _is_time(sentence, child + 1):
                continue
            inside = [t for t in sentence.subtree(child) if t != child]
            if joined:
                return Complement("np", (child, *inside), child)
            if inside:
                inside = list(extend_phrase(sentence, anchor, tuple(inside)))
                stop = child + 1 if child <= last + 1 else last + 1
                return Complement(sentence.words[child].lower(), tuple(inside), stop)
    return None


def extend_phrase(sentence: Sentence, verb: int, tokens: tuple[int, ...]) -> tuple[int, ...]:
    """The object with the phrases right after it that were hung on the verb: "announced steps to curb fraud"."""
    found = list(tokens)
    for child in sentence.children[verb]:
        if not found or child < found[-1]:
            continue
        subtree = sentence.subtree(child)
        if subtree[0] != found[-1] + 1:
            break
        dep, word = sentence.deps[child], sentence.words[child].lower()
        is_phrase = dep in ("prep", "dative") and word not in _CIRCUMSTANCE
        is_clause = dep in ("acl", "relcl", "xcomp", "advcl") and clause_frame(sentence, child) == "inf"
        if not is_phrase and not is_clause:
            break
        found.extend(subtree)
    return tuple(found)


def _join(sentence: Sentence, heads: list[int], more: list[int]) -> tuple[int, ...]:
    tokens: set[int] = set()
    for head in [*heads, *more]:
        tokens.update(sentence.subtree(head))
    return tuple(sorted(tokens))


def _of_passive(sentence: Sentence, i: int, cue: Cue, anchors: list[int]) -> Complement | None:
    """ "is said to have fled", "was told that …", "was condemned by Lima", "attacks ascribed to Lima"."""
    stop = anchors[-1] + 1
    subject = find_subject(sentence, i)
    clause = find_clause(sentence, anchors, cue)
    if "hearsay" in cue.frames or "small" in cue.frames or "as" in cue.frames:
        for child in sentence.with_dep(i, "xcomp", "oprd", "attr", "prep", "acomp"):
            frame = _passive_frame(sentence, child, cue)
            if frame is not None:
                return Complement(frame, _with_subject(sentence, subject, i, child), stop)
    if clause is not None:
        return clause
    if "hearer" in cue.frames:
        return _prepositional(sentence, anchors, cue, joined=())
    phrase = _prepositional(sentence, anchors, cue, joined=())
    if phrase is not None and subject is not None and "np" in cue.frames and phrase.frame in ("to", "on"):
        return Complement("hearsay", _with_subject(sentence, subject, i, phrase.tokens[0] - 1), stop)
    if phrase is not None and "of" in cue.frames and "hearsay" in cue.frames:
        return Complement("hearsay", _with_subject(sentence, subject, i, phrase.tokens[0] - 1), stop)
    if "np" in cue.frames and subject is not None and find_agent(sentence, i) is not None:
        own = set(sentence.subtree(i))
        tokens = [t for t in sentence.subtree(subject) if t not in own or subject in own]
        return Complement("np", tuple(t for t in tokens if t != i), stop)
    return None


def _passive_frame(sentence: Sentence, child: int, cue: Cue) -> str | None:
    """The frame of what follows a passive: "is said to …", "was called a …", "is seen as …"; not of a mere name."""
    dep = sentence.deps[child]
    if dep == "xcomp" and "hearsay" in cue.frames and clause_frame(sentence, child) == "inf":
        return "hearsay"
    if dep == "prep" and "as" in cue.frames and sentence.words[child].lower() == "as":
        return "as"
    if dep in ("oprd", "attr", "acomp", "xcomp") and "small" in cue.frames:
        return None if sentence.pos[child] == "PROPN" else "small"
    return None


def _with_subject(sentence: Sentence, subject: int | None, verb: int, child: int) -> tuple[int, ...]:
    tokens = set(sentence.subtree(child))
    if subject is not None:
        tokens.update(sentence.subtree(subject))
        if subject == sentence.heads[verb]:
            tokens -= set(sentence.subtree(verb)) - set(sentence.subtree(child))
    return tuple(sorted(tokens))
