"""A reporting noun, adjective, adverb or preposition goes in, its draft comes out: "the claim that …", "reportedly"."""

from __future__ import annotations

from collections.abc import Container

from dragoman.extract.complements import complement_of_adjective, complement_of_noun
from dragoman.extract.drafts import Draft
from dragoman.extract.quotations import QuotationIndex
from dragoman.extract.reporting import PREPOSITIONS, Cue, load_lexicon
from dragoman.extract.sources import make_source
from dragoman.extract.spans import spans_of_tokens
from dragoman.extract.speakers import find_owner, find_subject, left_edge, light_verb_of
from dragoman.records import Sentence

# "in his view" is as good as "according to him".
_VIEWS = frozenset((
    ("in", "view"), ("in", "opinion"), ("in", "words"), ("in", "eyes"), ("in", "telling"), ("in", "judgment"),
    ("in", "judgement"), ("in", "estimation"), ("by", "account"), ("by", "reckoning"), ("by", "estimate"),
    ("by", "admission"), ("to", "mind"),
))  # fmt: skip
_BE = frozenset(("be", "remain", "become", "feel", "seem", "appear", "sound", "get", "stay"))


def noun_draft(sentence: Sentence, i: int, cue: Cue, quotations: QuotationIndex) -> Draft | None:
    complement = complement_of_noun(sentence, i, cue)
    if complement is None or complement.frame in PREPOSITIONS:
        drawn = _drawn_draft(sentence, i, cue, quotations)
        if drawn is not None:
            return drawn
    if complement is None:
        return None
    first, head = i, find_owner(sentence, i)
    light = light_verb_of(sentence, i)
    if light is not None and (head is None or sentence.pos[head] == "PRON"):
        head = find_subject(sentence, light)
        first = left_edge(sentence, light) if light < i and sentence.deps[i] == "dobj" else i
    if head is None and "hearsay" not in cue.frames:
        return None
    source = make_source(sentence, head, stop_at=i) if head is not None else None
    if source is not None and head is not None and sentence.deps[head] in ("compound", "amod", "nmod"):
        source = make_source(sentence, head)
    stop = complement.cue_stop
    without = {*range(i, stop), *(range(source.first, source.stop) if source else ())}
    content = spans_of_tokens(sentence, complement.tokens, quotations, without=without)
    if source is not None and first <= source.head < stop:
        first = i
    return Draft(
        sentence.index, first, stop, i, source, content, complement.frame, cue.stance_in(complement.frame), False, cue
    )


def _drawn_draft(sentence: Sentence, i: int, cue: Cue, quotations: QuotationIndex) -> Draft | None:
    """ "The plan drew praise from the mayor": the noun's source stands behind it, what it is about before the verb."""
    verb = sentence.heads[i]
    if sentence.deps[i] != "dobj" or sentence.lemmas[verb] not in load_lexicon().drawn:
        return None
    subject = find_subject(sentence, verb)
    for anchor in (i, verb):
        for preposition in sentence.with_dep(anchor, "prep"):
            head = sentence.child(preposition, "pobj")
            if preposition < i or head is None or sentence.words[preposition].lower() not in ("from", "among"):
                continue
            source = make_source(sentence, head)
            if subject is None or not source.known:
                continue
            first, stop = left_edge(sentence, verb), preposition + 1 if preposition == i + 1 else i + 1
            tokens = [t for t in sentence.subtree(subject) if t < first]
            content = spans_of_tokens(sentence, tokens, quotations, without=set())
            return Draft(sentence.index, first, stop, i, source, content, "np", cue.stance_in("np"), False, cue)
    return None


def adjective_draft(sentence: Sentence, i: int, cues: tuple[Cue, ...], quotations: QuotationIndex) -> Draft | None:
    cue = cues[0]
    dep, verb = sentence.deps[i], sentence.heads[i]
    if "clause" in cue.frames:
        if dep != "amod" or verb < i:
            return None
        content = spans_of_tokens(sentence, sentence.subtree(verb, without={"relcl", "appos"}), quotations, without={i})
        return Draft(sentence.index, i, i + 1, i, None, content, "clause", cue.stance, False, cue)
    complement = complement_of_adjective(sentence, i, cue)
    if complement is None and dep == "acomp":
        complement = complement_of_adjective(sentence, verb, cue)
    if complement is None:
        return None
    if sentence.child(i, "auxpass") is not None:
        head, first = find_subject(sentence, i), left_edge(sentence, i)
    elif dep == "acomp" and sentence.lemmas[verb] in _BE:
        head = find_subject(sentence, verb)
        first = (
            left_edge(sentence, verb)
            if all(sentence.pos[t] in ("ADV", "AUX", "PART") for t in range(verb + 1, i))
            else i
        )
    else:
        return None
    if head is None:
        return None
    source = make_source(sentence, head, stop_at=first)
    if not source.known and complement.frame in PREPOSITIONS:
        return None
    without = {*range(first, complement.cue_stop), *range(source.first, source.stop)}
    content = spans_of_tokens(sentence, complement.tokens, quotations, without=without)
    frame = complement.frame
    return Draft(
        sentence.index, first, complement.cue_stop, i, source, content, frame, cue.stance_in(frame), False, cue
    )


