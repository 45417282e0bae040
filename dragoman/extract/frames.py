"""codebooks/frames.toml comes in, sets of lemmas go out: who acts where no subject is written."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Frames:
    """The lists of ``codebooks/frames.toml`` under their own names."""

    particles: frozenset[str]
    subject_control: frozenset[str]
    object_control: frozenset[str]
    prepositional_control: frozenset[str]
    phrase_control: frozenset[str]
    quantities: frozenset[str]
    ascribing: frozenset[str]
    owned_acts: frozenset[str]
    occasions: frozenset[str]
    light_verbs: frozenset[str]
    documents: frozenset[str]
    culpable: frozenset[str]


@cache
def load_frames() -> Frames:
    """The frames, read once.

    >>> "promise" in load_frames().subject_control
    True
    """
    text = resources.files("dragoman").joinpath("codebooks", "frames.toml").read_text(encoding="utf-8")
    lists = tomllib.loads(text)
    return Frames(**{field.name: frozenset(lists[field.name]) for field in fields(Frames)})
