"""A reported clause and its source go in; out comes whether the source tells of their own act.

What somebody says of others is their claim; what they say of themselves they vouch for: "Ankara said the
rebels had left" against "Ankara said it had left".
"""

from __future__ import annotations

from dragoman.extract.subjects import SubjectFinder
from dragoman.records import Sentence

_SPEAKER = frozenset(("i", "we", "my", "our", "us", "me"))
_PERSONAL = frozenset(("he", "she", "his", "her"))
_BODY = frozenset(("it", "its"))
_MANY = frozenset(("they", "their"))
_BODIES = frozenset(("GPE", "NORP", "LOC", "FAC"))
_RELATIVES = frozenset(("who", "which", "that"))

Place = tuple[Sentence, int]


def tells_own_act(
    sentence: Sentence, subjects: SubjectFinder, predicate: int, *, source: Place, person: bool | None = None
) -> bool:
    """Is the one who acts in ``predicate`` the one who says so?  Who only undergoes it does not act.

    ``person`` says whether the source is a person, where that is known.

    >>> from dragoman.parse import Parser
    >>> from dragoman.records import Document
    >>> s = Parser().parse(Document(id="d", text="Ankara said it had left, and that rebels fled."))[0]
    >>> left, fled = s.words.index("left"), s.words.index("fled")
    >>> [tells_own_act(s, SubjectFinder(s), verb, source=(s, 0)) for verb in (left, fled)]
    [True, False]
    """
    if subjects.is_passive(predicate):
        return False
    return any(_same(sentence, token, source, person) for token in subjects.subjects(predicate))


def _same(sentence: Sentence, token: int, source: Place, person: bool | None) -> bool:
    """May ``token``, or who owns it ("its forces"), be the source?"""
    if _refers(sentence, token, source, person):
        return True
    owner = sentence.child(token, "poss")
    return owner is not None and sentence.tags[owner] == "PRP$" and _refers(sentence, owner, source, person)


def _refers(sentence: Sentence, token: int, source: Place, person: bool | None) -> bool:
    there, head = source
    word = sentence.words[token].lower()
    if word in _SPEAKER:
        return True
    name = there.words[head].lower()
    if there.pos[head] == "PRON" and name not in _RELATIVES:
        return word == name or {word, name} <= _PERSONAL or {word, name} <= _BODY or {word, name} <= _MANY
    if word in _PERSONAL:
        return not _is_plural(there, head) and (person or not _is_body(there, head))
    if word in _BODY:
        return not person and not _is_plural(there, head)
    if word in _MANY:
        return _is_plural(there, head) or _is_body(there, head)
    return sentence.pos[token] == "PROPN" and word == name


def _is_body(sentence: Sentence, i: int) -> bool:
    return any(e.first <= i < e.stop and e.label in _BODIES for e in sentence.entities)


def _is_plural(sentence: Sentence, i: int) -> bool:
    return sentence.tags[i] in ("NNS", "NNPS") or any(sentence.with_dep(i, "conj"))
