"""What is found of an attribution before it is whole: a cue with its complement, a cue with its source."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.extract.reporting import Cue
from dragoman.extract.sources import Source
from dragoman.records import Span


@dataclass(frozen=True, slots=True)
class Complement:
    """What a cue reports: its frame, its tokens, and where the cue ends when a preposition belongs to it."""

    frame: str
    tokens: tuple[int, ...]
    cue_stop: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A cue (tokens ``first`` up to ``stop``, its main word ``head``) with its source and what it reports.

    ``quotable`` tells whether direct speech may be given to it; ``row`` is the cue's row of the table.
    """

    sentence: int
    first: int
    stop: int
    head: int
    source: Source | None
    content: tuple[Span, ...]
    frame: str
    stance: str
    quotable: bool
    row: Cue | None = None
