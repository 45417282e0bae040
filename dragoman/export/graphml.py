"""Claims go in, the network of their parties comes out as GraphML: who did what kind of thing to whom, and how often.

The format is public at http://graphml.graphdrawing.org/; Gephi, igraph, networkx, R and yEd read it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from xml.sax.saxutils import escape

from dragoman.export.cameo import actor_parts
from dragoman.export.files import partial_path
from dragoman.export.formats import Format, Provenance
from dragoman.export.happenings import TOLD
from dragoman.export.rows import Row
from dragoman.export.wording import QUAD_NAMES
from dragoman.plover import event_kinds

STATUSES = ("actual", "alleged", "planned", "hypothetical", "negated")
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
# Attributes by the element that has them, with GraphML's type. What a party or tie has none of is left out.
ATTRIBUTES: Mapping[str, Mapping[str, str]] = {
    "graph": {"case": "string", "version": "string", "codebook": "string", "claims": "int", "without_edge": "int"},
    "node": {"name": "string", "code": "string", "country": "string", "sector": "string", "claims": "int"},
    "edge": {
        "quad": "int",
        "class": "string",
        "claims": "int",
        "happenings": "int",
        "intensity": "double",
        "first_day": "string",
        "last_day": "string",
        "cooperation": "int",
        "conflict": "int",
        **dict.fromkeys(STATUSES, "int"),
        **dict.fromkeys(event_kinds(), "int"),
    },
}
# XML 1.0, section 2.2: all that is no character of it; nothing can escape these.
_NO_CHARACTER = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Party:
    """A node: the names that were used, and in how many claims the party acts or is acted upon."""

    code: str | None
    names: Counter[str] = field(default_factory=Counter)
    claims: int = 0

    def values(self) -> Row:
        """The attributes of the node; of several names the one used most."""
        parts = actor_parts(self.code)
        return {
            "name": min(self.names, key=lambda name: (-self.names[name], name)),
            "code": self.code,
            "country": parts.country or None,
            "sector": parts.types[-1] if parts.types else None,
            "claims": self.claims,
        }


@dataclass(slots=True)
class Tie:
    """An edge: what one party is told to have done to another, of one quad class."""

    quad: int
    statuses: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    happenings: int = 0
    last_happening: str = ""
    intensity: float = 0.0
    days: tuple[str, str] | None = None

    @property
    def claims(self) -> int:
        """How many claims tell of it as done."""
        return sum(self.statuses[status] for status in TOLD)

    def add(self, row: Row) -> None:
        """Count one claim; one that does not tell of it as done, by its status only."""
        self.statuses[row["status"]] += 1
        if row["status"] not in TOLD:
            return
        self.types[row["type"]] += 1
        self.intensity += row["intensity"]
        self.happenings += row["happening"] != self.last_happening  # claims of one follow one another
        self.last_happening = row["happening"]
        if row["day"] is not None:
            day = row["day"].isoformat()
            first, last = self.days or (day, day)
            self.days = min(first, day), max(last, day)

    def values(self) -> Row:
        """The attributes of the edge."""
        claims = self.claims
        first, last = self.days or (None, None)
        return {
            "quad": self.quad,
            "class": QUAD_NAMES[self.quad],
            "claims": claims,
            "happenings": self.happenings,
            "intensity": round(self.intensity / claims, 3),
            "first_day": first,
            "last_day": last,
            "cooperation": claims if self.quad <= 2 else 0,
            "conflict": claims if self.quad > 2 else 0,
            **{status: self.statuses[status] for status in STATUSES},
            **{name: self.types[name] or None for name in event_kinds()},
        }


class GraphmlWriter:
    """One directed graph. Parties and ties are counted as claims come, and written in the order of their codes."""

    def __init__(self, path: Path, provenance: Provenance) -> None:
        self._path, self._provenance = path, provenance
        self._parties: dict[str, Party] = {}
        self._ties: dict[tuple[str, str, int], Tie] = {}
        self._claims = 0

    def write(self, row: Row) -> None:
        """Count one claim."""
        self._claims += 1
        actor, recipient = _key(row, "actor"), _key(row, "recipient")
        if row["status"] in TOLD:
            self._count(row, actor, "actor")
            if recipient != actor:
                self._count(row, recipient, "recipient")
        if actor and recipient:
            self._ties.setdefault((actor, recipient, row["quad"]), Tie(row["quad"])).add(row)

    def finalize(self) -> None:
        """Write the file and give it its name."""
        partial = partial_path(self._path)
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(self._lines())
        partial.replace(self._path)

    def _count(self, row: Row, key: str | None, role: str) -> None:
        if key:
            party = self._parties.setdefault(key, Party(row[f"{role}_code"]))
            party.names[row[f"{role}_name"] or row[f"{role}_code"]] += 1
            party.claims += 1

    def _lines(self) -> Iterator[str]:
        told = {ends: tie for ends, tie in sorted(self._ties.items()) if tie.claims}
        on_edges = sum(sum(tie.statuses.values()) for tie in told.values())
        whole = {
            "case": self._provenance.case,
            "version": self._provenance.version,
            "codebook": self._provenance.codebook,
            "claims": self._claims,
            "without_edge": self._claims - on_edges,
        }
        yield _HEAD
        yield from _keys()
        yield '<graph id="claims" edgedefault="directed">\n' + _data("graph", whole) + "\n"
        for key, party in sorted(self._parties.items()):
            yield f'<node id="{key}">{_data("node", party.values())}</node>\n'
        for (actor, recipient, quad), tie in told.items():
            ends = f'id="{actor}-{recipient}-{quad}" source="{actor}" target="{recipient}"'
            yield f"<edge {ends}>{_data('edge', tie.values())}</edge>\n"
        yield "</graph>\n</graphml>\n"


def _key(row: Row, role: str) -> str | None:
    """The id of a party: its code, or a hash of its name, since an id in GraphML may hold no spaces (NMTOKEN)."""
    code: str | None = row[f"{role}_code"]
    name: str | None = row[f"{role}_name"]
    if code and code.isascii() and code.isalnum():
        return code
    told = code or name
    return "name_" + sha256(told.encode()).hexdigest()[:12] if told else None


def _keys() -> Iterable[str]:
    return (
        f'<key id="{element}_{name}" for="{element}" attr.name="{name}" attr.type="{kind}"/>\n'
        for element, attributes in ATTRIBUTES.items()
        for name, kind in attributes.items()
    )


def _data(element: str, values: Row) -> str:
    return "".join(
        f'<data key="{element}_{name}">{_text(value)}</data>' for name, value in values.items() if value is not None
    )


def _text(value: object) -> str:
    """A value as XML; a character that XML has no place for becomes U+FFFD.

    >>> _text("R&D\\x00")
    'R&amp;D\\ufffd'
    """
    return escape(_NO_CHARACTER.sub("\ufffd", str(value)))


FORMAT = Format(
    name="graphml",
    title="GraphML network of parties",
    purpose="For drawing and measuring who is tied to whom, in programs for networks.",
    endings=(".graphml",),
    open=GraphmlWriter,
    loses=(
        "Single claims are lost: they are counted by actor, recipient and quad class, one edge for each.",
        "Only what is told as done (actual or alleged) makes an edge and its mean; planned, hypothetical and denied "
        "claims are counted beside, on edges that are there.",
        "Claims without an actor or a recipient, and ties that are only planned, supposed or denied, have no edge; the "
        "graph tells how many they are (without_edge).",
        "Persons and bodies of one code are one node, which has the name that is used most; without a code the name "
        "itself is the party.",
        "Acts that both sides do, such as meetings, are claims each way and so two edges.",
        "Sources, dates but the first and the last day, places, contexts and words are left out.",
    ),
)
