"""A clause and the codebook come in, the pattern that decides comes out, with who acts on whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dragoman.coding.codebook import Codebook, EventType, Pattern
from dragoman.coding.earlier import recipient_from_before
from dragoman.coding.view import SECTORS, SentenceView, is_outlet
from dragoman.records import Clause, Event, Mention, Sentence

# Phrases that tell when, where or how, not towards whom.
_NOT_TOWARDS = frozenset(("in", "at", "after", "before", "during", "since", "until", "by", "as", "under", "through"))

_AT = ("in", "near", "at", "inside", "outside")
_CONDITIONS = frozenset(("unless", "until", "if"))
_ANNOUNCING = frozenset(("@do_announce",))
_ATTACKS = frozenset(("@attack",))
_HARMED_IN = frozenset(("@harmed_in",))
# What one promises is no deal with those who promise it as well.
_ALONE = frozenset(("pledge", "promise", "commit", "vow", "offer", "volunteer", "swear", "guarantee"))
_HANDOVERS = frozenset(("@handover",))
_THEMES = frozenset(("object", "of", "for"))
_UNNAMED = frozenset(("@attack", "@weapon", "@vehicle", "@people", "@forces", "@other_side"))

Pair = tuple[Mention | None, Mention | None]


def slot_tokens(clause: Clause, slot: str) -> list[int]:
    """The tokens in a slot of the clause; docs/codebook.md lists the slots."""
    if slot in ("subject", "modifier"):
        return list(clause.agents)
    if slot == "object":
        return list(clause.patients)
    if slot == "dative":
        return list(clause.datives)
    if slot == "clause":
        return [t for marker, t in clause.complements if marker != "purpose"]
    if slot.endswith("-clause"):
        return [t for marker, t in clause.complements if f"{marker}-clause" == slot]
    if slot == "clause-subject":
        return list(clause.complement_agents)
    if slot == "governor":
        return [] if clause.governor is None else [clause.governor]
    return [t for preposition, t in clause.obliques if preposition == slot]


def innermost_first(sentence: Sentence, clauses: Iterable[Clause]) -> list[Clause]:
    """The clauses, embedded ones before those that embed them."""
    return sorted(clauses, key=lambda c: (-len(sentence.ancestors(c.head)), c.head))


def decide(
    patterns: Iterable[Pattern], clause: Clause, view: SentenceView, codebook: Codebook, before: Sequence[Event] = ()
) -> list[tuple[Pattern, Pair]]:
    """The first of the patterns that fit the clause which finds its parties, with each pair of them; [] for none.

    ``before`` are the events of the sentence before, which may tell the recipient.
    """
    found: list[tuple[Pattern, Pair]] = []
    for pattern in patterns:
        decided = found[0][0] if found else pattern
        if pattern.type != decided.type:
            continue
        event_type = codebook.types[pattern.type]
        pairs = parties(pattern, clause, view, event_type)
        if any(recipient for _, recipient in pairs):
            # A looser pattern of the same type may know where the recipient stands.
            return [(decided, pair) for pair in pairs]
        if pairs and not found:
            earlier = recipient_from_before(event_type, clause, view, [a for a, _ in pairs if a], before)
            if earlier is not None or not (event_type.recipient_required or "answer" in pattern.needs):
                found = [(pattern, (actor, earlier)) for actor, _ in pairs]
    return found


def fitting_patterns(clause: Clause, view: SentenceView, codebook: Codebook) -> Iterator[Pattern]:
    """All patterns that fit the clause, the most specific first."""
    index = {"verb": codebook.verbs, "noun": codebook.nouns, "adjective": codebook.adjectives}[clause.kind]
    candidates = index.get(clause.lemma, ())
    base = view.sentence.lemmas[clause.head]
    if not candidates and base != clause.lemma:
        candidates = index.get(base, ())
    slots = _Slots(clause)
    return (pattern for pattern in candidates if _fits(pattern, clause, slots, view))


class _Slots(dict[str, list[int]]):
    """The slots of a clause, each looked up once: many patterns ask for the same."""

    def __init__(self, clause: Clause) -> None:
        self._clause = clause

    def __missing__(self, slot: str) -> list[int]:
        found = self[slot] = slot_tokens(self._clause, slot)
        return found


def _fits(pattern: Pattern, clause: Clause, slots: _Slots, view: SentenceView) -> bool:
    """Do the clause's slots hold what the pattern demands, and nothing that it excludes?"""
    if "passive" in pattern.needs and not clause.passive:
        return False
    if "active" in pattern.needs and clause.passive:
        return False
    if "clause" in pattern.needs and not clause.complements:
        return False
    return all(view.holds_any(slots[slot], values) for slot, values in pattern.required) and not any(
        view.holds_any(slots[slot], values) for slot, values in pattern.excluded
    )


