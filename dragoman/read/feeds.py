"""The bytes of a feed go in, its items come out: RSS 2.0, RSS 1.0 and Atom, by lxml, which reading pages needs too.

Entities of a document type are not expanded and nothing is loaded, whatever a feed asks for.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from dragoman.errors import InputError
from dragoman.read.checks import parse_day
from dragoman.read.html import page_text
from dragoman.read.limits import LONGEST_ADDRESS

# More than this no feed has; a hostile one may.
_MOST_ITEMS = 500
# So many elements are looked at: all items of a feed, which may have the same keys, and the parts of one item.
_MOST_SEEN, _MOST_PARTS = 5_000, 1_000
_LONGEST_KEY = 500
_LONGEST_DATE = 80
# Feeds mix in others, such as Media RSS, whose titles and contents are not those of the item.
_SPACES = (
    "",
    "http://www.w3.org/2005/Atom",
    "http://purl.org/atom/ns#",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://purl.org/dc/elements/1.1/",
    "http://purl.org/dc/terms/",
)
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_WEB = ("http://", "https://")
_DATES = ("pubDate", "published", "date", "issued", "updated", "modified")
# A feed that has whole articles has at least so many words, and no "read more" at the end.
_WHOLE = 120
_TEASER = re.compile(r"(…|\.\.\.|\[&#8230;\]|\[…\]|read more|continue reading)\W*$", re.IGNORECASE)
_TEASER_REACH = 60
_TAG = re.compile(r"<[^<>]*>")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_DECLARED = re.compile(rb"""\s*<\?xml[^<>]{0,200}?encoding\s*=""")


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item: ``key`` tells it from the others, ``article`` is its markup where the feed has it whole."""

    key: str
    url: str | None
    title: str | None
    published: str | None
    article: str | None


def read_feed(data: bytes, *, url: str, charset: str | None = None) -> list[FeedItem]:
    """The items of the feed at ``url``, each once, in their order. Raises InputError where it is none.

    ``charset`` is the encoding that the server tells, for a feed that does not tell its own.

    >>> feed = b"<rss><channel><item><title>Envoy recalled</title><link>/7</link></item></channel></rss>"
    >>> read_feed(feed, url="https://andes.example/rss")[0].url
    'https://andes.example/7'
    """
    root = _parse(data, url, charset)
    found: dict[str, FeedItem] = {}
    for element in islice(_elements(root), _MOST_SEEN):
        item = _item(element, url)
        found.setdefault(item.key, item)
        if len(found) == _MOST_ITEMS:
            break
    return list(found.values())


def _parse(data: bytes, url: str, charset: str | None) -> Any:
    """The root of a feed; slips in its XML are mended."""
    own = data.startswith(_MARKS) or _DECLARED.match(data)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True, remove_comments=True,
        remove_pis=True, encoding=None if own else "utf-8",
    )  # fmt: skip
    try:
        root = etree.fromstring(data.lstrip() if own else page_text(data, charset=charset).lstrip().encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise InputError(url, f"is no feed ({problem})", "Give the address of an RSS or Atom feed") from None
    if root is None or _name(root) not in ("rss", "RDF", "feed"):
        raise InputError(url, "is no feed", "Give the address of an RSS or Atom feed, not of a page")
    return root


def _elements(root: Any) -> Iterator[Any]:
    return (element for element in root.iter() if _name(element) in ("item", "entry"))


def _parts(element: Any) -> Iterator[Any]:
    return islice(element, _MOST_PARTS)


def _item(element: Any, url: str) -> FeedItem:
    title = _plain(_text(element, "title"))
    link = _link(element, url)
    key = _text(element, "guid") or _text(element, "id") or link
    if not key or len(key) > _LONGEST_KEY:
        told = "\x1f".join((key or "", title or "", _text(element, "description") or ""))
        key = "sha256:" + hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
    return FeedItem(key, link, title, _day(element), _article(element))


def _link(element: Any, url: str) -> str | None:
    """The article's address on the web: ``link`` of RSS, the alternate ``link`` of Atom, or a ``guid`` that is one."""
    found = None
    for child in _parts(element):
        if _name(child) == "link":
            if child.get("href") and child.get("rel", "alternate") == "alternate":
                found = child.get("href")
            elif child.text and not child.get("href"):
                found = child.text
        elif _name(child) == "guid" and found is None and child.get("isPermaLink", "true") == "true":
            found = child.text if (child.text or "").strip().startswith(_WEB) else None
        if found:
            break
    try:
        link = (
            urljoin(_base(element, url), _CONTROL.sub("", found).strip())
            if found and len(found) <= LONGEST_ADDRESS
            else ""
        )
    except ValueError:
        return None
    return link if link.lower().startswith(_WEB) and len(link) <= LONGEST_ADDRESS else None


def _base(element: Any, url: str) -> str:
    """What links are relative to: every ``xml:base`` around the element, within the feed's own address."""
    bases = [e.get("{http://www.w3.org/XML/1998/namespace}base") for e in (element, *element.iterancestors())]
    for base in reversed([base for base in bases if base and len(base) <= LONGEST_ADDRESS]):
        url = urljoin(url, base)
    return url


def _day(element: Any) -> str | None:
    """The day on which an item was published, in its own time zone; None where it is not told or no date."""
    for name in _DATES:
        if not (told := (_text(element, name) or "")[:_LONGEST_DATE]):
            continue
        try:
            return parse_day(told, where="")
        except InputError:
            pass
        try:
            return parsedate_to_datetime(told).date().isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _article(element: Any) -> str | None:
    """The markup of the article, where the feed has all of it."""
    for child in _parts(element):
        if child.tag == _CONTENT:
            markup = child.text or ""
        elif _name(child) == "content" and not child.get("src"):
            markup = _atom_markup(child)
        else:
            continue
        words = " ".join(html.unescape(_TAG.sub(" ", markup)).split())
        if len(words.split()) >= _WHOLE and not _TEASER.search(words[-_TEASER_REACH:]):
            return markup
    return None


def _atom_markup(content: Any) -> str:
    kind = content.get("type", "text")
    if kind == "xhtml":
        return "".join(etree.tostring(child, encoding="unicode", with_tail=True) for child in content)
    text = content.text or ""
    if kind in ("html", "text/html"):
        return text
    return "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n"))


def _text(element: Any, name: str) -> str | None:
    for child in _parts(element):
        if _name(child) == name:
            return "".join(child.itertext()).strip() or None
    return None


def _plain(title: str | None) -> str | None:
    """A title in one line, without markup and without what would steer a terminal."""
    return " ".join(_CONTROL.sub(" ", html.unescape(_TAG.sub("", title))).split())[:500] or None if title else None


def _name(element: Any) -> str:
    """A tag of a feed without its namespace; "" for one of another vocabulary, and for what is no element."""
    space, _, name = str(element.tag).rpartition("}") if isinstance(element.tag, str) else ("", "", "")
    return name if space.removeprefix("{") in _SPACES else ""
