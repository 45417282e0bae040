"""The table of reporting cues goes in, an index by word comes out: which word may introduce what, in which frame.

A cue is a verb ("warn", "point out"), a noun ("claim"), an adverb ("reportedly"), an adjective
("adamant", "alleged"), a preposition ("according to"), a light verb that lends a noun its subject
("issue a warning"), or one that is drawn upon its subject ("the plan won praise from the mayor").
The frames are a closed list, see FRAMES.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dragoman.records import Sentence
from dragoman.tables import Row, read_table

COLUMNS = ("cue", "part", "frames", "stance", "vouches", "example", "not")
PARTS = ("verb", "noun", "adverb", "adjective", "preposition", "light", "drawn")
STANCES = ("assert", "doubt", "deny", "ask", "intend", "none")
VOUCHES = ("yes", "clause", "no")
PREPOSITIONS = frozenset((
    "about", "against", "among", "around", "as", "at", "behind", "between", "by", "for", "from", "in", "into",
    "of", "on", "onto", "over", "through", "to", "toward", "towards", "under", "upon", "with", "without",
))  # fmt: skip
FRAMES: Mapping[str, str] = {
    "that": "a finite clause, with or without 'that': said (that) it would leave",
    "marked": "a finite clause only with 'that': held that the tax was void",
    "wh": "a clause with whether, what, how, why: asked whether it would leave",
    "inf": "an infinitive: vowed to leave, wants them to leave",
    "ing": "a gerund: denied leaving",
    "quote": 'direct speech may follow or go before: "We leave," he said',
    "np": "its object is what is attributed: announced a ceasefire",
    "small": "object and predicate: called him a traitor",
    "as": "object and as-phrase: described the raid as a crime",
    "speaker": "its object is the one who speaks: quoted officials as saying",
    "hearer": "its object hears it, and is no part of what is attributed: told reporters",
    "hearsay": "in the passive it names nobody: is said to have left",
    "thought": "its subject thinks it, and need not have said it: he said he believed",
    "evidence": "its subject must be a person, body or document: polls show, but not: the attack shows",
    "clause": "(adverb) the clause it stands in; (adjective) its noun: the alleged plot",
    "copula": "(noun) what is attributed may follow 'is': his message was that",
}


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of the table: its words, the frames it takes, and what it commits its source to.

    ``vouches`` tells whether the source vouches for what is attributed: always (``yes``), only for
    a clause or a quotation and not for a bare noun phrase (``clause``: "criticised the raid"), or
    never (``no``: "wants to leave").
    """

    words: tuple[str, ...]
    part: str
    frames: frozenset[str]
    stance: str
    vouches: str

    def stance_in(self, frame: str) -> str:
        """The stance towards what is attributed in this frame; ``none`` for a noun phrase it merely concerns."""
        if self.vouches == "clause" and (frame in ("np", "small", "as") or frame in PREPOSITIONS):
            return "none"
        if self.vouches == "clause" and frame == "inf" and "thought" in self.frames:
            return "none"
        return self.stance


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cues by part of speech and first word; those of several words come first."""

    verbs: Mapping[str, tuple[Cue, ...]]
    nouns: Mapping[str, tuple[Cue, ...]]
    adverbs: Mapping[str, tuple[Cue, ...]]
    adjectives: Mapping[str, tuple[Cue, ...]]
    prepositions: Mapping[str, tuple[Cue, ...]]
    light: Mapping[str, tuple[Cue, ...]]
    drawn: Mapping[str, tuple[Cue, ...]]


@cache
def load_lexicon() -> Lexicon:
    """Read ``codebooks/reporting.csv``.

    >>> [cue.words for cue in load_lexicon().verbs["point"]][0]
    ('point', 'out')
    """
    found: dict[str, dict[str, list[Cue]]] = {part: {} for part in PARTS}
    for row in read_table("reporting.csv", COLUMNS):
        for cue in parse_cues(row):
            found[cue.part].setdefault(cue.words[0], []).append(cue)
    by_part = {
        part: {word: tuple(sorted(cues, key=lambda cue: -len(cue.words))) for word, cues in words.items()}
        for part, words in found.items()
    }
    return Lexicon(
        verbs=by_part["verb"],
        nouns=by_part["noun"],
        adverbs=by_part["adverb"],
        adjectives=by_part["adjective"],
        prepositions=by_part["preposition"],
        light=by_part["light"],
        drawn=by_part["drawn"],
    )


@cache
def verb_lemma(lemma: str, word: str) -> str:
    """The lemma under which a verb stands in the table, where the parser's own is a slip ("hopes": hop).

    >>> verb_lemma("hop", "hopes"), verb_lemma("criticis", "criticised"), verb_lemma("sing", "sang")
    ('hope', 'criticise', 'sing')
    """
    verbs, word = load_lexicon().verbs, word.lower()
    if lemma in verbs:
        return lemma
    stems = [
        word[:-cut] for cut, ending in ((1, "s"), (1, "d"), (2, "ed"), (2, "es"), (3, "ing")) if word.endswith(ending)
    ]
    stems += [stem + "e" for stem in stems if word.endswith("ing")]
    stems += [stem[:-1] for stem in stems if stem[-2:-1] == stem[-1:]]
    return next((stem for stem in stems if stem in verbs), lemma)


def cue_at(sentence: Sentence, token: int) -> Cue | None:
    """The row of the table for the reporting word at ``token``; None where it is no such word."""
    lexicon = load_lexicon()
    tables: Mapping[str, Mapping[str, tuple[Cue, ...]]] = {
        "VERB": lexicon.verbs, "AUX": lexicon.verbs, "NOUN": lexicon.nouns, "PROPN": lexicon.nouns,
        "ADJ": lexicon.adjectives, "ADV": lexicon.adverbs,
    }  # fmt: skip
    table = tables.get(sentence.pos[token])
    if table is None:
        return None
    word = sentence.words[token].lower()
    cues = table.get(sentence.lemmas[token]) or table.get(word) or lexicon.adjectives.get(word, ())
    following = [w.lower() for w in sentence.words[token + 1 : token + 4]]
    for cue in cues:
        if list(cue.words[1:]) == following[: len(cue.words) - 1]:
            return cue
    return None


def parse_cues(row: Row) -> list[Cue]:
    """The cues of one row, one for each spelling."""
    frames = frozenset(row.alternatives("frames"))
    unknown = sorted(frames - PREPOSITIONS - set(FRAMES))
    if unknown:
        raise row.error(f"unknown frame {', '.join(unknown)}", f"Use {', '.join(FRAMES)} or a preposition")
    for column, allowed in (("part", PARTS), ("stance", STANCES), ("vouches", VOUCHES)):
        if row[column] not in allowed:
            raise row.error(f"unknown {column} {row[column]!r}", f"Use one of {', '.join(allowed)}")
    return [
        Cue(tuple(spelling.split()), row["part"], frames, row["stance"], row["vouches"])
        for spelling in row.alternatives("cue")
    ]
