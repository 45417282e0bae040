"""One sentence goes in, its reporting words with their sources and what they report come out, as drafts.

A draft may still lack its content: direct speech is given to it later, from the quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.extract.complements import complement_of_verb
from dragoman.extract.drafts import Complement, Draft
from dragoman.extract.kinds import is_mere_data
from dragoman.extract.noun_cues import adjective_draft, adverb_draft, noun_draft, preposition_draft
from dragoman.extract.quotations import QuotationIndex
from dragoman.extract.reporting import PREPOSITIONS, Cue, load_lexicon, verb_lemma
from dragoman.extract.sources import (
    Source,
    closing_speaker,
    dateline_end,
    inserted_speaker,
    make_source,
    noun_after,
    noun_before,
)
from dragoman.extract.spans import spans_of_tokens
from dragoman.extract.speakers import find_agent, find_subject, is_passive, left_edge
from dragoman.records import Sentence, SourceKind

# "You may think": the reader is nobody's source.
_READER = frozenset(("you", "y'all", "ye"))
_POINTERS = frozenset(("that", "this", "these", "what", "there"))
# What is quoted and goes on with who said it ends so.
_SPEECH_ENDS = frozenset((",", "!", "?", ",”", "!”", "?”", ',"', '!"', '?"'))
_FINITE = ("VBD", "VBZ", "VBP", "VBN")
_VERBAL = (*_FINITE, "VB")


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
            cues = lexicon.adjectives.get(sentence.words[i].lower(), ())
            is_participle = sentence.child(i, "auxpass") is not None and bool(cues) and "clause" not in cues[0].frames
            if cues and (is_participle or dep in ("acomp", "amod")):
                draft = adjective_draft(sentence, i, cues, quotations)
            elif lemma in lexicon.verbs and dep not in ("aux", "auxpass", "amod", "compound", "prep"):
                draft = _verb_draft(sentence, i, lexicon.verbs[lemma], quotations)
            if draft is None and dep not in ("aux", "auxpass"):
                draft = _speech_verb_draft(sentence, i, quotations)
            if draft is None and sentence.words[i].lower() in lexicon.prepositions:
                draft = preposition_draft(sentence, i, quotations)
        elif pos in ("NOUN", "PROPN"):
            if lemma in lexicon.nouns and i not in taken:
                draft = noun_draft(sentence, i, lexicon.nouns[lemma][0], quotations)
            if draft is None and dep == "ROOT":
                draft = _mistagged_draft(sentence, i, quotations)
        elif pos == "ADJ":
            word = sentence.words[i].lower()
            cues = lexicon.adjectives.get(word) or lexicon.adjectives.get(lemma, ())
            if cues:
                draft = adjective_draft(sentence, i, cues, quotations)
        elif pos == "ADV":
            cues = lexicon.adverbs.get(sentence.words[i].lower(), ())
            if cues:
                draft = adverb_draft(sentence, i, cues[0], quotations)
        if draft is None and pos in ("ADP", "SCONJ"):
            draft = preposition_draft(sentence, i, quotations)
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
    """ "The bank forecasts that …", "…,” Rossi answers.", where the parser took the verb for a noun."""
    following = sentence.words[i + 1] if i + 1 < len(sentence) else "."
    wanted = frozenset(("that", "marked")) if following == "that" else frozenset(("quote",))
    cues = load_lexicon().verbs.get(verb_lemma(sentence.lemmas[i], sentence.words[i]), ())
    cue = next((c for c in cues if c.frames & wanted and len(c.words) == 1), None)
    if cue is None or i == 0 or sentence.pos[i - 1] not in ("NOUN", "PROPN", "ADJ"):
        return None
    clause = sentence.child(i, "relcl", "acl", "ccomp") if following == "that" else None
    closes_speech = following == "." and sentence.pos[i - 1] == "PROPN" and _follows_speech(sentence, i, quotations)
    if clause is None and not closes_speech:
        return None
    before = range(sentence.subtree(i)[0], i)
    if closes_speech:
        before = range(next(t for t in range(i, 0, -1) if sentence.pos[t - 1] != "PROPN"), i)
    kind: SourceKind = "institution" if sentence.pos[i - 1] == "NOUN" else "person"
    source = Source(sentence.index, before.start, i, i - 1, sentence.span_of(before.start, i), kind, True)
    tokens = sentence.subtree(clause) if clause is not None else []
    content = spans_of_tokens(sentence, tokens, quotations, without={i, *before})
    frame = "quote" if clause is None else "that"
    return Draft(sentence.index, i, i + 1, i, source, content, frame, cue.stance_in(frame), closes_speech, cue)


def _follows_speech(sentence: Sentence, i: int, quotations: QuotationIndex) -> bool:
    """Does the name before token ``i`` come right after a closing quotation mark?"""
    first = i
    while first > 0 and sentence.pos[first - 1] == "PROPN":
        first -= 1
    return first > 0 and quotations.at(sentence.starts[first - 1]) is not None


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
        after = _after_adverbs(sentence, i)
        if after < len(words) and words[after].lower() == rest[0] and rest[0] in PREPOSITIONS and after > i + 1:
            return after
    return None


def _after_adverbs(sentence: Sentence, i: int) -> int:
    """The first token behind verb ``i`` that is neither a day nor an adverb: "called on Tuesday again for calm"."""
    after = i + 1
    while after < len(sentence) and (
        sentence.tags[after] == "RB"
        or any(e.first <= after < e.stop and e.label in ("DATE", "TIME") for e in sentence.entities)
    ):
        after += 1
    return after


def _draft_of_verb(sentence: Sentence, i: int, cue: Cue, last: int, quotations: QuotationIndex) -> Draft | None:
    passive = is_passive(sentence, i) and not _opens_speech(sentence, i, cue)
    complement = complement_of_verb(sentence, i, cue, last=last)
    quotable = "quote" in cue.frames and not passive
    if complement is None and not quotable:
        return None
    first = left_edge(sentence, i)
    inserted = (inserted_speaker(sentence, i) or closing_speaker(sentence, i)) if quotable else None
    if inserted is not None:
        content = spans_of_tokens(sentence, range(len(sentence)), quotations, without=range(first, inserted.stop))
        return Draft(sentence.index, first, last + 1, i, inserted, content, "host", cue.stance, True, cue)
    source = None if passive else _speaker_behind(sentence, i, first, quotations, quotable=quotable)
    if source is not None:
        complement = None
    else:
        source = _source_of_verb(sentence, i, first, quotations, passive=passive)
    if not _is_complete(sentence, i, cue, source, complement, passive=passive):
        return None
    stop = max(last + 1, complement.cue_stop if complement else 0)
    frame = complement.frame if complement else "quote"
    tokens = complement.tokens if complement else ()
    while stop < len(sentence) and _is_manner(sentence, stop, i) and stop not in tokens:
        stop += 1
    without = {*range(first, stop), *(range(source.first, source.stop) if source else ())}
    if frame == "hearsay" or passive:
        without -= set(tokens) - set(range(first, stop))
    content = spans_of_tokens(sentence, tokens, quotations, without=without)
    return Draft(sentence.index, first, stop, i, source, content, frame, cue.stance_in(frame), quotable, cue)


def _speech_verb_draft(sentence: Sentence, i: int, quotations: QuotationIndex) -> Draft | None:
    """ "“Sold!” thundered Prinz": any verb that with its subject follows speech which breaks off at a comma."""
    if sentence.tags[i] not in ("VBD", "VBZ"):
        return None
    subject = sentence.child(i, "nsubj")
    head = subject if subject is not None else noun_after(sentence, i)
    if head is None:
        return None
    source = make_source(sentence, head, stop_at=i)
    first = min(source.first, left_edge(sentence, i))
    is_tight = head > i or source.stop == left_edge(sentence, i)
    if first < 2 or not source.known or not is_tight or quotations.at(sentence.starts[i]) is not None:
        return None
    closing = sentence.starts[first - 1]
    if quotations.at(closing) is None or not any(sentence.words[t] in _SPEECH_ENDS for t in (first - 1, first - 2)):
        return None
    cue = load_lexicon().verbs["say"][0]
    left = left_edge(sentence, i)
    return Draft(sentence.index, left, i + 1, i, source, (), "quote", cue.stance, True, cue)


def _is_manner(sentence: Sentence, token: int, verb: int) -> bool:
    """Does an adverb tell how somebody says it: "said sarcastically"?"""
    is_adverb = sentence.deps[token] == "advmod" and sentence.tags[token] == "RB" and sentence.heads[token] == verb
    return is_adverb and not any(e.first <= token < e.stop for e in sentence.entities)


def _opens_speech(sentence: Sentence, i: int, cue: Cue) -> bool:
    """ "a porter hissed “Keep left”", where the parser took the verb for a participle."""
    if "quote" not in cue.frames or sentence.tags[i] != "VBD" or sentence.deps[i] != "acl" or i + 1 >= len(sentence):
        return False
    return sentence.tags[i + 1] == "``" or sentence.words[i + 1] in "“‘"


def _speaker_behind(
    sentence: Sentence, i: int, first: int, quotations: QuotationIndex, *, quotable: bool
) -> Source | None:
    """Who is named behind the verb after a quotation, as in "“Go home,” read one banner"."""
    if not quotable or sentence.tags[i] not in _FINITE or _subject_outside(sentence, i, quotations) is not None:
        return None
    if first == 0 or quotations.at(sentence.starts[first - 1]) is None:
        return None
    head = noun_after(sentence, i)
    return make_source(sentence, head, stop_at=i) if head is not None else None


def _source_of_verb(
    sentence: Sentence, i: int, first: int, quotations: QuotationIndex, *, passive: bool
) -> Source | None:
    """Who speaks: the agent of a passive, the subject, or the name right before the verb."""
    head = find_agent(sentence, i) if passive else _subject_outside(sentence, i, quotations)
    if head is not None:
        return make_source(sentence, head, stop_at=i)
    if passive or sentence.tags[i] not in _FINITE:
        return None
    return noun_before(sentence, first)


def _subject_outside(sentence: Sentence, i: int, quotations: QuotationIndex) -> int | None:
    """The subject, but none in a dateline, and none inside a quotation when the verb is not: a slip of the parser."""
    head = find_subject(sentence, i)
    own = quotations.at(sentence.starts[i])
    if head is not None and _is_apart(sentence, head, own, quotations):
        is_participle = sentence.tags[i] == "VBG" and sentence.deps[i] in ("advcl", "conj", "ccomp")
        head = _subject_before(sentence, i, own, quotations) if is_participle else (None if head < i else head)
    return None if head is None or head < dateline_end(sentence) else head


def _is_apart(sentence: Sentence, head: int, own: int | None, quotations: QuotationIndex) -> bool:
    quoted = quotations.at(sentence.starts[head])
    return quoted is not None and quoted != own


def _subject_before(sentence: Sentence, i: int, own: int | None, quotations: QuotationIndex) -> int | None:
    """Who does what comes before the comma: "She waved, telling the crowd, “…”"."""
    for verb in range(i - 1, -1, -1):
        subject = sentence.child(verb, "nsubj")
        if subject is None or subject > verb or sentence.tags[verb] not in _VERBAL:
            continue
        if not _is_apart(sentence, subject, own, quotations):
            return subject
    return None


def _is_complete(
    sentence: Sentence, i: int, cue: Cue, source: Source | None, complement: Complement | None, *, passive: bool
) -> bool:
    """Can this source report this, and is there one where one is needed?"""
    frame = complement.frame if complement else "quote"
    if source is None:
        is_clause = frame in ("that", "wh", "quote")
        if passive:
            return is_clause or frame == "hearsay" or "hearer" in cue.frames
        return is_clause and sentence.tags[i] != "VB"
    if passive and complement is None:
        return False
    return not _is_nobody(sentence, source, i) and _may_report(sentence, source, cue, frame)


def _is_nobody(sentence: Sentence, source: Source, verb: int) -> bool:
    """The reader in "you may think", and the mere subject of "it is wrong to say"."""
    word = sentence.words[source.head].lower()
    is_dummy = word == "it" and sentence.heads[source.head] != verb and sentence.tags[verb] in ("VB", "VBG")
    is_pointer = word in _POINTERS and not source.known
    return word in _READER or is_dummy or is_pointer


def _may_report(sentence: Sentence, source: Source, cue: Cue, frame: str) -> bool:
    """Can such a subject report in this frame? An attack can't support a law, nor show that …"""
    is_phrase = frame in ("np", "small", "as", "hearsay") or frame in PREPOSITIONS
    if "evidence" in cue.frames:
        return source.kind in ("document", "publisher") if frame == "np" else source.known
    if not source.known:
        return not is_phrase or source.kind == "anonymous"
    return not (is_phrase and is_mere_data(sentence, source.head))
