"""A question to a case file goes in, its answer comes out, kept until the file changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast

from dragoman.analyse.desk import desk_claims, shared_incidents
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
        self.writing = Lock()  # decisions are numbered: one after the other
        self._kept = Lock()  # held for a moment only, never while a question is asked
        self._answers: dict[tuple[object, ...], Any] = {}
        self._turns: dict[tuple[object, ...], Lock] = {}
        self._state: tuple[int, int] | None = None
        self._asking = Lock()  # held while the snapshot is taken or changed
        self._snapshot: Snapshot | None = None
        self._gathering = Lock()
        self._incidents: dict[str, list[str]] | None = None

    def ask(self, question: Callable[[CaseFile], _Answer], *key: object) -> _Answer:
        """The answer to a question about the case; ``key`` names it.  Nobody asks the same twice at once."""
        with self._kept:
            turn = self._turns.setdefault(key, Lock())
        with turn:
            with self._kept:
                state = self._heed_changes()
                if key in self._answers:
                    return cast(_Answer, self._answers[key])
            with open_case(self.path, read_only=True) as case:
                answer = question(case)
            with self._kept:
                if state == self._heed_changes():
                    self._answers[key] = answer
            return answer

    def others(self, claim: str, *, limit: int = 50) -> list[str]:
        """The other claims of a claim's incident, going round from it on.

        Who stands together is asked once, since that takes a second in a large case.
        """
        with self._gathering:
            with self._kept:
                state, told = self._heed_changes(), self._incidents
            if told is None:
                with open_case(self.path, read_only=True) as case:
                    told = shared_incidents(case)
                with self._kept:
                    if state == self._heed_changes():
                        self._incidents = told
        whole = told.get(claim, [claim])
        at = whole.index(claim)
        return [*whole[at + 1 :], *whole[:at]][:limit]

    def ask_snapshot(self, question: Callable[[Snapshot], _Answer]) -> _Answer:
        """The answer to a question about the claims as the desk shows them."""
        with self._asking:
            with self._kept:
                state, taken = self._heed_changes(), self._snapshot
            if taken is None:
                with open_case(self.path, read_only=True) as case:
                    taken = take_snapshot(case)
                named = party_names(parties(taken))
                name_parties(taken, {code: told["name"] for code, told in named.items()})
                with self._kept:
                    if state == self._heed_changes():
                        self._snapshot = taken
        return question(taken)

    def decide(self, act: Callable[[], object], claim: str, *, accepts: bool) -> None:
        """Let somebody decide about a claim.  The snapshot follows; incidents stay as they are if it ``accepts``."""
        with self.writing, self._asking:
            with self._kept:
                self._heed_changes()
            act()
            with open_case(self.path, read_only=True) as case:
                rows = desk_claims(case, claims=[claim])
            with self._kept:
                if self._snapshot is not None:
                    change(self._snapshot, claim, rows[0] if rows else None)
                if not accepts:
                    self._incidents = None
                self._answers.clear()
                self._state = self._read_state()

    def _heed_changes(self) -> tuple[int, int] | None:
        state = self._read_state()
        if state != self._state:
            self._answers.clear()
            self._turns.clear()
            self._snapshot = self._incidents = None
            self._state = state
        return state

    def _read_state(self) -> tuple[int, int] | None:
        if not self.path.exists():
            return None
        stat = self.path.stat()
        return stat.st_mtime_ns, stat.st_size
