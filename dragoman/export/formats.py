"""The name of a format goes in, how to write it comes out: one module a format, each with what it loses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from dragoman.errors import DragomanError
from dragoman.export.files import Writer, partial_path

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
    """A format of somebody else's: what for, how its file may end, who writes it, what of a claim it has no place for.

    ``open`` makes a writer for a path; its ``write`` takes the rows of ``claim_rows`` in their order.  ``beside`` names
    the second file that goes with the first, if there is one.
    """

    name: str
    title: str
    purpose: str
    endings: tuple[str, ...]
    open: Callable[[Path, Provenance], Writer]
    loses: tuple[str, ...]
    beside: Callable[[Path], Path] | None = None


def format_named(name: str) -> Format:
    """The format of that name. Raises DragomanError where there is none.

    >>> format_named("gdelt").title
    'GDELT 2.0 events and mentions'
    """
    if name not in NAMES:
        raise DragomanError(f"{name!r} is no format. Use one of {', '.join(NAMES)}")
    found: Format = import_module(f"dragoman.export.{name}").FORMAT
    return found


@contextmanager
def writing_as(wanted: Format, path: Path, provenance: Provenance) -> Iterator[Writer]:
    """The writer of a format; its files get their names when the block ends well, else nothing is left of them."""
    writer = wanted.open(path, provenance)
    try:
        yield writer
        writer.finalize()
    except BaseException:
        discard = getattr(writer, "discard", None)
        if discard is not None:
            discard()
        raise
    finally:
        partial_path(path).unlink(missing_ok=True)
