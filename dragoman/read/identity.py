"""A text goes in, its id comes out: the same article read twice is the same document."""

from __future__ import annotations

import hashlib


def document_id(text: str, *, published: str | None = None, publisher: str | None = None) -> str:
    """``d_`` and 16 hexadecimal digits of SHA-256 over the text, its date and its publisher.

    >>> document_id("Ankara recalled its envoy.")
    'd_1d8c4198cfb08d90'
    """
    digest = hashlib.sha256("\x1f".join((text, published or "", publisher or "")).encode("utf-8", "surrogatepass"))
    return f"d_{digest.hexdigest()[:16]}"
