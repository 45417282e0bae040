"""An HTML page goes in, its article comes out: title, date, publisher and main text (by trafilatura)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from dragoman.errors import InputError
from dragoman.read.checks import make_document
from dragoman.read.text import read_text
from dragoman.records import Document

# A page with fewer words has a menu, but no article.
_FEWEST_WORDS = 8
# One with more tags costs minutes and gigabytes to read; a long article among its menus has some thousands.
_MOST_TAGS = 100_000
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
# Encodings that pages have; Python knows others that are no text, or that a hostile page could make costly.
_ENCODING = re.compile(r"utf-?8|utf-?16.*|iso-?8859.*|cp\d+|koi8.*|gb.*|big5.*|euc.*|shift_jis.*|mac.*|ascii|tis.*")


class NoArticleError(InputError):
    """A page in which no article was found."""

    def __init__(self, where: str) -> None:
        super().__init__(where, "no article text was found in the page", "Save the article's text as a .txt file")


def read_html(path: Path, *, defaults: Mapping[str, str | None]) -> Document:
    """The article of a saved web page; raises InputError where no article is found in it."""
    return html_document(read_text(path), where=str(path), defaults=defaults)


def html_document(
    page: str, *, where: str, defaults: Mapping[str, str | None], url: str | None = None, language: str | None = None
) -> Document:
    """The article in the markup ``page``, which was found at ``url`` where that is known.

    Raises NoArticleError where the page has none, InputError where it has more tags than any page of an article.

    >>> page = "<html><head><title>Envoy recalled</title></head><body><article><h1>Envoy recalled</h1><p>" + (
    ...     "Ankara recalled its envoy to Berlin on Monday, the foreign ministry said in a statement. " * 4
    ... ) + "</p></article></body></html>"
    >>> html_document(page, where="a.html", defaults={}).title
    'Envoy recalled'
    """
    import trafilatura

    if page.count("<") > _MOST_TAGS:
        raise InputError(where, f"has more than {_MOST_TAGS:,} tags, more than an article needs", "It is left out")
    text = trafilatura.extract(page, include_comments=False, include_tables=False, favor_precision=True)
    if not text or len(text.split()) < _FEWEST_WORDS:
        raise NoArticleError(where)
    found = trafilatura.extract_metadata(page, default_url=url)
    fields = {
        "text": text,
        "title": getattr(found, "title", None),
        "published": defaults.get("published") or getattr(found, "date", None),
        "publisher": defaults.get("publisher") or getattr(found, "sitename", None),
        "url": url or getattr(found, "url", None),
        "language": language,
    }
    return make_document(fields, where=where, defaults=defaults)


def fetched_document(
    data: bytes, *, where: str, defaults: Mapping[str, str | None], url: str, charset: str | None = None
) -> Document:
    """The article in the bytes that a server gave for ``url``. Raises InputError."""
    return found_document(page_text(data, charset=charset), where=where, defaults=defaults, url=url)


def found_document(page: str, *, where: str, defaults: Mapping[str, str | None], url: str) -> Document:
    """The article in a stranger's page at ``url``, whose host is the publisher where none is given.

    Raises InputError, also where the page breaks what reads it.
    """
    told = {**defaults, "publisher": defaults.get("publisher") or host_name(url)}
    try:
        return html_document(page, where=where, defaults=told, url=url)
    except InputError:
        raise
    except Exception as problem:  # noqa: BLE001 one page of millions must not stop the others
        kind = type(problem).__name__
        raise InputError(where, f"the page can't be read ({kind}: {problem})", "Save its text as a .txt file") from None


def host_name(url: str) -> str | None:
    """Who prints, as far as an address tells.

    >>> host_name("https://www.harbourwire.example/world/7")
    'harbourwire.example'
    """
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def page_text(data: bytes, *, charset: str | None = None) -> str:
    """The markup of a page: in the encoding of its mark, of the server, of the page itself; else UTF-8 or Windows'.

    >>> page_text(b"<meta charset=iso-8859-2>Gda\\xf1sk")
    '<meta charset=iso-8859-2>Gdańsk'
    """
    named = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    found = _META.search(data[:4096])
    for name in (named, charset, found and found[1].decode("ascii")):
        if name and (encoding := _encoding(name)):
            return data.decode(encoding, errors="replace").replace("\x00", "")
    try:
        return data.decode("utf-8").replace("\x00", "")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").replace("\x00", "")


def _encoding(name: str) -> str | None:
    """Python's name of an encoding that pages have; Latin 1 and ASCII are Windows' to a browser, so they are here."""
    try:
        known = codecs.lookup(name.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if not _ENCODING.fullmatch(known):
        return None
    return "cp1252" if known in ("iso8859-1", "ascii") else known
