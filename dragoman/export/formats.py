"""The name of a format goes in, how to write it comes out: one module a format, each with what it loses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from dragoman.errors import DragomanError
from dragoman.export.files import Writer

# What `dragoman export --as` offers; the module of each has its Format as FORMAT.
NAMES = ("gdelt", "phoenix", "polecat", "plover", "stix", "prov", "annotation", "graphml")


@dataclass(frozen=True, slots=True)
class Provenance:
    """What coded the claims: the case file's name, dragoman's version, the codebook, the last day of a report (ISO)."""

    case: str
    version: str
    codebook: str
    last_day: str | None


@dataclass(frozen=True, slots=True)
class Format:
    """A format of somebody else's: how its file may end, who writes it, and what of a claim it has no place for.

    ``open`` makes a writer for a path; its ``write`` takes the rows of ``claim_rows`` in their order.
    """

    name: str
    title: str
    endings: tuple[str, ...]
    open: Callable[[Path, Provenance], Writer]
    loses: tuple[str, ...]


def format_named(name: str) -> Format:
    """The format of that name. Raises DragomanError where there is none.

    >>> format_named("gdelt").title
    'GDELT 2.0 events and mentions'
    """
    if name not in NAMES:
        raise DragomanError(f"{name!r} is no format. Use one of {', '.join(NAMES)}")
    found: Format = import_module(f"dragoman.export.{name}").FORMAT
    return found
