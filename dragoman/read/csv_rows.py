"""An open CSV file goes in, its rows come out by column name; a bad row is an error of its own and the rest goes on."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from dragoman.errors import InputError
from dragoman.read.limits import LONGEST_LINE
from dragoman.read.text import decode, read_lines


def read_csv_rows(
    file: BinaryIO,
    *,
    where: str,
    needs: Sequence[str] = (),
    remedy: str = "",
    delimiter: str = ",",
    columns: Sequence[str] | None = None,
    quoted: bool = True,
) -> Iterator[tuple[str, dict[str, str] | InputError]]:
    """Each row as (where it stands, cells by column or error).

    Without ``columns`` the first line names them, and must name all of ``needs`` (else one error, with ``remedy``).
    With ``columns`` the file has no such line, and a row with another number of cells is an error.
    """
    csv.field_size_limit(LONGEST_LINE)
    lines = _Lines(file=read_lines(file, where=where), where=where)
    rows = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE)
    if columns is None:
        try:
            columns = next(rows, [])
        except (InputError, csv.Error) as problem:
            yield where, _not_csv(problem, where)
            return
        if missing := [name for name in needs if name not in columns]:
            names = ", ".join(columns)[:80]
            yield where, InputError(where, f"has no column {missing[0]!r} (columns: {names})", remedy)
            return
        strict = False
    else:
        strict = True
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except (InputError, csv.Error) as problem:
            place = f"{where}, line {lines.number}"
            yield place, _not_csv(problem, place)
            continue
        place = f"{where}, line {lines.number}"
        if strict and cells and len(cells) != len(columns):
            yield (
                place,
                InputError(place, f"has {len(cells)} columns where {len(columns)} are needed", "Mend or remove it"),
            )
        elif cells:
            yield place, dict(zip(columns, cells, strict=False))


def _not_csv(problem: InputError | csv.Error, where: str) -> InputError:
    if isinstance(problem, InputError):
        return problem
    return InputError(where, f"is not CSV ({problem})", "Mend its quotes and line breaks")


class _Lines:
    """Decoded lines for the csv module; remembers the number of the last one."""

    def __init__(self, *, file: Iterator[tuple[int, bytes | InputError]], where: str) -> None:
        self._file, self._where, self.number = file, where, 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        self.number, line = next(self._file)
        if isinstance(line, InputError):
            raise line
        text = decode(line, where=self._where, first_line=self.number)
        return text.removeprefix("\ufeff") if self.number == 1 else text
