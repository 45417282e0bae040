"""One sentence goes in, its reporting words with their sources and what they report come out, as drafts.

A draft may still lack its content: direct speech is given to it later, from the quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.extract.complements import (
    Complement,
    complement_of_adjective,
    complement_of_noun,
    complement_of_verb,
)
from dragoman.extract.quotations import QuotationIndex
from dragoman.extract.reporting import PREPOSITIONS, Cue, load_lexicon, verb_lemma
from dragoman.extract.sources import Source, dateline_end, find_agent, find_owner, find_subject, is_mere_data, is_passive, make_source, noun_after, noun_before
from dragoman.extract.spans import spans_of_tokens
from dragoman.records import Sentence, SourceKind, Span

_ASPECT = frozenset("continue go begin start keep proceed appear seem tend".split())
# "You may think": the reader is nobody's source.
_READER = frozenset(("you", "y'all", "ye"))
_BE = frozenset("be remain become feel seem appear sound get stay".split())


@dataclass(frozen=True, slots=True)
class Draft:
    """A cue (tokens ``first`` up to ``stop``, its main word ``head``) with its source and what it reports.

    ``quotable`` tells whether direct speech may be given to it; ``row`` is the cue's row of the table.
    """

    sentence: int
    first: int
    stop: int
    head: int
    source: Source | None
    content: tuple[Span, ...]
    frame: str
    stance: str
    quotable: bool
    row: Cue | None = None


def find_drafts(sentence: Sentence, quotations: QuotationIndex) -> list[Draft]:
    """All reporting cues of one sentence, in order."""
    return [draft for draft in _scan(sentence, quotations) if draft.content or draft.quotable]


def _scan(sentence: Sentence, quotations: QuotationIndex) -> Iterator[Draft]:
    lexicon = load_lexicon()
    taken: set[int] = set()
    for i, lemma in enumerate(sentence.lemmas):
        pos, dep, draft = sentence.pos[i], sentence.deps[i], None
        if pos in ("VERB", "AUX"):
            lemma = lemma if lemma in lexicon.verbs else verb_lemma(lemma, sentence.words[i])
            if dep in ("acomp", "amod") and sentence.words[i].lower() in lexicon.adjectives:
                draft = _adjective_draft(sentence, i, lexicon.adjectives[sentence.words[i].lower()], quotations)
            elif lemma in lexicon.verbs and dep not in ("aux", "auxpass", "amod", "compound"):
                draft = _verb_draft(sentence, i, lexicon.verbs[lemma], quotations)
            if draft is None and sentence.words[i].lower() in lexicon.prepositions:
                draft = _preposition_draft(sentence, i, quotations)
        elif pos in ("NOUN", "PROPN"):
            if lemma in lexicon.nouns and i not in taken:
                draft = _noun_draft(sentence, i, lexicon.nouns[lemma][0], quotations)
            if draft is None and dep == "ROOT" and i + 1 < len(sentence) and sentence.words[i + 1] == "that":
                draft = _mistagged_draft(sentence, i, quotations)
        elif pos == "ADJ":
            word = sentence.words[i].lower()
            cues = lexicon.adjectives.get(word) or lexicon.adjectives.get(lemma)
            if cues:
                draft = _adjective_draft(sentence, i, cues, quotations)
        elif pos == "ADV":
            cues = lexicon.adverbs.get(sentence.words[i].lower())
            if cues:
                draft = _adverb_draft(sentence, i, cues[0], quotations)
        if draft is None and pos in ("ADP", "SCONJ"):
            draft = _preposition_draft(sentence, i, quotations)
        if draft is not None:
            taken.update(range(draft.first, draft.stop))
            yield draft


def _verb_draft(sentence: Sentence, i: int, cues: tuple[Cue, ...], quotations: QuotationIndex) -> Draft | None:
    """The draft of a verb in the longest of its cues that yields anything."""
    for cue in cues:
        last = _match_words(sentence, i, cue)
        if last is None:
            continue
        draft = _draft_of_verb(sentence, i, cue, last, quotations)
        if draft is not None:
            return draft
    return None


def _mistagged_draft(sentence: Sentence, i: int, quotations: QuotationIndex) -> Draft | None:
    """ "The bank forecasts that …", where the parser took the verb for a noun."""
    cues = load_lexicon().verbs.get(verb_lemma(sentence.lemmas[i], sentence.words[i]), ())
    cue = next((c for c in cues if "that" in c.frames and len(c.words) == 1), None)
    clause = sentence.child(i, "relcl", "acl")
    if cue is None or clause is None or i == 0 or sentence.pos[i - 1] not in ("NOUN", "PROPN", "ADJ"):
        return None
    before = range(sentence.subtree(i)[0], i)
    kind: SourceKind = "institution" if sentence.pos[i - 1] == "NOUN" else "person"
    source = Source(sentence.index, before.start, i, i - 1, sentence.span_of(before.start, i), kind, True)
    content = spans_of_tokens(sentence, sentence.subtree(clause), quotations, without={i, *before})
    return Draft(sentence.index, i, i + 1, i, source, content, "that", cue.stance_in("that"), False, cue)


def _match_words(sentence: Sentence, i: int, cue: Cue) -> int | None:
    """The last token of the cue's words after verb ``i``: "point out", also "point something out"."""
    rest = cue.words[1:]
    if not rest:
        return i
    words = sentence.words
    after = i + 1 + len(rest)
    if tuple(w.lower() for w in words[i + 1 : after]) == rest:
        is_out_of = rest[-1] == "out" and after < len(words) and words[after].lower() == "of"
        return None if is_out_of else i + len(rest)
    if len(rest) == 1:
        for child in sentence.with_dep(i, "prt"):
            if words[child].lower() == rest[0]:
                return i
    return None


