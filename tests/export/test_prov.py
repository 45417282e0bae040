"""The graph says where each claim comes from, in PROV-O's classes and properties, used as PROV-O defines them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman.export.files import partial_path
from dragoman.export.formats import Provenance
from dragoman.export.prov import FORMAT
from dragoman.records import ADDED

Told = Callable[..., dict[str, Any]]
Node = dict[str, Any]
PROVENANCE = Provenance(case="tumbes.duckdb", version="9.9", codebook="plover-test", last_day="2020-02-29")
CLAIM, DOCUMENT = "urn:dragoman:claim:c_1", "urn:dragoman:document:d_1"
# PROV-O: class of the subject and of the object of each property.
PROPERTIES = {
    "prov:wasDerivedFrom": ("prov:Entity", "prov:Entity"),
    "prov:wasQuotedFrom": ("prov:Entity", "prov:Entity"),
    "prov:hadPrimarySource": ("prov:Entity", "prov:Entity"),
    "prov:wasAttributedTo": ("prov:Entity", "prov:Agent"),
    "prov:wasGeneratedBy": ("prov:Entity", "prov:Activity"),
    "prov:used": ("prov:Activity", "prov:Entity"),
    "prov:wasAssociatedWith": ("prov:Activity", "prov:Agent"),
    "prov:atLocation": ("prov:Entity", "prov:Location"),
}


class Graph:
    """The nodes of a JSON-LD file by id, nested ones too, each property a list of ids or values."""

    def __init__(self, path: Path) -> None:
        told = json.loads(path.read_text(encoding="utf-8"))
        self.context: Node = told["@context"]
        self.nodes: dict[str, dict[str, list[Any]]] = {}
        for node in told["@graph"]:
            self.take(node)

    def take(self, node: Node) -> str:
        known = self.nodes.setdefault(node["@id"], {})
        for key, value in node.items():
            for each in value if isinstance(value, list) else [value]:
                told = self.take(each) if isinstance(each, dict) else each
                if key != "@id" and told not in known.setdefault(key, []):
                    known[key].append(told)
        return str(node["@id"])

    def triples(self) -> Iterator[tuple[str, str, Any]]:
        return ((node, key, value) for node, told in self.nodes.items() for key in told for value in told[key])


def export(path: Path, *rows: dict[str, Any]) -> Graph:
    writer = FORMAT.open(path, PROVENANCE)
    for row in rows:
        writer.write(row)
    writer.finalize()
    graph = Graph(path)
    for subject, key, value in graph.triples():
        assert value is not None
        if ":" in key:
            assert key.partition(":")[0] in graph.context, f"{key} has a prefix that the context does not know"
        if key in PROPERTIES:
            domain, ranged = PROPERTIES[key]
            assert domain in graph.nodes[subject]["@type"], (subject, key)
            assert ranged in graph.nodes[value]["@type"], (key, value)
        else:
            assert not key.startswith("prov:") or key == "prov:value", f"{key} is used but not checked"
    return graph


def test_a_claim_comes_from_its_sentence_and_that_from_the_report(tmp_path: Path, told: Told) -> None:
    graph = export(tmp_path / "a.jsonld", told())
    sentence = f"{DOCUMENT}#char=0,78"
    assert sentence in graph.nodes[CLAIM]["prov:wasDerivedFrom"]
    assert graph.nodes[sentence]["prov:value"] == [told()["sentence_text"]]
    assert graph.nodes[sentence]["prov:wasQuotedFrom"] == [DOCUMENT]
    report = graph.nodes[DOCUMENT]
    assert (report["dcterms:title"], report["dcterms:issued"]) == (["Shells on Tumbes"], ["2020-02-04"])
    assert report["prov:atLocation"] == ["https://meridian.example/tumbes"]
    (publisher,) = report["prov:wasAttributedTo"]
    assert graph.nodes[publisher]["rdfs:label"] == ["The Meridian Post"]
    assert "prov:Organization" in graph.nodes[publisher]["@type"]


def test_the_chain_runs_from_the_outermost_mouth_to_the_primary_source(tmp_path: Path, told: Told) -> None:
    graph = export(tmp_path / "a.jsonld", told())
    outer, inner = f"{CLAIM}:statement:1", f"{CLAIM}:statement:2"
    assert outer in graph.nodes[CLAIM]["prov:wasDerivedFrom"]
    assert graph.nodes[outer]["prov:wasDerivedFrom"] == [inner]
    assert graph.nodes[CLAIM]["prov:hadPrimarySource"] == [inner]
    assert "prov:wasDerivedFrom" not in graph.nodes[inner]
    mouths = [graph.nodes[graph.nodes[said]["prov:wasAttributedTo"][0]]["rdfs:label"][0] for said in (outer, inner)]
    assert mouths == ["Harbour Wire", "two officers"]
    assert graph.nodes[outer]["dragoman:cue"] == ["reported"]


def test_only_what_stands_in_quotation_marks_is_a_quotation(tmp_path: Path, told: Told) -> None:
    chain = told()["sources"]
    graph = export(tmp_path / "a.jsonld", told(quoted="direct"), told(id="c_2", quoted="direct", sources=chain[:1]))
    assert graph.nodes[f"{CLAIM}:statement:1"]["prov:wasQuotedFrom"] == [f"{CLAIM}:statement:2"]
    assert "prov:wasQuotedFrom" not in graph.nodes[CLAIM]
    second = graph.nodes["urn:dragoman:claim:c_2"]
    assert second["prov:wasQuotedFrom"] == second["prov:hadPrimarySource"] == ["urn:dragoman:claim:c_2:statement:1"]


def test_who_is_anonymous_is_nobody_in_another_claim(tmp_path: Path, told: Told) -> None:
    graph = export(tmp_path / "a.jsonld", told(), told(id="c_2", document="d_2"))
    labels = [told["rdfs:label"] for told in graph.nodes.values() if "prov:Agent" in told.get("@type", ())]
    assert labels.count(["two officers"]) == 2
    assert labels.count(["Harbour Wire"]) == labels.count(["The Meridian Post"]) == 1


def test_persons_are_persons_and_keep_their_code(tmp_path: Path, told: Told) -> None:
    mayor = {"name": "Ana Ruiz", "text": "she", "span": [0, 3], "cue": "said", "kind": "person", "code": "PERGOV"}
    graph = export(tmp_path / "a.jsonld", told(sources=[mayor]))
    (agent,) = graph.nodes[f"{CLAIM}:statement:1"]["prov:wasAttributedTo"]
    assert graph.nodes[agent]["@type"] == ["prov:Agent", "prov:Person"]
    assert graph.nodes[agent]["dragoman:code"] == ["PERGOV"]


def test_the_coding_run_used_codebook_and_reports(tmp_path: Path, told: Told) -> None:
    rows = told(), told(id="c_2", document="d_2"), told(id="c_3", document="d_3", codebook="plover-old")
    graph = export(tmp_path / "a.jsonld", *rows)
    (run,) = graph.nodes[CLAIM]["prov:wasGeneratedBy"]
    assert graph.nodes[run]["prov:used"] == ["urn:dragoman:codebook:plover-test", DOCUMENT, "urn:dragoman:document:d_2"]
    (software,) = graph.nodes[run]["prov:wasAssociatedWith"]
    assert "prov:SoftwareAgent" in graph.nodes[software]["@type"]
    assert graph.nodes[software]["rdfs:label"] == ["dragoman 9.9"]
    (other,) = graph.nodes["urn:dragoman:claim:c_3"]["prov:wasGeneratedBy"]
    assert other != run
    assert graph.nodes[other]["prov:used"] == ["urn:dragoman:codebook:plover-old", "urn:dragoman:document:d_3"]


def test_what_is_claimed_stands_in_terms_of_our_own(tmp_path: Path, told: Told) -> None:
    claim = export(tmp_path / "a.jsonld", told(about="c_9", review="correct")).nodes[CLAIM]
    values = {key.partition(":")[2]: value for key, value in claim.items() if key.startswith("dragoman:")}
    assert values["type"] == ["ASSAULT"] and values["status"] == ["alleged"] and values["commitment"] == [1.5]
    assert (values["actor"], values["recipientCode"]) == (["Peru"], ["ECU"])
    assert (values["date"], values["context"], values["review"]) == (["2020-02-03"], ["military"], ["correct"])
    assert values["about"] == ["urn:dragoman:claim:c_9"]
    assert values["happening"] == ["urn:dragoman:happening:c_1"]


@pytest.mark.parametrize("status", ["planned", "hypothetical", "negated"])
def test_claims_of_every_status_have_provenance(tmp_path: Path, told: Told, status: str) -> None:
    assert export(tmp_path / "a.jsonld", told(status=status)).nodes[CLAIM]["dragoman:status"] == [status]


def test_a_bare_claim_has_its_sentence_only(tmp_path: Path, bare: dict[str, Any]) -> None:
    graph = export(tmp_path / "a.jsonld", bare)
    claim = graph.nodes["urn:dragoman:claim:c_2"]
    assert claim["prov:wasDerivedFrom"] == ["urn:dragoman:document:d_2#char=0,78"]
    assert "prov:hadPrimarySource" not in claim
    assert set(graph.nodes["urn:dragoman:document:d_2"]) == {"@type"}


def test_an_imported_claim_comes_from_the_report_and_from_no_run(tmp_path: Path, told: Told) -> None:
    row = told(trigger_text="", sentence_text="", sentence_start=0, sentence_end=0, sources=[])
    graph = export(tmp_path / "a.jsonld", row)
    assert graph.nodes[CLAIM]["prov:wasDerivedFrom"] == [DOCUMENT]
    assert "prov:wasGeneratedBy" not in graph.nodes[CLAIM]
    assert not [node for node in graph.nodes.values() if "prov:Activity" in node.get("@type", ())]


def test_a_claim_that_a_person_added_comes_from_no_run(tmp_path: Path, told: Told) -> None:
    graph = export(tmp_path / "a.jsonld", told(rule=ADDED))
    assert "prov:wasGeneratedBy" not in graph.nodes[CLAIM]
    assert graph.nodes[CLAIM]["prov:wasDerivedFrom"] != [DOCUMENT], "its sentence is told"


def test_hostile_texts_stay_texts_and_ids_stay_iris(tmp_path: Path, told: Told) -> None:
    name = 'a"b\\\t\n\x00\u202e<b> é'
    row = told(document=name, publisher=name, title=name, url="https://x.example/a b?<c>\n#d#e")
    graph = export(tmp_path / "a.jsonld", row)
    assert all(iri.isascii() and not set(iri) & set(' "<>\\^`{|}\t\n\x00') for iri in graph.nodes), list(graph.nodes)
    assert any(node.get("rdfs:label") == [name] for node in graph.nodes.values())
    assert "https://x.example/a%20b?%3Cc%3E#d%23e" in graph.nodes


def test_the_same_rows_give_the_same_bytes_and_a_name_when_whole(tmp_path: Path, told: Told) -> None:
    for name in ("a", "b"):
        path = tmp_path / f"{name}.jsonld"
        writer = FORMAT.open(path, PROVENANCE)
        writer.write(told())
        assert not path.exists()
        writer.finalize()
        assert not partial_path(path).exists()
    assert (tmp_path / "a.jsonld").read_bytes() == (tmp_path / "b.jsonld").read_bytes()
