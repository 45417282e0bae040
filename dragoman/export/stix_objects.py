"""Claims and names go in, STIX 2.1 objects come out, as plain dictionaries with all that the specification wants.

The specification is OASIS's: https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from dragoman.export.iris import web_address
from dragoman.export.rows import Row
from dragoman.export.wording import QUAD_NAMES, act_in_words, claim_in_words

# Section 2.9 recommends random (version 4) UUIDs but allows others in a namespace of the producer's own. Ours are
# version 5, so that the same claim has the same id in every file and a platform does not take it for two.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:dragoman:stix")
_NAMED_KINDS = {"person": "individual", "institution": "organization", "publisher": "organization"}
_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")


class Party(NamedTuple):
    """Somebody with a name; an outlet is the same whatever code it has, all others are told apart by theirs."""

    name: str
    code: str | None

    @property
    def id(self) -> str:
        """The id of its identity object."""
        return stix_id("identity", *self)


def stix_id(kind: str, *names: str | None) -> str:
    """The id of the object of that kind: the kind is hashed too, since a UUID may not serve two kinds.

    >>> stix_id("note", "c_1")
    'note--0fdba283-2ae7-5c40-9ec3-713af305e12f'
    """
    return f"{kind}--{uuid.uuid5(NAMESPACE, json.dumps([kind, *names]))}"


def stamp(day: date | str) -> str:
    """The first moment of a day.

    >>> stamp(date(2020, 2, 4))
    '2020-02-04T00:00:00.000Z'
    """
    return f"{day}T00:00:00.000Z"


def party_of(row: Row, role: str) -> Party | None:
    """The actor or recipient of a claim."""
    name: str | None = row[f"{role}_name"]
    return Party(name, row[f"{role}_code"]) if name else None


def named_sources(row: Row) -> Iterable[tuple[Party, str]]:
    """Publisher and mouths that have a name of their own, with their class of identity.

    "Two officers" of one report are not those of another: who is anonymous is nobody's identity.
    """
    if row["publisher"]:
        yield Party(row["publisher"], None), "organization"
    for link in row["sources"]:
        if link["kind"] in _NAMED_KINDS:
            code = None if link["kind"] == "publisher" else link["code"]
            yield Party(link["name"], code), _NAMED_KINDS[link["kind"]]


def identity_object(party: Party, identity_class: str, *, made: str) -> Row:
    """Somebody who acts, is acted upon, vouches or prints."""
    coded = {"source_name": "CAMEO actor code", "external_id": party.code}
    return {
        **_common("identity", party.id, made=made),
        "name": party.name,
        "identity_class": identity_class,
        "external_references": [coded] if party.code else None,
    }


def location_object(row: Row, *, made: str) -> Row | None:
    """The place of a claim; None where its position is not known.

    STIX wants countries in two letters, claims have three: the country stays in the note.
    """
    name, latitude, longitude = row["place_name"], row["place_latitude"], row["place_longitude"]
    if latitude is None or longitude is None:
        return None
    number = row["place_geonames_id"]
    return {
        **_common("location", stix_id("location", name, str(latitude), str(longitude)), made=made),
        "name": name,
        "latitude": latitude,
        "longitude": longitude,
        "external_references": number and [{"source_name": "GeoNames", "external_id": str(number)}],
    }


def relationship_object(row: Row, actor: Party, recipient: Party, *, made: str, maker: str) -> Row:
    """What the actor did to the recipient, as the report tells it."""
    return {
        **_common("relationship", stix_id("relationship", row["id"]), made=made),
        "created_by_ref": maker,
        "relationship_type": row["type"].lower(),
        "source_ref": actor.id,
        "target_ref": recipient.id,
        "description": act_in_words(row),
        **_times(row),
        "labels": _labels(row),
        "external_references": _references(row),
    }


def note_object(row: Row, about: list[str], *, made: str, maker: str) -> Row:
    """The claim in words: status, commitment, mouths, evidence; ``about`` are the ids that the note is on."""
    mouths = [link["name"] for link in row["sources"] if link["kind"] != "unspecified"]
    authors = list(dict.fromkeys(filter(None, (row["publisher"], *mouths))))
    return {
        **_common("note", stix_id("note", row["id"]), made=made),
        "created_by_ref": maker,
        "abstract": f"{act_in_words(row)}, {row['status']}",
        "content": claim_in_words(row),
        "authors": authors or None,
        "object_refs": about,
        "labels": _labels(row),
        "external_references": [
            *_references(row),
            {"source_name": "dragoman happening", "external_id": row["happening"]},
        ],
    }


def report_object(row: Row, refs: list[str], *, made: str) -> Row:
    """The document of a claim, with the ids of all that it tells."""
    title = row["title"] or f"Document {row['document']}"
    language = row["language"] or ""
    return {
        **_common("report", stix_id("report", row["document"]), made=made),
        "created_by_ref": Party(row["publisher"], None).id if row["publisher"] else None,
        "name": title,
        "published": made,
        "object_refs": refs,
        "lang": language if _LANGUAGE.fullmatch(language) else None,
        "external_references": [
            *_published_at(row),
            {"source_name": "dragoman document", "external_id": row["document"]},
        ],
    }


def _common(kind: str, id: str, *, made: str) -> Row:
    return {"type": kind, "spec_version": "2.1", "id": id, "created": made, "modified": made}


def _times(row: Row) -> Row:
    """The day, where the text names one; where it doesn't, the day of printing would pass for the day of the act."""
    day = row["day"]
    if day is None or row["date_value"] != day.isoformat():
        return {}
    return {"start_time": stamp(day), "stop_time": f"{day}T23:59:59.999Z"}


def _labels(row: Row) -> list[str]:
    words = [row["status"], row["type"].lower(), QUAD_NAMES[row["quad"]], f"cameo {row['cameo']}"]
    return [*words, *filter(None, (row["mode"],)), *row["contexts"]]


def _references(row: Row) -> list[Row]:
    return [*_published_at(row), {"source_name": "dragoman claim", "external_id": row["id"]}]


def _published_at(row: Row) -> list[Row]:
    address = web_address(row["url"])
    return [{"source_name": row["publisher"] or "publisher not known", "url": address}] if address else []
