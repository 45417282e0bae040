"""What the desk's routes answer, what they refuse, and that nothing of a case is changed but by a decision."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from dragoman.coder import Coder
from dragoman.errors import DragomanError
from dragoman.records import Document
from dragoman.store.database import Added, open_case
from dragoman.web.rows import document_row
from dragoman.web.serve import PORT, serve

PROGRAM = Path(sys.executable).with_name("dragoman")
JSON = {"content-type": "application/json"}


@pytest.fixture
def api(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=30) as client:
        yield client


def claim_of(api: httpx.Client) -> str:
    return str(api.get("/api/desk").json()["claims"][0]["id"])


def decide(api: httpx.Client, claim: str, **decision: Any) -> httpx.Response:
    return api.post(f"/api/claims/{claim}/decision", json={"reviewer": "Ana"} | decision)


def test_the_desk_holds_the_case(api: httpx.Client) -> None:
    desk = api.get("/api/desk").json()
    assert desk["case"]["name"] == "demo"
    assert desk["total"] == len(desk["claims"]) == desk["case"]["claims"] > 100
    days = [claim["day"] for claim in desk["claims"] if claim["day"]]
    assert days == sorted(days)
    assert desk["parties"]["RUS"]["name"] == "Russia"
    assert {claim["quad"] for claim in desk["claims"]} == {"VCOOP", "MCOOP", "VCONF", "MCONF"}
    assert any(claim["chain"] == ["Kommersant", "sources in the Russian Defence Ministry"] for claim in desk["claims"])


def test_shifts_ledger_and_origins(api: httpx.Client) -> None:
    (shift,) = api.get("/api/shifts").json()
    assert (shift["actor"], shift["target"], shift["day"]) == ("RUS", "USA", "2018-04-11")
    assert "carried out" in {entry["outcome"] for entry in api.get("/api/ledger").json()}
    origins = api.get("/api/sources").json()
    assert [origin["reports"] for origin in origins] == sorted((o["reports"] for o in origins), reverse=True)
    kommersant = next(origin for origin in origins if origin["name"] == "Kommersant")
    assert kommersant["documents"][0]["chain"][0] == "Kommersant"


def test_spans_of_a_document_are_its_words(api: httpx.Client) -> None:
    for claim in api.get("/api/desk").json()["claims"][:20]:
        document = api.get(f"/api/documents/{claim['document']}").json()
        words = [
            paragraph["text"][span["start"] : span["end"]]
            for paragraph in document["paragraphs"]
            for span in paragraph["spans"]
            if span["claim"] == claim["id"] and span["role"] == "sentence"
        ]
        assert " ".join(words).split() == claim["evidence"].split()


def test_offsets_are_utf_16_and_spans_are_cut_at_paragraphs() -> None:
    text = "😀 Lima\nstruck.\n\nQuito wept 😀😀."
    claim: dict[str, Any] = {"id": "c", "sentence_start": 2, "sentence_end": 20, "sources": []}
    claim |= {f"{role}_{end}": None for role in ("actor", "recipient", "date", "place") for end in ("start", "end")}
    claim |= {"trigger_start": 7, "trigger_end": 13}
    document = {"id": "d", "text": text, "title": None, "publisher": None, "published": None, "url": None}
    first, second = document_row(document, [claim])["paragraphs"]
    assert (first["text"], second["text"]) == ("😀 Lima\nstruck.", "Quito wept 😀😀.")
    units = first["text"].encode("utf-16-le")
    told = {span["role"]: units[2 * span["start"] : 2 * span["end"]].decode("utf-16-le") for span in first["spans"]}
    assert told == {"sentence": "Lima\nstruck.", "trigger": "struck"}
    assert second["spans"] == [{"claim": "c", "role": "sentence", "start": 0, "end": 4}]


def test_a_decision_goes_into_the_case_file_and_can_be_taken_back(api: httpx.Client, crisis: Path) -> None:
    claim = claim_of(api)
    changed = decide(api, claim, action="correct", changes={"recipient_name": "Peru", "recipient_code": "PER"})
    assert (changed.json()["recipient"], changed.json()["review"]) == ("PER", "correct")
    with open_case(crisis, read_only=True) as case:
        assert (
            case.rows("SELECT recipient_code FROM reviewed WHERE id = $id", {"id": claim})[0]["recipient_code"] == "PER"
        )
    rejected = decide(api, claim, action="reject", reason="no such thing").json()
    assert rejected["review"] == "reject"
    assert [row["action"] for row in rejected["history"]] == ["correct", "reject"]
    shown = {row["id"]: row["review"] for row in api.get("/api/desk").json()["claims"]}
    assert shown[claim] == "reject", "it stays to be seen, so that it can be taken back"
    assert decide(api, claim, action="undo").json()["review"] == "correct"
    assert decide(api, claim, action="undo").json()["review"] is None


@pytest.mark.parametrize(
    ("decision", "status", "detail"),
    [
        ({"action": "accept", "reviewer": " "}, 409, "name"),
        ({"action": "correct"}, 409, "field"),
        ({"action": "correct", "changes": {"type": "SHOUT"}}, 409, "no type"),
        ({"action": "correct", "changes": {"id": "c_1"}}, 409, "can't be corrected"),
        ({"action": "undo"}, 409, "nothing stands"),
        ({"action": "shout"}, 422, "action"),
    ],
)
def test_what_is_no_decision_is_refused_with_a_reason(
    api: httpx.Client, decision: dict[str, Any], status: int, detail: str
) -> None:
    refused = decide(api, claim_of(api), **decision)
    assert refused.status_code == status
    assert detail in str(refused.json()["detail"])


def test_what_is_not_there_is_said(api: httpx.Client) -> None:
    for path in ("/api/claims/c_nothing", "/api/documents/nothing", "/api/rumours", "/static/../app.py"):
        assert api.get(path).status_code == 404
    assert decide(api, "c_nothing", action="accept").status_code == 404


def test_foreign_writes_and_hosts_are_refused(api: httpx.Client) -> None:
    path = f"/api/claims/{claim_of(api)}/decision"
    body = '{"action": "accept", "reviewer": "Eve"}'
    for headers in (
        JSON | {"sec-fetch-site": "cross-site"},
        JSON | {"origin": "http://evil.example"},
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
    ):
        assert api.post(path, content=body, headers=headers).status_code == 403
    assert api.get("/", headers={"host": "evil.example"}).status_code == 400
    assert api.get("/api/desk").json()["claims"][0]["review"] is None


def test_every_answer_carries_its_policies(api: httpx.Client) -> None:
    for path in ("/", "/api/desk", "/static/app/main.js", "/nothing"):
        headers = api.get(path).headers
        assert "unsafe" not in headers["content-security-policy"]
        assert "require-trusted-types-for" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_there_is_an_openapi_description(api: httpx.Client) -> None:
    routes = api.get("/api/openapi.json").json()["paths"]
    assert {"/api/desk", "/api/shifts", "/api/ledger", "/api/sources", "/api/documents/{document}"} <= set(routes)
    assert all(method.get("description") for route in routes.values() for method in route.values())


def test_a_change_of_the_case_file_is_seen(api: httpx.Client, crisis: Path) -> None:
    before = api.get("/api/desk").json()["case"]["documents"]
    with open_case(crisis) as case:
        case.add([Added(Document(id="new", text="Lima slept.", published="2018-04-20"), (), [])], run="r_2")
    assert api.get("/api/desk").json()["case"]["documents"] == before + 1


def test_an_empty_case_is_served(tmp_path: Path, coder: Coder, served: Any) -> None:
    with open_case(tmp_path / "empty.duckdb"):
        pass
    paths = ("/api/desk", "/api/shifts", "/api/ledger", "/api/sources")
    with served(tmp_path / "empty.duckdb", coder) as address, httpx.Client(base_url=address, timeout=60) as api:
        desk, *rest = [api.get(path).json() for path in paths]
    assert (desk["total"], desk["claims"], desk["parties"]) == (0, [], {})
    assert rest == [[], [], []]


def test_beyond_this_machine_a_token_is_needed(crisis: Path) -> None:
    running = subprocess.Popen(
        [PROGRAM, "serve", crisis, "--host", "0.0.0.0", "--port", "0"], stderr=subprocess.PIPE, text=True
    )
    try:
        assert running.stderr is not None
        address = running.stderr.readline().split()[-1]
        assert "?token=" in address
        address = address.replace("0.0.0.0", "127.0.0.1")
        base = address.partition("?")[0]
        with httpx.Client(base_url=base, timeout=30) as client:
            for _ in range(50):
                try:
                    refused = client.get("/api/desk")
                    break
                except httpx.ConnectError:
                    time.sleep(0.1)
            assert refused.status_code == 401
            assert client.get(base + "?token=guess").status_code == 401
            assert client.get(base + "?token=%C3%B1").status_code == 401
            assert client.get(base, headers={"Cookie": b"dragoman_token=\xf1"}).status_code == 401
            welcome = client.get(address)
            assert (welcome.status_code, welcome.headers["location"]) == (303, "/")
            assert client.get("/api/desk").status_code == 200
    finally:
        running.kill()


def test_the_usual_port_or_a_free_one_until_it_is_interrupted(crisis: Path) -> None:
    with ExitStack() as stack:
        with suppress(OSError):  # somebody else may have it: it is taken either way
            stack.enter_context(socket.create_server(("127.0.0.1", PORT)))
        running = subprocess.Popen([PROGRAM, "serve", crisis], stderr=subprocess.PIPE, text=True)
        assert running.stderr is not None
        address = running.stderr.readline().split()[-1]
        assert not address.endswith(f":{PORT}/")
        wait_for(address)
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 0
        assert running.stderr.read() == ""


def wait_for(address: str) -> None:
    for _ in range(100):
        try:
            httpx.get(address)
            return
        except httpx.ConnectError:
            time.sleep(0.1)
    pytest.fail(f"nobody answers at {address}")


def test_what_cannot_be_served_is_said(crisis: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(DragomanError, match="--port 0"):
        serve(crisis, port=taken.getsockname()[1])
    with pytest.raises(DragomanError, match="no such case file"):
        serve(tmp_path / "nowhere.duckdb")


def test_incidents_and_what_waits(api: httpx.Client) -> None:
    incidents = api.get("/api/incidents").json()
    assert [row["reports"] for row in incidents] == sorted((row["reports"] for row in incidents), reverse=True)
    one = api.get(f"/api/incidents/{incidents[0]['id']}").json()
    assert len(one["told"]) == one["claims"] == incidents[0]["claims"]
    assert one["contested"] == incidents[0]["contested"]
    assert all(row["contested"] for row in api.get("/api/incidents", params={"contested": True}).json())
    assert api.get("/api/incidents/i_nothing").status_code == 404
    queue = api.get("/api/waiting").json()
    assert len(queue) == 50
    assert [row["certainty"] for row in queue] == sorted(row["certainty"] for row in queue)
    decide(api, queue[0]["id"], action="accept")
    assert queue[0]["id"] not in {row["id"] for row in api.get("/api/waiting").json()}


def post(api: httpx.Client, **given: Any) -> Any:
    return api.post("/api/documents", json=given).json()


def test_a_pasted_text_is_coded_once(api: httpx.Client) -> None:
    text = {"text": "Lima said Quito had shelled Tumbes.", "published": "2020-02-03", "title": "Shells"}
    (coded,) = post(api, documents=[text])["documents"]
    assert (coded["title"], coded["claims"]) == ("Shells", 1)
    assert api.get(f"/api/documents/{coded['id']}").json()["paragraphs"][0]["text"] == text["text"]
    again = post(api, documents=[text])
    assert (again["documents"], again["known"]) == ([], [coded["id"]])


def test_dropped_files_are_read_and_bad_ones_named(api: httpx.Client) -> None:
    lines = '{"text": "Lima expelled ten Dutch diplomats."}\n{"text": ""}\nno JSON\n'
    files = [{"name": "../../a.jsonl", "content": lines}, {"name": "b.parquet", "content": "x"}]
    done = post(api, files=files, documents=[{"text": " ", "title": "Nothing"}, {"text": "x", "published": "soon"}])
    assert [row["claims"] for row in done["documents"]] == [1]
    where = {failure["where"] for failure in done["failures"]}
    assert any("b.parquet" in place for place in where)
    assert {"a.jsonl, line 2", "a.jsonl, line 3", "Nothing", "text 2"} <= where
    assert all(failure["remedy"] for failure in done["failures"])
    assert {row["place"] for row in api.get("/api/failures").json()} >= {"Nothing", "text 2"}
    assert api.post("/api/documents", json={"files": [{"name": "a" * 400, "content": ""}]}).status_code == 422


def test_a_pasted_text_that_is_not_in_english_is_told(api: httpx.Client) -> None:
    text = (
        "Die Regierung in Wien hat am Montag zehn Diplomaten ausgewiesen, weil sie nach ihren Angaben der Stadt "
        "schaden. Der Botschafter sprach von einem Irrtum."
    )
    done = post(api, documents=[{"text": text, "id": "wien"}])
    assert (done["documents"], done["known"]) == ([], [])
    assert done["failures"] == [
        {
            "where": "document wien",
            "problem": "not in English (German)",
            "remedy": "Only reports in English are coded",
        }
    ]


def test_decisions_and_questions_at_once(api: httpx.Client) -> None:
    claims = [claim["id"] for claim in api.get("/api/desk").json()["claims"][:8]]

    def read(claim: str) -> int:
        return api.get(f"/api/claims/{claim}").status_code

    def judge(claim: str) -> int:
        actions = ("reject", "undo", "accept")
        return max(decide(api, claim, action=action).status_code for action in actions)

    with ThreadPoolExecutor(6) as pool:
        tried = [pool.submit(act, claim) for claim in claims for act in (read, judge, read, read)]
        assert [each.result() for each in tried] == [200] * len(tried)
