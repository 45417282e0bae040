"""A list of archives (``warc.paths``, as Common Crawl has them) goes in, the files below a local folder come out.

Nothing is downloaded: a line names a file below the folder in which the list lies.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from dragoman.errors import InputError
from dragoman.read.limits import LONGEST_LINE
from dragoman.read.text import decode
from dragoman.read.warc import SUFFIXES as ARCHIVES

SUFFIXES = (".paths", ".paths.gz")


def read_paths(path: Path) -> Iterator[tuple[str, Path | InputError]]:
    """The files that a list names, in order of their names, after where they are named.

    A file is looked for at the whole path, then by its name alone, below the folder of the list.
    """
    try:
        text = decode(_content(path), where=str(path))
    except InputError as problem:
        yield str(path), problem
        return
    named = [(line.strip(), f"{path}, line {number}") for number, line in enumerate(text.splitlines(), start=1)]
    for name, place in sorted((name, place) for name, place in named if name):
        yield place, _find(path.parent, name, place)


def _content(path: Path) -> bytes:
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            data: bytes = file.read(LONGEST_LINE + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as problem:
        raise InputError(str(path), f"is not a whole gzip file ({problem})", "Fetch it again") from None
    if len(data) > LONGEST_LINE:
        raise InputError(str(path), f"unpacks to more than {LONGEST_LINE / 1e6:.0f} MB", "Split it")
    return data


def _find(folder: Path, name: str, place: str) -> Path | InputError:
    named = PurePosixPath(name)
    if "://" in name:
        return InputError(place, "is an address", "Fetch the file and name it by its path: nothing is downloaded")
    if named.is_absolute() or ".." in named.parts or "\x00" in name or "\\" in name:
        return InputError(place, f"{name[:80]!r} leads out of the folder", "Name files below the folder of the list")
    if not named.name.lower().endswith(ARCHIVES):
        return InputError(place, f"{name[:80]!r} is no web archive", f"Name files that end in {', '.join(ARCHIVES)}")
    with suppress(OSError):  # such as a name that is too long for a file
        for found in (folder / named, folder / named.name):
            if found.is_file():
                return found
    remedy = f"Put it below {folder}, or take the line out: nothing is downloaded"
    return InputError(place, f"{name[:200]!r} is not there", remedy)
