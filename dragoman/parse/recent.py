"""Texts of paragraphs go in, each comes out parsed; one that was parsed lately is not parsed again.

Copies of an agency's report differ in a paragraph or two, and many pages end with the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from threading import Lock
from typing import Protocol

from dragoman.records import Sentence

# So many characters of text are kept, with what was parsed of them; older ones go.
KEPT_CHARACTERS = 1_000_000


class ToSentences(Protocol):
    """A parsed paragraph that gives its sentences, once it is told where its text stands."""

    def __call__(self, *, offset: int, paragraph: int, first_index: int) -> Iterator[Sentence]: ...


class Runtime(Protocol):
    """What runs the model: texts of paragraphs go in, each as a parsed paragraph comes out, in order."""

    def pipe(self, texts: Iterable[str]) -> Iterator[ToSentences]: ...


class Recent:
    """A runtime that remembers; a paragraph's parse depends on its text alone.  May be shared by threads."""

    def __init__(self, runtime: Runtime, room: int = KEPT_CHARACTERS) -> None:
        self._runtime, self._room = runtime, room
        self._kept: dict[str, ToSentences] = {}  # the oldest first
        self._size = 0
        self._lock = Lock()

    def parse(self, texts: list[str]) -> list[ToSentences]:
        """The parsed paragraphs, in order."""
        with self._lock:
            known = {text: self._kept[text] for text in texts if text in self._kept}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, self._runtime.pipe(new), strict=True))
        with self._lock:
            self._keep(known)
        return [known[text] for text in texts]

    def _keep(self, used: dict[str, ToSentences]) -> None:
        """Put these behind all others, and let the first go where there is no room."""
        for text, parsed in used.items():
            if self._kept.pop(text, None) is None:
                self._size += len(text)
            self._kept[text] = parsed
        while self._size > self._room:
            oldest = next(iter(self._kept))
            del self._kept[oldest]
            self._size -= len(oldest)