def parties(pattern: Pattern, clause: Clause, view: SentenceView, event_type: EventType) -> list[Pair]:
    """Every (actor, recipient) that the pattern codes in this clause; [] where what it needs is missing.

    Reciprocal acts come both ways where the type says so.  An actor or recipient that the text does not tell is None.
    """
    slots = [slot for slot in pattern.actor if not _is_told(clause, slot, pattern)]
    actors = _first_filled(slots, clause, view) or _announcers(clause, view)
    if not actors and pattern.type == "ASSAULT":
        actors = _attackers(pattern, clause, view)
    if not actors and clause.kind == "verb" and not _may_be_unnamed(clause, view):
        return []
    recipients = _named_first([m for m in _receiving(pattern, clause, view, actors) if not _same(m, actors)])
    if not recipients and not pattern.needs & {"recipient", "both"}:
        recipients = _implied(event_type.fallback, clause, view, actors)
    actors = _named_first(actors)
    # "Their premiers signed a pact between the two countries": with each other.
    recipients = [m for m in recipients if m.kind != "several" or not view.is_of_side(m, actors)]
    if not actors and clause.kind == "noun" and not _undergone(recipients, pattern, clause, view):
        return []
    if len(actors) > 1 and not recipients and any(view.is_each_other(t) for t in _all_patients(clause)):
        return [(actor, other) for actor in actors for other in actors if other is not actor]
    needs = pattern.needs
    if pattern.reciprocal:
        pairs = _reciprocal_pairs(actors, recipients, event_type.mutual)
        return [pair for pair in pairs if "both" not in needs or (pair[0] and pair[1])]
    if "own-act" in needs and not _is_own(clause, actors, view):
        return []
    if ("actor" in needs and not actors) or ("recipient" in needs and not recipients):
        return []
    if "both" in needs and not (actors and recipients):
        return []
    if not actors:
        return [(None, recipient) for recipient in recipients]
    if not recipients:
        if len(actors) > 1 and event_type.mutual == "once" and clause.lemma not in _ALONE:
            return [(actors[0], other) for other in actors[1:]]
        return _joint_pairs(clause, view, actors) or [(actor, None) for actor in actors]
    return [(actor, recipient) for actor in actors for recipient in recipients]


def _all_patients(clause: Clause) -> list[int]:
    return [*clause.patients, *(token for _, token in clause.obliques)]


def _is_told(clause: Clause, slot: str, pattern: Pattern) -> bool:
    """Is it told who acts, so that this slot, which only stands in for the subject, must not be looked into?

    Whose troops were moved moved them, and who was jailed in Peru was jailed by Peru, where nobody else is told.
    """
    if "subject" not in pattern.actor or not clause.agents or clause.kind != "verb":
        return False
    return slot in _AT or slot == "from" or (slot == "object" and not clause.passive)


def _announcers(clause: Clause, view: SentenceView) -> list[Mention]:
    """Who has it done that he announces: "Lima **vowed** that the captives would be freed"."""
    sentence, above = view.sentence, view.sentence.heads[clause.head]
    if not clause.passive or sentence.deps[clause.head] != "ccomp" or not view.is_future(clause.head):
        return []
    if not view.holds(above, _ANNOUNCING) or sentence.child(above, "nsubj") is None:
        return []
    return _distinct(m for token in sentence.with_dep(above, "nsubj") for m in view.occupants(token))


def _attackers(pattern: Pattern, clause: Clause, view: SentenceView) -> list[Mention]:
    """Whose attack it was: "was killed in an **Omani** air raid", "died in a raid **by Omani jets**"."""
    told = "subject" not in pattern.recipient and any(view.mention(token) for token in clause.agents)
    if clause.kind != "verb" or told:
        return []
    raids = [t for p, t in clause.obliques if p in ("in", "during", "by") and view.holds(t, _HARMED_IN)]
    return _distinct(m for token in raids for m in view.occupants(token))


def _is_own(clause: Clause, actors: list[Mention], view: SentenceView) -> bool:
    """Does the speaker speak of an act of his own side: "Ankara said it would withdraw"?"""
    actors = [actor for actor in actors if not is_outlet(actor)]  # which tells of the acts of its state
    if any(view.act_of(token, actor) for _, token in clause.complements for actor in actors):
        return True
    to_come = any(view.is_future(token) for _, token in clause.complements)  # though no pattern codes it
    agents = clause.complement_agents if to_come else ()
    return any(view.is_of_side(m, actors) for token in agents for m in view.occupants(token))


