"""A case file goes in, the network of its parties comes out: who is tied to whom, and where each stands in it.

Measures are networkx's, over the ties of cooperation, of conflict or of both; each tie by its happenings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import networkx as nx

from dragoman.analyse.observations import observe
from dragoman.analyse.queries import read_sql
from dragoman.store.database import CaseFile

RELATIONS = ("all", "cooperation", "conflict")
# Above so many parties, betweenness is estimated from so many of them, always the same ones.
_MANY, _SAMPLE, _SEED = 1000, 200, 1
_MOST_DRAWN = 200


@dataclass(frozen=True, slots=True)
class Network:
    """``parties`` with their measures, the most tied first; ``ties`` between them; ``whole``: measures of it all."""

    parties: list[dict[str, Any]]
    ties: list[dict[str, Any]]
    whole: dict[str, Any]


def find_network(
    case: CaseFile, *, relation: str = "all", since: str | None = None, until: str | None = None
) -> Network:
    """The parties of a case file and their ties; ``since`` and ``until`` are ISO days of what is told.

    Of a party: ``partners`` (with whom it is tied), ``given`` and ``received`` (happenings), ``betweenness`` (0 to 1,
    the share of shortest ways that lead through it), ``clustering`` (how many of its partners are tied to one another)
    and ``community`` (by modularity, numbered from the largest).
    Of it all: ``parties``, ``ties``, ``density``, ``reciprocity`` (the share of ties that are returned),
    ``transitivity``, ``communities`` and their ``modularity``.
    """
    if relation not in RELATIONS:
        raise ValueError(f"{relation!r} is no relation. Use one of {', '.join(RELATIONS)}")
    observe(case)
    weight = "happenings" if relation == "all" else relation
    ties = [row for row in case.rows(read_sql("ties.sql"), {"since": since, "until": until}) if row[weight]]
    codes = sorted({party for tie in ties for party in (tie["actor"], tie["target"])})
    graph = nx.DiGraph()  # of numbers, since the order of a set of words is not the same in every run
    graph.add_nodes_from(range(len(codes)))
    number = {code: place for place, code in enumerate(codes)}
    for tie in ties:
        graph.add_edge(number[tie["actor"]], number[tie["target"]], weight=tie[weight])
    either_way = _either_way(graph)
    between = nx.betweenness_centrality(either_way, k=_SAMPLE if len(graph) > _MANY else None, seed=_SEED)
    clustering = nx.clustering(either_way)
    communities = _communities(either_way)
    community = {party: count for count, members in enumerate(communities, start=1) for party in members}
    parties = [
        {
            "party": code,
            "partners": either_way.degree(place),
            "given": graph.out_degree(place, weight="weight"),
            "received": graph.in_degree(place, weight="weight"),
            "betweenness": round(between[place], 4),
            "clustering": round(clustering[place], 4),
            "community": community[place],
        }
        for place, code in enumerate(codes)
    ]
    parties.sort(key=lambda row: (-row["partners"], -row["given"] - row["received"], row["party"]))
    return Network(parties=parties, ties=ties, whole=_whole(graph, either_way, communities))


def _either_way(graph: nx.DiGraph) -> nx.Graph:
    """The same ties without direction; their weights are added."""
    found = nx.Graph()
    found.add_nodes_from(graph)
    for one, other, weight in graph.edges(data="weight"):
        before = found.get_edge_data(one, other, {"weight": 0})["weight"]
        found.add_edge(one, other, weight=before + weight)
    return found


def _communities(graph: nx.Graph) -> list[list[int]]:
    """Parties that are tied among themselves more than to others (Clauset, Newman and Moore), the largest first."""
    if not graph:
        return []
    found = nx.community.greedy_modularity_communities(graph, weight="weight")
    return sorted((sorted(members) for members in found), key=lambda members: (-len(members), members))


def _whole(graph: nx.DiGraph, either_way: nx.Graph, communities: list[list[int]]) -> dict[str, Any]:
    """Measures of the network as a whole."""
    if not graph:
        return {"parties": 0, "ties": 0, "density": None, "reciprocity": None, "transitivity": None,
                "communities": 0, "modularity": None}  # fmt: skip
    return {
        "parties": len(graph),
        "ties": graph.number_of_edges(),
        "density": round(nx.density(graph), 4),
        "reciprocity": round(nx.overall_reciprocity(graph), 4),
        "transitivity": round(nx.transitivity(either_way), 4),
        "communities": len(communities),
        "modularity": round(nx.community.modularity(either_way, communities, weight="weight"), 4),
    }


def place_parties(network: Network, *, limit: int = 30) -> dict[str, tuple[float, float]]:
    """Where to draw the most tied parties, so that those who are tied stand near each other: x and y from -1 to 1."""
    parties = [row["party"] for row in network.parties[: min(limit, _MOST_DRAWN)]]
    number = {party: place for place, party in enumerate(parties)}
    graph = nx.Graph()
    hub = len(parties)  # a faint tie to the middle, lest groups without ties between them fly apart
    graph.add_edges_from(((place, hub) for place in range(hub)), weight=0.15)
    for tie in network.ties:
        if tie["actor"] in number and tie["target"] in number:
            graph.add_edge(number[tie["actor"]], number[tie["target"]], weight=1.0)
    room = 2.2 / max(1.0, len(parties) ** 0.5)
    places = nx.spring_layout(graph, k=room, iterations=200, seed=_SEED) if parties else {}
    return {parties[place]: (float(x), float(y)) for place, (x, y) in places.items() if place != hub}
