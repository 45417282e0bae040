"""A predicate and the dates of its sentence go in, the date that belongs to the predicate comes out."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.records import DateMention, Sentence
from dragoman.resolve.date_calendar import FINENESS
from dragoman.resolve.date_tense import head_of
from dragoman.resolve.date_words import cue_words


def date_of_event(sentence: Sentence, head: int, dates: Sequence[DateMention]) -> DateMention | None:
    """The date expression that belongs to the predicate at token ``head``, or None.

    Its own date comes first, then one that it shares: with the verb it is coordinated with, with
    the main verb of "Jets struck the port on Friday, killing six", with a verb that only says that it took place.

    >>> from dragoman.parse import Parser
    >>> from dragoman.records import Document
    >>> from dragoman.resolve.dates import find_dates
    >>> document = Document("d1", "Delhi said on Friday that it would reopen the pass in May.", "2018-04-12")
    >>> (sentence,) = Parser().parse(document)
    >>> dates = find_dates(document, (sentence,))
    >>> [date_of_event(sentence, sentence.words.index(word), dates).value for word in ("said", "reopen")]
    ['2018-04-06', '2018-05']
    """
    ranked = []
    for order, date in enumerate(dates):
        if date.sentence != sentence.index or date.first <= head < date.stop:
            continue
        at = _attached(sentence, date)
        if _is_bound(sentence, at):
            continue
        rank = _rank(sentence, at, head) if date.granularity != "ref" or _is_adverbial(sentence, at) else None
        if rank is not None:
            vague = 50 if date.granularity == "ref" else 0
            fineness = FINENESS.get(date.granularity or "ref", 9)
            ranked.append((rank + vague, fineness, abs(at - head), order, date))
    return min(ranked)[-1] if ranked else None


def _attached(sentence: Sentence, date: DateMention) -> int:
    """The token by which a date hangs on its clause: its head, or "on" where the parser hung it on what follows.

    "On 12 March rebels fled": the rebels are not those of March.
    """
    at, before = head_of(sentence, date.first, date.stop), date.first - 1
    astray = sentence.heads[at] >= date.stop and before >= 0 and sentence.tags[before] == "IN"
    return before if astray and sentence.heads[before] > before and not sentence.children[before] else at


def _rank(sentence: Sentence, at: int, head: int) -> int | None:
    """How loosely a date hangs on a predicate: 0 directly, more through nouns or sharing, None not at all."""
    direct = _climb(sentence, at, head)
    if direct is not None:
        return direct
    for apposed in sentence.with_dep(head, "appos"):
        renamed = _rank(sentence, at, apposed)
        if renamed is not None:
            return renamed + 4
    if sentence.deps[head] == "relcl" and any(
        sentence.tags[child] in ("WDT", "WP") for child in sentence.children[head]
    ):
        # "the strike on Monday that killed a child"
        described = _climb(sentence, at, sentence.heads[head])
        if described is not None:
            return described + 14
    governor = _governor(sentence, at)
    return _share(sentence, governor, head) if governor is not None and governor != head else None


def _is_adverbial(sentence: Sentence, at: int) -> bool:
    """Whether "in the future" dates something; "the future of the port" is what is spoken of."""
    if sentence.pos[at] != "NOUN":
        return True
    above = sentence.heads[at]
    return sentence.deps[at] == "npadvmod" or sentence.words[above].lower() in ("in", "for", "at", "until", "till")


def _is_bound(sentence: Sentence, at: int) -> bool:
    """Whether it only tells since when something goes on."""
    return sentence.deps[at] == "pobj" and sentence.words[sentence.heads[at]].lower() == "since"


def _climb(sentence: Sentence, at: int, head: int) -> int | None:
    """The number of nouns between a date and the predicate above it; None where a clause lies between."""
    hops = 0
    node = at
    while sentence.heads[node] != node:
        above = sentence.heads[node]
        if above == head:
            return hops
        if node == at and sentence.deps[at] in ("compound", "nummod", "nmod") and sentence.pos[above] == "NOUN":
            # "meddled in the 2016 election"
            return None
        if sentence.pos[above] in ("VERB", "AUX"):
            # "began shelling on Monday" began on Monday; any other clause keeps its date to itself.
            joined = sentence.deps[above] == "xcomp" and sentence.lemmas[sentence.heads[above]].lower() in cue_words(
                "aspectual"
            )
            if not joined:
                return None
        elif sentence.pos[above] in ("NOUN", "PROPN", "NUM", "ADJ"):
            hops += 1
        node = above
    return None


def _governor(sentence: Sentence, at: int) -> int | None:
    """The verb that a date hangs below, or the topmost noun of a sentence without one."""
    if sentence.pos[at] in ("VERB", "AUX"):
        return at
    return next((up for up in sentence.ancestors(at) if sentence.pos[up] in ("VERB", "AUX")), None)


def _share(sentence: Sentence, governor: int, head: int) -> int | None:
    """Whether a predicate without a date of its own shares that of the verb ``governor``."""
    dep, above = sentence.deps[head], sentence.heads[head]
    verb = sentence.pos[head] in ("VERB", "AUX")
    if verb and above == governor:
        if dep == "conj":
            return 10
        if dep in ("advcl", "dep") and sentence.tags[head] in ("VBG", "VBN") and not _marked(sentence, head):
            return 12
        if dep == "xcomp" and sentence.lemmas[governor].lower() in cue_words("aspectual"):
            return 10
        if dep in ("advcl", "xcomp") and sentence.lemmas[governor].lower() in cue_words("moving"):
            # "met on Monday to discuss the dam"
            return 12 if any(sentence.words[c].lower() == "to" for c in sentence.with_dep(head, "aux")) else None
    if verb and sentence.heads[governor] == head and sentence.lemmas[governor].lower() in cue_words("speaking"):
        return 14
    if verb and dep == "conj" and above != head:
        shared = _share(sentence, governor, above)
        return shared + 2 if shared is not None else None
    if sentence.deps[governor] == "conj" and sentence.heads[governor] == head:
        return 20
    if not verb:
        return _share_noun(sentence, governor, head)
    return None


def _with_its_verb(sentence: Sentence, governor: int, noun: int) -> int | None:
    """The talks share the date of the verb: "flew in on Monday to hold talks", "left on Monday for talks"."""
    above = sentence.heads[noun]
    if sentence.deps[noun] == "dobj" and sentence.lemmas[above].lower() in cue_words("light"):
        shared = _share(sentence, governor, above)
        return shared + 2 if shared is not None else None
    if sentence.deps[noun] == "pobj" and sentence.heads[above] == governor:
        word, moving = sentence.words[above].lower(), sentence.lemmas[governor].lower() in cue_words("moving")
        return 14 if word == "during" or (word in ("for", "at", "on") and moving) else None
    return None


def _share_noun(sentence: Sentence, governor: int, head: int) -> int | None:
    """An event noun: "held talks on Monday", "the raid killed six on Monday", "the deal reached in 2015"."""
    lemma = sentence.lemmas[governor].lower()
    if sentence.heads[head] == governor:
        dep = sentence.deps[head]
        if dep in ("dobj", "nsubj", "nsubjpass", "attr") and lemma in cue_words("light"):
            return 8
        if dep in ("nsubj", "nsubjpass") and lemma in cue_words("sweeping"):
            return 12
    if sentence.heads[governor] == head and (
        (sentence.deps[governor] == "acl" and sentence.tags[governor] in ("VBN", "VBG"))
        or (sentence.deps[governor] == "relcl" and (lemma in cue_words("light") or lemma in cue_words("sweeping")))
    ):
        return 8
    above = sentence.heads[head]
    if lemma in ("follow", "precede") and sentence.heads[above] == governor and sentence.words[above].lower() == "by":
        return 8
    if sentence.deps[head] == "conj":
        shared = _share_noun(sentence, governor, sentence.heads[head])
        return shared + 2 if shared is not None else None
    return _with_its_verb(sentence, governor, head)


def _marked(sentence: Sentence, verb: int) -> bool:
    """Whether a conjunction or preposition sets an adverbial clause apart: "after killing", "before leaving"."""
    return any(sentence.with_dep(verb, "mark", "prep")) and any(
        sentence.words[child].lower() in ("after", "before", "since", "until", "while", "if", "though")
        for child in sentence.with_dep(verb, "mark", "prep")
        if child < verb
    )