def _implied(fallback: str, clause: Clause, view: SentenceView, actors: Sequence[Mention]) -> list[Mention]:
    """Who stands for a recipient that is not told, as ``types.csv`` says for the type."""
    if fallback == "no":
        return []
    if fallback == "place":
        return _placed(clause, view, actors) or _aimed_at(clause, view, actors)
    aim = _aimed_at(clause, view, actors)
    return aim or (_conditioned(clause, view, actors) if fallback == "condition" else [])


def _placed(clause: Clause, view: SentenceView, actors: Sequence[Mention]) -> list[Mention]:
    """The state in which it is done; not where it is done to somebody unknown, or by that state's own officials."""
    if any(view.sentence.pos[token] == "PRON" for token in clause.patients):
        return []
    found = _first_filled(_AT, clause, view, avoid=actors, places=True)
    return [m for m in found if not view.is_own(m, _officials(actors))]


def _officials(actors: Iterable[Mention]) -> list[Mention]:
    """Those who act for a state: what they say of the state, they say of themselves."""
    return [a for a in actors if (a.actor.code or "")[3:] in ("", "GOV", "MIL", "COP", "JUD", "LEG", "SPY")]


def _aimed_at(clause: Clause, view: SentenceView, avoid: Sequence[Mention]) -> list[Mention]:
    """Whom that is aimed at for which it is done: "marched **to demand** of Lima …", "rallied, **denouncing** Lima"."""
    verbs = [clause.head] if clause.governor is None else [clause.head, clause.governor]
    aims = [token for _, token in clause.complements]
    aims += [t for verb in verbs for t in view.sentence.with_dep(verb, "advcl", "acl", "xcomp") if t > verb]
    acts = [act for token in aims if (act := view.act(token)) and act.recipient]
    return [act.recipient for act in acts if act.recipient and not _same(act.recipient, avoid)][:1]


def _conditioned(clause: Clause, view: SentenceView, avoid: Sequence[Mention]) -> list[Mention]:
    """Who is to meet the condition of a threat or refusal: "will strike **unless Oslo pays**"."""
    sentence = view.sentence
    for verb in (clause.head, *(token for _, token in clause.complements)):
        for condition in sentence.with_dep(verb, "advcl"):
            marks = {sentence.words[c].lower() for c in sentence.with_dep(condition, "mark")}
            if marks & _CONDITIONS:
                subjects = sentence.with_dep(condition, "nsubj", "nsubjpass")
                found = _distinct(m for subject in subjects for m in view.occupants(subject))
                return _others(found, view, avoid)
    return []


def _joint_pairs(clause: Clause, view: SentenceView, actors: Sequence[Mention]) -> list[Pair]:
    """Of two who fail or agree to do something together, the one and the other: "Oslo and Lima failed to agree"."""
    for _, token in clause.complements:
        act = view.act(token)
        if act and act.actor and act.recipient and _same(act.actor, actors) and _same(act.recipient, actors):
            return [(act.actor, act.recipient)]
    return []


def _undergone(recipients: list[Mention], pattern: Pattern, clause: Clause, view: SentenceView) -> bool:
    """Does the noun tell what befell somebody: "the arrest of a prince", but not "the war against the rebels"?"""
    if recipients and ("subject" not in pattern.actor or view.building_before(clause.head)):
        return True
    return any(view.occupant(token) in recipients for token in slot_tokens(clause, "of"))


def _may_be_unnamed(clause: Clause, view: SentenceView) -> bool:
    """Nobody known acts: fine for a passive, and for people, weapons or attacks; but a film that bombs is no actor."""
    return all(view.holds(token, _UNNAMED) for token in clause.agents)


def _receiving(pattern: Pattern, clause: Clause, view: SentenceView, actors: list[Mention]) -> list[Mention]:
    if pattern.type == "REQUEST" and view.holds_any(clause.patients, _HANDOVERS):
        # "Demanded the release of two pilots held by Lima": not the pilots are asked.
        holders = _distinct(view.in_participle(token) for token in slot_tokens(clause, "of"))
        return holders or _first_filled([s for s in pattern.recipient if s not in _THEMES], clause, view, avoid=actors)
    found = _whose_building(clause, view)[:1] or _first_filled(pattern.recipient, clause, view, avoid=actors)
    return found or _first_filled(pattern.recipient, clause, view, avoid=actors, places=True)


