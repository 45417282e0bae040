"""A claim that a person marks in the reader: it is added where it stands, told as any, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from dragoman.errors import CaseError
from dragoman.store.database import open_case
from dragoman.web.adding import span_in
from dragoman.web.rows import paragraph_spans

TEXT = (
    "Rain fell 😀😀 over Lima.\n\n“😀 Enough”,\nwept 😀.\nQuito 😀 zapped Tumbes and Loja, said Cusco. 😀\n\nAll slept."
)


@pytest.fixture
def api(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=30) as client:
        yield client


@pytest.fixture
def document(api: httpx.Client) -> str:
    given = {"documents": [{"text": TEXT, "published": "2018-04-12", "publisher": "Andes Wire"}]}
    return str(api.post("/api/documents", json=given).json()["documents"][0]["id"])


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def marked(api: httpx.Client, document: str, words: str) -> dict[str, int]:
    """What a page has that marks words of a document: the paragraph, and offsets in UTF-16 units."""
    paragraphs = [each["text"] for each in api.get(f"/api/documents/{document}").json()["paragraphs"]]
    ((number, text),) = ((i, text) for i, text in enumerate(paragraphs) if words in text)
    start = units(text[: text.index(words)])
    return {"paragraph": number, "start": start, "end": start + units(words)}


def add(api: httpx.Client, document: str, words: str = "zapped Tumbes", **given: Any) -> httpx.Response:
    asked = {"type": "ASSAULT", "reviewer": "Ana", **marked(api, document, words)} | given
    return api.post(f"/api/documents/{document}/claims", json=asked)


def test_what_is_marked_is_what_is_added(api: httpx.Client, document: str, crisis: Path) -> None:
    fields = {
        "actor_name": "Quito", "actor_code": "ECU", "recipient_name": "Russia", "mode": None, "status": "",
        "date_value": "2018-04-10", "place_name": "Loja", "place_country": "ECU", "sources": "Andes Wire > Cusco",
    }  # fmt: skip
    before = api.get("/api/desk").json()["total"]
    claim = add(api, document, fields=fields, reason="no verb of the book").json()
    assert (claim["review"], claim["quad"], claim["status"]) == ("add", "MCONF", "actual")
    assert (claim["actor"], claim["recipient_code"]) == ("ECU", "RUS"), "the case knows Russia"
    assert (claim["day"], claim["place"], claim["country"]) == ("2018-04-10", "Loja", "ECU")
    assert claim["chain"] == ["Andes Wire", "Cusco"]
    assert "added by Ana" in claim["explanation"]
    assert "no verb of the book" in claim["explanation"]
    assert claim == api.get(f"/api/claims/{claim['id']}").json()
    desk = api.get("/api/desk").json()
    assert desk["total"] == desk["case"]["claims"] == before + 1
    spans = {
        span["role"]: each["text"].encode("utf-16-le")[2 * span["start"] : 2 * span["end"]].decode("utf-16-le")
        for each in api.get(f"/api/documents/{document}").json()["paragraphs"]
        for span in each["spans"]
        if span["claim"] == claim["id"] and span["role"] != "sentence"
    }
    assert spans == {"trigger": "zapped Tumbes", "actor": "Quito", "place": "Loja", "source": "Cusco"}
    with open_case(crisis, read_only=True) as case:
        assert case.rows("SELECT * FROM claims WHERE id = $id", {"id": claim["id"]}) == []
    (decision,) = claim["history"]
    assert (decision["action"], decision["reviewer"], decision["stands"]) == ("add", "Ana", True)
    assert decision["changes"]["sources"] == ["Andes Wire", "Cusco"]
    assert "quad" not in decision["changes"], "what follows from the type is not told again"


def test_it_is_corrected_rejected_and_taken_back(api: httpx.Client, document: str) -> None:
    claim = add(api, document).json()["id"]

    def decide(action: str, **changes: str) -> Any:
        given = {"reviewer": "Bo", "action": action, "changes": changes}
        return api.post(f"/api/claims/{claim}/decision", json=given).json()

    corrected = decide("correct", recipient_name="Tumbes", status="alleged")
    assert (corrected["recipient_name"], corrected["review"]) == ("Tumbes", "correct")
    assert corrected["history"][-1]["changes"] == {"recipient_name": "Tumbes", "status": "alleged"}
    assert decide("reject")["review"] == "reject"
    assert [decide("undo")["review"], decide("undo")["review"]] == ["correct", "add"]
    assert decide("undo") == {"id": claim, "gone": True}
    assert api.get(f"/api/claims/{claim}").status_code == 404
    assert claim not in {row["id"] for row in api.get("/api/desk").json()["claims"]}
    assert add(api, document).json()["id"] == claim


@pytest.mark.parametrize(
    ("given", "status", "detail"),
    [
        ({"reviewer": " "}, 409, "needs the name"),
        ({"type": "SHOUT"}, 409, "'SHOUT' is no type"),
        ({"type": ""}, 409, "is no type"),
        ({"fields": {"status": "sure"}}, 409, "no status"),
        ({"fields": {"date_value": "soon"}}, 409, "is not a day"),
        ({"fields": {"id": "c_1"}}, 409, "'id' is no field"),
        ({"paragraph": 7}, 409, "3 paragraphs"),
        ({"start": 9, "end": 9}, 409, "no words"),
        ({"start": 9, "end": 999}, 409, "no words"),
        ({"start": 0, "end": 2}, 409, "within a character"),
        ({"start": 2, "end": 8}, 409, "within a character"),
        ({"start": -1}, 422, "start"),
        ({"fields": {"actor_name": "x" * 501}}, 422, "actor_name"),
    ],
)
def test_what_is_no_claim_is_refused_with_a_reason(
    api: httpx.Client, document: str, given: dict[str, Any], status: int, detail: str
) -> None:
    refused = add(api, document, **given)
    assert (refused.status_code, detail in refused.text) == (status, True), refused.text
    assert add(api, document).status_code == 200


def test_twice_and_nowhere(api: httpx.Client, document: str) -> None:
    claim = add(api, document, fields={"actor_name": "Quito"}).json()["id"]
    refused = add(api, document, "zapped", fields={"actor_name": "Quito"})
    assert (refused.status_code, claim in refused.json()["detail"]) == (409, True)
    nowhere = api.post(
        "/api/documents/d_0/claims", json={"paragraph": 0, "start": 0, "end": 4, "type": "AID", "reviewer": "A"}
    )
    assert (nowhere.status_code, "there is no document" in nowhere.json()["detail"]) == (404, True)


def test_many_at_once_are_all_kept(api: httpx.Client, document: str) -> None:
    def added(number: int) -> httpx.Response:
        return add(api, document, fields={"actor_name": f"Envoy {number}"})

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(added, range(8)))
    assert [answer.status_code for answer in answers] == [200] * 8, [answer.text for answer in answers]
    shown = {row["id"] for row in api.get("/api/desk").json()["claims"]}
    assert {answer.json()["id"] for answer in answers} <= shown


def test_offsets_come_back_to_code_points_wherever_they_are() -> None:
    for paragraph, (first, stop) in enumerate(paragraph_spans(TEXT)):
        for start in range(first, stop):
            for end in range(start + 1, stop + 1):
                given = units(TEXT[first:start]), units(TEXT[first:end])
                assert span_in(TEXT, paragraph, *given) == (start, end)
    with pytest.raises(CaseError, match="within a character"):
        span_in("😀", 0, 0, 1)
