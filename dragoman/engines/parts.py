"""Units of the input go in, numbered parts with what is to be known of each come out, in a folder on any file system.

A part stands once the note beside it stands (``_parts/000007.json``).  The note's key is a hash of everything that
decides what is in the part.  So nobody has to say what is finished: whoever is to make a part looks for its note.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import chain
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import numpy as np

from dragoman.engines.work import Reading, Result, in_chunks
from dragoman.errors import DragomanError, InputError
from dragoman.export.files import writing
from dragoman.read.filesystems import File, Place, unreadable
from dragoman.read.inputs import fingerprint, without_repeats
from dragoman.read.language import keep_english
from dragoman.read.pieces import Piece, cut, place_in, read_piece
from dragoman.records import Document, Skipped

FORMATS = (".jsonl", ".parquet")
NOTES = "_parts"
MANIFEST, FAILURES, SKIPPED = "manifest.json", "failures.jsonl", "skipped.jsonl"
_LAYOUT = "1"
# Stores that know no folders, only names with slashes in them.
_WITHOUT_FOLDERS = ("s3", "gcs", "abfs")
_Problem = tuple[str, str, str]
Note = dict[str, Any]
Defaults = tuple[tuple[str, str | None], ...]
Run = Callable[[Iterable[Sequence[Reading]]], Iterator[list[Result]]]


@dataclass(frozen=True, slots=True)
class Unit:
    """What goes into one part: pieces of files, and what was wrong where files were looked for.

    ``earlier`` has those ids that units before this one have too: by the id, the text and where it stood.
    """

    number: int
    items: tuple[Piece | _Problem, ...]
    earlier: Mapping[bytes, tuple[bytes, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a target; ``coded_by`` names what codes, with version and codebook last.

    ``defaults`` are for documents that don't tell their own.
    """

    place: Place
    suffix: str
    coded_by: tuple[str, ...]
    defaults: Defaults

    def key(self, unit: Unit) -> str:
        """A hash of all that decides what is in the part of this unit."""
        earlier = [[key.hex(), text.hex(), where] for key, (text, where) in sorted(unit.earlier.items())]
        items = [_told(item) if isinstance(item, Piece) else item for item in unit.items]
        what = json.dumps([_LAYOUT, self.suffix, self.coded_by, self.defaults, items, earlier])
        return hashlib.sha256(what.encode("ascii")).hexdigest()

    def part(self, number: int) -> Place:
        """Where a part stands."""
        return self.place.below(f"part-{number:06}{self.suffix}")

    def note(self, number: int) -> Place:
        """Where its note stands."""
        return self.place.below(f"{NOTES}/{number:06}.json")

    def finished(self, unit: Unit) -> Note | None:
        """The note of a part that is whole; None where it is to be made."""
        try:
            note: Note = json.loads(read(self.note(unit.number)))
            if note["key"] != self.key(unit):
                return None
            part = self.part(unit.number)
            return note if part.system.get_file_info(part.path).size == note["bytes"] else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def prepare(self) -> None:
        """Make it ready for parts.  Raises DragomanError where it holds what is not of an earlier run like this one."""
        place, names = self.place, set(entries(self.place))
        if names and NOTES not in names:
            raise DragomanError(f"{place.where}: holds other files. Name a new folder, or empty this one")
        other = sorted(name for name in names if name.startswith("part-") and not name.endswith(self.suffix))
        if other:
            raise DragomanError(f"{place.where}: holds parts of another format ({other[0]}). Name a new folder")
        if place.system.type_name not in _WITHOUT_FOLDERS:
            place.system.create_dir(place.below(NOTES).path, recursive=True)
        write(place.below(f"{NOTES}/about.txt"), b"dragoman keeps here which parts are finished.\n")
        if MANIFEST in names:
            place.system.delete_file(place.below(MANIFEST).path)

    def sweep(self, units: int) -> None:
        """Remove what an earlier run with more of an input, or one that was killed, has left over."""
        for name in entries(self.place):
            number = name.removeprefix("part-").removesuffix(self.suffix)
            if name.startswith(".part-") or (number.isdigit() and int(number) >= units):
                self.place.system.delete_file(self.place.below(name).path)
        for name in entries(self.place.below(NOTES)):
            number = name.removesuffix(".json")
            if not (name == "about.txt" or (number.isdigit() and int(number) < units)):
                self.place.system.delete_file(self.place.below(f"{NOTES}/{name}").path)


def _told(piece: Piece) -> tuple[str | int, ...]:
    """What there is to say of a piece; not the address of its file system, which may hold a password."""
    file = piece.file
    return (file.place.where, file.size, file.changed, piece.start, piece.stop, piece.first)


