"""The text of a robots.txt goes in, what it says to us comes out (RFC 9309).

The standard library's reader knows no ``*`` and no ``$`` in paths and takes the first rule that fits, not the longest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

_PRODUCT = re.compile(r"[a-z_-]+|\*")
_SECONDS = re.compile(r"\d{1,6}(\.\d{1,6})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rules:
    """Patterns of paths with whether each allows; ``delay`` is the pause that is wished for, in seconds."""

    patterns: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    def allow(self, path: str) -> bool:
        """The longest pattern that fits decides, of equally long ones the one that allows.

        >>> read_rules("User-agent: *\\nDisallow: /*.pdf$", "dragoman").allow("/a/b.pdf")
        False
        """
        told = unquote(path)
        fitting = ((len(pattern), allows) for pattern, allows in self.patterns if _fits(pattern, told))
        return max(fitting, default=(0, True))[1]


def read_rules(text: str, name: str) -> Rules:
    """The rules for a program of that name (in small letters): its own group's, or those for all where it has none."""
    groups: dict[str, list[tuple[str, str]]] = {}
    named: set[str] = set()
    naming = False
    for line in text.removeprefix("\ufeff").splitlines():
        key, _, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        if key.lower() == "user-agent":
            named = named if naming else set()
            naming = True
            if (product := _PRODUCT.match(value.lower())) and product[0] in (name, "*"):
                named.add(product[0])
                groups.setdefault(product[0], [])
        elif key.lower() in ("allow", "disallow", "crawl-delay"):
            naming = False
            for each in named:
                groups[each].append((key.lower(), value))
    told = groups.get(name, groups.get("*", []))
    patterns = ((unquote(value), key == "allow") for key, value in told if key != "crawl-delay" and value)
    delays = (float(value) for key, value in told if key == "crawl-delay" and _SECONDS.fullmatch(value))
    return Rules(tuple(patterns), max(delays, default=0.0))


def _fits(pattern: str, path: str) -> bool:
    """Does a path begin as a pattern says, in which * is anything and $ the end?  No part is sought twice."""
    ends = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if ends and not others:
        return path == first
    last = others.pop() if ends else ""
    place = len(first)
    for part in others:
        if (found := path.find(part, place)) < 0:
            return False
        place = found + len(part)
    return path.endswith(last) and len(path) - len(last) >= place
