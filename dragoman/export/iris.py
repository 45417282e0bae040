"""A document, a claim or a name goes in, what linked data call it comes out: its address or a URN."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

from dragoman.export.rows import Row

# RFC 3986: what may stand unencoded in a path and, with "/" and "?", in a query or fragment.
_IN_A_PATH = "/:@!$&'()*+,;=%~"
_IN_A_QUERY = _IN_A_PATH + "?"
_IN_A_HOST = ":@[]!$&'()*+,;=%~"
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def web_address(url: str | None) -> str | None:
    """The address with all encoded that an address may not hold; None where it is no http(s) address.

    >>> web_address('https://meridian.example/a b?q=<"100%">#top')
    'https://meridian.example/a%20b?q=%3C%22100%25%22%3E#top'
    >>> web_address("javascript://meridian.example/%0Aalert(1)") is None
    True
    """
    try:
        parts = urlsplit((url or "").strip())
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
    except ValueError:  # a host in brackets that is none
        return None
    encoded = (
        _encode(parts.netloc, _IN_A_HOST),
        _encode(parts.path, _IN_A_PATH),
        _encode(parts.query, _IN_A_QUERY),
        _encode(parts.fragment, _IN_A_QUERY),
    )
    return urlunsplit((parts.scheme, *encoded))


def _encode(part: str, safe: str) -> str:
    return quote(_BARE_PERCENT.sub("%25", part), safe=safe)


def urn(kind: str, *names: str) -> str:
    """A URN of ours; names may hold anything.

    >>> urn("document", "a b/ü")
    'urn:dragoman:document:a%20b%2F%C3%BC'
    """
    return ":".join(("urn:dragoman", kind, *(quote(name, safe="") for name in names)))


def document_iri(row: Row) -> str:
    """The URN of the claim's document."""
    return urn("document", row["document"])


def claim_iri(claim: str) -> str:
    """The URN of a claim by its id.

    >>> claim_iri("c_1")
    'urn:dragoman:claim:c_1'
    """
    return urn("claim", claim)


def passage_iri(row: Row, start: int, end: int) -> str:
    """A stretch of the document's text, in the way that RFC 5147 counts: characters, from the one gap to the other."""
    return f"{document_iri(row)}#char={start},{end}"
