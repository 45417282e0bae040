"""A question to a case file goes in, its answer comes out, kept until the file changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

from dragoman.analyse.desk import desk_claims
from dragoman.analyse.marks import change, name_parties, parties, take_snapshot
from dragoman.store.database import CaseFile, open_case
from dragoman.store.snapshot import Snapshot
from dragoman.web.rows import party_names

_Answer = TypeVar("_Answer")


class Desk:
    """A case file as the routes read it: opened for each question, answers kept until the file changes.

    What is asked again and again (which claims fit the filters) is asked of a snapshot in memory.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lock = RLock()
        self._answers: dict[tuple[object, ...], Any] = {}
        self._state: tuple[int, int] | None = None
        self._snapshot: Snapshot | None = None

    def ask(self, question: Callable[[CaseFile], Any], *key: object) -> Any:
        """The answer to a question about the case; ``key`` names it."""
        with self.lock:
            self._heed_changes()
            if key not in self._answers:
                with open_case(self.path, read_only=True) as case:
                    self._answers[key] = question(case)
            return self._answers[key]

    def ask_snapshot(self, question: Callable[[Snapshot], _Answer]) -> _Answer:
        """The answer to a question about the claims as the desk shows them."""
        with self.lock:
            self._heed_changes()
            if self._snapshot is None:
                with open_case(self.path, read_only=True) as case:
                    self._snapshot = take_snapshot(case)
                named = party_names(parties(self._snapshot))
                name_parties(self._snapshot, {code: told["name"] for code, told in named.items()})
            return question(self._snapshot)

    def decide(self, act: Callable[[], object], claim: str) -> None:
        """Let somebody decide about a claim, one after the other: decisions are numbered.  The snapshot follows."""
        with self.lock:
            self._heed_changes()
            act()
            self._answers.clear()
            self._state = self._read_state()
            if self._snapshot is not None:
                with open_case(self.path, read_only=True) as case:
                    change(self._snapshot, desk_claims(case, claims=[claim])[0])

    def _heed_changes(self) -> None:
        state = self._read_state()
        if state != self._state:
            self._answers.clear()
            self._snapshot = None
            self._state = state

    def _read_state(self) -> tuple[int, int] | None:
        if not self.path.exists():
            return None
        stat = self.path.stat()
        return stat.st_mtime_ns, stat.st_size
