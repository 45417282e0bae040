"""Claims go in, a STIX 2.1 bundle comes out: identities, what they are told to have done, and who tells it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from dragoman.export.formats import Format, Provenance
from dragoman.export.happenings import TOLD
from dragoman.export.json_list import JsonList
from dragoman.export.rows import Row
from dragoman.export.stix_objects import (
    Party,
    identity_object,
    location_object,
    named_sources,
    note_object,
    party_of,
    relationship_object,
    report_object,
    stamp,
    stix_id,
)

_COLUMNS_OF_A_REPORT = ("document", "title", "publisher", "published", "url", "language")


class StixWriter:
    """One bundle. Relationships, notes and places stream; identities and reports wait for all that is said of them."""

    def __init__(self, path: Path, provenance: Provenance) -> None:
        self._day = provenance.last_day or "1970-01-01"
        self._maker = Party(f"dragoman {provenance.version}", None)
        self._classes: dict[Party, str | None] = {self._maker: "system"}
        self._places: set[str] = set()
        self._reports: dict[str, tuple[Row, dict[str, None]]] = {}
        self._hash = hashlib.sha256()
        self._bundle = JsonList(path, '{"type": "bundle", "objects": [')

    def write(self, row: Row) -> None:
        """Add one claim: a note on it, and the relationship where it is told as done and both parties are known."""
        made = stamp(row["published"] or self._day)
        parties = [party_of(row, "actor"), party_of(row, "recipient")]
        known = list(dict.fromkeys(party for party in parties if party))
        for party in known:
            self._know(party, None)
        for party, identity_class in named_sources(row):
            self._know(party, identity_class)
        about = [party.id for party in known]
        actor, recipient = parties
        if actor and recipient and row["status"] in TOLD:
            relationship = relationship_object(row, actor, recipient, made=made, maker=self._maker.id)
            self._add(relationship)
            about.insert(0, relationship["id"])
        about += self._place(row)
        note = note_object(row, about or [stix_id("report", row["document"])], made=made, maker=self._maker.id)
        self._add(note)
        self._report(row, [*about, note["id"], *(party.id for party, _ in named_sources(row))])

    def finalize(self) -> None:
        """Write identities and reports, close the bundle and give the file its name."""
        for party, identity_class in self._classes.items():
            self._add(identity_object(party, identity_class or _class_by_code(party), made=stamp(self._day)))
        for row, refs in self._reports.values():
            self._add(report_object(row, list(refs), made=stamp(row["published"] or self._day)))
        self._bundle.close(f'], "id": "{stix_id("bundle", self._hash.hexdigest())}"}}')

    def _know(self, party: Party, identity_class: str | None) -> None:
        """Keep somebody; the first source by that name tells of what class they are."""
        self._classes[party] = self._classes.get(party) or identity_class

    def _place(self, row: Row) -> list[str]:
        place = location_object(row, made=stamp(self._day))
        if place is None:
            return []
        if place["id"] not in self._places:
            self._places.add(place["id"])
            self._add(place)
        return [place["id"]]

    def _report(self, row: Row, refs: list[str]) -> None:
        """Keep what a report tells: its claims lie scattered, since rows come by happening."""
        kept = {column: row[column] for column in _COLUMNS_OF_A_REPORT}
        _, known = self._reports.setdefault(row["document"], (kept, {}))
        known.update(dict.fromkeys(refs))

    def _add(self, item: Row) -> None:
        self._hash.update(json.dumps(item).encode())
        self._bundle.add(item)


def _class_by_code(party: Party) -> str:
    """A state or an organisation of states has a code of three letters; of others the code does not tell."""
    return "organization" if party.code and len(party.code) == 3 else "unknown"


FORMAT = Format(
    name="stix",
    title="STIX 2.1 bundle",
    purpose="For platforms that exchange reports of intelligence.",
    endings=(".json",),
    open=StixWriter,
    loses=(
        "Planned, hypothetical and denied claims are notes without a relationship: a relationship in STIX says that "
        "something is so.",
        "A claim without an actor or a recipient is a note on the party that it has, or on its report.",
        "Status, commitment, intensity, chain of sources and evidence have no properties in STIX: they stand as words "
        "in the note, and status, type and contexts in its labels.",
        "No object has a confidence: commitment is how sure the author sounds, and STIX would take it for how sure one "
        "may be.",
        "Anonymous and unspecified sources and documents that are quoted are no identities: they stand by name among "
        "the authors of the note, unspecified ones in its text.",
        "STIX wants a day of publication: a report without one has the last day of the case, and so have identities "
        "and places.",
        "Where the words stand in the text (spans), the patterns that decided and the judge's score are left out.",
    ),
)
