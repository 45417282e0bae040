"""Claims go in, nodes of a PROV-O graph come out: entities, what they were derived from, and the agents behind them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dragoman.export.iris import claim_iri, document_iri, passage_iri, urn, web_address
from dragoman.export.rows import Row
from dragoman.export.wording import act_in_words

_REFERENCES = (
    *("prov:wasAttributedTo", "prov:wasGeneratedBy", "prov:wasDerivedFrom", "prov:wasQuotedFrom"),
    *("prov:hadPrimarySource", "prov:wasAssociatedWith", "prov:used", "prov:atLocation"),
    *("dragoman:about", "dragoman:happening"),
)
_DOUBLES = ("intensity", "commitment", "score", "latitude", "longitude")
CONTEXT: dict[str, Any] = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dragoman": "urn:dragoman:term:",
    **{name: {"@type": "@id"} for name in _REFERENCES},
    "dcterms:issued": {"@type": "xsd:date"},
    # Without it 2.0 becomes an integer in RDF, and 2.5 a double.
    **{f"dragoman:{name}": {"@type": "xsd:double"} for name in _DOUBLES},
}
# Terms of ours and the columns that they come from.
TERMS = {
    "type": "type",
    "mode": "mode",
    "context": "contexts",
    "quad": "quad",
    "intensity": "intensity",
    "cameo": "cameo",
    "status": "status",
    "commitment": "commitment",
    "statusRule": "status_rule",
    "actor": "actor_name",
    "actorCode": "actor_code",
    "recipient": "recipient_name",
    "recipientCode": "recipient_code",
    "date": "date_value",
    "place": "place_name",
    "country": "place_country",
    "latitude": "place_latitude",
    "longitude": "place_longitude",
    "rule": "rule",
    "score": "score",
    "origin": "origin_name",
    "copied": "copied",
    "review": "review",
}
_CLASSES = {"publisher": "prov:Organization", "institution": "prov:Organization", "person": "prov:Person"}


def named_agents(row: Row) -> Iterator[Row]:
    """Publisher and mouths with a name of their own; an outlet is the same whatever code it has."""
    if row["publisher"]:
        yield _agent(urn("agent", row["publisher"]), "publisher", row["publisher"], None)
    for link in row["sources"]:
        if link["kind"] in _CLASSES:
            code = None if link["kind"] == "publisher" else link["code"]
            yield _agent(_named_agent(link), link["kind"], link["name"], code)


def document_node(row: Row) -> Row:
    """The report: an entity that its publisher stands for."""
    address = web_address(row["url"])
    return {
        "@id": document_iri(row),
        "@type": "prov:Entity",
        "dcterms:title": row["title"],
        "dcterms:issued": row["published"] and row["published"].isoformat(),
        "dcterms:language": row["language"],
        "prov:wasAttributedTo": urn("agent", row["publisher"]) if row["publisher"] else None,
        "prov:atLocation": address and {"@id": address, "@type": "prov:Location"},
    }


def claim_node(row: Row, *, run: str | None) -> Row:
    """The claim, derived from its sentence and from what the outermost mouth said, which may come from others."""
    said = _statements(row)
    node = {
        "@id": claim_iri(row["id"]),
        "@type": "prov:Entity",
        "rdfs:label": act_in_words(row),
        "prov:wasGeneratedBy": run,
        "prov:wasDerivedFrom": [_passage(row)],
        "prov:hadPrimarySource": _statement_iri(row, len(row["sources"])) if said else None,
        "dragoman:about": row["about"] and claim_iri(row["about"]),
        "dragoman:happening": urn("happening", row["happening"]),
        **{f"dragoman:{term}": row[column] for term, column in TERMS.items() if row[column] not in (None, [])},
    }
    if said:
        step = _step(row, 1)
        node[step] = [*node.get(step, ()), said]
    return node


def _passage(row: Row) -> Row | str:
    """The sentence, quoted from the report; the report itself for a claim that has no text."""
    if not row["sentence_text"]:
        return document_iri(row)
    return {
        "@id": passage_iri(row, row["sentence_start"], row["sentence_end"]),
        "@type": "prov:Entity",
        "prov:value": row["sentence_text"],
        "prov:wasQuotedFrom": document_iri(row),
    }


def _statements(row: Row) -> Row | None:
    """What each mouth said, the outermost around the next; None where nobody but the publisher vouches."""
    inner: Row | None = None
    for number, link in reversed(list(enumerate(row["sources"], start=1))):
        told: Row = {
            "@id": _statement_iri(row, number),
            "@type": "prov:Entity",
            "rdfs:label": f"what {link['name']} said",
            "prov:wasAttributedTo": _mouth(row, number, link),
            "dragoman:kind": link["kind"],
            "dragoman:cue": link["cue"],
            "dragoman:words": link["text"],
            _step(row, number + 1): inner,
        }
        inner = {key: value for key, value in told.items() if value is not None}
    return inner


def _step(row: Row, number: int) -> str:
    """The step to a statement: PROV's quotation repeats the words, and quotation marks are about the innermost."""
    is_quoted = row["quoted"] == "direct" and number == len(row["sources"])
    return "prov:wasQuotedFrom" if is_quoted else "prov:wasDerivedFrom"


def _mouth(row: Row, number: int, link: Row) -> Row | str:
    """A named agent stands in the graph once; one without a name of its own belongs to this claim."""
    if link["kind"] in _CLASSES:
        return _named_agent(link)
    return _agent(f"{claim_iri(row['id'])}:source:{number}", link["kind"], link["name"], link["code"])


def _named_agent(link: Row) -> str:
    names = (link["name"], link["code"]) if link["code"] and link["kind"] != "publisher" else (link["name"],)
    return urn("agent", *names)


def _agent(iri: str, kind: str, name: str, code: str | None) -> Row:
    types = ["prov:Agent", *filter(None, (_CLASSES.get(kind),))]
    agent = {"@id": iri, "@type": types, "rdfs:label": name}
    return agent | ({"dragoman:code": code} if code else {})


def _statement_iri(row: Row, number: int) -> str:
    return f"{claim_iri(row['id'])}:statement:{number}"
