"""The errors a user can act on; each message names the file, the line and the remedy."""

from __future__ import annotations


class DragomanError(Exception):
    """Anything that went wrong and that a person can mend."""


class InputError(DragomanError):
    """A document that can't be read: where it stands and what to do about it."""

    def __init__(self, where: str, problem: str, remedy: str) -> None:
        super().__init__(f"{where}: {problem}. {remedy}")
        self.where, self.problem, self.remedy = where, problem, remedy


class CodebookError(DragomanError):
    """A row of a codebook that breaks its rules."""

    def __init__(self, file: str, line: int | str, problem: str, remedy: str) -> None:
        super().__init__(f"{file}, line {line}: {problem}. {remedy}")


class ModelError(DragomanError):
    """A parser model that is not installed or can't be used."""


class CaseError(DragomanError):
    """A case file that can't be opened, or is of another version."""


class AbsentError(CaseError):
    """What was asked for is not in the case file."""


class FetchError(InputError):
    """An address that can't be fetched; ``passing``: it may be later; ``wait``: after so many seconds."""

    def __init__(
        self, where: str, problem: str, remedy: str, *, passing: bool = False, wait: float | None = None
    ) -> None:
        super().__init__(where, problem, remedy)
        self.passing, self.wait = passing, wait
