"""Cells go in row by row, lines of cells between tabs come out; no cell can break its line or be run as a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from dragoman.export.files import partial_path

# Besides the control characters, all that Unicode counts as the end of a line.
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_FORMULA = ("=", "+", "-", "@")


class TabFile:
    """A file without a line of names and without quotes, as event data are published; named when it is whole."""

    def __init__(self, path: Path) -> None:
        self._path, self._partial = path, partial_path(path)
        self._file = self._partial.open("w", encoding="utf-8", newline="\n")

    def write(self, cells: Iterable[object]) -> None:
        """Add one line; None is an empty cell."""
        self._file.write("\t".join("" if cell is None else _BREAKS.sub(" ", str(cell)) for cell in cells) + "\n")

    def finalize(self) -> None:
        """Close the file and give it its name."""
        self._file.close()
        self._partial.replace(self._path)

    def discard(self) -> None:
        """Leave nothing of a file that has not got its name yet."""
        self._file.close()
        self._partial.unlink(missing_ok=True)


def free_text(text: str | None) -> str:
    """A name or an address as a cell: one line, no double quotes, and nothing that a spreadsheet would run.

    Many readers take a double quote at the start of a cell for the start of a text that runs over lines.

    >>> free_text("=SUM(A1)"), free_text('the "Lion"'), free_text(None)
    ("'=SUM(A1)", "the 'Lion'", '')
    """
    return guarded(_BREAKS.sub(" ", text or "").replace('"', "'").strip())


def guarded(line: str) -> str:
    """A line with a ' before it where a program that shows it in a table would run it as a formula."""
    return "'" + line if line.startswith(_FORMULA) else line
