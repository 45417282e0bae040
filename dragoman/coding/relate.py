"""A sentence and two named actors come in, the PLOVER type of what the one did to the other comes out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from dragoman.coding.codebook import Codebook, EventType, Pattern
from dragoman.coding.features import features
from dragoman.coding.judge import load_judge
from dragoman.coding.match import fitting_patterns, innermost_first, parties
from dragoman.coding.rule import AND_JUDGE
from dragoman.coding.utterance import uttered_type
from dragoman.coding.view import Act, SentenceView
from dragoman.records import Actor, Certainty, Clause, Mention, Sentence, Span
from dragoman.tables import Row, read_table

_STATEMENTS = frozenset(("AGREE", "REJECT", "THREATEN", "REQUEST"))
_PRONOUNS = frozenset(("he", "she", "it", "they"))
# How far a pattern that links the two outweighs the judge.
_TRUST = 6.0
# How much of its say an act keeps that is only planned or possible, beside the statement in which it stands.
_UNDONE = 0.4
_NOT_DONE = frozenset(("planned", "hypothetical", "negated"))
_BACKGROUND = 0.4
# From here on a pattern links at least one of the two.
_LINKED = 0.3


@dataclass(frozen=True, slots=True)
class Relation:
    """The type found, its quad class, how well it fits (0 … 1) and the pattern that decided."""

    type: str
    quad: int
    score: float
    rule: str


@dataclass(frozen=True, slots=True)
class Vote:
    """How well a pattern links the two (0 … 1), its name, and the type it stands for in place of its own."""

    fit: float
    rule: str
    instead_of: str | None = None


_NO_VOTE = Vote(0.0, "")


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
        actor=Actor(name=name, code=f"XX{name[:1].upper()}"),
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
    votes = _pattern_votes(sentence, clauses, actor, recipient, certainties, codebook)
    judged = load_judge().probabilities(features(sentence, actor, recipient, codebook))
    for event_type, vote in votes.items():
        if vote.instead_of and vote.instead_of not in votes:
            # The judge knows PLOVER's types only: what speaks for the one speaks for the other here.
            judged[event_type] += judged[vote.instead_of]
            judged[vote.instead_of] = 0.0
    scores = {t: judged[t] * math.exp(_TRUST * votes.get(t, _NO_VOTE).fit) for t in judged}
    best = max(scores, key=lambda t: (scores[t], t))
    return Relation(
        type=best,
        quad=codebook.types[best].quad,
        score=round(scores[best] / sum(scores.values()), 3),
        rule=f"{votes.get(best, _NO_VOTE).rule}{AND_JUDGE}{judged[best]:.2f}".removeprefix(" and "),
    )


def _pattern_votes(
    sentence: Sentence,
    clauses: Sequence[Clause],
    actor: Mention | None,
    recipient: Mention | None,
    certainties: Mapping[tuple[int, int], Certainty],
    codebook: Codebook,
) -> dict[str, Vote]:
    """The types that patterns speak for, each with the best of its votes."""
    marked = [m for m in (actor, recipient) if m]
    aliases = [] if actor is None else _aliases(sentence, actor, marked)
    view = SentenceView(sentence, [*marked, *aliases], (), codebook.classes)
    votes: dict[str, Vote] = {}
    for clause in innermost_first(sentence, clauses):
        certainty = certainties.get((sentence.index, clause.head))
        pattern = next((p for p in fitting_patterns(clause, view, codebook) if "answer" not in p.needs), None)
        if pattern is None:
            continue
        fit, acts = _fit(pattern, codebook.types[pattern.type], clause, view, actor, recipient)
        view.note_act(
            clause.head, Act(pattern.type, certainty.status if certainty else "actual", actor if acts else None, None)
        )
        event_type, status = _as_annotated(pattern), certainty.status if certainty else "actual"
        # A refusal may stand in any tense: "has not agreed to talks".
        future = status == "negated" or view.is_future(clause.head)
        uttered = uttered_type(event_type, status, future=future)
        instead_of = pattern.type if uttered is None and event_type != pattern.type else None
        if uttered is None and status in _NOT_DONE and pattern.type not in _STATEMENTS:
            fit *= _UNDONE
        if _is_background(sentence, clause, marked):
            fit *= _BACKGROUND
        vote = Vote(fit, pattern.id, instead_of)
        event_type = uttered or event_type
        if event_type not in votes or votes[event_type].fit < fit:
            votes[event_type] = vote
    if votes.get("PROTEST", _NO_VOTE).fit > _LINKED:
        # What demonstrators demand and condemn is why they demonstrate.
        for event_type in ("REQUEST", "ACCUSE"):
            if event_type in votes:
                votes[event_type] = replace(votes[event_type], fit=votes[event_type].fit * _BACKGROUND)
    return votes


def _is_background(sentence: Sentence, clause: Clause, marked: Sequence[Mention]) -> bool:
    """Does it only tell things apart: "the coalition **fighting** rebels", "the sanctions **imposed** in May"?"""
    if any(mention.first <= clause.head < mention.stop for mention in marked):
        return True
    return sentence.deps[clause.head] == "acl" and sentence.tags[clause.head] == "VBN"


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
    pattern: Pattern,
    event_type: EventType,
    clause: Clause,
    view: SentenceView,
    actor: Mention | None,
    recipient: Mention | None,
) -> tuple[float, bool]:
    """How well the pattern links the two (both in their slots, one alone, neither), and whether the actor acts."""
    score, actor_acts = 0.05, False
    for a, r in parties(pattern, clause, view, event_type):
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


def _as_annotated(pattern: Pattern) -> str:
    """The type that annotators of relations give such an act, where it is not PLOVER's: ``plover/relations.csv``."""
    for row in _conventions():
        if row["type"] == pattern.type and row["mode"] in ("", pattern.mode) and pattern.cameo.startswith(row["cameo"]):
            return row["relation"]
    return pattern.type


@cache
def _conventions() -> tuple[Row, ...]:
    return read_table("plover/relations.csv", ("type", "mode", "cameo", "relation", "why"))
