"""What the routes of the reader answer: a report with its claims, and the others of a claim's incident."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from dragoman.analyse.incidents import find_incidents, one_incident
from dragoman.records import Document
from dragoman.store.database import Added, open_case
from dragoman.web.answers import Desk


@pytest.fixture
def api(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=30) as client:
        yield client


def test_a_report_comes_with_its_claims(api: httpx.Client) -> None:
    desk = api.get("/api/desk").json()["claims"]
    for document in sorted({claim["document"] for claim in desk})[:8]:
        told = {claim["id"]: claim for claim in api.get(f"/api/documents/{document}").json()["claims"]}
        assert told == {claim["id"]: claim for claim in desk if claim["document"] == document}


def test_a_report_without_a_claim_is_there(api: httpx.Client, crisis: Path) -> None:
    with open_case(crisis) as case:
        case.add([Added(Document(id="new", text="Lima slept.", published="2018-04-20"), (), [])], run="r_2")
    told = api.get("/api/documents/new").json()
    assert (told["claims"], told["paragraphs"]) == ([], [{"text": "Lima slept.", "spans": []}])


def test_the_report_follows_a_decision(api: httpx.Client) -> None:
    claim = api.get("/api/desk").json()["claims"][0]
    for action, review in (("reject", "reject"), ("undo", None)):
        api.post(f"/api/claims/{claim['id']}/decision", json={"action": action, "reviewer": "Ana"})
        told = api.get(f"/api/documents/{claim['document']}").json()["claims"]
        assert [row["review"] for row in told if row["id"] == claim["id"]] == [review]


def test_the_others_of_an_incident_go_round(api: httpx.Client) -> None:
    incident = next(row for row in api.get("/api/incidents").json() if row["claims"] > 3)
    members = {claim["id"] for claim in api.get(f"/api/incidents/{incident['id']}").json()["told"]}
    first = at = min(members)
    seen = []
    for _ in members:  # always the first of the others: every member is met, and then the first again
        others = api.get(f"/api/claims/{at}").json()["others"]
        assert set(others) == members - {at}
        seen.append(at := others[0])
    assert set(seen) == members
    assert at == first
    api.post(f"/api/claims/{first}/decision", json={"action": "reject", "reviewer": "Ana"})
    assert api.get(f"/api/claims/{first}").json()["others"] == [], "no incident counts what was rejected"
    assert first not in api.get(f"/api/claims/{seen[0]}").json()["others"]


def test_the_others_of_an_incident_are_limited(crisis: Path) -> None:
    with open_case(crisis, read_only=True) as case:
        told = [row["id"] for row in one_incident(case, find_incidents(case)[0]["id"])["told"]]
    desk = Desk(crisis)
    everyone = desk.others(told[0])
    assert sorted(everyone) == sorted(set(told) - {told[0]})
    assert len(everyone) > 2
    assert desk.others(told[0], limit=2) == everyone[:2]
    assert desk.others("c_nothing") == []