def _draft_of_verb(sentence: Sentence, i: int, cue: Cue, last: int, quotations: QuotationIndex) -> Draft | None:
    passive = is_passive(sentence, i)
    complement = complement_of_verb(sentence, i, cue, last=last)
    quotable = "quote" in cue.frames and not passive
    if complement is None and not quotable:
        return None
    first = _left_edge(sentence, i)
    head = find_agent(sentence, i) if passive else find_subject(sentence, i)
    beside = None
    if head is not None and (head < dateline_end(sentence) or _is_quoted_apart(sentence, head, i, quotations)):
        head = None
    if head is None and not passive and sentence.tags[i] in ("VBD", "VBZ", "VBP", "VBN"):
        head = noun_after(sentence, i) if quotable and _follows_quotation(sentence, first, quotations) else None
        if head is not None:
            complement = None
        else:
            beside = noun_before(sentence, first)
    if passive and "hearer" not in cue.frames and complement is not None and complement.frame != "hearsay":
        if head is None and complement.frame not in ("that", "wh"):
            return None
    is_clause = complement is None or complement.frame in ("that", "wh", "quote")
    if head is None and beside is None and not passive and not is_clause:
        return None
    stop = max(last + 1, complement.cue_stop if complement else 0)
    source = make_source(sentence, head, stop_at=i) if head is not None else beside
    if source is not None and sentence.words[source.head].lower() in _READER:
        return None
    if source is not None and not (_may_report(source, cue, complement) and _may_hold(sentence, source, cue, complement)):
        return None
    frame = complement.frame if complement else "quote"
    without = {*range(first, stop), *(range(source.first, source.stop) if source else ())}
    if frame == "hearsay" or passive:
        without -= set(complement.tokens if complement else ()) - set(range(first, stop))
    content = spans_of_tokens(sentence, complement.tokens, quotations, without=without) if complement else ()
    return Draft(sentence.index, first, stop, i, source, content, frame, cue.stance_in(frame), quotable, cue)


def _may_report(source: Source, cue: Cue, complement: Complement | None) -> bool:
    """Can such a subject report in this frame? An attack can't support a law, nor show that …"""
    if complement is None or source.known:
        return True
    if "evidence" in cue.frames:
        return False
    is_clause = complement.frame in ("that", "wh", "quote", "host", "inf", "ing")
    return is_clause or source.kind == "anonymous"


def _is_quoted_apart(sentence: Sentence, head: int, verb: int, quotations: QuotationIndex) -> bool:
    """Does the subject stand inside a quotation and the verb outside, so that the parser is wrong about it?"""
    quoted = quotations.at(sentence.starts[head])
    return quoted is not None and quoted != quotations.at(sentence.starts[verb]) and head < verb


def _follows_quotation(sentence: Sentence, first: int, quotations: QuotationIndex) -> bool:
    return first > 0 and quotations.at(sentence.starts[first - 1]) is not None


