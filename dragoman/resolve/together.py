"""A plural goes in ("both countries", "the two leaders", "they"); the several actors it stands for come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.records import Actor, Sentence
from dragoman.resolve.candidates import SUBJECTS, are_alternatives
from dragoman.resolve.clause_subjects import clause_of, subject_of
from dragoman.resolve.phrase_words import words_of
from dragoman.resolve.reading import Found, Reading, together
from dragoman.tables import state_names

_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5}
_DEFINITE = frozenset({"the", "these", "those"})
_TOWARDS = frozenset({"to", "from", "against", "into", "for", "on"})
_BETWEEN = frozenset({"with", "to", "and"})
# How many sentences back they may have been named.
_REACH = 3


def several(reading: Reading, sentence: Sentence, here: Sequence[Found], i: int) -> Found | None:
    """Who is meant by the plural noun at token ``i``: "both countries", "the two leaders", "the pair".

    None where it is no such noun, where its own words say whose it is, and where the text before names others or more.
    """
    lemma = sentence.lemmas[i]
    sort = next((s for s in ("people", "states", "parties") if lemma in words_of(f"several {s}")), None)
    left = [c for c in sentence.children[i] if c < i]
    words = [sentence.words[c].lower() for c in left]
    if sort is None or sentence.deps[i] == "compound" or not words or not set(words) <= _DEFINITE | set(_NUMBERS):
        return None
    if sentence.tags[i] == "NNS":
        number = next((_NUMBERS[word] for word in words if word in _NUMBERS), None)
        if number is None or not ("both" in words or words[0] in _DEFINITE):
            return None
    else:
        number = {"pair": 2, "duo": 2, "trio": 3}.get(lemma)
        if number is None or words != ["the"]:
            return None
    if any(sentence.deps[c] in {"prep", "relcl", "acl"} for c in sentence.children[i] if c > i):
        return None
    members = _members(reading, sentence, here, left[0], number, sort)
    if members is None or (_is_towards(sentence, i) and _acts_in(sentence, here, i, members)):
        return None
    first = left[0] + (words[0] in _DEFINITE)
    return _stand_in(sentence, members, first, i + 1, i)


def _is_towards(sentence: Sentence, i: int) -> bool:
    toward = sentence.deps[i] == "pobj" and sentence.words[sentence.heads[i]].lower() in _TOWARDS
    return toward or sentence.deps[i] == "dobj"


def _acts_in(sentence: Sentence, here: Sequence[Found], i: int, members: Sequence[Actor]) -> bool:
    """Whether one of them does it himself: "Oslo sent envoys to the two countries" is not about Norway."""
    subject = subject_of(sentence, clause_of(sentence, i))
    doer = next((f for f in here if f.head == subject), None)
    return doer is not None and any((m.code or "")[:3] == (doer.actor.code or "")[:3] for m in members)


def pair_before(reading: Reading, sentence: Sentence, i: int) -> Found | None:
    """Who is meant by a "they" that takes up no plural: the two who met or spoke in the sentence before."""
    if sentence.index == 0 or sentence.deps[i] not in SUBJECTS:
        return None
    other, found = reading.sentences[sentence.index - 1], reading.found[sentence.index - 1]
    if any(other.tags[t] in {"NNS", "NNPS"} and other.deps[t] in SUBJECTS for t in range(len(other))):
        return None
    for verb in range(len(other)):
        if other.lemmas[verb] in words_of("meeting") and (members := _of_verb(other, found, verb, "parties")):
            return _stand_in(sentence, members, i, i + 1, i)
    return None


def the_other_state(reading: Reading, sentence: Sentence, before: int, owner: Found) -> Actor | None:
    """Who "its ally", "their neighbour" is: the one state besides the owner that this sentence or the last speaks of.

    Of several the one that is more than a place: of "Chad's raid in Niger", Chad.
    """
    own = {(m.code or "")[:3] for m in owner.members or (owner.actor,)}
    for back in range(min(1, sentence.index) + 1):
        other = reading.sentences[sentence.index - back]
        names = [n for n in reading.names[other.index] if back or n.stop <= before]
        others = {n.entry.code[:3] for n in names} & state_names().keys() - own
        acting = {n.entry.code[:3] for n in names if other.deps[n.head] != "pobj"} & others
        for states in (others, acting):
            if len(states) == 1:
                state = states.pop()
                return Actor(state_names()[state], state)
        if others:
            return None
    return None


def _stand_in(sentence: Sentence, members: Sequence[Actor], first: int, stop: int, head: int) -> Found:
    how = f"{' '.join(sentence.words[first:stop])!r} stands for {' and '.join(m.name for m in members)}"
    return together(members, first, stop, head, how)


def _members(
    reading: Reading, sentence: Sentence, here: Sequence[Found], before: int, number: int, sort: str
) -> list[Actor] | None:
    """The nearest actors before a token that are so many together, or the only ones of the last sentences."""
    met: dict[str, Actor] = {}
    for back in range(min(_REACH, sentence.index) + 1):
        other = reading.sentences[sentence.index - back]
        found = [f for f in here if f.stop <= before] if back == 0 else reading.found[other.index]
        if sort != "states" and _names_others(other, found):
            return None
        for group in _groups(other, found, sort):
            if len(group) == number:
                return group if all(member.code for member in group) else None
        met.update((a.name, a) for f in found if (a := _as(f, sort)) is not None)
        if sort == "states":
            states = {n.entry.code[:3] for n in reading.names[other.index] if back or n.stop <= before}
            met.update((state_names()[s], Actor(state_names()[s], s)) for s in states & state_names().keys())
        if len(met) == number:
            return sorted(met.values(), key=lambda a: a.name)
        if len(met) > number:
            return None
    return None


def _names_others(sentence: Sentence, found: Sequence[Found]) -> bool:
    """Whether names stand side by side of which nobody knows who bears them."""
    known = {i for f in found for i in range(f.first, f.stop)}
    for i, pos in enumerate(sentence.pos):
        if pos == "PROPN" and i not in known and sentence.deps[i] not in {"conj", "compound", "nmod"}:
            beside = sentence.conjuncts(i)
            if len(beside) > 1 and all(sentence.pos[t] == "PROPN" for t in beside) and known.isdisjoint(beside):
                return True
    return False


def _groups(sentence: Sentence, found: Sequence[Found], sort: str) -> Iterator[list[Actor]]:
    """Actors named together: side by side, as subject and object of a verb, or as such a group already."""
    by_head = {f.head: f for f in found}
    for f in reversed(found):
        if f.members:
            members = [_of_sort(m, sort) for m in f.members]
            if all(members):
                yield [m for m in members if m]
        elif are_alternatives(sentence, f.head):
            continue
        elif sentence.deps[f.head] != "conj" and len(tokens := sentence.conjuncts(f.head)) > 1:
            beside = [by_head.get(t) for t in tokens]
            members = [_as(b, sort) if b is not None else None for b in beside]
            if all(members):
                yield _distinct(m for m in members if m)
            elif all(b is not None and b.person for b in beside) and sort != "states":
                # People of whom nothing is known: they are meant, and not others farther up.
                yield [Actor(b.actor.name, None) for b in beside if b is not None]
    for verb in range(len(sentence)):
        if sentence.pos[verb] == "VERB":
            yield _of_verb(sentence, found, verb, sort)


def _of_verb(sentence: Sentence, found: Sequence[Found], verb: int, sort: str) -> list[Actor]:
    """Subject and object of a verb: "Chad's envoy **met** the premier", "Chad **held** talks with Niger"."""
    subject = sentence.child(verb, *SUBJECTS)
    first = next((f for f in found if f.head == subject), None)
    if first is None or first.plural:
        return []
    others = [
        f
        for f in found
        if f.first > verb and clause_of(sentence, f.head) == verb and not f.plural and _is_other_side(sentence, f.head)
    ]
    members = [_as(f, sort) for f in (first, *others[:1])]
    return _distinct(m for m in members if m) if all(members) else []


def _is_other_side(sentence: Sentence, head: int) -> bool:
    if sentence.deps[head] == "dobj":
        return True
    return sentence.deps[head] == "pobj" and sentence.words[sentence.heads[head]].lower() in _BETWEEN


def _as(found: Found, sort: str) -> Actor | None:
    """The actor as the noun means it: a person, or the state of one ("both countries" after their presidents met)."""
    if found.kind == "unknown" or found.plural or (sort == "people" and not found.person):
        return None
    return _of_sort(found.actor, sort)


def _of_sort(actor: Actor, sort: str) -> Actor | None:
    state = (actor.code or "")[:3]
    if sort != "states":
        return actor if actor.code else None
    return Actor(state_names()[state], state) if state in state_names() else None


def _distinct(actors: Iterator[Actor]) -> list[Actor]:
    return list({actor.name: actor for actor in actors}.values())
