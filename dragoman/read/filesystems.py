"""A path or an address (``s3://…``) goes in, the files there come out, to be opened from any machine.

pyarrow knows local disks, S3, Google Cloud, Azure and HDFS; what it does not know is left to fsspec.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from dragoman.errors import DragomanError, InputError
from dragoman.read.inputs import SUFFIXES

_WILD = re.compile(r"[*\[]")
# The name and password of an address; people are not told them.
_PASSWORD = re.compile(r"://[^/@]*:[^/@]*@")


@dataclass(frozen=True, slots=True)
class Place:
    """Something on a file system: ``root`` is the address that leads to the file system, empty for the local one.

    ``path`` is the path in it, ``where`` what people are told.
    """

    root: str
    path: str
    where: str

    @property
    def system(self) -> Any:
        """The ``pyarrow.fs.FileSystem``."""
        return _find_system(self.root)[0]

    def below(self, name: str) -> Place:
        """What ``name`` means in this folder."""
        where = f"{self.where}/{name}" if self.root else str(Path(self.where, name))
        return Place(self.root, f"{self.path}/{name}", where)


@dataclass(frozen=True, slots=True)
class File:
    """A file that can be read, its size, and when it was changed (in nanoseconds, as the file system tells it)."""

    place: Place
    size: int
    changed: int


def find_place(name: str) -> Place:
    """The place that a path or address names.  Raises DragomanError where nothing can read such an address."""
    if "://" not in name:
        return Place("", Path(name).absolute().as_posix(), str(Path(name)))
    return Place(name, _find_system(name)[1].rstrip("/"), shown(name))


def list_files(name: str) -> Iterator[File | InputError]:
    """The files that a name stands for, as ``read_inputs`` takes them: a file, all in a folder by name, a pattern.

    ``*`` and ``[…]`` stand for letters of one name, as in a shell.
    """
    place = find_place(name)
    told_as = place.where if place.root else name
    try:
        told = place.system.get_file_info(place.path)
        if told.type.name == "File":
            yield File(place, told.size or 0, told.mtime_ns or 0)
        elif told.type.name == "Directory":
            found = [file for file in _below(place) if _is_input(file.place.path)]
            yield from found
            if not found:
                yield InputError(place.where, "holds no file to read", f"Put {', '.join(SUFFIXES)} files there")
        else:
            found = list(_matching(place))
            yield from found
            if not found:
                yield InputError(told_as, "does not exist", "Check the path")
    except OSError as problem:
        yield unreadable(told_as, problem)


def unreadable(where: str, problem: OSError) -> InputError:
    """The error for a file that is there and can't be read."""
    return InputError(where, f"can't be read ({problem.strerror or problem})", "Check that you may read it")


def _is_input(path: str) -> bool:
    name = PurePosixPath(path).name
    return name.lower().endswith(SUFFIXES) and not name.startswith(".")


def _matching(place: Place) -> Iterator[File]:
    """The files whose names fit a pattern; each part of the path stands for itself."""
    if not (_WILD.search(place.path) and _WILD.search(place.where)):
        return
    start, shown = (_WILD.split(each, maxsplit=1)[0].rpartition("/")[0] for each in (place.path, place.where))
    wanted = place.path.split("/")
    for file in _below(Place(place.root, start, shown)):
        parts = file.place.path.split("/")
        if len(parts) == len(wanted) and all(map(fnmatchcase, parts, wanted)):
            yield file


def _below(folder: Place) -> list[File]:
    """All files in a folder and below it, by name."""
    from pyarrow.fs import FileSelector

    told = folder.system.get_file_info(FileSelector(folder.path, recursive=True, allow_not_found=True))
    files = sorted((each for each in told if each.type.name == "File"), key=lambda each: str(each.path))
    return [
        File(folder.below(each.path[len(folder.path) :].lstrip("/")), each.size, each.mtime_ns or 0) for each in files
    ]


def shown(address: str) -> str:
    """An address as people are told it: without a password or options.

    >>> shown("s3://key:secret@news/claims/?region=eu-west-1")
    's3://news/claims'
    """
    return _PASSWORD.sub("://", address.partition("?")[0].rstrip("/"))


@cache
def _find_system(root: str) -> tuple[Any, str]:
    """The file system that an address leads to, and the path in it; an address that nothing reads is an error."""
    import pyarrow
    from pyarrow import fs

    if not root:
        return fs.LocalFileSystem(), ""
    try:
        system, path = fs.FileSystem.from_uri(root)
        return system, path
    except pyarrow.ArrowInvalid:
        pass  # not one of pyarrow's
    except OSError as problem:
        raise DragomanError(
            f"{shown(root)}: can't be reached ({problem}). Check the address and your rights there"
        ) from None
    try:
        import fsspec

        system, path = fsspec.core.url_to_fs(root)
    except (ImportError, ValueError, OSError) as problem:
        raise DragomanError(
            f"{shown(root)}: nothing here reads such an address ({problem}). Install what it needs"
        ) from None
    return fs.PyFileSystem(fs.FSSpecHandler(system)), str(path)