def _may_hold(sentence: Sentence, source: Source, cue: Cue, complement: Complement | None) -> bool:
    """ "That" and bare figures hold no opinion of anything."""
    if sentence.words[source.head].lower() in ("that", "this", "these", "what", "there") and not source.known:
        return False
    if "evidence" in cue.frames and complement is not None and complement.frame == "np":
        return source.kind in ("document", "publisher")
    is_phrase = complement is not None and (complement.frame in ("np", "small", "as") or complement.frame in PREPOSITIONS)
    return not (is_phrase and "evidence" not in cue.frames and is_mere_data(sentence, source.head))


def _left_edge(sentence: Sentence, i: int) -> int:
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
    if sentence.deps[i] == "xcomp" and sentence.tags[first - 1 :][:1] == ("TO",):
        governor = sentence.heads[i]
        if sentence.lemmas[governor] in _ASPECT and governor == first - 2:
            return _left_edge(sentence, governor)
    return first


def _noun_draft(sentence: Sentence, i: int, cue: Cue, quotations: QuotationIndex) -> Draft | None:
    complement = complement_of_noun(sentence, i, cue)
    if complement is None:
        return None
    first, head = i, find_owner(sentence, i)
    light = _light_verb(sentence, i)
    if head is None or (light is not None and sentence.pos[head] == "PRON"):
        if light is not None:
            head = find_subject(sentence, light)
            first = _left_edge(sentence, light) if light < i and sentence.deps[i] == "dobj" else i
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


def _light_verb(sentence: Sentence, noun: int) -> int | None:
    """The verb that lends the noun its subject: "issued a warning"."""
    verb = sentence.heads[noun]
    if sentence.deps[noun] == "pobj" and sentence.words[verb].lower() == "with":
        above = sentence.heads[verb]
        return above if sentence.pos[above] == "VERB" and not is_passive(sentence, above) else None
    if sentence.deps[noun] != "dobj" or sentence.lemmas[verb] not in load_lexicon().light:
        return None
    return None if is_passive(sentence, verb) else verb


def _adjective_draft(sentence: Sentence, i: int, cues: tuple[Cue, ...], quotations: QuotationIndex) -> Draft | None:
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
    if dep == "acomp" and sentence.lemmas[verb] in _BE:
        head = find_subject(sentence, verb)
        first = _left_edge(sentence, verb) if all(sentence.pos[t] in ("ADV", "AUX", "PART") for t in range(verb, i)) else i
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
    return Draft(sentence.index, first, complement.cue_stop, i, source, content, frame, cue.stance_in(frame), False, cue)


def _adverb_draft(sentence: Sentence, i: int, cue: Cue, quotations: QuotationIndex) -> Draft | None:
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


def _preposition_draft(sentence: Sentence, i: int, quotations: QuotationIndex) -> Draft | None:
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
        phrase = set(sentence.subtree(i))
        tokens = [t for t in _scope(sentence, i) if t not in phrase]
        content = spans_of_tokens(sentence, tokens, quotations, without=phrase)
        return Draft(sentence.index, i, stop, i, source, content, "clause", cue.stance, True, cue)
    return None


def _scope(sentence: Sentence, i: int) -> list[int]:
    """The clause that "according to" speaks of: at the edge of a sentence all of it, else the nearest clause."""
    clause = sentence.heads[i]
    phrase = sentence.subtree(i)
    at_start = all(sentence.pos[t] in ("PUNCT", "CCONJ", "ADV") for t in range(phrase[0]))
    at_end = all(sentence.pos[t] in ("PUNCT", "SPACE") for t in range(phrase[-1] + 1, len(sentence)))
    while sentence.heads[clause] != clause:
        is_clause = sentence.pos[clause] in ("VERB", "AUX")
        if is_clause and not (at_start or at_end) and sentence.deps[clause] in ("ccomp", "advcl", "relcl", "conj", "acl"):
            break
        if is_clause and at_end and sentence.deps[clause] in ("ccomp", "relcl", "advcl") and not _follows_comma(sentence, phrase[0]):
            break
        clause = sentence.heads[clause]
    tokens = sentence.subtree(clause)
    while tokens and sentence.pos[tokens[0]] in ("CCONJ", "PUNCT") and sentence.words[tokens[0]] not in "“\"‘":
        tokens = tokens[1:]
    return tokens


def _follows_comma(sentence: Sentence, first: int) -> bool:
    return first > 0 and sentence.pos[first - 1] == "PUNCT"
