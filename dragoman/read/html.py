"""An HTML page goes in, its article comes out: title, date, publisher and main text (by trafilatura)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dragoman.errors import InputError
from dragoman.read.checks import make_document
from dragoman.read.text import read_text
from dragoman.records import Document

# A page with fewer words has a menu, but no article.
_FEWEST_WORDS = 8


def read_html(path: Path, *, defaults: Mapping[str, str | None]) -> Document:
    """The article of a saved web page; raises InputError where no article is found in it."""
    return html_document(read_text(path), where=str(path), defaults=defaults)


def html_document(page: str, *, where: str, defaults: Mapping[str, str | None]) -> Document:
    """The article in the markup ``page``.

    >>> page = "<html><head><title>Envoy recalled</title></head><body><article><h1>Envoy recalled</h1><p>" + (
    ...     "Ankara recalled its envoy to Berlin on Monday, the foreign ministry said in a statement. " * 4
    ... ) + "</p></article></body></html>"
    >>> html_document(page, where="a.html", defaults={}).title
    'Envoy recalled'
    """
    import trafilatura

    text = trafilatura.extract(page, include_comments=False, include_tables=False, favor_precision=True)
    if not text or len(text.split()) < _FEWEST_WORDS:
        raise InputError(where, "no article text was found in the page", "Save the article's text as a .txt file")
    found = trafilatura.extract_metadata(page)
    fields = {
        "text": text,
        "title": getattr(found, "title", None),
        "published": defaults.get("published") or getattr(found, "date", None),
        "publisher": defaults.get("publisher") or getattr(found, "sitename", None),
        "url": getattr(found, "url", None),
    }
    return make_document(fields, where=where, defaults=defaults)
