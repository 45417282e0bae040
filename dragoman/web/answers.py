"""A question to a case file goes in, its answer comes out, kept until the file changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

from dragoman.store.database import CaseFile, open_case


class Desk:
    """A case file as the routes read it: opened for each question, answers kept until the file changes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._answers: dict[tuple[object, ...], Any] = {}
        self._state: tuple[int, int] | None = None
        self.lock = Lock()

    def ask(self, question: Callable[[CaseFile], Any], *key: object) -> Any:
        """The answer to a question about the case; ``key`` names it."""
        with self.lock:
            stat = self.path.stat() if self.path.exists() else None
            state = stat and (stat.st_mtime_ns, stat.st_size)
            if state != self._state:
                self._answers.clear()
                self._state = state
            if key not in self._answers:
                with open_case(self.path, read_only=True) as case:
                    self._answers[key] = question(case)
            return self._answers[key]
