"""A piece of a file goes in, its documents come out, as if the whole file had been read from its beginning.

A piece is a range of bytes, so that nobody has to look into a file to cut it.  Of JSON Lines it has the lines that
begin there; of Parquet as large a part of the rows, rounded down.
"""

from __future__ import annotations

import io
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from dragoman.errors import InputError
from dragoman.read.filesystems import File, Place, unreadable
from dragoman.read.inputs import JSON_LINES
from dragoman.read.json_lines import read_json_lines
from dragoman.read.tables import document_columns, read_batches, unreadable_parquet
from dragoman.records import Document

_PARQUET = ".parquet"
_BUFFER = 1 << 20
_BATCH = 256
_Found = Iterator[tuple[str, Document | InputError]]
_Reading = Generator[tuple[str, Document | InputError], None, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """The bytes ``start`` up to ``stop`` of a file; ``first`` is the number of the first line that begins there."""

    file: File
    start: int
    stop: int
    first: int = 1


def cut(file: File, size: int) -> Iterator[Piece]:
    """A file in pieces of about ``size`` bytes."""
    number = max(1, round(file.size / size))
    ends = [file.size * n // number for n in range(number + 1)]
    for start, stop in pairwise(ends):
        yield Piece(file, start, stop)


def place_in(piece: Piece, number: int) -> str:
    """Where a document stands: on so manieth a line of those that begin in the piece, or in which row of the file."""
    if _suffix(piece) == _PARQUET:
        return f"{piece.file.place.where}, row {number}"
    return f"{piece.file.place.where}, line {piece.first + number - 1}"


def read_piece(piece: Piece, defaults: Mapping[str, str | None]) -> _Reading:
    """Each document of a piece after where it stands, or what is wrong there; in the end, how many lines there were.

    Raises OSError where reading stops that may go on later.
    """
    where, suffix = piece.file.place.where, _suffix(piece)
    try:
        if piece.file.size == 0:
            yield where, InputError(where, "is empty", "Remove it or put an article there")
        elif suffix in JSON_LINES:
            with _Lines(_open(piece.file.place), piece.start, piece.stop) as file:
                yield from read_json_lines(cast(BinaryIO, file), where=where, defaults=defaults, first=piece.first)
                return file.number
        elif suffix == _PARQUET:
            yield from _read_rows(piece, defaults)
        elif piece.start == 0:
            remedy = "Code it with --engine local, or make JSON Lines of it"
            yield where, InputError(where, "is neither JSON Lines nor Parquet, which a cluster reads", remedy)
    except (FileNotFoundError, PermissionError) as problem:
        yield where, unreadable(where, problem)
    return 0


def _suffix(piece: Piece) -> str:
    return PurePosixPath(piece.file.place.path).suffix.lower()


class _Lines:
    """The lines of a file that begin between two bytes; ``number`` of them have been read to their end."""

    def __init__(self, opened: Any, start: int, stop: int) -> None:
        self._file, self._stop = io.BufferedReader(opened, _BUFFER), stop
        self._at, self._within, self.number = max(0, start - 1), start > 0, 0
        if start:  # the line into which the cut fell belongs to the piece before
            self._file.seek(self._at)
            while self._within and self._at < stop and self.readline(_BUFFER):
                pass
            self._within, self.number = False, 0

    def __enter__(self) -> _Lines:
        return self

    def __exit__(self, *problem: object) -> None:
        self._file.close()

    def readline(self, limit: int) -> bytes:
        """The next line, or so much of it; nothing where the next one begins behind the end."""
        if self._at >= self._stop and not self._within:
            return b""
        line = self._file.readline(limit)
        self._at += len(line)
        self._within = bool(line) and not line.endswith(b"\n")
        self.number += line.endswith(b"\n")
        return line


def _open(place: Place) -> Any:
    return place.system.open_input_file(place.path)


def _read_rows(piece: Piece, defaults: Mapping[str, str | None]) -> _Found:
    import pyarrow
    from pyarrow import parquet

    where = piece.file.place.where
    with _open(piece.file.place) as opened:
        try:
            file = parquet.ParquetFile(opened)
            names = document_columns(file.schema_arrow.names, where=where)
        except (pyarrow.ArrowException, InputError) as problem:
            if piece.start == 0:  # it is the same for all pieces of the file
                broken = problem if isinstance(problem, InputError) else unreadable_parquet(where, str(problem))
                yield where, broken
            return
        first, stop = (file.metadata.num_rows * at // piece.file.size for at in (piece.start, piece.stop))
        try:
            batches = _batches(file, names, first, stop)
            yield from read_batches(batches, names, where=where, first=first + 1, defaults=defaults)
        except pyarrow.ArrowException as problem:
            yield where, unreadable_parquet(where, str(problem))


def _batches(file: Any, names: list[str], first: int, stop: int) -> Iterator[Any]:
    """Tables of the rows ``first`` up to ``stop``; only their row groups are read."""
    import pyarrow

    ends = list(accumulate(file.metadata.row_group(number).num_rows for number in range(file.metadata.num_row_groups)))
    begins = [0, *ends]
    groups = [n for n, end in enumerate(ends) if begins[n] < stop and end > first]
    if not groups:
        return
    at = begins[groups[0]]
    for batch in file.iter_batches(_BATCH, row_groups=groups, columns=names):
        start, end = max(first - at, 0), min(stop - at, batch.num_rows)
        if start < end:
            yield pyarrow.Table.from_batches([batch.slice(start, end - start)])
        at += batch.num_rows
