"""Words of strangers go in; what would steer a terminal comes out as a sign that is only seen."""

from __future__ import annotations

# Of C0 (but for the tab and the new line) Unicode has pictures, of DEL too, of C1 none.
_SEEN = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
}


def visible(words: str) -> str:
    """The words, in which an escape sequence does nothing: texts, file names and answers of servers may hold one.

    >>> visible("Lima\\x1b[2J")
    'Lima␛[2J'
    """
    return words.translate(_SEEN)