def adverb_draft(sentence: Sentence, i: int, cue: Cue, quotations: QuotationIndex) -> Draft | None:
    """ "reportedly": the clause it stands in."""
    head = sentence.heads[i]
    tokens = [t for t in sentence.subtree(head, without={"conj", "cc", "relcl", "parataxis"}) if t != i]
    subject = find_subject(sentence, head) if sentence.pos[head] in ("VERB", "AUX") else None
    if subject is not None:
        tokens += [t for t in sentence.subtree(subject) if t not in tokens and not _is_below(sentence, head, subject)]
    content = spans_of_tokens(sentence, tokens, quotations, without={i})
    return Draft(sentence.index, i, i + 1, i, None, content, "clause", cue.stance, False, cue)


def _is_below(sentence: Sentence, token: int, ancestor: int) -> bool:
    return token == ancestor or ancestor in sentence.ancestors(token)


def preposition_draft(sentence: Sentence, i: int, quotations: QuotationIndex) -> Draft | None:
    """ "according to the mayor", "in the words of the mayor"."""
    for cue in load_lexicon().prepositions.get(sentence.words[i].lower(), ()):
        stop = i + len(cue.words)
        if tuple(w.lower() for w in sentence.words[i:stop]) != cue.words:
            continue
        head = sentence.child(stop - 1, "pobj")
        if head is None:
            continue
        source = make_source(sentence, head)
        is_apart = i == 0 or sentence.pos[i - 1] == "PUNCT"
        if not source.known and not (cue.words == ("according", "to") and is_apart):
            continue
        if cue.words[-1] == "per" and not (is_apart or sentence.pos[head] == "PROPN"):
            continue
        if cue.words == ("based", "on") and not (is_apart and source.kind in ("document", "publisher", "anonymous")):
            continue
        phrase = {*sentence.subtree(i), *range(source.first, source.stop)}
        tokens = [t for t in _scope(sentence, i, phrase) if t not in phrase]
        content = spans_of_tokens(sentence, tokens, quotations, without=phrase)
        return Draft(sentence.index, i, stop, i, source, content, "clause", cue.stance, True, cue)
    return _view_draft(sentence, i, quotations)


def _view_draft(sentence: Sentence, i: int, quotations: QuotationIndex) -> Draft | None:
    """ "in the mayor's view", "by his account"."""
    noun = sentence.child(i, "pobj")
    if noun is None or (sentence.words[i].lower(), sentence.words[noun].lower()) not in _VIEWS:
        return None
    head = sentence.child(noun, "poss")
    if head is None:
        return None
    source = make_source(sentence, head, stop_at=noun)
    phrase = set(sentence.subtree(i))
    tokens = [t for t in _scope(sentence, i, phrase) if t not in phrase]
    content = spans_of_tokens(sentence, tokens, quotations, without=phrase)
    cue = load_lexicon().prepositions["according"][0]
    return Draft(sentence.index, noun, noun + 1, noun, source, content, "clause", cue.stance, True, cue)


def _scope(sentence: Sentence, i: int, own: Container[int]) -> list[int]:
    """The clause that "according to" speaks of: at the edge of a sentence all of it, else the nearest clause."""
    clause = sentence.heads[i]
    while clause in own and sentence.heads[clause] != clause:
        clause = sentence.heads[clause]
    phrase = sentence.subtree(i)
    at_start = all(sentence.pos[t] in ("PUNCT", "CCONJ", "ADV") for t in range(phrase[0]))
    at_end = all(sentence.pos[t] in ("PUNCT", "SPACE") for t in range(phrase[-1] + 1, len(sentence)))
    while sentence.heads[clause] != clause:
        is_clause = sentence.pos[clause] in ("VERB", "AUX")
        if (
            is_clause
            and not (at_start or at_end)
            and sentence.deps[clause] in ("ccomp", "advcl", "relcl", "conj", "acl")
        ):
            break
        if (
            is_clause
            and at_end
            and sentence.deps[clause] in ("ccomp", "relcl", "advcl")
            and not _follows_comma(sentence, phrase[0])
        ):
            break
        clause = sentence.heads[clause]
    tokens = sentence.subtree(clause)
    while tokens and sentence.pos[tokens[0]] in ("CCONJ", "PUNCT") and sentence.words[tokens[0]] not in '“"‘':
        tokens = tokens[1:]
    return tokens


def _follows_comma(sentence: Sentence, first: int) -> bool:
    return first > 0 and sentence.pos[first - 1] == "PUNCT"
