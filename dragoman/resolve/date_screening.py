"""Expressions that look like dates go in; those that are none in their sentence are left out.

"May" is a modal, "March" a walk, "the Sunday Times" a paper, "2000 soldiers" a number, "the fall of Kabul" no season.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.records import Sentence
from dragoman.resolve.date_expression import Found
from dragoman.resolve.date_tense import tense_at
from dragoman.resolve.date_words import cue_words

_NEVER_ALONE = frozenset(["rim", "bound", "week_of", "weekend_of", "none", "duration"])
_NAMED = frozenset(["ORG", "PERSON", "WORK_OF_ART", "FAC", "PRODUCT"])
_MONTH_NAMES = frozenset(["May", "March", "April", "June", "August"])


def keep_expression(sentence: Sentence, found: Found, people: frozenset[str] = frozenset()) -> bool:
    """Whether an expression is a date where it stands; ``people`` are the surnames of the document."""
    expression = found.expression
    role = expression.role
    if role in _NEVER_ALONE and not (role in ("week_of", "weekend_of") and expression.filled()):
        return False
    if expression.ref:
        return _keep_reference(sentence, found) and not _is_part_of_name(sentence, found)
    if role and not _keep_role(sentence, found, role):
        return False
    filled = expression.filled()
    if filled == {"year"}:
        return _keep_year(sentence, found)
    if filled == {"decade"}:
        return _keep_decade(sentence, found)
    if filled <= {"month", "turn"} and not _keep_month(sentence, found, people):
        return False
    if filled == {"holiday"} and _word(sentence, found.stop) in cue_words("festive"):
        return False
    return bool(filled & {"year", "day"}) or not _is_part_of_name(sentence, found)


def _keep_role(sentence: Sentence, found: Found, role: str) -> bool:
    before, after = _word(sentence, found.first - 1), _word(sentence, found.stop)
    if role == "season":
        # The bare word may be a verb or a spring of water: only "in the autumn", "since summer".
        noun = sentence.pos[found.stop - 1] in ("NOUN", "PROPN")
        return noun and before in cue_words("season preposition") and after != "of"
    if role == "day":
        return before in cue_words("day preposition") and _pos(sentence, found.stop) not in (
            "NOUN",
            "PROPN",
            "ADJ",
            "NUM",
        )
    if role == "part":
        return before == "in"
    if role == "clock":
        return before in cue_words("clock preposition")
    if role == "unit":
        unit = _word(sentence, found.stop - 1)
        return (
            before in cue_words("unit preposition")
            and after not in cue_words("bounded")
            and unit in ("year", "month", "week")
        )
    if role == "ahead":
        return before == "in" and after not in ("or", "to") and _lies_ahead(sentence, found)
    if role == "open":
        # "the day before the vote" hangs on an event: a date, though it is not known which.
        return sentence.words[found.first].lower() == "the" or not goes_on(sentence, found)
    if role == "owner":
        return _word(sentence, found.stop - 2) in ("year", "month", "week", "day")
    return True


def _lies_ahead(sentence: Sentence, found: Found) -> bool:
    """Whether "in two years" is a date: "will end in two years", not "the first visit in two years"."""
    verb = sentence.heads[found.first - 1]
    if sentence.pos[verb] != "VERB":
        return False
    return tense_at(sentence, found.first, found.stop) in ("future", "present")


def goes_on(sentence: Sentence, found: Found) -> bool:
    """Whether an event follows that the expression counts from: "two days after the vote"."""
    return _pos(sentence, found.stop) in ("DET", "NOUN", "PROPN", "ADJ", "PRON", "NUM", "SCONJ", "VERB", "ADV")


def _keep_year(sentence: Sentence, found: Found) -> bool:
    if found.stop - found.first > 1:
        return True
    at = found.first
    year = found.expression.year or 0
    before, after = _word(sentence, at - 1), _word(sentence, at + 1)
    if before in cue_words("numbered") or after in cue_words("measure"):
        return False
    if before == "-" and _word(sentence, at - 2).isdigit() and len(_word(sentence, at - 2)) != 4:
        return False
    if not 1900 <= year < 2060:
        return before in cue_words("year preposition") and _pos(sentence, at + 1) not in ("NOUN", "ADJ")
    counted = sentence.tags[at + 1] == "NNS" if at + 1 < len(sentence) else False
    return not (year % 100 == 0 and counted and before not in ("the", "in"))


def _keep_decade(sentence: Sentence, found: Found) -> bool:
    words = [sentence.words[at].lower() for at in range(found.first, found.stop)]
    whole = any(len(word.rstrip("'’s").lstrip("'’‘midearltpos-")) == 4 for word in words)
    return whole or words[0] in ("the", "'") or words[-1][:1] in "'’‘" or words[-1].endswith("ies")


def _keep_month(sentence: Sentence, found: Found, people: frozenset[str]) -> bool:
    """Whether "May" is a month, not a modal or a prime minister, and "March" no march."""
    at = found.stop - 1
    word, before = sentence.words[at], _word(sentence, at - 1)
    if before in cue_words("month preposition") or sentence.words[at].lower() == "month":
        return sentence.tags[at] != "MD"
    if word in people or before == "with":
        return False
    return word not in ("May", "March", "MAY", "MARCH") or sentence.pos[at] == "PROPN"


def find_people(sentences: Sequence[Sentence]) -> frozenset[str]:
    """The words that are surnames in a document: a lone "May" or "Friday" is then a person."""
    names = set()
    for sentence in sentences:
        for first, stop, label in sentence.entities:
            if label == "PERSON" and (stop - first > 1 or _word(sentence, first - 1) in cue_words("title")):
                names.add(sentence.words[stop - 1])
        for at, word in enumerate(sentence.words):
            if word in _MONTH_NAMES and at and sentence.heads[at - 1] == at and sentence.pos[at - 1] == "PROPN":
                names.add(word)
    return frozenset(names)


def _keep_reference(sentence: Sentence, found: Found) -> bool:
    first, last = found.first, found.stop - 1
    word, before, after = sentence.words[last].lower(), _word(sentence, first - 1), _word(sentence, last + 1)
    if word == "day":
        return before not in ("by", "in", "for", "only") and tense_at(sentence, first, found.stop) != "past"
    if found.stop - first > 1:
        if word in ("past", "present"):
            return _pos(sentence, last + 1) not in ("NOUN", "NUM", "ADJ", "PROPN")
        return not (word == "date" and before == "up")
    if word == "current":
        return sentence.pos[first] == "ADJ"
    if word in ("soon", "shortly"):
        if after in ("after", "afterward", "afterwards", "before", "as", "enough") or before in ("as", "too", "how"):
            return False
        # "the singer soon left the stage" is of the past.
        return tense_at(sentence, first, found.stop) not in ("past", "since")
    return True


def _is_part_of_name(sentence: Sentence, found: Found) -> bool:
    """Whether a named entity holds the date and more than it: "the Sunday Times", "Russia Today"."""
    for entity in sentence.entities:
        if entity.first <= found.first and found.stop <= entity.stop and entity.label in _NAMED:
            more = [*range(entity.first, found.first), *range(found.stop, entity.stop)]
            return any(sentence.pos[at] == "PROPN" for at in more) or entity.label == "PERSON"
    before = _word(sentence, found.first - 1)
    return before in ("usa", "russia", "rt", "psychology") and _word(sentence, found.first) == "today"


def _word(sentence: Sentence, at: int) -> str:
    return sentence.words[at].lower() if 0 <= at < len(sentence) else ""


def _pos(sentence: Sentence, at: int) -> str:
    return sentence.pos[at] if 0 <= at < len(sentence) else ""
