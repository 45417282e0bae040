"""The codebook names found in a sentence go in; those that can be meant there come out, each with one reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.records import Entity, Sentence
from dragoman.resolve.gazetteer import HYPHENS, Entry, Gazetteer, NameMatch, fold, weak_names
from dragoman.resolve.given_names import given_names
from dragoman.resolve.phrase_words import words_of
from dragoman.resolve.role_nouns import load_role_nouns

STATE_LIKE = frozenset({"state", "adjective", "demonym", "capital", "people", "region", "territory"})
ORGANISED = frozenset({"group", "institution", "organisation", "outlet"})
_ORDER = ("state", "adjective", "demonym", "group", "institution", "organisation", "outlet", "people",
          "territory", "region", "person", "capital")  # fmt: skip
_LONGEST_DATELINE = 14
_DASHES = frozenset({"—", "–", "--", "_", "-"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "agent"})
_RANK = {sort: rank for rank, sort in enumerate(_ORDER)}


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a sentence with the reading that fits; ``located``: it only says where ("in Damascus")."""

    first: int
    stop: int
    head: int
    entry: Entry
    located: bool
    dateline: bool = False

    @property
    def place(self) -> bool:
        """A capital that does not act here and so is no actor, or any place in a dateline."""
        return self.dateline or (self.located and self.entry.sort == "capital")


def find_names(sentence: Sentence, gazetteer: Gazetteer, date: str | None) -> Iterator[Name]:
    """The codebook names of a sentence, each with the reading that suits the place and the date."""
    dateline = dateline_end(sentence)
    for match in gazetteer.find(sentence):
        entity = _entity_around(sentence, match)
        entries = [e for e in match.entries if _possible(sentence, match, e, entity)]
        if not entries:
            continue
        head = head_of(sentence, match.first, match.stop)
        person = entity is not None and entity.label == "PERSON" and match.stop - match.first > 1
        entry = min(entries, key=lambda e: (not e.covers(date), person and e.sort != "person", _RANK[e.sort]))
        located = is_located(sentence, head)
        if entry.sort == "capital" and not located:
            located = not can_act(sentence, head)
        in_dateline = match.stop <= dateline and entry.sort in STATE_LIKE | {"outlet"}
        yield Name(match.first, match.stop, head, entry, located or in_dateline, in_dateline)


def dateline_end(sentence: Sentence) -> int:
    """How many tokens at the start of a sentence are a dateline: "CAIRO, Egypt (AP) --" in capitals, with a dash."""
    first = sentence.words[0]
    agency = "(" in sentence.words[1:_LONGEST_DATELINE] and _agency_end(sentence)
    if agency:
        return agency
    if not (first.isupper() and len(first) > 2):
        return 0
    for i, word in enumerate(sentence.words[1:_LONGEST_DATELINE], start=1):
        if word in _DASHES or word == ":":
            return i if word != "-" or sentence.ends[i - 1] != sentence.starts[i] else 0
    return 0


def _agency_end(sentence: Sentence) -> int:
    """Where "Lagos (AFP) –" ends: the dash behind a short name in brackets."""
    start = sentence.words.index("(")
    for stop in range(start + 2, min(start + 4, len(sentence) - 1)):
        if sentence.words[stop] == ")":
            return stop + 1 if sentence.words[stop + 1] in _DASHES else 0
    return 0


def head_of(sentence: Sentence, first: int, stop: int) -> int:
    """The token of a stretch whose own head lies outside it (the last such token)."""
    return next(
        (i for i in range(stop - 1, first - 1, -1) if not first <= sentence.heads[i] < stop or sentence.heads[i] == i),
        stop - 1,
    )


def is_located(sentence: Sentence, head: int) -> bool:
    """Whether a token stands after a preposition of place, itself or by coordination ("in Homs and Aleppo")."""
    while sentence.deps[head] == "conj":
        head = sentence.heads[head]
    if sentence.deps[head] != "pobj":
        return False
    governor = sentence.heads[head]
    word = sentence.words[governor].lower()
    if word in words_of("situating"):
        return True
    above = sentence.heads[governor]
    if word not in words_of("moving") or sentence.pos[above] not in {"VERB", "AUX"}:
        return False
    sent = sentence.child(above, "dobj")
    if word == "to" and sent is not None and sentence.lemmas[sent] in words_of("message"):
        return False
    return word == "from" or sent is None or sentence.lemmas[above] in words_of("sending")


def can_act(sentence: Sentence, head: int) -> bool:
    """Whether a capital stands where a government can: as subject, object, possessor, or after with, by, on, of."""
    while sentence.deps[head] == "conj":
        head = sentence.heads[head]
    dep = sentence.deps[head]
    if dep in {"nsubj", "nsubjpass", "dobj", "dative", "poss", "agent", "iobj", "attr", "oprd"}:
        return dep != "dobj" or sentence.lemmas[sentence.heads[head]] not in words_of("leaving")
    if dep != "pobj":
        return False
    governor = sentence.heads[head]
    above = sentence.heads[governor]
    return not (sentence.words[governor].lower() in {"of", "from"} and sentence.lemmas[above] in words_of("place noun"))


