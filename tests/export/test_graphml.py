"""The network counts what the claims tell, and keeps the structure of GraphML whatever the names hold."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.export.files import partial_path
from dragoman.export.formats import Provenance
from dragoman.export.graphml import FORMAT

Told = Callable[..., dict[str, Any]]
PROVENANCE = Provenance(case="a&b.duckdb", version="9.9", codebook="plover-test", last_day="2020-02-29")
NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"
READ: dict[str, Callable[[str], Any]] = {"int": int, "double": float, "string": str}


class Network:
    """A GraphML file, read as its schema has it: declared keys, unique ids, edges between nodes that are there."""

    def __init__(self, path: Path) -> None:
        root = ElementTree.parse(path).getroot()
        assert root.tag == NAMESPACE + "graphml"
        self.keys = {key.attrib["id"]: key.attrib for key in root.findall(NAMESPACE + "key")}
        assert len(self.keys) == len(root.findall(NAMESPACE + "key"))
        (graph,) = root.findall(NAMESPACE + "graph")
        assert graph.attrib["edgedefault"] == "directed"
        assert list(root)[-1] is graph, "keys must be declared before the graph"
        self.graph = self.values(graph, "graph")
        nodes, edges = graph.findall(NAMESPACE + "node"), graph.findall(NAMESPACE + "edge")
        self.nodes = {node.attrib["id"]: self.values(node, "node") for node in nodes}
        self.edges = {
            (edge.attrib["source"], edge.attrib["target"], self.values(edge, "edge")["quad"]): self.values(edge, "edge")
            for edge in edges
        }
        assert len(self.nodes) == len(nodes)
        assert len({edge.attrib["id"] for edge in edges}) == len(edges) == len(self.edges)
        assert all({source, target} <= set(self.nodes) for source, target, _ in self.edges)
        for id in (*self.nodes, *(edge.attrib["id"] for edge in edges), *self.keys):
            assert id.isascii() and id.replace("-", "").replace("_", "").isalnum(), f"{id!r} is no NMTOKEN"

    def values(self, element: ElementTree.Element, kind: str) -> dict[str, Any]:
        told = {}
        for data in element.findall(NAMESPACE + "data"):
            key = self.keys[data.attrib["key"]]
            assert key["for"] == kind
            assert key["attr.name"] not in told
            told[key["attr.name"]] = READ[key["attr.type"]](data.text or "")
        return told


def export(path: Path, *rows: dict[str, Any]) -> Network:
    writer = FORMAT.open(path, PROVENANCE)
    for row in rows:
        writer.write(row)
    assert not path.exists()
    writer.finalize()
    assert not partial_path(path).exists()
    return Network(path)


def test_a_claim_makes_two_parties_and_an_edge(tmp_path: Path, told: Told) -> None:
    network = export(tmp_path / "a.graphml", told())
    assert network.nodes == {
        "ECU": {"name": "Ecuador", "code": "ECU", "country": "ECU", "claims": 1},
        "PERMIL": {"name": "Peru", "code": "PERMIL", "country": "PER", "sector": "MIL", "claims": 1},
    }
    assert network.edges == {
        ("PERMIL", "ECU", 4): {
            "quad": 4, "class": "material conflict", "claims": 1, "happenings": 1, "intensity": -9.5,
            "first_day": "2020-02-03", "last_day": "2020-02-03", "cooperation": 0, "conflict": 1,
            "actual": 0, "alleged": 1, "planned": 0, "hypothetical": 0, "negated": 0, "ASSAULT": 1,
        }
    }  # fmt: skip
    assert network.graph == {
        "case": "a&b.duckdb", "version": "9.9", "codebook": "plover-test", "claims": 1, "without_edge": 0,
    }  # fmt: skip


def test_claims_of_one_kind_between_two_parties_are_counted_together(tmp_path: Path, told: Told) -> None:
    network = export(
        tmp_path / "a.graphml",
        told(),
        told(id="c_2", document="d_2"),
        told(id="c_3", happening="c_3", type="COERCE", intensity=-7.0, day=date(2020, 2, 7), status="actual"),
        told(id="c_4", happening="c_4", day=None, intensity=-8.0),
        told(id="c_5", happening="c_5", type="AID", quad=2, intensity=7.0),
    )
    edge = network.edges["PERMIL", "ECU", 4]
    assert (edge["claims"], edge["happenings"], edge["intensity"]) == (4, 3, -8.5)
    assert (edge["first_day"], edge["last_day"]) == ("2020-02-03", "2020-02-07")
    assert (edge["ASSAULT"], edge["COERCE"], edge["actual"], edge["alleged"]) == (3, 1, 1, 3)
    aid = network.edges["PERMIL", "ECU", 2]
    assert (aid["cooperation"], aid["conflict"], aid["AID"]) == (1, 0, 1)
    assert network.nodes["ECU"]["claims"] == 5


def test_plans_and_denials_are_counted_beside_and_make_no_edge(tmp_path: Path, told: Told) -> None:
    beside = [told(id=f"c_{n}", status=status) for n, status in enumerate(("planned", "hypothetical", "negated"), 2)]
    only_planned = told(id="c_9", status="planned", recipient_code="BOL", recipient_name="Bolivia")
    network = export(tmp_path / "a.graphml", told(), *beside, only_planned)
    (edge,) = network.edges.values()
    assert (edge["claims"], edge["intensity"], edge["ASSAULT"]) == (1, -9.5, 1)
    assert (edge["planned"], edge["hypothetical"], edge["negated"]) == (1, 1, 1)
    assert "BOL" not in network.nodes
    assert network.graph["claims"] == 5 and network.graph["without_edge"] == 1


def test_a_claim_without_recipient_is_a_party_without_edge(tmp_path: Path, told: Told, bare: dict[str, Any]) -> None:
    network = export(tmp_path / "a.graphml", told(recipient_code=None, recipient_name=None), bare)
    assert list(network.nodes) == ["PERMIL"] and not network.edges
    assert network.graph["without_edge"] == 2


def test_a_code_is_one_party_with_the_name_used_most(tmp_path: Path, told: Told) -> None:
    names = ["General Rojas", "Peruvian navy", "Peruvian navy"]
    network = export(tmp_path / "a.graphml", *(told(id=f"c_{n}", actor_name=name) for n, name in enumerate(names)))
    assert network.nodes["PERMIL"]["name"] == "Peruvian navy"


def test_without_a_code_the_name_is_the_party(tmp_path: Path, told: Told) -> None:
    rows = told(actor_code=None, actor_name="Café Owners’ Union"), told(id="c_2", actor_code=None, actor_name="Bakers")
    network = export(tmp_path / "a.graphml", *rows)
    assert len(network.edges) == 2
    assert {node["name"] for node in network.nodes.values()} == {"Café Owners’ Union", "Bakers", "Ecuador"}


def test_who_acts_on_itself_is_counted_once(tmp_path: Path, told: Told) -> None:
    network = export(tmp_path / "a.graphml", told(recipient_code="PERMIL"))
    assert network.nodes["PERMIL"]["claims"] == 1 and ("PERMIL", "PERMIL", 4) in network.edges


def test_names_can_not_break_the_file(tmp_path: Path, told: Told) -> None:
    name = '</data><node id="x"/>]]>&amp;"\x00\x0b\ufffe\u202e=1+1'
    network = export(
        tmp_path / "a.graphml", told(actor_name=name, actor_code=None), told(id="c_2", recipient_name=name)
    )
    (party,) = (node for node in network.nodes.values() if "code" not in node)
    assert party["name"] == '</data><node id="x"/>]]>&amp;"\ufffd\ufffd\ufffd\u202e=1+1'
    assert len(network.nodes) == 3


def test_the_same_rows_give_the_same_bytes(tmp_path: Path, told: Told) -> None:
    rows = told(), told(id="c_2", actor_name="Bakers", actor_code=None), told(id="c_3", quad=1, type="CONSULT")
    export(tmp_path / "a.graphml", *rows)
    export(tmp_path / "b.graphml", *rows)
    assert (tmp_path / "a.graphml").read_bytes() == (tmp_path / "b.graphml").read_bytes()


def test_a_case_without_claims_is_a_graph_too(tmp_path: Path) -> None:
    network = export(tmp_path / "a.graphml")
    assert not network.nodes and network.graph["claims"] == 0
