"""A sentence and two named actors come in, the PLOVER type of what the one did to the other comes out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.coding.codebook import Codebook, Pattern
from dragoman.coding.features import features
from dragoman.coding.judge import load_judge
from dragoman.coding.match import fitting_patterns, innermost_first, parties
from dragoman.coding.view import CONFLICT, COOPERATION, SentenceView
from dragoman.records import Actor, Certainty, Clause, Mention, Sentence, Span, Status

_STATEMENTS = frozenset(("AGREE", "REJECT", "THREATEN", "REQUEST"))
_PRONOUNS = frozenset(("he", "she", "it", "they"))
# How far a pattern that links the two outweighs the judge.
_TRUST = 4.0


@dataclass(frozen=True, slots=True)
class Relation:
    """The type found, its quad class, how well it fits (0 … 1) and the pattern that decided."""

    type: str
    quad: int
    score: float
    rule: str


def given_mention(sentence: Sentence, span: Span, name: str) -> Mention | None:
    """The actor that somebody marked, as a mention of this sentence; None where no token is inside ``span``."""
    inside = [i for i in range(len(sentence)) if sentence.starts[i] < span[1] and sentence.ends[i] > span[0]]
    if not inside:
        return None
    heads = [i for i in inside if sentence.heads[i] not in inside or sentence.heads[i] == i]
    return Mention(
        span=span,
        sentence=sentence.index,
        first=inside[0],
        stop=inside[-1] + 1,
        head=heads[0] if heads else inside[-1],
        actor=Actor(name=name, code="XXX"),
        kind="name",
        how="marked by the user",
    )


def relate(
    sentence: Sentence,
    clauses: Sequence[Clause],
    actor: Mention | None,
    recipient: Mention | None,
    certainties: Mapping[tuple[int, int], Certainty],
    codebook: Codebook,
) -> Relation:
    """The best of the sixteen types; patterns and judge decide together, ``rule`` tells how.

    What is only promised is AGREE, what is only threatened THREATEN, cooperation refused REJECT.
    """
    marked = [m for m in (actor, recipient) if m]
    aliases = [] if actor is None else _aliases(sentence, actor, marked)
    view = SentenceView(sentence, [*marked, *aliases], (), codebook.classes)
    votes: dict[str, tuple[float, str]] = {}
    for clause in innermost_first(sentence, clauses):
        certainty = certainties.get((sentence.index, clause.head))
        pattern = next(iter(fitting_patterns(clause, view, codebook)), None)
        if pattern is None:
            continue
        fit, acts = _fit(pattern, clause, view, actor, recipient)
        view.note_act(clause.head, pattern.type, certainty.status if certainty else "actual", actor if acts else None)
        event_type = _as_uttered(_by_cameo(pattern), certainty, view.is_future(clause.head))
        votes[event_type] = max(votes.get(event_type, (0.0, "")), (fit, pattern.id))
    judged = load_judge().probabilities(features(sentence, actor, recipient))
    scores = {t: judged[t] * math.exp(_TRUST * votes.get(t, (0.0, ""))[0]) for t in judged}
    best = max(scores, key=lambda t: (scores[t], t))
    return Relation(
        type=best,
        quad=codebook.types[best].quad,
        score=round(scores[best] / sum(scores.values()), 3),
        rule=" and ".join(part for part in (votes.get(best, (0.0, ""))[1], f"judge {judged[best]:.2f}") if part),
    )


def _aliases(sentence: Sentence, actor: Mention, marked: Sequence[Mention]) -> list[Mention]:
    """The pronouns that stand for the actor: "Kabul said **it** would not talk"."""
    found = []
    for i, word in enumerate(sentence.words):
        if word.lower() not in _PRONOUNS or any(m.first <= i < m.stop for m in marked):
            continue
        above = (c for verb in sentence.ancestors(i) for c in sentence.with_dep(verb, "nsubj", "nsubjpass"))
        if any(actor.first <= c < actor.stop for c in above):
            found.append(replace(actor, span=sentence.span_of(i, i + 1), first=i, stop=i + 1, head=i))
    return found


def _fit(
    pattern: Pattern, clause: Clause, view: SentenceView, actor: Mention | None, recipient: Mention | None
) -> tuple[float, bool]:
    """How well the pattern links the two (both in their slots, one alone, neither), and whether the actor acts."""
    score, actor_acts = 0.05, False
    for a, r in parties(pattern, clause, view):
        acts = a is not None and actor is not None and a.actor == actor.actor
        undergoes = r is not None and recipient is not None and r.actor == recipient.actor
        actor_acts |= acts
        linked = 1.0 if acts and undergoes else 0.6 if acts else 0.4 if undergoes else 0.2
        if (a is not None and not acts) or (r is not None and not undergoes):
            linked *= 0.3
        score = max(score, linked)
    if pattern.type in _STATEMENTS and clause.complements:
        score += 0.05
    if clause.kind == "noun":
        score -= 0.04
    return score - 0.0005 * clause.head + 0.002 * min(pattern.weight, 10), actor_acts


def _by_cameo(pattern: Pattern) -> str:
    """The type by CAMEO's own hierarchy, where signing a formal agreement (057) is diplomatic cooperation."""
    return "SUPPORT" if pattern.type == "AGREE" and pattern.cameo.startswith("05") else pattern.type


def _as_uttered(event_type: str, certainty: Certainty | None, future: bool) -> str:
    """What an act that will or won't be done amounts to today: a promise, a threat, a refusal."""
    status: Status = certainty.status if certainty else "actual"
    if status == "negated" and event_type in COOPERATION | {"AGREE"}:
        return "REJECT"
    if status == "planned" and future:
        return "AGREE" if event_type in COOPERATION else "THREATEN" if event_type in CONFLICT else event_type
    return event_type
