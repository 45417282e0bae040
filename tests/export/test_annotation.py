"""Each annotation keeps W3C's model, and its selectors lead back to the words that they name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dragoman.export.annotation import FORMAT
from dragoman.export.files import partial_path
from dragoman.export.formats import Provenance

Told = Callable[..., dict[str, Any]]
Annotation = dict[str, Any]
PROVENANCE = Provenance(case="tumbes.duckdb", version="9.9", codebook="plover-test", last_day="2020-02-29")
CLAIM = "urn:dragoman:claim:c_1"
# Web Annotation Data Model, section 3.3.5.
MOTIVATIONS = {
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting"),
    *("identifying", "linking", "moderating", "questioning", "replying", "tagging"),
}


def export(path: Path, *rows: dict[str, Any]) -> dict[str, Annotation]:
    writer = FORMAT.open(path, PROVENANCE)
    for row in rows:
        writer.write(row)
    writer.finalize()
    collection = json.loads(path.read_text(encoding="utf-8"))
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    page = collection["first"]
    assert page["type"] == "AnnotationPage" and page["id"] != collection["id"]
    assert collection["total"] == len(page["items"])
    for annotation in page["items"]:
        check(annotation)
    found = {annotation["id"]: annotation for annotation in page["items"]}
    assert len(found) == len(page["items"])
    return found


def check(annotation: Annotation) -> None:
    assert annotation["type"] == "Annotation"
    assert annotation["motivation"] in MOTIVATIONS
    for body in annotation["body"]:
        assert body["purpose"] in MOTIVATIONS
        assert body["value" if body["type"] == "TextualBody" else "source"]
    if isinstance(annotation["target"], str):
        return
    position, quote = annotation["target"]["selector"]
    assert (position["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
    assert 0 <= position["start"] < position["end"]
    assert position["end"] - position["start"] == len(quote["exact"])


def bodies(annotation: Annotation, purpose: str) -> list[str]:
    return [body.get("value", body.get("source")) for body in annotation["body"] if body["purpose"] == purpose]


def test_a_claim_classifies_the_words_that_tell_of_the_act(tmp_path: Path, told: Told) -> None:
    claim = export(tmp_path / "a.jsonld", told(about="c_9"))[CLAIM]
    assert claim["motivation"] == "classifying"
    assert bodies(claim, "classifying") == ["ASSAULT"]
    assert bodies(claim, "assessing") == ["alleged"]
    assert {"heavy-weapons", "military", "material conflict", "cameo 194"} <= set(bodies(claim, "tagging"))
    assert bodies(claim, "linking") == ["urn:dragoman:claim:c_9"]
    (words,) = bodies(claim, "describing")
    assert "Told by: The Meridian Post > Harbour Wire (“reported”) > two officers (“citing”)" in words
    assert claim["target"] == {
        "source": "https://meridian.example/tumbes",
        "selector": [
            {"type": "TextPositionSelector", "start": 5, "end": 12},
            {
                "type": "TextQuoteSelector",
                "exact": "shelled",
                "prefix": "Lima ",
                "suffix": " Tumbes on Monday, the Harbour W",
            },
        ],
    }


def test_parties_date_place_and_sources_are_annotations_that_link_to_the_claim(tmp_path: Path, told: Told) -> None:
    found = export(tmp_path / "a.jsonld", told())
    parts = {iri.partition("#")[2]: annotation for iri, annotation in found.items() if "#" in iri}
    assert list(parts) == ["actor", "recipient", "date", "place", "source-1", "source-2"]
    assert all(bodies(annotation, "linking") == [CLAIM] for annotation in parts.values())
    quotes = {role: annotation["target"]["selector"][1]["exact"] for role, annotation in parts.items()}
    assert (quotes["actor"], quotes["date"], quotes["source-2"]) == ("Lima", "on Monday", "two officers")
    assert bodies(parts["actor"], "identifying") == ["Peru", "PERMIL"]
    assert bodies(parts["date"], "identifying") == ["2020-02-03"]
    assert bodies(parts["place"], "identifying") == ["Tumbes", "PER", "https://sws.geonames.org/3691148/"]
    assert bodies(parts["source-1"], "tagging") == ["source 1", "publisher", "reported"]
    assert bodies(parts["source-2"], "identifying") == ["two officers", "PERMIL"]


def test_positions_count_code_points_as_the_model_wants(tmp_path: Path, told: Told) -> None:
    text = "“😀 Oh,” said Lima, which shelled Tumbes."
    row = told(
        sentence_text=text, sentence_start=100, sentence_end=100 + len(text),
        trigger_start=100 + text.index("shelled"), trigger_end=107 + text.index("shelled"),
        actor_text="Lima", actor_start=100 + text.index("Lima"), actor_end=104 + text.index("Lima"),
        recipient_text=None, date_text=None, place_text=None, sources=[],
    )  # fmt: skip
    document = "x" * 100 + text
    found = export(tmp_path / "a.jsonld", row)
    assert list(found) == [CLAIM, f"{CLAIM}#actor"]
    for annotation in found.values():
        position, quote = annotation["target"]["selector"]
        assert document[position["start"] : position["end"]] == quote["exact"]
        assert document[: position["start"]].endswith(quote["prefix"])
        assert document[position["end"] :].startswith(quote["suffix"])


def test_words_of_another_sentence_have_no_surroundings(tmp_path: Path, told: Told) -> None:
    agency = {"name": "Gulf Agency", "text": "Gulf Agency", "span": [2, 13], "cue": None, "kind": "publisher"}
    text = "Lima shelled Tumbes, the Gulf Agency says."
    # Counted from the end, as Python does with negative positions, the agency's words would stand where they do here.
    start = 2 + len(text) - text.index("Gulf Agency")
    row = told(sentence_text=text, sentence_start=start, sources=[{**agency, "code": None}])
    quote = export(tmp_path / "a.jsonld", row)[f"{CLAIM}#source-1"]["target"]["selector"][1]
    assert quote == {"type": "TextQuoteSelector", "exact": "Gulf Agency"}


def test_a_report_without_address_has_a_urn(tmp_path: Path, told: Told) -> None:
    for url in (None, "javascript://x.example/%0Aalert(1)", "no address"):
        claim = export(tmp_path / "a.jsonld", told(url=url, document="a b/ü"))[CLAIM]
        assert claim["target"]["source"] == "urn:dragoman:document:a%20b%2F%C3%BC"


def test_an_imported_claim_is_about_the_whole_report(tmp_path: Path, told: Told) -> None:
    nothing = {f"{role}_{part}": 0 for role in ("trigger", "actor", "recipient") for part in ("start", "end")}
    empty = {f"{role}_text": "" for role in ("trigger", "actor", "recipient", "sentence", "date", "place")}
    found = export(tmp_path / "a.jsonld", told(**nothing, **empty, sentence_start=0, sentence_end=0, sources=[]))
    assert list(found) == [CLAIM]
    assert found[CLAIM]["target"] == "https://meridian.example/tumbes"
    assert "Actor: Peru (PERMIL)" in bodies(found[CLAIM], "describing")[0]


@pytest.mark.parametrize("status", ["planned", "hypothetical", "negated"])
def test_claims_of_every_status_are_annotations(tmp_path: Path, told: Told, status: str) -> None:
    assert bodies(export(tmp_path / "a.jsonld", told(status=status))[CLAIM], "assessing") == [status]


def test_a_bare_claim_has_the_one_annotation(tmp_path: Path, bare: dict[str, Any]) -> None:
    (claim,) = export(tmp_path / "a.jsonld", bare).values()
    assert bodies(claim, "tagging") == ["material conflict", "cameo 194"]
    assert claim["target"]["source"] == "urn:dragoman:document:d_2"


def test_hostile_texts_stay_texts(tmp_path: Path, told: Told) -> None:
    name = 'a"b\\\t\n\x00\u202e<b>=1+1'
    found = export(tmp_path / "a.jsonld", told(actor_name=name, actor_text="\x00\t<b", url="https://x.example/<\n>"))
    actor = found[f"{CLAIM}#actor"]
    assert bodies(actor, "identifying")[0] == name
    assert actor["target"]["selector"][1]["exact"] == "\x00\t<b"
    assert actor["target"]["source"] == "https://x.example/%3C%3E"


def test_the_same_rows_give_the_same_bytes_and_a_name_when_whole(tmp_path: Path, told: Told) -> None:
    for name in ("a", "b"):
        path = tmp_path / f"{name}.jsonld"
        writer = FORMAT.open(path, PROVENANCE)
        writer.write(told())
        assert not path.exists()
        writer.finalize()
        assert not partial_path(path).exists()
    assert (tmp_path / "a.jsonld").read_bytes() == (tmp_path / "b.jsonld").read_bytes()


def test_a_case_without_claims_is_a_collection_too(tmp_path: Path) -> None:
    assert export(tmp_path / "a.jsonld") == {}
