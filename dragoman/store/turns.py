"""A case file's path goes in, a turn comes out: threads of one program may read it at once, or one of them writes.

DuckDB can't have a file open for reading and for writing in the same program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Condition, Lock, get_ident


class _Turns:
    """Who has one file open here.  A writer that waits is let in before new readers."""

    def __init__(self) -> None:
        self._free = Condition()
        self._readers: Counter[int] = Counter()  # by thread
        self._writer: int | None = None
        self._waiting = 0

    @contextmanager
    def reading(self) -> Iterator[None]:
        own = get_ident()
        with self._free:
            self._free.wait_for(lambda: self._has(own) or (self._writer is None and not self._waiting))
            self._readers[own] += 1
        try:
            yield
        finally:
            with self._free:
                self._readers -= Counter({own: 1})
                self._free.notify_all()

    @contextmanager
    def writing(self) -> Iterator[None]:
        own = get_ident()
        if self._has(own):  # a thread can't wait for itself; the file's own answer is told
            yield
            return
        with self._free:
            self._waiting += 1
            try:
                self._free.wait_for(lambda: self._writer is None and not self._readers)
            finally:
                self._waiting -= 1  # also where Ctrl-C ended the wait: others would stand behind it for ever
                self._free.notify_all()
            self._writer = own
        try:
            yield
        finally:
            with self._free:
                self._writer = None
                self._free.notify_all()

    def _has(self, own: int) -> bool:
        return self._writer == own or self._readers[own] > 0


_ALL: dict[str, _Turns] = {}
_LOCK = Lock()


@contextmanager
def turn(path: Path, *, read_only: bool) -> Iterator[None]:
    """Wait until the file may be opened in this program, and keep it so."""
    with _LOCK:
        turns = _ALL.setdefault(str(path.resolve()), _Turns())
    with turns.reading() if read_only else turns.writing():
        yield
