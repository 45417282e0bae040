"""The list of documents: searched, ordered, some at a time, with what people judged and what copies what."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from dragoman.analyse.documents import find_documents
from dragoman.records import Document
from dragoman.store.database import Added, open_case

TALE = (
    "Lima closed the port of Callao on Friday after two days of rain. Fishermen waited on the quay with their nets. "
    "The harbour master said that ships would leave again on Sunday, when the sea is calm. Nobody was hurt in the town."
)


@pytest.fixture
def api(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=30) as client:
        yield client


def listed(api: httpx.Client, **asked: Any) -> Any:
    answer = api.get("/api/documents", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def add(case: Path, *documents: Document) -> None:
    with open_case(case) as opened:
        run = opened.start_run(version="1", codebook="none", model="none")
        opened.add([Added(each, (), ()) for each in documents], run=run)


def test_documents_are_listed_with_their_claims(api: httpx.Client) -> None:
    told = listed(api, limit=1000)
    claims = api.get("/api/desk").json()["claims"]
    assert told["found"] == len(told["documents"]) == 27
    days = [row["published"] for row in told["documents"]]
    assert days == sorted(days, reverse=True)
    for row in told["documents"]:
        assert row["claims"] == sum(claim["document"] == row["id"] for claim in claims)
        text = "\n".join(p["text"] for p in api.get(f"/api/documents/{row['id']}").json()["paragraphs"])
        assert abs(row["words"] - len(text.split())) <= 0.1 * len(text.split())
        own = [claim["id"] for claim in claims if claim["document"] == row["id"]]
        assert row["first_claim"] in own or (row["first_claim"] is None and not own)


def test_orders(api: httpx.Client, crisis: Path) -> None:
    add(crisis, Document(id="quiet", text="Nothing of note.", published="2018-04-07", title="A quiet day in Quito"))
    by_claims = [row["claims"] for row in listed(api, order="claims")["documents"]]
    assert by_claims == sorted(by_claims, reverse=True)
    assert by_claims[0] > by_claims[-1] == 0
    bare = listed(api, order="none")["documents"]
    assert bare[0]["id"] == "quiet"
    assert bare[0]["first_claim"] is None
    assert bare[1]["claims"] > 0
    assert bare[1]["published"] == max(row["published"] for row in bare)
    wrong = api.get("/api/documents", params={"order": "best"})
    assert wrong.status_code == 422
    assert "newest" in wrong.text


def test_title_publisher_and_id_are_searched(api: httpx.Client) -> None:
    everything = listed(api, limit=1000)["documents"]
    for query in ("harbour WIRE", " s25 ", everything[3]["title"][4:20]):
        rows = listed(api, q=query, limit=1000)
        fitting = [
            row["id"]
            for row in everything
            if query.strip().lower() in f"{row['title']} {row['publisher']} {row['id']}".lower()
        ]
        assert [row["id"] for row in rows["documents"]] == fitting
        assert rows["found"] == len(fitting) > 0
    assert listed(api, q="no such % title _") == {"found": 0, "documents": []}


def test_pages_follow_one_another(api: httpx.Client) -> None:
    whole = [row["id"] for row in listed(api, limit=1000)["documents"]]
    parts = [row["id"] for start in range(0, 27, 10) for row in listed(api, offset=start, limit=10)["documents"]]
    assert parts == whole
    assert listed(api, offset=500) == {"found": 27, "documents": []}
    assert api.get("/api/documents", params={"limit": 100_000}).status_code == 422


def test_what_people_judged_is_counted_once(api: httpx.Client) -> None:
    row = listed(api)["documents"][0]
    for action in ("accept", "undo", "reject"):
        answer = api.post(f"/api/claims/{row['first_claim']}/decision", json={"action": action, "reviewer": "Ana"})
        assert answer.status_code == 200
    after = listed(api)["documents"][0]
    assert (after["reviewed"], after["claims"]) == (1, row["claims"])


def test_copies_of_one_text_are_counted(tmp_path: Path) -> None:
    case = tmp_path / "copies.duckdb"
    texts = {"a": TALE, "b": TALE + " More on page two.", "c": TALE, "d": "Quito held its breath while La Paz voted."}
    add(
        case,
        *(Document(id=name, text=text, published=f"2020-05-0{i}") for i, (name, text) in enumerate(texts.items(), 1)),
    )
    with open_case(case, read_only=True) as opened:
        rows, found = find_documents(opened)
    assert found == 4
    assert {row["id"]: row["copies"] for row in rows} == {"a": 2, "b": 2, "c": 2, "d": 0}


def test_many_documents_are_listed_at_once(tmp_path: Path, record_property: Any) -> None:
    case = tmp_path / "many.duckdb"
    places = ("Lima", "Quito", "La Paz", "Bogota", "Santiago")
    add(
        case,
        *(
            Document(id=f"n{n}", text=f"{places[n % 5]} sent note {n} to {places[n % 3]}.", title=f"Note {n}")
            for n in range(20_000)
        ),
    )
    with open_case(case, read_only=True) as opened:
        start = time.monotonic()
        rows, found = find_documents(opened, query="note 1999", order="claims")
        took = time.monotonic() - start
    record_property("measured", f"the list of 20,000 documents is there after {took:.2f} s")
    assert (found, {row["title"] for row in rows} >= {"Note 1999", "Note 19990"}) == (11, True)
