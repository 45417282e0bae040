"""Claims go in, their provenance comes out as PROV-O in JSON-LD: from sentence, report and mouths, by which coding.

The vocabulary is W3C's: https://www.w3.org/TR/prov-o/. The context stands in the file, so that it is read without
the network, and any reader of RDF can check it; PROV-JSON, a member submission, few programs read.
"""

from __future__ import annotations

import json
from pathlib import Path

from dragoman.export.formats import Format, Provenance
from dragoman.export.iris import urn
from dragoman.export.json_list import JsonList
from dragoman.export.prov_nodes import CONTEXT, claim_node, document_node, named_agents
from dragoman.export.rows import Row
from dragoman.records import ADDED


class ProvWriter:
    """One graph. Claims stream, a document and a named agent come before the first claim that needs them."""

    def __init__(self, path: Path, provenance: Provenance) -> None:
        self._provenance = provenance
        self._agents: set[tuple[str, str]] = set()
        self._documents: set[str] = set()
        self._used: dict[str, dict[str, None]] = {}
        self._graph = JsonList(path, f'{{"@context": {json.dumps(CONTEXT)}, "@graph": [')

    def write(self, row: Row) -> None:
        """Add one claim with its sentence and the chain of what was said."""
        for agent in named_agents(row):
            if (agent["@id"], agent["@type"][1]) not in self._agents:
                self._agents.add((agent["@id"], agent["@type"][1]))
                self._graph.add(agent)
        document = document_node(row)
        if document["@id"] not in self._documents:
            self._documents.add(document["@id"])
            self._graph.add(document)
        run = None
        if row["trigger_text"] and row["rule"] != ADDED:  # without words it was imported, coded by others
            codebook = row["codebook"] or self._provenance.codebook
            self._used.setdefault(codebook, {})[document["@id"]] = None
            run = self._run(codebook)
        self._graph.add(claim_node(row, run=run))

    def finalize(self) -> None:
        """Write the coding runs, which used all documents, close the graph and give the file its name."""
        software = urn("software", self._provenance.version)
        name = f"dragoman {self._provenance.version}"
        self._graph.add({"@id": software, "@type": ["prov:Agent", "prov:SoftwareAgent"], "rdfs:label": name})
        for codebook, documents in self._used.items():
            entity = urn("codebook", codebook)
            self._graph.add({"@id": entity, "@type": "prov:Entity", "rdfs:label": f"codebook {codebook}"})
            run = {
                "@id": self._run(codebook),
                "@type": "prov:Activity",
                "rdfs:label": f"coding of {self._provenance.case}",
                "prov:wasAssociatedWith": software,
                "prov:used": [entity, *documents],
            }
            self._graph.add(run)
        self._graph.close("]}")

    def _run(self, codebook: str) -> str:
        return urn("run", self._provenance.case, self._provenance.version, codebook)


FORMAT = Format(
    name="prov",
    title="W3C PROV-O provenance (JSON-LD)",
    purpose="For tracing who has what from whom, in programs that read linked data.",
    endings=(".jsonld", ".json"),
    open=ProvWriter,
    loses=(
        "PROV tells where things come from, not what was done: type, parties, date, place, status and commitment stand "
        "in properties of our own (urn:dragoman:term:), which other programs keep but do not understand.",
        "A step of the chain is a quotation in PROV only where the claim stands in quotation marks; what is retold in "
        "other words is a derivation.",
        "Sources that are anonymous, unspecified or documents are agents of their one claim, so that officials of two "
        "reports are never taken for the same ones.",
        "Claims that others coded and that were imported, and those that people added, have no activity: no run made "
        "them.",
        "When the coding ran is not told, since the same case must give the same file.",
        "Who reviewed a claim and when is not told, only that it was accepted, corrected or added.",
        "Where the trigger, the parties, the date and the place stand in the text is left out; the sentence has its "
        "characters in its name.",
    ),
)
