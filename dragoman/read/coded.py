"""A file of events that others coded goes in, its events come out one by one, without text: one module a format."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, cast

from dragoman.errors import DragomanError, InputError

# What `dragoman import --as` offers; the module of each has `read_events(file, *, where)`.
NAMES = ("gdelt", "icews", "polecat", "acled")


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """One event as its file tells it: who did what to whom, where and when; nobody's words.

    ``id`` is the file's own; days are ISO dates; codes are CAMEO-style (``RUSMIL``), countries ISO 3166 alpha-3.
    What the file does not tell is None.
    """

    id: str
    day: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad: int
    intensity: float
    cameo: str
    actor_name: str | None = None
    actor_code: str | None = None
    recipient_name: str | None = None
    recipient_code: str | None = None
    place_name: str | None = None
    place_country: str | None = None
    place_latitude: float | None = None
    place_longitude: float | None = None
    place_precision: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A row that is whole but tells of nothing that PLOVER has a type for, and why."""

    reason: str


Read = Iterator[tuple[str, CodedEvent | PassedOver | InputError]]
Reader = Callable[..., Read]
Rows = Iterable[tuple[str, dict[str, str] | InputError]]


def read_coded(path: Path, name: str) -> Iterator[CodedEvent | PassedOver | InputError]:
    """The events of a file in the format ``name``; a zip archive with one file in it is read through.

    Raises DragomanError where there is no such format.

    >>> next(read_coded(Path("nowhere.tab"), "icews")).problem
    "can't be read ([Errno 2] No such file or directory: 'nowhere.tab')"
    """
    if name not in NAMES:
        raise DragomanError(f"{name!r} is no format. Use one of {', '.join(NAMES)}")
    reader: Reader = import_module(f"dragoman.read.{name}").read_events
    try:
        with _opened(path) as file:
            for _, event in reader(file, where=str(path)):
                yield event
    except (OSError, zipfile.BadZipFile) as problem:
        yield InputError(str(path), f"can't be read ({problem})", "Check the name, and that it is a whole file")


def read_each(rows: Rows, read: Callable[..., Iterable[CodedEvent | PassedOver]]) -> Read:
    """What ``read(cells, place=place)`` makes of each row; one that it can't read is an error, and the next goes on."""
    for place, cells in rows:
        if isinstance(cells, InputError):
            yield place, cells
            continue
        try:
            for event in read(cells, place=place):
                yield place, event
        except InputError as problem:
            yield place, problem


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    if path.suffix.lower() != ".zip":
        with path.open("rb") as file:
            yield file
        return
    with zipfile.ZipFile(path) as archive:
        inside = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(inside) != 1:
            raise zipfile.BadZipFile(f"{len(inside)} files in it where one is needed")
        with archive.open(inside[0]) as member:
            yield cast(BinaryIO, member)
