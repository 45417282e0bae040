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
# The keys of answers that may outlast a decision.
_SNAPSHOT, _TOGETHER = ("a snapshot of all claims",), ("which claims stand together",)


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
        self._gathering = Lock()

    def ask(self, question: Callable[[CaseFile], _Answer], *key: object) -> _Answer:
        """The answer to a question about the case; ``key`` names it.  Nobody asks the same twice at once."""
        with self._kept:
            turn = self._turns.setdefault(key, Lock())
        return self._answer(question, key, turn)

    def others(self, claim: str, *, limit: int = 50) -> list[str]:
        """The other claims of a claim's incident, going round from it on.

        Who stands together is asked once, since that takes a second in a large case.
        """
        whole = self._answer(shared_incidents, _TOGETHER, self._gathering).get(claim, [claim])
        at = whole.index(claim)
        return [*whole[at + 1 :], *whole[:at]][:limit]

    def ask_snapshot(self, question: Callable[[Snapshot], _Answer]) -> _Answer:
        """The answer to a question about the claims as the desk shows them."""
        return question(self._answer(_snapshot, _SNAPSHOT, self._asking))

    def decide(self, act: Callable[[], object], claim: str, *, accepts: bool) -> None:
        """Let somebody decide about a claim.  The snapshot follows; incidents stay as they are if it ``accepts``."""
        with self.writing, self._asking:
            with self._kept:
                self._heed_changes()
            act()
            with open_case(self.path, read_only=True) as case:
                rows = desk_claims(case, claims=[claim])
            with self._kept:
                if (taken := self._answers.get(_SNAPSHOT)) is not None:
                    change(taken, claim, rows[0] if rows else None)
                lasting = (_SNAPSHOT, _TOGETHER) if accepts else (_SNAPSHOT,)
                self._answers = {key: self._answers[key] for key in lasting if key in self._answers}
                self._state = self._read_state()

    def _answer(self, question: Callable[[CaseFile], _Answer], key: tuple[object, ...], turn: Lock) -> _Answer:
        """What is kept under ``key``, else the answer to the question; ``turn`` is held meanwhile."""
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

    def _heed_changes(self) -> tuple[int, int] | None:
        state = self._read_state()
        if state != self._state:
            self._answers.clear()
            self._turns.clear()
            self._state = state
        return state

    def _read_state(self) -> tuple[int, int] | None:
        if not self.path.exists():
            return None
        stat = self.path.stat()
        return stat.st_mtime_ns, stat.st_size


def _snapshot(case: CaseFile) -> Snapshot:
    """All claims of the desk, which are searched by the names of their parties too."""
    taken = take_snapshot(case)
    named = party_names(parties(taken))
    name_parties(taken, {code: told["name"] for code, told in named.items()})
    return taken
