"""dragoman: who did, said, threatened, promised or asked what of whom, according to whom, and how sure anybody is.

>>> import dragoman
>>> coder = dragoman.load()
>>> for claim in coder.code(dragoman.Document(id="d", text="Moscow threatened to strike Kyiv.")):
...     print(claim.event.type, claim.event.actor.actor.code, claim.certainty.status)
THREATEN RUS actual
ASSAULT RUS planned
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.errors import DragomanError, InputError
from dragoman.records import Certainty, Claim, Document, Event, Mention, SourceLink

if TYPE_CHECKING:
    from dragoman.coder import Coder

__version__ = "0.1.0"
__all__ = [
    "Certainty",
    "Claim",
    "Coder",
    "Document",
    "DragomanError",
    "Event",
    "InputError",
    "Mention",
    "SourceLink",
    "frame",
    "load",
    "open_case",
    "read_inputs",
]


def load(model: str = "en_core_web_sm") -> Coder:
    """A coder with the named spaCy pipeline; takes a second or two, use it for many documents.

    Raises ModelError where the pipeline is not installed.
    """
    from dragoman.coder import Coder

    return Coder(model)


def __getattr__(name: str) -> Any:
    """The heavier public names, imported when they are first asked for."""
    if name == "Coder":
        from dragoman.coder import Coder

        return Coder
    if name == "frame":
        from dragoman.frames import frame

        return frame
    if name == "open_case":
        from dragoman.store.database import open_case

        return open_case
    if name == "read_inputs":
        from dragoman.read import read_inputs

        return read_inputs
    raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
