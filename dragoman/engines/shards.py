"""Documents and what became of them go into a file of their own; they come out again, or nothing where it isn't whole.

The file's name is a hash of the documents and of what coded them.  So nobody has to say which files are finished:
a run that was killed finds what it looks for, or codes it again.  They are JSON: reading a file that somebody else
has laid there can do no harm.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from dragoman.engines.work import Outcome, Rows
from dragoman.errors import DragomanError, InputError
from dragoman.records import Document

_LAYOUT = "1"
_SUFFIX = ".shard"  # none that is read as an input


@dataclass(frozen=True, slots=True)
class Shards:
    """The work folder of one target; ``coded_by`` names all that decides what the rows of a document are.

    With ``keep``, a shard is needed until the end of the run: the target is made anew when it goes on.
    """

    folder: Path
    coded_by: tuple[str, ...]
    keep: bool

    def write(self, documents: Sequence[Document], outcomes: Sequence[Outcome]) -> None:
        """Keep the outcomes of these documents; the file has its name only when it is whole."""
        body = json.dumps([_plain(each) for each in outcomes]).encode("ascii")
        self.folder.mkdir(mode=0o700, exist_ok=True)
        file = self._file(documents)
        partial = file.with_suffix(f".{os.getpid()}")
        try:
            partial.write_bytes(_digest(body) + b"\n" + body)
            partial.replace(file)
        finally:
            partial.unlink(missing_ok=True)

    def read(self, documents: Sequence[Document]) -> list[Outcome] | None:
        """The outcomes of these documents; None where they are not there, or the file is broken."""
        try:
            digest, _, body = self._file(documents).read_bytes().partition(b"\n")
            if digest != _digest(body):
                return None
            return [_outcome(document, found) for document, found in zip(documents, json.loads(body), strict=True)]
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def done_with(self, documents: Sequence[Document]) -> None:
        """These outcomes stand in the target now."""
        if not self.keep:
            self._file(documents).unlink(missing_ok=True)

    def _file(self, documents: Sequence[Document]) -> Path:
        what = json.dumps([_LAYOUT, self.coded_by, [astuple(document) for document in documents]])
        return self.folder / (hashlib.sha256(what.encode("ascii")).hexdigest()[:40] + _SUFFIX)


@contextmanager
def shards_beside(target: Path, *coded_by: str, keep: bool) -> Iterator[Shards]:
    """The shards of a target, in a hidden folder beside it; it goes when the block ends well."""
    folder = target.with_name(f".{target.name}.work")
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise DragomanError(f"{folder}: stands where the work folder has to be, and is none. Move it away")
    yield Shards(folder, coded_by, keep)
    if folder.exists():
        shutil.rmtree(folder, ignore_errors=True)


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode("ascii")


def _plain(outcome: Outcome) -> object:
    if isinstance(outcome, InputError):
        return {"failure": [outcome.where, outcome.problem, outcome.remedy]}
    return {"sentences": outcome.sentences, "rows": outcome.rows}


def _outcome(document: Document, found: dict[str, Any]) -> Outcome:
    if "failure" in found:
        return InputError(*map(str, found["failure"]))
    return Rows(document, tuple((start, end) for start, end in found["sentences"]), tuple(found["rows"]))
