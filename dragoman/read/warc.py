"""A WARC archive goes in, the articles of its web pages come out one by one; needs the extra ``warc`` (fastwarc).

What is no web page that was found is passed over and counted.  A record that is broken is an error with the byte at
which it stands, and reading goes on at the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from dragoman.errors import InputError
from dragoman.read.html import NoArticleError, fetched_document
from dragoman.read.limits import LARGEST_RECORD, LONGEST_LINE
from dragoman.records import Document, Skipped

if TYPE_CHECKING:
    from fastwarc import WarcRecord

SUFFIXES = (".warc", ".warc.gz", ".warc.zst")
NO_PAGE = "records of an archive that are no web page that was found"
NO_ARTICLE = "web pages of an archive in which no article was found"
_REMEDY = "Fetch the archive again, if the record matters; the other records are read"
# How each part of a compressed archive begins (gzip, zstd); a record is a part by itself.
_COMPRESSED = (b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd")
_CHUNK = 1 << 20


def read_warc(
    path: Path, *, defaults: Mapping[str, str | None]
) -> Iterator[tuple[str, Document | InputError | Skipped]]:
    """Every page of an archive that was found (status 200, text/html) as a document, in their order."""
    try:
        import fastwarc
    except ImportError:
        remedy = 'Install it: pip install "dragoman[warc]"'
        yield str(path), InputError(str(path), "is a web archive, and what reads these is not installed", remedy)
        return
    other, start = 0, 0
    with path.open("rb") as file:
        mark = _mark(file)
        while start >= 0:
            file.seek(start)
            last, told = start, start == 0
            try:
                for record in fastwarc.ArchiveIterator(file, parse_http=False):
                    last, told = record.stream_pos, True
                    place = f"{path}, byte {last}"
                    if (item := _read(record, place, defaults)) is None:
                        other += 1
                    else:
                        yield place, item
                break
            except (OSError, ValueError) as problem:
                # One error for what is broken, not one for each place at which a record might have begun in it.
                if told:
                    place = f"{path}, byte {last}"
                    yield place, InputError(place, f"this record or the one after it is broken ({problem})", _REMEDY)
            start = _next_beginning(file, last + 1, mark)
    if other:
        yield str(path), Skipped(str(path), NO_PAGE, other)


def _read(record: WarcRecord, place: str, defaults: Mapping[str, str | None]) -> Document | InputError | Skipped | None:
    """The article of a record; None where it is no page that was found.  Raises OSError where it is not whole."""
    if record.content_length > LARGEST_RECORD:
        raise OSError(f"it says that it has {record.content_length / 1e6:,.0f} MB")
    try:
        page = _page(record, place)
        if page is None:
            return None
        url, charset, data = page
        return fetched_document(data, where=place, defaults=defaults, url=url, charset=charset)
    except NoArticleError:
        return Skipped(place, NO_ARTICLE)
    except InputError as problem:
        return problem


def _page(record: WarcRecord, place: str) -> tuple[str, str | None, bytes] | None:
    """The address, encoding and bytes of a web page that was found, None for any other record."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    if (record.headers.get("WARC-Type") or "").strip().lower() != "response" or not url.startswith(
        ("http://", "https://")
    ):
        return None
    try:
        record.parse_http()
    except (OSError, ValueError) as problem:
        raise InputError(place, f"the server's answer is broken ({problem})", _REMEDY) from None
    kind = (record.http_content_type or "").lower()
    if record.http_headers is None or record.http_headers.status_code != 200 or kind != "text/html":
        return None
    if record.content_length > LONGEST_LINE:
        size = record.content_length / 1e6
        raise InputError(place, f"has {size:.0f} MB, more than one article can have", "It is left out")
    expected = record.content_length
    data = record.reader.read(LONGEST_LINE + 1)
    if len(data) < expected:
        raise OSError("the archive ends inside it")
    return url, record.http_charset, _decoded(data, record, place)


def _decoded(data: bytes, record: WarcRecord, place: str) -> bytes:
    """The page without its transfer and content codings, as far as the limit allows.

    The library's own decoding loses the next record where this one is not read to its end.
    """
    from io import BytesIO

    from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader

    readers: dict[str, Callable[[Any], Any]] = {
        "chunked": ChunkedReader,
        "gzip": GzipReader,
        "x-gzip": GzipReader,
        "deflate": lambda stream: GzipReader(stream, zlib=True),
        "br": BrotliReader,
    }
    codings = [record.http_headers.get(name) or "" for name in ("Transfer-Encoding", "Content-Encoding")]
    stream: Any = BytesIO(data)
    known = [readers[name] for told in codings for name in told.lower().replace(" ", "").split(",") if name in readers]
    if not known:
        return data
    for reader in known:
        stream = reader(stream)
    try:
        found: bytes = stream.read(LONGEST_LINE + 1)
    except (OSError, ValueError) as problem:
        raise InputError(place, f"the page is not encoded as it says ({problem})", _REMEDY) from None
    if len(found) > LONGEST_LINE:
        raise InputError(
            place, f"unpacks to more than {LONGEST_LINE / 1e6:.0f} MB, more than an article has", "It is left out"
        )
    return found


def _mark(file: BinaryIO) -> bytes:
    """How a record of this archive begins, which is how the first one does."""
    head = file.read(4)
    return next((mark for mark in _COMPRESSED if head.startswith(mark)), b"WARC/1.")


def _next_beginning(file: BinaryIO, start: int, mark: bytes) -> int:
    """The first byte at or after ``start`` at which a record may begin; -1 where there is none."""
    file.seek(start)
    kept = b""
    while chunk := file.read(_CHUNK):
        searched = kept + chunk
        if (found := searched.find(mark)) >= 0:
            return file.tell() - len(searched) + found
        kept = searched[-len(mark) + 1 :]
    return -1
