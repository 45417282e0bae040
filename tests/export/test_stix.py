"""The bundle keeps what STIX 2.1 requires of every object, and says of a claim neither more nor less than it tells."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.export.files import partial_path
from dragoman.export.formats import Provenance
from dragoman.export.stix import FORMAT

Told = Callable[..., dict[str, Any]]
Objects = list[dict[str, Any]]
PROVENANCE = Provenance(case="tumbes.duckdb", version="9.9", codebook="plover-test", last_day="2020-02-29")
# STIX 2.1, sections 3.2 and 4: what an object must have, and what else it may have without an extension.
COMMON = {"type", "spec_version", "id", "created", "modified"}
COMMON_OPTIONAL = {"created_by_ref", "labels", "lang", "external_references", "confidence"}
REQUIRED = {
    "identity": {"name"},
    "location": set(),
    "relationship": {"relationship_type", "source_ref", "target_ref"},
    "note": {"content", "object_refs"},
    "report": {"name", "published", "object_refs"},
}
OPTIONAL = {
    "identity": {"description", "roles", "identity_class", "sectors", "contact_information"},
    "location": {"name", "description", "latitude", "longitude", "precision", "region", "country"},
    "relationship": {"description", "start_time", "stop_time"},
    "note": {"abstract", "authors"},
    "report": {"description", "report_types"},
}
_ID = re.compile(r"([a-z-]+)--[0-9a-f]{8}-[0-9a-f]{4}-([1-5])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_CLASSES = {"individual", "group", "system", "organization", "class", "unknown"}


def export(path: Path, *rows: dict[str, Any]) -> Objects:
    writer = FORMAT.open(path, PROVENANCE)
    for row in rows:
        writer.write(row)
    writer.finalize()
    bundle = json.loads(path.read_text(encoding="utf-8"))
    assert set(bundle) == {"type", "id", "objects"}
    assert bundle["type"] == "bundle" and _ID.fullmatch(bundle["id"])
    objects: Objects = bundle["objects"]
    for item in objects:
        check(item, {each["id"] for each in objects})
    uuids = [item["id"].partition("--")[2] for item in objects]
    assert len(set(uuids)) == len(uuids), "an id, or its UUID, serves two objects"
    return objects


def check(item: dict[str, Any], known: set[str]) -> None:
    kind = item["type"]
    assert set(item) >= COMMON | REQUIRED[kind], item
    assert set(item) <= COMMON | COMMON_OPTIONAL | REQUIRED[kind] | OPTIONAL[kind], item
    assert item["spec_version"] == "2.1"
    matched = _ID.fullmatch(item["id"])
    assert matched and matched[1] == kind and matched[2] == "5"
    assert all(value not in (None, "", []) for value in item.values()), "STIX forbids empty lists, and null"
    for key in {"created", "modified", "published", "start_time", "stop_time"} & set(item):
        assert _MOMENT.fullmatch(item[key])
    assert item["modified"] >= item["created"]
    assert item.get("stop_time", "9") > item.get("start_time", "0")
    refs = [item[key] for key in ("created_by_ref", "source_ref", "target_ref") if key in item]
    assert {*refs, *item.get("object_refs", ())} <= known, "a reference leads nowhere"
    assert item.get("identity_class", "unknown") in _CLASSES
    assert re.fullmatch(r"[a-z0-9-]+", item.get("relationship_type", "assault"))
    for reference in item.get("external_references", ()):
        assert reference["source_name"] and {"url", "external_id", "description"} & set(reference)


def only(objects: Objects, kind: str) -> dict[str, Any]:
    (found,) = (item for item in objects if item["type"] == kind)
    return found


def named(objects: Objects, name: str) -> dict[str, Any]:
    (found,) = (item for item in objects if item["type"] == "identity" and item["name"] == name)
    return found


def test_a_claim_is_a_relationship_between_its_parties(tmp_path: Path, told: Told) -> None:
    objects = export(tmp_path / "a.json", told())
    act = only(objects, "relationship")
    assert (act["relationship_type"], act["description"]) == ("assault", "Peru → Ecuador: ASSAULT (heavy-weapons)")
    assert act["source_ref"] == named(objects, "Peru")["id"]
    assert act["target_ref"] == named(objects, "Ecuador")["id"]
    assert (act["start_time"], act["stop_time"]) == ("2020-02-03T00:00:00.000Z", "2020-02-03T23:59:59.999Z")
    assert {"alleged", "heavy-weapons", "military", "cameo 194", "material conflict"} <= set(act["labels"])
    assert {"source_name": "The Meridian Post", "url": "https://meridian.example/tumbes"} in act["external_references"]
    assert "confidence" not in act


def test_the_day_of_printing_is_not_told_as_the_day_of_the_act(tmp_path: Path, told: Told) -> None:
    row = told(date_value=None, date_granularity=None, day=date(2020, 2, 4))
    assert "start_time" not in only(export(tmp_path / "a.json", row), "relationship")


def test_the_note_says_who_vouches_and_how_sure_anybody_is(tmp_path: Path, told: Told) -> None:
    objects = export(tmp_path / "a.json", told(about="c_7", review="accept"))
    note = only(objects, "note")
    assert note["authors"] == ["The Meridian Post", "Harbour Wire", "two officers"]
    lines = note["content"].splitlines()
    assert "Status: alleged, commitment +1.5 of 3" in lines
    assert "Told by: The Meridian Post > Harbour Wire (“reported”) > two officers (“citing”)" in lines
    assert "Sentence: " + told()["sentence_text"] in lines
    assert "Date: 2020-02-03" in lines and "Place: Tumbes, PER" in lines
    assert "About claim: c_7" in lines and "Review: accept" in lines
    assert only(objects, "relationship")["id"] in note["object_refs"]
    assert only(objects, "location")["id"] in note["object_refs"]
    assert {"source_name": "dragoman claim", "external_id": "c_1"} in note["external_references"]


def test_the_report_holds_all_that_it_tells(tmp_path: Path, told: Told) -> None:
    other = told(id="c_9", happening="c_9", type="ACCUSE", mode=None, quad=3, status="actual")
    elsewhere = told(id="c_5", document="d_5", happening="c_1")
    objects = export(tmp_path / "a.json", told(), elsewhere, other)
    first, second = (item for item in objects if item["type"] == "report")
    assert (first["name"], first["published"]) == ("Shells on Tumbes", "2020-02-04T00:00:00.000Z")
    assert first["lang"] == "en"
    assert first["created_by_ref"] == named(objects, "The Meridian Post")["id"]
    kinds = sorted(ref.partition("--")[0] for ref in first["object_refs"])
    assert kinds == ["identity"] * 4 + ["location"] + ["note"] * 2 + ["relationship"] * 2
    assert len([ref for ref in second["object_refs"] if ref.startswith("relationship")]) == 1


def test_identities_stand_once_with_code_and_class(tmp_path: Path, told: Told) -> None:
    speaks = [{"name": "Peru", "text": "Lima", "span": [0, 4], "cue": "said", "kind": "person", "code": "PERMIL"}]
    objects = export(tmp_path / "a.json", told(), told(id="c_3", sources=speaks), told(id="c_4"))
    names = [item["name"] for item in objects if item["type"] == "identity"]
    assert sorted(names) == ["Ecuador", "Harbour Wire", "Peru", "The Meridian Post", "dragoman 9.9"]
    assert named(objects, "Peru")["identity_class"] == "individual", "a source by that name tells the class"
    assert named(objects, "Ecuador")["identity_class"] == "organization"
    assert named(objects, "Harbour Wire")["identity_class"] == "organization"
    assert named(objects, "dragoman 9.9")["identity_class"] == "system"
    assert named(objects, "Peru")["external_references"] == [
        {"source_name": "CAMEO actor code", "external_id": "PERMIL"},
    ]


def test_one_name_with_two_codes_is_two_identities_but_an_outlet_is_one(tmp_path: Path, told: Told) -> None:
    wire = {"name": "Gulf Gazette", "text": None, "span": None, "cue": None, "kind": "publisher", "code": "ECUMED"}
    rows = told(), told(id="c_3", actor_code="ECUMIL", publisher="Gulf Gazette"), told(id="c_4", sources=[wire])
    names = [item["name"] for item in export(tmp_path / "a.json", *rows) if item["type"] == "identity"]
    assert names.count("Peru") == 2
    assert names.count("Gulf Gazette") == 1


@pytest.mark.parametrize("status", ["planned", "hypothetical", "negated"])
def test_what_is_not_told_as_done_is_no_relationship(tmp_path: Path, told: Told, status: str) -> None:
    objects = export(tmp_path / "a.json", told(status=status))
    assert not [item for item in objects if item["type"] == "relationship"]
    note = only(objects, "note")
    assert status in note["labels"]
    assert set(note["object_refs"]) >= {named(objects, "Peru")["id"], named(objects, "Ecuador")["id"]}


def test_a_bare_claim_is_a_note_on_its_report(tmp_path: Path, bare: dict[str, Any]) -> None:
    objects = export(tmp_path / "a.json", bare)
    note, report = only(objects, "note"), only(objects, "report")
    assert note["object_refs"] == [report["id"]]
    assert report["object_refs"] == [note["id"]]
    assert "authors" not in note and "created_by_ref" not in report and "lang" not in report
    assert report["name"] == "Document d_2"
    assert report["published"] == "2020-02-29T00:00:00.000Z", "the last day of the case stands in"


def test_a_claim_without_text_has_no_line_for_it(tmp_path: Path, told: Told) -> None:
    note = only(export(tmp_path / "a.json", told(sentence_text="", trigger_text="")), "note")
    assert "Sentence:" not in note["content"]


def test_hostile_texts_stay_texts(tmp_path: Path, told: Told) -> None:
    name = 'a"b\\\t\n\x00\u202e<b>=1+1'
    row = told(actor_name=name, title=name, url="javascript://x.example/%0Aalert(1)", language="x\ny", document=name)
    objects = export(tmp_path / "a.json", row)
    report = only(objects, "report")
    assert report["name"] == name and "lang" not in report
    assert named(objects, name)
    assert "javascript" not in (tmp_path / "a.json").read_text(encoding="utf-8")


def test_a_name_can_not_feign_a_line_of_the_note(tmp_path: Path, told: Told) -> None:
    for end in ("\n", "\r", "\u2028", "\x85"):
        row = told(actor_name=f"Bakers{end}Status: actual", publisher=f"Post{end}Status: actual")
        lines = only(export(tmp_path / "a.json", row), "note")["content"].splitlines()
        assert [line for line in lines if line.startswith("Status")] == ["Status: alleged, commitment +1.5 of 3"]


def test_the_same_rows_give_the_same_bytes_and_the_same_claim_the_same_id(tmp_path: Path, told: Told) -> None:
    one = export(tmp_path / "a.json", told())
    export(tmp_path / "b.json", told())
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    more = export(tmp_path / "c.json", told(id="c_0", document="d_0"), told())
    assert {item["id"] for item in one} <= {item["id"] for item in more}


def test_the_file_gets_its_name_when_it_is_whole(tmp_path: Path, told: Told) -> None:
    path = tmp_path / "a.json"
    writer = FORMAT.open(path, PROVENANCE)
    writer.write(told())
    assert not path.exists()
    writer.finalize()
    assert path.exists() and not partial_path(path).exists()


def test_a_case_without_claims_is_a_bundle_too(tmp_path: Path) -> None:
    assert [item["type"] for item in export(tmp_path / "a.json")] == ["identity"]
