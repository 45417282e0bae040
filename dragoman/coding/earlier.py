"""An act that doesn't tell its recipient and the events of the sentence before come in, who is meant comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.coding.codebook import EventType
from dragoman.coding.view import SentenceView, country_of
from dragoman.records import Clause, Event, Mention

_TAKEN_UP = frozenset(("the", "this", "that", "these", "those"))
_JUDGING = frozenset(("ACCUSE", "SUPPORT", "REJECT"))
_DEEDS = frozenset(("@deed",))


def recipient_from_before(
    event_type: EventType, clause: Clause, view: SentenceView, actors: Sequence[Mention], before: Sequence[Event]
) -> Mention | None:
    """Whom the sentence before gives as the recipient; None unless it gives exactly one.

    It does where the act answers another ("Oslo asked Lima for help. Lima **refused**."; ``types.csv`` tells
    what answers what), and where a noun takes up the same act ("Lima accused Oslo … **The accusation** …").
    A noun for a deed of conflict rather tells of another one: "more Turkish strikes".
    """
    if len(actors) != 1:
        return None
    found = [
        told
        for event in before
        if event.actor and event.recipient
        for told in (_demander(event, event_type, actors[0]), _same_act(event, event_type, clause, actors[0]))
        if told is not None
    ]
    if not found:
        found = _doers_of_object(event_type, clause, view, actors[0], before)
    if len({country_of(each) for each in found}) != 1:
        return None
    return replace(found[0], how=f"{found[0].how}; told in the sentence before")


def _doers_of_object(
    event_type: EventType, clause: Clause, view: SentenceView, actor: Mention, before: Sequence[Event]
) -> list[Mention]:
    """Whose deed is judged that the object takes up: "Israel bombed the town. Oslo condemned **the strikes**"."""
    taken_up = [
        t
        for t in clause.patients
        if any(view.sentence.words[c].lower() in _TAKEN_UP for c in view.sentence.with_dep(t, "det"))
        and view.holds(t, _DEEDS)
    ]
    if event_type.name not in _JUDGING or not taken_up:
        return []
    return [e.actor for e in before if e.actor and not _one_side(e.actor, actor)]


def _demander(event: Event, event_type: EventType, actor: Mention) -> Mention | None:
    """Who did to the actor what this act answers."""
    if event.type not in event_type.answers or event.actor is None or event.recipient is None:
        return None
    if not _one_side(event.recipient, actor) or _one_side(event.actor, actor):
        return None
    return event.actor


def _same_act(event: Event, event_type: EventType, clause: Clause, actor: Mention) -> Mention | None:
    """To whom the actor did the act that the noun takes up."""
    if clause.kind != "noun" or event_type.quad == 4 or event.type != event_type.name:
        return None
    if event.actor is None or event.recipient is None or not _one_side(event.actor, actor):
        return None
    return None if _one_side(event.recipient, actor) else event.recipient


def _one_side(one: Mention, other: Mention) -> bool:
    return one.actor == other.actor or country_of(one) == country_of(other)
