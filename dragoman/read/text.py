"""Bytes of a file go in, text comes out, or an error that says where they are no text."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from dragoman.errors import InputError
from dragoman.read.limits import LONGEST_LINE

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_text(path: Path) -> str:
    """The text of a whole file: UTF-8, or UTF-16 with its mark. Raises InputError naming the line."""
    size = path.stat().st_size
    if size > LONGEST_LINE:
        raise InputError(
            str(path), f"has {size / 1e6:.0f} MB, more than one article can have", "Give many articles as JSON Lines"
        )
    return decode(path.read_bytes(), where=str(path))


def decode(data: bytes, *, where: str, first_line: int = 1) -> str:
    """Decode bytes; ``first_line`` is the number of their first line, for the error."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    if encoding != "utf-16" and b"\x00" in data[:65536]:
        raise InputError(where, "is a binary file, not text", "Convert it to text, HTML, CSV, Parquet or JSON Lines")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        line = first_line + data.count(b"\n", 0, problem.start)
        byte = data[problem.start : problem.start + 1].hex()
        raise InputError(
            f"{where}, line {line}",
            f"is not UTF-8 (byte 0x{byte})",
            "Convert it, for example: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW",
        ) from problem


def read_lines(file: BinaryIO, *, where: str, first: int = 1) -> Iterator[tuple[int, bytes | InputError]]:
    """Every line with its number, from ``first``; one that is too long comes as an error, and the next goes on."""
    number = first - 1
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) <= LONGEST_LINE:
            yield number, line
            continue
        length = len(line)
        while not line.endswith(b"\n") and (line := file.readline(LONGEST_LINE)):
            length += len(line)
        yield (
            number,
            InputError(
                f"{where}, line {number}",
                f"is {length / 1e6:.0f} MB long, more than {LONGEST_LINE / 1e6:.0f} MB",
                "Put each article on a line of its own",
            ),
        )