def _whose_building(clause: Clause, view: SentenceView) -> list[Mention]:
    """Whose building it is that the noun names as attacked: "the **Danish** consulate bombing"."""
    if clause.kind != "noun":
        return []
    return _distinct(view.mention(token) for token in sorted(view.building_before(clause.head), reverse=True))


def _deep_recipients(clause: Clause, view: SentenceView, avoid: Sequence[Mention]) -> list[Mention]:
    """Who the act in the complement is done to: "threatened to strike Syrian bases" is about Syria."""
    sentence = view.sentence
    todo = [t for _, t in clause.complements]
    for token in todo:
        act = view.act(token)
        if act and act.recipient and _others([act.recipient], view, avoid):
            return [act.recipient]
        found = []
        for dep in ("dobj", "nsubjpass", "dative"):
            objects = [o for o in sentence.with_dep(token, dep) if sentence.pos[o] != "ADP"]
            # "Provide boats to Palau": the parser calls the preposition itself the dative.
            objects += [p for o in sentence.with_dep(token, dep) for p in sentence.with_dep(o, "pobj")]
            found = [view.occupant(c) for o in objects for c in sentence.conjuncts(o)]
            if any(found):
                break
        for preposition in sentence.with_dep(token, "prep") if not any(found) else ():
            if sentence.words[preposition].lower() not in _NOT_TOWARDS:
                found += [view.occupant(o) for o in sentence.with_dep(preposition, "pobj")]
        kept = _others(_distinct(found), view, avoid)
        if kept:
            return kept
        todo.extend(sentence.with_dep(token, "xcomp", "ccomp", "conj"))
    return []


def _first_filled(
    slots: Iterable[str],
    clause: Clause,
    view: SentenceView,
    *,
    avoid: Sequence[Mention] = (),
    places: bool = False,
) -> list[Mention]:
    for slot in slots:
        if slot == "clause-object":
            found = _deep_recipients(clause, view, avoid)
        elif slot == "subject" and clause.kind == "noun":
            struck = _whose_building(clause, view)
            found = _distinct(view.mention(token) for token in clause.agents)
            # "The refugee deal" is not the refugees'.
            found = [m for m in found if not (m.actor.code or "").endswith("REF") and not _same(m, struck)]
        elif slot == "of" and view.holds_any(clause.patients, _ATTACKS):
            # "Condemned the bombing of Oslo"
            continue
        else:
            tokens = slot_tokens(clause, slot)
            found = _distinct(m for token in tokens for m in view.occupants(token, places=places))
        if slot == "clause-subject":
            speakers = [a for a in _officials(avoid) if (a.actor.code or "")[3:] not in ("JUD", "LEG")]
            found = [m for m in found if not view.is_own(m, speakers)]
        found = [m for m in found if not _same(m, avoid)]
        if found:
            return found
    return []


def _reciprocal_pairs(actors: list[Mention], recipients: list[Mention], mutual: str) -> list[Pair]:
    """Each actor with each recipient; of equals, the first with each of the others; both ways as ``mutual`` says."""
    if not actors:
        return [(None, r) for r in recipients]
    if recipients:
        one_way: list[Pair] = [(a, r) for a in actors for r in recipients]
    else:
        one_way = [(actors[0], other) for other in actors[1:]] or [(actors[0], None)]
    if mutual == "always" or (mutual == "joint" and not recipients):
        return [each for a, b in one_way for each in (((a, b), (b, a)) if b else ((a, b),))]
    return one_way


def _distinct(mentions: Iterable[Mention | None]) -> list[Mention]:
    found: list[Mention] = []
    for mention in mentions:
        for each in _each(mention) if mention is not None else ():
            if not _same(each, found):
                found.append(each)
    return found


def _each(mention: Mention) -> list[Mention]:
    """Of "both countries" the one and the other."""
    return [replace(mention, actor=actor, members=()) for actor in mention.members] or [mention]


def _named_first(mentions: list[Mention]) -> list[Mention]:
    """Without those of no country where others have one: of "Assad and his allies", Assad."""
    named = [m for m in mentions if m.actor.code not in SECTORS]
    return named or mentions


def _others(mentions: Iterable[Mention], view: SentenceView, actors: Sequence[Mention]) -> list[Mention]:
    """Without the actors themselves and what is their own."""
    return [m for m in mentions if not _same(m, actors) and not view.is_own(m, actors)]


def _same(mention: Mention, others: Sequence[Mention]) -> bool:
    """Is it one of ``others``: the same words, or the same actor?"""
    return any(m.actor == mention.actor or (m.span == mention.span and m.kind != "several") for m in others)
