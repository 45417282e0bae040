"""A reporting word goes in, the tokens of what it reports come out, with the frame they were found in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.extract.reporting import PREPOSITIONS, Cue, load_lexicon
from dragoman.extract.sources import (
    find_agent,
    find_subject,
    is_document,
    is_parallel_report,
    is_passive,
    is_plausible_speaker,
    is_trailing_report,
)
from dragoman.records import Sentence

_QUESTION_WORDS = frozenset("whether if what who whom whose which why how when where".split())
_EMPTY_OBJECTS = frozenset("so it nothing something anything much more little thing lot word goodbye hello yes no".split())
_BE = frozenset(("be", "remain", "become", "feel", "seem", "appear", "sound", "get", "stay", "look"))
# Phrases with these, after an object, tell when, where and by what means: "announced a tax in June".
_CIRCUMSTANCE = frozenset("in on at by during after before since amid via through until till within despite".split())
# What the writer sets against what was said: "said it would sign, despite its threats".
_CONTRAST = frozenset(("despite", "notwithstanding"))
# Prepositional phrases that say about which side of the object something is reported.
_JOINED = frozenset(("for", "as", "to", "with", "on", "against", "over", "about"))


@dataclass(frozen=True, slots=True)
class Complement:
    """What a cue reports: its frame, its tokens, and where the cue ends when a preposition belongs to it."""

    frame: str
    tokens: tuple[int, ...]
    cue_stop: int


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
        _clause(sentence, anchors, cue)
        or _predicate(sentence, i, cue, anchors)
        or _object(sentence, i, cue, anchors)
        or _prepositional(sentence, anchors, cue, joined=())
        or _host(sentence, i, cue)
    )


def complement_of_noun(sentence: Sentence, i: int, cue: Cue) -> Complement | None:
    """What a noun reports: "claim that …", "promise to …", "praise for …", "the message was that …"."""
    for child in sentence.children[i]:
        if child < i or sentence.deps[child] not in ("acl", "ccomp", "relcl", "dep"):
            continue
        frame = _clause_frame(sentence, child)
        is_marked = any(sentence.deps[c] == "mark" for c in sentence.children[child])
        if frame == "inf" and "inf" in cue.frames and sentence.deps[child] == "acl":
            return Complement("inf", tuple(sentence.subtree(child)), i + 1)
        if "that" in cue.frames and (is_marked or frame == "that") and _is_that_clause(sentence, child):
            return Complement("that", tuple(sentence.subtree(child)), i + 1)
        if frame == "wh" and "wh" in cue.frames and sentence.deps[child] != "relcl":
            return Complement("wh", tuple(sentence.subtree(child)), i + 1)
    copular = _after_copula(sentence, i, cue) or _clause_beside(sentence, i, cue)
    return copular or _prepositional(sentence, [i], cue, joined=())


def complement_of_adjective(sentence: Sentence, i: int, cue: Cue) -> Complement | None:
    """What an adjective reports: "confident that …", "critical of …"."""
    return _clause(sentence, [i], cue) or _prepositional(sentence, [i], cue, joined=())


def _clause_frame(sentence: Sentence, head: int) -> str:
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
    """ "asked workers if they planned to come": a question, where nothing stands between it and the one asked."""
    first = sentence.subtree(head)[0]
    return sentence.words[first].lower() in ("if", "whether") and sentence.pos[first - 1] != "PUNCT"


def _is_that_clause(sentence: Sentence, head: int) -> bool:
    """Does "that" open the clause, and as a conjunction: not "the claim that he made"?"""
    opening = next((c for c in sentence.children[head] if sentence.words[c].lower() == "that"), None)
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


def _clause_beside(sentence: Sentence, noun: int, cue: Cue) -> Complement | None:
    """ "offered the explanation that …", where the clause hangs on the verb."""
    verb = sentence.heads[noun]
    if "that" not in cue.frames or sentence.deps[noun] != "dobj" or sentence.lemmas[verb] not in load_lexicon().light:
        return None
    for child in sentence.with_dep(verb, "ccomp"):
        if child > noun and _is_that_clause(sentence, child):
            return Complement("that", tuple(sentence.subtree(child)), noun + 1)
    return None


def _clause(sentence: Sentence, anchors: list[int], cue: Cue) -> Complement | None:
    """A clause below the cue: finite, infinitive or gerund."""
    stop = anchors[-1] + 1
    for anchor in anchors:
        for child in _right_first(sentence, anchor):
            if child in anchors or not _may_be_complement(sentence, child, anchors, cue):
                continue
            frame = _clause_frame(sentence, child)
            if frame == "ing" and "that" in cue.frames and _has_finite_clause(sentence, child):
                frame = "that"
            if frame == "bare" and sentence.deps[child] == "ccomp" and "that" in cue.frames and len(anchors) == 1:
                frame = "that"
            if frame in cue.frames and frame != "small":
                tokens = _clause_tokens(sentence, child, anchors[-1])
                target = sentence.child(anchors[0], "dobj")
                if target is not None and target < child and _goes_with(sentence, target, child, frame, cue):
                    tokens = tuple(sorted({*sentence.subtree(target), *tokens}))
                return Complement(frame, _extend_clause(sentence, anchors[0], tokens), stop)
    return _clause_under_hearer(sentence, anchors, cue) or _clause_under_statement(sentence, anchors[-1], cue)


def _goes_with(sentence: Sentence, target: int, child: int, frame: str, cue: Cue) -> bool:
    """Is the object part of the clause: "urged more pressure to …", "warned [the plan could fail]"?"""
    if frame == "inf":
        return "np" in cue.frames and not is_plausible_speaker(sentence, target)
    is_finite = any(sentence.tags[c] == "MD" for c in sentence.children[child]) or sentence.tags[child] == "VBD"
    has_subject = sentence.child(child, "nsubj", "nsubjpass", "expl", "mark") is not None
    return frame == "that" and is_finite and not has_subject


def _clause_under_hearer(sentence: Sentence, anchors: list[int], cue: Cue) -> Complement | None:
    """ "assured the clans that …", where the parser hung the clause on the clans."""
    target = sentence.child(anchors[0], "dobj")
    if "hearer" not in cue.frames or "that" not in cue.frames or target is None:
        return None
    for child in sentence.with_dep(target, "relcl", "acl", "ccomp"):
        if child > target and _is_that_clause(sentence, child):
            return Complement("that", tuple(sentence.subtree(child)), anchors[-1] + 1)
    return None


def _has_finite_clause(sentence: Sentence, child: int) -> bool:
    """ "said legalising it could help": the parser takes the subject for the verb."""
    if sentence.child(child, "nsubj", "nsubjpass") is not None:
        return True
    inner = sentence.child(child, "ccomp")
    return inner is not None and any(sentence.tags[c] == "MD" for c in sentence.children[inner])


def _clause_under_statement(sentence: Sentence, verb: int, cue: Cue) -> Complement | None:
    """ "said in a statement that …", where the parser hung the clause on the statement."""
    if "that" not in cue.frames:
        return None
    for preposition in sentence.with_dep(verb, "prep"):
        for noun in sentence.with_dep(preposition, "pobj"):
            if sentence.lemmas[noun] not in load_lexicon().nouns and not is_document(sentence, noun):
                continue
            for child in sentence.with_dep(noun, "acl", "ccomp", "relcl"):
                if child > noun and _is_that_clause(sentence, child):
                    return Complement("that", tuple(sentence.subtree(child)), verb + 1)
    return None


def _right_first(sentence: Sentence, anchor: int) -> list[int]:
    """The children of a cue, first those behind it: "After it fell, he said it would stand again"."""
    children = sentence.children[anchor]
    return [c for c in children if c > anchor] + [c for c in children if c < anchor]


def _may_be_complement(sentence: Sentence, child: int, anchors: list[int], cue: Cue) -> bool:
    """Is this a clause that the cue takes, and not an adverbial one?"""
    dep = sentence.deps[child]
    if dep in ("ccomp", "xcomp", "pcomp"):
        return True
    if dep in ("acl", "relcl"):
        return sentence.heads[child] != anchors[0] and _is_that_clause(sentence, child)
    if dep != "advcl" or child < anchors[-1]:
        return False
    if _is_that_clause(sentence, child) or ("wh" in cue.frames and _is_if_clause(sentence, child)):
        return True
    if "inf" not in cue.frames or _clause_frame(sentence, child) != "inf":
        return False
    if any(sentence.words[c].lower() == "for" and sentence.deps[c] == "mark" for c in sentence.children[child]):
        return "for" in cue.words or "for" in cue.frames
    is_told = "hearer" in cue.frames and sentence.child(anchors[0], "dobj") is not None
    return is_told or sentence.subtree(child)[0] == anchors[-1] + 1


def _clause_tokens(sentence: Sentence, child: int, last: int) -> tuple[int, ...]:
    """The clause without what belongs to the cue: "said [on Friday] it had signed [, adding that …]"."""
    dropped: set[int] = set()
    for part in sentence.children[child]:
        dep = sentence.deps[part]
        if (dep == "advcl" and is_trailing_report(sentence, part)) or is_parallel_report(sentence, part):
            dropped.update(sentence.subtree(part))
        elif dep == "prep" and part > child and sentence.words[part].lower() in _CONTRAST:
            dropped.update(sentence.subtree(part))
        elif part == last + 1 and sentence.deps[part] in ("prep", "npadvmod") and last < child:
            phrase = sentence.subtree(part)
            following = phrase[-1] + 1
            if phrase[-1] < child and (sentence.words[following] != "," or sentence.deps[part] == "npadvmod"):
                dropped.update(phrase)
    return tuple(t for t in sentence.subtree(child) if t not in dropped) or (child,)


def _extend_clause(sentence: Sentence, cue: int, tokens: tuple[int, ...]) -> tuple[int, ...]:
    """The clause with what follows it and was hung on the cue by mistake: "said it left because …"."""
    found = list(tokens)
    for child in sentence.children[cue]:
        if not found or child < found[-1]:
            continue
        first = sentence.subtree(child)[0]
        if sentence.deps[child] in ("punct", "cc"):
            continue
        marked = any(sentence.deps[c] == "mark" or sentence.tags[c] == "WRB" for c in sentence.children[child])
        is_adverbial = sentence.deps[child] == "advcl" and marked and sentence.tags[child] != "VBG"
        is_reduced = sentence.tags[child] in ("VBN", "VBD") and sentence.deps[child] in ("advcl", "ccomp")
        is_reduced = is_reduced and sentence.child(child, "nsubj", "nsubjpass") is None
        if not (is_adverbial or is_reduced) or first < found[-1] or is_trailing_report(sentence, child):
            break
        found.extend(range(found[-1] + 1, sentence.subtree(child)[-1] + 1))
    after = found[-1] + 1
    if after < len(sentence) - 1 and sentence.words[after] == ":" and found[0] > cue:
        found.extend(range(after, len(sentence)))
    return tuple(found)


def _extend_phrase(sentence: Sentence, verb: int, tokens: tuple[int, ...]) -> tuple[int, ...]:
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
        is_clause = dep in ("acl", "relcl", "xcomp", "advcl") and _clause_frame(sentence, child) == "inf"
        if not is_phrase and not is_clause:
            break
        found.extend(subtree)
    return tuple(found)


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
        if clause is not None and _clause_frame(sentence, clause) in ("bare", "that") and clause > i:
            return Complement("small", tuple(sentence.subtree(clause)), anchors[-1] + 1)
    if "as" in cue.frames:
        phrases = list(sentence.with_dep(i, "prep"))
        phrases += list(sentence.with_dep(target, "prep")) if target is not None else []
        for child in phrases:
            if sentence.words[child].lower() == "as" and child > i:
                return Complement("as", _join(sentence, _full(sentence, target), [child]), anchors[-1] + 1)
    return None


def _ends_quoted(sentence: Sentence, target: int) -> bool:
    """ "called the tax “a joke”", which the parser takes for an object with an apposition."""
    tokens = sentence.subtree(target)
    return any(sentence.words[t] in "“\"‘``" and sentence.tags[t] == "``" for t in tokens[1:])


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
            heads += [c for c in sentence.with_dep(i, "xcomp", "advcl") if "inf" in cue.frames and _is_infinitive(sentence, c)]
            return Complement("np", _extend_phrase(sentence, i, _join(sentence, heads, [])), anchors[-1] + 1)
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


def _is_infinitive(sentence: Sentence, verb: int) -> bool:
    return any(sentence.tags[c] == "TO" for c in sentence.children[verb])


def _stray_object(sentence: Sentence, i: int, cue: Cue) -> Complement | None:
    """A noun phrase after "say", where the parser made an object of a clause without a verb: "said no deal"."""
    if cue.words != ("say",):
        return None
    child = sentence.child(i, "dobj")
    if child is None or child < i or sentence.lemmas[child] in _EMPTY_OBJECTS:
        return None
    return Complement("quote", tuple(sentence.subtree(child)), i + 1)


def _prepositional(
    sentence: Sentence, anchors: list[int], cue: Cue, *, joined: Iterable[str]
) -> Complement | None:
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
                inside = list(_extend_phrase(sentence, anchor, tuple(inside)))
                stop = child + 1 if child <= last + 1 else last + 1
                return Complement(sentence.words[child].lower(), tuple(inside), stop)
    return None


def _join(sentence: Sentence, heads: list[int], more: list[int]) -> tuple[int, ...]:
    tokens: set[int] = set()
    for head in [*heads, *more]:
        tokens.update(sentence.subtree(head))
    return tuple(sorted(tokens))


def _of_passive(sentence: Sentence, i: int, cue: Cue, anchors: list[int]) -> Complement | None:
    """ "is said to have fled", "was told that …", "was condemned by Lima", "attacks ascribed to Lima"."""
    stop = anchors[-1] + 1
    subject = find_subject(sentence, i)
    clause = _clause(sentence, anchors, cue)
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
    if dep == "xcomp" and "hearsay" in cue.frames and _clause_frame(sentence, child) == "inf":
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


def _host(sentence: Sentence, i: int, cue: Cue) -> Complement | None:
    """What stands around an inserted clause: "The talks, he said, had failed"; "as he put it"."""
    if not cue.frames & {"quote", "that"}:
        return None
    dep, head = sentence.deps[i], sentence.heads[i]
    own = set(sentence.subtree(i))
    if head != i and (dep == "parataxis" or (dep == "advcl" and _is_as_clause(sentence, i))):
        if sentence.pos[head] in ("VERB", "AUX", "ADJ", "NOUN"):
            return Complement("host", tuple(t for t in sentence.subtree(head) if t not in own), i + 1)
        return None
    return _right_of(sentence, i, cue) or _left_of(sentence, i)


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
    return any(sentence.deps[c] in ("mark", "advmod") and sentence.words[c].lower() == "as" for c in sentence.children[i])


def _left_of(sentence: Sentence, i: int) -> Complement | None:
    """What stands before ", he said" where the parser did not join the two."""
    subject = sentence.child(i, "nsubj")
    if subject is None or sentence.heads[i] != i:
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
