"""What the routes of actors answer: the list, its search, one party whole and by parts, and what is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from dragoman.export.rows import claim_row, flat_row
from dragoman.records import Claim, Document
from dragoman.store.database import Added, open_case

ODD = "Lima/Callao > <b>Front</b>"


@pytest.fixture
def api(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=60) as client:
        yield client


@pytest.fixture
def odd(crisis: Path, claim_in: Callable[..., Claim]) -> str:
    """The code of a party that has no code of the tables and a name full of what addresses use."""
    document = Document(id="odd", text="The Front struck Quito.", published="2018-04-20", publisher="Post")
    claim: Any = claim_in(document, "struck", actor=("Front", ODD, None), recipient=("Quito", "Ecuador", "ECU"))
    with open_case(crisis) as case:
        case.add([Added(document, (), [flat_row(claim_row(claim, document.text))])], run="r_1")
    return ODD.lower()


def test_the_list_counts_as_the_desk_does(api: httpx.Client) -> None:
    listed = api.get("/api/actors").json()
    claims = api.get("/api/desk").json()["claims"]
    acts = Counter(claim["actor"] for claim in claims if claim["actor"])
    undergoes = Counter(claim["recipient"] for claim in claims if claim["recipient"])
    assert {row["code"]: (row["acts"], row["undergoes"]) for row in listed["actors"]} == {
        code: (acts[code], undergoes[code]) for code in acts | undergoes
    }
    russia = next(row for row in listed["actors"] if row["code"] == "RUS")
    given = [claim["intensity"] for claim in claims if claim["actor"] == "RUS"]
    assert russia["given"] == pytest.approx(sum(given) / len(given), abs=0.006)
    assert russia["name"] == "Russia"
    assert [row["claims"] for row in listed["actors"]] == sorted((r["claims"] for r in listed["actors"]), reverse=True)
    assert listed["found"] == listed["total"] == len(listed["actors"])


def test_the_list_is_searched_by_name_and_code(api: httpx.Client) -> None:
    assert "RUS" in {row["code"] for row in api.get("/api/actors", params={"q": " rUSSia"}).json()["actors"]}
    by_code = api.get("/api/actors", params={"q": "syrreb"}).json()
    assert {row["code"] for row in by_code["actors"]} == {"SYRREB"}
    assert by_code["total"] > by_code["found"] == 1
    assert api.get("/api/actors", params={"q": "Atlantis"}).json()["actors"] == []


def test_one_party_whole(api: httpx.Client) -> None:
    russia = api.get("/api/actors/RUS").json()
    assert (russia["name"], russia["by"]) == ("Russia", "day")
    usa = next(row for row in russia["partners"] if row["code"] == "USA")
    claims = api.get("/api/desk").json()["claims"]
    assert usa["given"] == sum((claim["actor"], claim["recipient"]) == ("RUS", "USA") for claim in claims)
    assert usa["received"] == sum((claim["actor"], claim["recipient"]) == ("USA", "RUS") for claim in claims)
    assert 0 < sum(point["claims"] for point in usa["series"]["given"]) <= usa["given"]
    assert [row["code"] for row in russia["partners"]].index(None) == len(russia["partners"]) - 1
    assert [(s["actor"], s["target"]) for s in russia["shifts"]] == [("RUS", "USA")]
    assert russia["shifts"] == api.get("/api/shifts").json()
    assert {entry["actor_party"] == "RUS" for entry in russia["ledger"]} == {True, False}
    assert all("RUS" in (entry["actor_party"], entry["target_party"]) for entry in russia["ledger"])
    assert {row["quad"] for row in russia["types"]} <= {"VCOOP", "MCOOP", "VCONF", "MCONF"}
    assert sum(row["given"] for row in russia["types"]) == russia["acts"]
    assert sum(row["vouches"] for row in russia["people"]) == russia["as_source"] > 0
    taking_part = [claim["id"] for claim in claims if "RUS" in (claim["actor"], claim["recipient"])]
    assert sorted(claim["id"] for claim in russia["latest"]) == sorted(taking_part)
    days = [claim["day"] for claim in russia["latest"] if claim["day"]]
    assert days == sorted(days, reverse=True)
    assert sum(origin["claims"] for origin in russia["origins"]) <= russia["claims"] == len(taking_part)
    assert {row["found"] for row in russia["incidents"]} == {russia["incidents"][0]["found"]}
    assert {"RUS", "USA"} <= set(russia["names"])


def test_a_party_by_parts(api: httpx.Client) -> None:
    whole = api.get("/api/actors/SYR").json()
    parts = [api.get("/api/actors/SYR", params={"part": part}).json() for part in ("deeds", "told", "ledger")]
    assert ["ledger" in part for part in parts] == [False, False, True]
    assert ["partners" in part for part in parts] == [True, False, False]
    names = {code: name for part in parts for code, name in part["names"].items()}
    assert {key: value for part in parts for key, value in part.items()} | {"names": names} == whole


def test_a_rejected_claim_is_shown_and_not_counted(api: httpx.Client) -> None:
    before = api.get("/api/actors/RUS").json()
    claim = next(row for row in before["latest"] if row["actor"] == "RUS" and row["recipient"] != "RUS")
    refused = api.post(f"/api/claims/{claim['id']}/decision", json={"action": "reject", "reviewer": "Ana"})
    assert refused.status_code == 200
    after = api.get("/api/actors/RUS").json()
    assert (after["acts"], after["claims"]) == (before["acts"] - 1, before["claims"] - 1)
    assert {row["id"]: row["review"] for row in after["latest"]}[claim["id"]] == "reject"


def test_what_is_no_party_is_refused(api: httpx.Client) -> None:
    unknown = api.get("/api/actors/ATL")
    assert unknown.status_code == 404
    assert "no party 'ATL'" in unknown.json()["detail"]
    assert "list of actors" in unknown.json()["detail"]
    assert api.get("/api/actors/RU").status_code == 404, "a code is whole"
    assert api.get("/api/actors/RUS", params={"part": "all"}).status_code == 422


def test_a_name_that_is_no_code_has_its_page(api: httpx.Client, odd: str) -> None:
    listed = api.get("/api/actors", params={"q": "callao"}).json()["actors"]
    assert [(row["code"], row["name"]) for row in listed] == [(odd, ODD)]
    for shown in (odd, odd.replace(">", "›")):
        found = api.get(f"/api/actors/{quote(shown, safe='')}").json()
        assert (found["name"], found["acts"], found["partners"][0]["code"]) == (ODD, 1, "ECU")
        assert found["names"] == {odd.replace(">", "›"): ODD, "ECU": "Ecuador"}
