"""Addresses of feeds, or files of them, go in, the addresses come out: one a line, or OPML as feed readers have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from dragoman.errors import DragomanError, InputError
from dragoman.read.text import read_text

_WEB = ("http://", "https://")


def read_feed_lists(given: Iterable[str]) -> list[str]:
    """Every address once, in order. Raises DragomanError where there is none, InputError where a line is none.

    >>> read_feed_lists(["https://andes.example/rss", "https://andes.example/rss"])
    ['https://andes.example/rss']
    """
    found = list(dict.fromkeys(address for name in given for address in _addresses(name)))
    if not found:
        raise DragomanError("no feed is named. Give addresses of feeds, or a file with one a line")
    return found


def _addresses(name: str) -> Iterator[str]:
    if name.lower().startswith(_WEB):
        yield name
        return
    if not Path(name).is_file():
        raise InputError(name, "is neither an address nor a file", "Give an address that begins with http, or a file")
    text = read_text(Path(name))
    if text.lstrip("\ufeff \r\n\t").startswith("<"):
        yield from _opml(text, name)
        return
    for number, line in enumerate(text.splitlines(), start=1):
        address = line.strip()
        if not address or address.startswith("#"):
            continue
        if not address.lower().startswith(_WEB):
            remedy = "Write one address a line, beginning with http:// or https://; # begins a remark"
            raise InputError(f"{name}, line {number}", f"{address[:60]!r} is no address", remedy)
        yield address


def _opml(text: str, name: str) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, recover=True, encoding="utf-8")
    root = etree.fromstring(text.encode("utf-8"), parser)
    for element in root.iter("outline") if root is not None else ():
        address = (element.get("xmlUrl") or "").strip()
        if address.lower().startswith(_WEB):
            yield address
        elif address:
            raise InputError(f"{name}, line {element.sourceline}", f"{address[:60]!r} is no address", "Mend xmlUrl")