def _entity_around(sentence: Sentence, match: NameMatch) -> Entity | None:
    for entity in sentence.entities:
        if entity.first <= match.first and match.stop <= entity.stop:
            return entity
    return None


def _possible(sentence: Sentence, match: NameMatch, entry: Entry, entity: Entity | None) -> bool:
    single = match.stop - match.first == 1
    if sentence.words[match.stop - 1].lower() in {"western", "eastern", "west"}:
        return _means_the_west(sentence, match)
    if single and entry.countries and fold(sentence.words[match.first]) in given_names():
        after = match.stop < len(sentence) and sentence.pos[match.stop] == "PROPN"
        return not after and sentence.pos[match.first] != "PROPN"
    if entry.sort == "institution" and _others_institution(sentence, match):
        return False
    if single and entry.sort in ORGANISED and _is_too_weak(sentence, match, entity):
        return False
    if single and entry.sort == "person" and _has_other_given_name(sentence, match.first):
        return False
    if entity is None:
        tied = match.first > 0 and sentence.words[match.first - 1] in HYPHENS  # "anti-Assad"
        return tied or not (single and entry.sort == "person" and sentence.pos[match.first] != "PROPN")
    if entity.label in {"DATE", "TIME", "LAW", "WORK_OF_ART"} and single and entry.sort == "person":
        return False
    inner = entity.stop - entity.first > match.stop - match.first
    if entity.label == "PERSON" and inner and single and not _is_role_noun(sentence.words[entity.stop - 1]):
        return _names_whole_person(sentence, match, entry, entity)
    if entity.label == "ORG" and inner and entry.sort in {"state", "capital", "territory"}:
        before = sentence.words[match.first - 1] if match.first > entity.first else ""
        return not before or before.lower() == "the" or entry.sort == "state"
    return True


def _is_too_weak(sentence: Sentence, match: NameMatch, entity: Entity | None) -> bool:
    """Whether a short name means something else here: "Wagner" the composer, "Fars" the province."""
    weak = weak_names().get(sentence.words[match.first])
    if weak is None:
        return False
    before = sentence.words[match.first - 1] if match.first else ""
    after = sentence.words[match.stop] if match.stop < len(sentence) else ""
    label = entity.label if entity is not None else "none"
    return label not in weak.labels or before in weak.not_after or after in weak.not_before


def _has_other_given_name(sentence: Sentence, at: int) -> bool:
    """Whether a given name makes a surname another bearer's ("Michelle Obama"), or it is one itself ("Haley Ruiz")."""
    if sentence.deps[at] == "compound" and sentence.heads[at] == at + 1 and sentence.pos[at + 1] == "PROPN":
        return fold(sentence.words[at + 1]) not in given_names()
    before = at - 1
    if before < 0 or sentence.pos[before] != "PROPN" or sentence.heads[before] != at:
        return False
    return fold(sentence.words[before]) in given_names()


def _others_institution(sentence: Sentence, match: NameMatch) -> bool:
    """A capitalised modifier before "Congress" makes it another one than the codebook's."""
    before = match.first - 1
    if before < 0 or not sentence.words[before][:1].isupper() or sentence.pos[before] not in {"PROPN", "ADJ"}:
        return False
    return sentence.deps[before] in {"compound", "amod", "nmod"} and match.first <= sentence.heads[before] < match.stop


def _means_the_west(sentence: Sentence, match: NameMatch) -> bool:
    """ "western diplomats", "the west has"; not "western Aleppo", "in the west of", "north-west"."""
    last = match.stop - 1
    after = match.stop < len(sentence)
    if sentence.words[last].lower() != "west":
        return sentence.words[last].istitle() or (after and sentence.tags[match.stop] == "NNS")
    if last == 0 or sentence.words[last - 1].lower() != "the" or (after and sentence.words[last + 1].lower() == "of"):
        return False
    return not is_located(sentence, last) and sentence.deps[last] in _ARGUMENTS


def _is_role_noun(word: str) -> bool:
    return (word.lower(),) in load_role_nouns().nouns


def _names_whole_person(sentence: Sentence, match: NameMatch, entry: Entry, entity: Entity) -> bool:
    """A single word within a longer name of a person is not "Jordan" the state, nor another person's surname."""
    others = [i for i in range(entity.first, entity.stop) if not match.first <= i < match.stop]
    plain = [i for i in others if sentence.words[i][:1].isupper() and sentence.tags[i] != "POS"]
    if entry.sort in {"adjective", "demonym"}:
        return match.first == entity.first
    if entry.sort != "person":
        return not plain
    return not any(i == match.first - 1 or i == match.stop for i in plain)
