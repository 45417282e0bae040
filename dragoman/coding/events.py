"""Clauses of a sentence come in, coded events come out: type, mode, who to whom, and what each is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.coding.codebook import Codebook, Pattern
from dragoman.coding.contexts import contexts_of
from dragoman.coding.match import Pair, decide, fitting_patterns, innermost_first, slot_tokens
from dragoman.coding.rule import AND_JUDGE
from dragoman.coding.view import PRIVATE, Act, SentenceView
from dragoman.coding.weigh import judged, likelihood, preferred
from dragoman.records import Certainty, Clause, Event, Mention, PlaceMention, Sentence, Status, Token

# Statement acts: what they say, ask or threaten is another event, which they are about.
_ABOUT_TYPES = frozenset(("AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST"))


# Statement acts that are made to somebody, who may stand in the clause beside.
_TOWARDS_SOMEBODY = frozenset(("REQUEST", "ACCUSE", "REJECT", "THREATEN"))


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """An event and the token of its predicate; ``about`` is the index of the event it is about.

    ``future`` tells that it is told in the future tense.
    """

    event: Event
    head: int
    about: int | None = None
    future: bool = False


def code_events(
    sentence: Sentence,
    clauses: Sequence[Clause],
    mentions: Sequence[Mention],
    places: Sequence[PlaceMention],
    codebook: Codebook,
    certainties: Mapping[Token, Certainty] | None = None,
    before: Sequence[Event] = (),
    *,
    with_judge: bool = True,
) -> list[CodedEvent]:
    """Every event of one sentence, in the order of the words, each told once.

    What stands in a complement is decided before the statement about it, so that "said it would
    withdraw" can be told from "said it would attack".  ``before`` are
    the events of the sentence before, which may tell a recipient.  Without the judge the first of equally
    specific patterns decides, and events have no score.  Events carry no date and place yet; ``coder`` adds them.
    """
    if not mentions:
        return []
    view = SentenceView(sentence, mentions, places, codebook.classes)
    decided: list[tuple[Clause, Pattern, Pair, bool]] = []
    seen: set[tuple[str | None, ...]] = set()
    for clause in innermost_first(sentence, clauses):
        patterns, by_judge = list(fitting_patterns(clause, view, codebook)), False
        if with_judge:
            patterns, by_judge = preferred(patterns, clause, view, codebook)
        for pattern, found in decide(patterns, clause, view, codebook, before):
            pair = (found[0] and view.named(found[0]), found[1] and view.named(found[1]))
            actor, recipient = (m.actor.name if m else None for m in pair)
            view.note_act(clause.head, Act(pattern.type, _status(certainties, sentence, clause), *pair))
            # Without a recipient only nouns retell: "an air raid … the attack"; two verbs tell of two deeds.
            key = (pattern.type, actor, recipient or (None if clause.kind == "noun" else clause.lemma))
            if key not in seen and (pattern.type == "PROTEST" or _is_political(pair)):
                seen.add(key)
                decided.append((clause, pattern, pair, by_judge and pattern == patterns[0]))
    decided = [each for each in decided if not _is_told_by_verb(each, decided, sentence)]
    decided.sort(key=lambda each: each[0].head)
    decided = [
        (
            clause,
            pattern,
            (pair[0], pair[1] or _shared_recipient(clause, pattern, pair[0], decided, sentence)),
            by_judge,
        )
        for clause, pattern, pair, by_judge in decided
    ]
    by_head: dict[int, int] = {}
    for number, (clause, *_) in enumerate(decided):
        by_head.setdefault(clause.head, number)
    coded = []
    for clause, pattern, pair, by_judge in decided:
        event = _event(sentence, clause, pattern, pair, codebook)
        if with_judge:
            chance = judged(sentence, pair, codebook)[event.type]
            rule = f"{pattern.id}{AND_JUDGE}{chance:.2f}" if by_judge else pattern.id
            event = replace(event, score=likelihood(chance), rule=rule)
        about, future = _about(clause, pattern, by_head, sentence), view.is_future(_finite(clause, sentence))
        coded.append(CodedEvent(event=event, head=clause.head, about=about, future=future))
    return coded


def _is_told_by_verb(
    one: tuple[Clause, Pattern, Pair, bool], decided: Sequence[tuple[Clause, Pattern, Pair, bool]], sentence: Sentence
) -> bool:
    """Does a verb tell the same with its victim: "was killed in an **attack** by jets"?"""
    clause, pattern, (actor, recipient), _ = one
    if clause.kind != "noun" or actor is None or recipient is not None or pattern.type != "ASSAULT":
        return False
    above = set(sentence.ancestors(clause.head))
    return any(
        other.kind == "verb" and other.head in above and doer.actor == actor.actor and victim is not None
        for other, theirs, (doer, victim), _ in decided
        if doer is not None and theirs.type == "ASSAULT"
    )


def _shared_recipient(
    clause: Clause,
    pattern: Pattern,
    actor: Mention | None,
    decided: Sequence[tuple[Clause, Pattern, Pair, bool]],
    sentence: Sentence,
) -> Mention | None:
    """To whom the verb beside or above tells: "warned Lima and **demanded** amends", "sued Lima, **accusing** it"."""
    dep, above = sentence.deps[clause.head], sentence.heads[clause.head]
    beside = dep == "conj" or (dep == "advcl" and sentence.tags[clause.head] == "VBG")
    if clause.kind != "verb" or actor is None or not beside or pattern.type not in _TOWARDS_SOMEBODY:
        return None
    found = [
        pair[1]
        for other, _, pair, _ in decided
        if other.head == above or (other.kind == "noun" and other.governor == above)
        if pair[0] is not None and pair[0].actor == actor.actor and pair[1] is not None
    ]
    one = {mention.actor for mention in found}
    return found[0] if len(one) == 1 and actor.actor not in one else None


def _status(certainties: Mapping[Token, Certainty] | None, sentence: Sentence, clause: Clause) -> Status:
    found = None if certainties is None else certainties.get((sentence.index, clause.head))
    return "actual" if found is None else found.status


def _finite(clause: Clause, sentence: Sentence) -> int:
    """The verb that carries the tense: for "will lead a delegation on a visit", that of the visit."""
    if clause.kind == "verb":
        return clause.head
    above = (t for t in sentence.ancestors(clause.head) if sentence.pos[t] in ("VERB", "AUX"))
    return next(above, clause.head)


def _is_political(pair: Pair) -> bool:
    """Is one of the two more than some people or firm of no country: a state, an army, rebels, gunmen?"""
    return any(m is not None and m.actor.code not in PRIVATE for m in pair)


def _event(sentence: Sentence, clause: Clause, pattern: Pattern, pair: Pair, codebook: Codebook) -> Event:
    event_type = codebook.types[pattern.type]
    near = [clause.head, *clause.agents, *clause.patients, *(t for _, t in clause.obliques)]
    near.extend(child for token in list(near) for child in sentence.with_dep(token, "amod", "compound"))
    return Event(
        type=pattern.type,
        mode=pattern.mode,
        contexts=contexts_of(sentence, near, pattern.contexts),
        quad=event_type.quad,
        intensity=event_type.modes.get(pattern.mode or "", event_type.intensity),
        cameo=pattern.cameo,
        actor=pair[0],
        recipient=pair[1],
        date=None,
        place=None,
        score=None,
        rule=pattern.id,
    )


def _about(clause: Clause, pattern: Pattern, by_head: dict[int, int], sentence: Sentence) -> int | None:
    """The event in the clause's complement or object: "threatened to strike", "condemned the raid"."""
    if pattern.type not in _ABOUT_TYPES:
        return None
    starts = [t for _, t in clause.complements]
    starts += slot_tokens(clause, "object")
    starts += [t for p, t in clause.obliques if p not in ("holder", "in", "after", "before", "during")]
    for start in starts:
        if start in by_head and start != clause.head:
            return by_head[start]
    for start in starts:
        below = [t for t in sentence.subtree(start) if t in by_head and t != clause.head]
        if below and sentence.pos[start] in ("VERB", "AUX", "NOUN"):
            return by_head[below[0]]
    return None