def cut_units(found: Iterable[File | InputError], size: int) -> list[Unit]:
    """Files in units of about ``size`` bytes: large ones are cut, small ones stand together."""
    units: list[list[Piece | _Problem]] = []
    filled = 0
    for item in found:
        pieces = [(item.where, item.problem, item.remedy)] if isinstance(item, InputError) else cut(item, size)
        for piece in pieces:
            # Opening a file takes its time, however small it is.
            length = max(piece.stop - piece.start, size // 256) if isinstance(piece, Piece) else 0
            if not units or filled + length > size * 3 // 2:
                units.append([])
                filled = 0
            units[-1].append(piece)
            filled += length
    return [Unit(number, tuple(items)) for number, items in enumerate(units)]


@dataclass(frozen=True, slots=True)
class Scan:
    """What one look at a unit tells: how many lines each item has, and of each document what ``_SCANNED`` says."""

    lines: tuple[int, ...]
    documents: bytes


# Id and text as they are fingerprinted, the item of the unit, the number of the line or row.
_SCANNED = np.dtype([("id", "<u8", 2), ("text", "<u8", 2), ("item", "<u4"), ("number", "<u8")])


def scan_unit(unit: Unit, defaults: Defaults) -> Scan:
    """Read a unit without coding it."""
    lines, documents = [], bytearray()
    for index, item in enumerate(unit.items):
        reader = _read_item(item, dict(defaults), lenient=True)
        try:
            while True:
                where, found = next(reader)
                if isinstance(found, Document):
                    number = int(where.rpartition(" ")[2])
                    documents += b"".join(fingerprint(found)) + struct.pack("<IQ", index, number)
        except StopIteration as end:
            lines.append(end.value)
    return Scan(tuple(lines), bytes(documents))


def settle(units: Sequence[Unit], scans: Sequence[Scan]) -> list[Unit]:
    """The units with what each has to know of those before it: which line is its first, which ids there were."""
    counted = _count_lines(units, scans)
    documents = np.concatenate([np.frombuffer(scan.documents, dtype=_SCANNED) for scan in scans])
    owners = np.repeat(np.arange(len(units)), [len(scan.documents) // _SCANNED.itemsize for scan in scans])
    order = np.lexsort((documents["id"][:, 1], documents["id"][:, 0]))  # stable: the first of an id stays first
    ids = documents["id"][order]
    earlier: dict[int, dict[bytes, tuple[bytes, str]]] = defaultdict(dict)
    last, first = -1, -1
    for at in map(int, np.flatnonzero((ids[1:] == ids[:-1]).all(axis=1)) + 1):
        first = first if last == at - 1 else int(order[at - 1])
        last = at
        unit = int(owners[order[at]])
        if unit != owners[first]:
            found = documents[first]
            piece = counted[owners[first]].items[found["item"]]
            told = (found["text"].tobytes(), place_in(piece, int(found["number"])))
            earlier[unit][found["id"].tobytes()] = told
    return [replace(unit, earlier=earlier[unit.number]) if unit.number in earlier else unit for unit in counted]


def _count_lines(units: Sequence[Unit], scans: Sequence[Scan]) -> list[Unit]:
    """The units, whose pieces know the number of their first line."""
    counted, line = [], 1
    for unit, scan in zip(units, scans, strict=True):
        items: list[Piece | _Problem] = []
        for item, lines in zip(unit.items, scan.lines, strict=True):
            if isinstance(item, Piece):
                line = 1 if item.start == 0 else line
                items.append(replace(item, first=line))
                line += lines
            else:
                items.append(item)
        counted.append(replace(unit, items=tuple(items)))
    return counted


def code_unit(unit: Unit, folder: Folder, run: Run, *, lenient: bool = False) -> Note:
    """Make the part of a unit, and then its note.

    Raises OSError where a file system fails that may work later; with ``lenient`` an input that does is a failure.
    """
    note: Note = {"key": folder.key(unit), "documents": 0, "claims": 0, "words": 0, "failures": [], "skipped": []}
    readings = keep_english(read_unit(unit, folder.defaults, lenient=lenient))
    with TemporaryDirectory(prefix="dragoman-") as scratch:
        made = Path(scratch) / f"part{folder.suffix}"
        with writing(made, FORMATS) as writer:
            for item in chain.from_iterable(run(in_chunks(readings))):
                if isinstance(item, InputError):
                    note["failures"].append({"where": item.where, "problem": item.problem, "remedy": item.remedy})
                elif isinstance(item, Skipped):
                    note["skipped"].append({"where": item.where, "reason": item.reason, "number": item.number})
                else:
                    note["documents"] += 1
                    note["claims"] += len(item.rows)
                    note["words"] += len(item.document.text.split())
                    for row in item.rows:
                        writer.write(row)
        with made.open("rb") as file:
            note["bytes"], note["sha256"] = made.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            copy_to(folder.part(unit.number), file)
    write(folder.note(unit.number), json.dumps(note).encode("ascii"))
    return note


def read_unit(unit: Unit, defaults: Defaults, *, lenient: bool) -> Iterator[Document | InputError | Skipped]:
    """The documents of a unit, as ``read_inputs`` gives them; what units before it have had is left out."""
    found = chain.from_iterable(_read_item(item, dict(defaults), lenient=lenient) for item in unit.items)
    return without_repeats(found, dict(unit.earlier))


def _read_item(
    item: Piece | _Problem, defaults: Mapping[str, str | None], *, lenient: bool
) -> Generator[tuple[str, Document | InputError], None, int]:
    if not isinstance(item, Piece):
        yield item[0], InputError(*item)
        return 0
    try:
        return (yield from read_piece(item, defaults))
    except OSError as problem:
        if not lenient:
            raise
        yield item.file.place.where, unreadable(item.file.place.where, problem)
        return 0


def entries(folder: Place) -> list[str]:
    """The names of what is in a folder; none where there is no such folder."""
    from pyarrow.fs import FileSelector

    found = folder.system.get_file_info(FileSelector(folder.path, allow_not_found=True))
    return sorted(str(each.base_name) for each in found)


def read(place: Place) -> bytes:
    """All of a file."""
    with place.system.open_input_stream(place.path) as file:
        return bytes(file.read())


def write(place: Place, data: bytes) -> None:
    """Make a file, whole or not at all."""
    copy_to(place, BytesIO(data))


def copy_to(place: Place, file: BinaryIO) -> None:
    """Make a file of what an open one holds.  An object store shows it only when it is whole; a disk is helped."""
    local = place.system.type_name == "local"
    folder, _, name = place.path.rpartition("/")
    path = f"{folder}/.{name}.{token_hex(4)}" if local else place.path
    with place.system.open_output_stream(path) as stream:
        shutil.copyfileobj(file, stream, 1 << 20)
    if local:
        place.system.move(path, place.path)
