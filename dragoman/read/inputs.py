"""File names, folders or ``-`` go in, documents come out one by one, each bad one as an error in its place."""

from __future__ import annotations

import hashlib
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import BinaryIO, cast

from dragoman.errors import InputError
from dragoman.read import path_lists, warc
from dragoman.read.checks import make_document
from dragoman.read.html import html_document, read_html
from dragoman.read.json_lines import read_json_lines
from dragoman.read.limits import LONGEST_LINE
from dragoman.read.tables import read_csv, read_parquet
from dragoman.read.text import decode, read_text
from dragoman.records import Document, Skipped

Found = Iterator[tuple[str, Document | InputError | Skipped]]

_HTML = (".html", ".htm", ".xhtml")
JSON_LINES = (".jsonl", ".ndjson", ".json")
_TEXT = (".txt", ".text", ".md", "")
SUFFIXES = (*_TEXT[:-1], *JSON_LINES, ".csv", ".parquet", *_HTML, *warc.SUFFIXES)


def read_inputs(
    inputs: Iterable[str], *, published: str | None = None, publisher: str | None = None
) -> Iterator[Document | InputError | Skipped]:
    """Every document of files, folders (all that is in them, by name) and standard input (``-``).

    ``published`` and ``publisher`` are for documents that don't tell their own.  A document that was
    already read (same id, same text) is left out; the same id with another text is an error.
    """
    defaults = {"published": published, "publisher": publisher}
    yield from without_repeats((found for name in inputs for found in _read_one(name, defaults)), {})


def without_repeats(found: Found, seen: dict[bytes, tuple[bytes, str]]) -> Iterator[Document | InputError | Skipped]:
    """What was read, each document once; ``seen`` has those read before: by their id, their text and where it stood."""
    for where, item in found:
        if not isinstance(item, Document):
            yield item
            continue
        identity, text = fingerprint(item)
        if identity not in seen:
            seen[identity] = (text, where)
            yield item
        elif seen[identity][0] != text:
            first = seen[identity][1]
            yield InputError(where, f"the id {item.id[:60]!r} was already used at {first}", "Give it its own id")


def fingerprint(document: Document) -> tuple[bytes, bytes]:
    """Sixteen bytes that stand for a document's id, and sixteen for its text."""
    id_digest, text_digest = (hashlib.sha256(each.encode("utf-8")).digest() for each in (document.id, document.text))
    return id_digest[:16], text_digest[:16]


def _read_one(name: str, defaults: Mapping[str, str | None]) -> Found:
    if name == "-":
        yield from _read_stream(sys.stdin.buffer, defaults)
        return
    path = Path(name)
    try:
        if path.is_dir():
            yield from _read_folder(path, defaults)
        elif not path.exists():
            yield name, InputError(name, "does not exist", "Check the path")
        else:
            yield from _read_file(path, defaults)
    except OSError as problem:
        yield name, InputError(name, f"can't be read ({problem.strerror or problem})", "Check that you may read it")


def _read_folder(folder: Path, defaults: Mapping[str, str | None]) -> Found:
    found = 0
    for path in sorted(folder.rglob("*"), key=lambda p: p.as_posix()):
        if path.is_file() and path.name.lower().endswith(SUFFIXES) and not path.name.startswith("."):
            found += 1
            yield from _read_one(str(path), defaults)
    if not found:
        yield str(folder), InputError(str(folder), "holds no file to read", f"Put {', '.join(SUFFIXES)} files there")


def _read_file(path: Path, defaults: Mapping[str, str | None]) -> Found:
    suffix, name = path.suffix.lower(), path.name.lower()
    if path.stat().st_size == 0:
        yield str(path), InputError(str(path), "is empty", "Remove it or put an article there")
    elif suffix in JSON_LINES:
        with path.open("rb") as file:
            yield from read_json_lines(file, where=str(path), defaults=defaults)
    elif suffix == ".csv":
        yield from read_csv(path, defaults=defaults)
    elif suffix == ".parquet":
        yield from read_parquet(path, defaults=defaults)
    elif name.endswith(warc.SUFFIXES):
        yield from warc.read_warc(path, defaults=defaults)
    elif name.endswith(path_lists.SUFFIXES):
        for place, archive in path_lists.read_paths(path):
            if isinstance(archive, InputError):
                yield place, archive
            else:
                yield from _read_one(str(archive), defaults)
    else:
        try:
            if suffix in _HTML:
                yield str(path), read_html(path, defaults=defaults)
            else:
                yield str(path), make_document({"text": read_text(path)}, where=str(path), defaults=defaults)
        except InputError as problem:
            yield str(path), problem


def _read_stream(stream: BinaryIO, defaults: Mapping[str, str | None]) -> Found:
    """Standard input: JSON Lines when it starts with ``{``, HTML when with ``<``, else one plain text."""
    where = "standard input"
    buffered = stream if isinstance(stream, BufferedReader) else BufferedReader(cast(RawIOBase, stream))
    head = buffered.peek(64)[:64].removeprefix(BOM_UTF8).lstrip()
    if head.startswith(b"{"):
        yield from read_json_lines(buffered, where=where, defaults=defaults)
        return
    try:
        data = buffered.read(LONGEST_LINE + 1)
        if len(data) > LONGEST_LINE:
            raise InputError(where, "is longer than one article can be", "Give many articles as JSON Lines")
        text = decode(data, where=where)
        if text.lstrip().startswith("<"):
            yield where, html_document(text, where=where, defaults=defaults)
        else:
            yield where, make_document({"text": text}, where=where, defaults=defaults)
    except InputError as problem:
        yield where, problem
