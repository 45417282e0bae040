"""The actors of a sentence go in; those of them that stand in apposition come out as one and the same."""

from __future__ import annotations

from dataclasses import replace

from dragoman.records import Actor, Sentence
from dragoman.resolve.reading import Found


def link_appositions(sentence: Sentence, found: list[Found]) -> list[Found]:
    """ "the premier, Ana Ruiz," and "Ana Ruiz, the premier": both stretches mean one person."""
    by_head = {each.head: k for k, each in enumerate(found)}
    linked = list(found)
    for k, each in enumerate(found):
        for g in sentence.with_dep(each.head, "appos"):
            if g not in by_head:
                continue
            head, other = linked[k], linked[by_head[g]]
            above = _whose_head(sentence, each.head)
            if other.person and not head.person and above in by_head and linked[by_head[above]].person:
                # "The head of the Quds Force, Qassem Soleimani"
                k, head = by_head[above], linked[by_head[above]]
            if head.person and other.person and not _both_named(head, other):
                linked[k], linked[by_head[g]] = _merged(head, other), _merged(other, head)
            elif head.kind == "composed" and not head.person and other.kind == "name" and not other.person:
                if not head.plural:
                    linked[k] = replace(head, actor=other.actor, kind="description", how=f"in apposition: {other.how}")
            elif head.kind in {"name", "group"} and other.kind == "composed" and _takes(head, other):
                how = f"in apposition: {head.how}"
                linked[by_head[g]] = replace(other, actor=head.actor, kind="description", how=how)
    return linked


def _whose_head(sentence: Sentence, token: int) -> int:
    """Whom a body stands behind: for "the Quds Force" in "the head of the Quds Force" the head; itself otherwise."""
    if sentence.deps[token] != "pobj" or sentence.words[sentence.heads[token]].lower() not in {"of", "for"}:
        return token
    return sentence.heads[sentence.heads[token]]


def _both_named(one: Found, other: Found) -> bool:
    """Two people with names of their own are no apposition, whatever the parser took the comma for."""
    named = {"name", "unknown"}
    return one.kind in named and other.kind in named and one.actor.name != other.actor.name


def _merged(mine: Found, other: Found) -> Found:
    """One of two stretches for a person, with what the other tells: the codebook first, then name, then role."""
    if mine.actor.key:
        return replace(mine, actor=_with_sector(mine.actor, other.actor))
    if other.actor.key:
        actor = _with_sector(other.actor, mine.actor)
        return replace(mine, actor=actor, kind=_kind(mine), how=f"in apposition: {other.how}")
    told = other if other.actor.code and (mine.story or not mine.actor.code) else mine
    code = told.actor.code
    name = mine.actor.name if mine.kind in {"name", "unknown"} else other.actor.name
    kind = "name" if mine.kind == "unknown" and code else _kind(mine)
    noun = mine.noun or other.noun
    return replace(
        mine, actor=Actor(name, code), kind=kind, noun=noun, gender=mine.gender or other.gender,
        how=mine.how if told is mine else f"in apposition: {other.how}",
    )  # fmt: skip


def _kind(found: Found) -> str:
    return "role" if found.kind == "composed" else found.kind


def _takes(name: Found, other: Found) -> bool:
    """Whether a role after a name is the same: "the SDF, the secular forces" may differ in number, not in person."""
    if name.person and not other.person:
        return False
    return name.plural == other.plural or (bool(name.actor.key) and not name.person and not other.person)


def _with_sector(known: Actor, other: Actor) -> Actor:
    """Somebody of the codebook who is in no office there, with the sector that the text tells."""
    code, told = known.code or "", other.code or ""
    return replace(known, code=told) if len(code) == 3 and told.startswith(code) else known
