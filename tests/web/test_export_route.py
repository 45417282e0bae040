"""Exports by the desk: every format as a file, only what fits the filters, decisions beside, nothing left over."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import duckdb
import httpx
import pytest
from click.testing import CliRunner

from dragoman.analyse.claims import claim_ids
from dragoman.cli import main
from dragoman.commands.exchanging import export_case
from dragoman.export import formats
from dragoman.store.database import open_case
from dragoman.web.app import create_app

OWN = ("csv", "jsonl", "parquet")


@pytest.fixture
def api(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    """The desk; what it writes for a moment goes into a folder that has to be empty in the end."""
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(passing))
    with httpx.Client(base_url=server, timeout=60) as client:
        yield client
    for _ in range(50):  # a server that is still sending cleans up when it notices that nobody listens
        if not (left := [each.name for each in passing.iterdir() if each.is_dir()]):
            break
        time.sleep(0.1)
    assert not left


def ids(answer: httpx.Response) -> set[str]:
    assert answer.status_code == 200, answer.text
    return {json.loads(line)["id"] for line in answer.text.splitlines()}


def claims(api: httpx.Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.get("/api/desk").json()["claims"]
    return found


def test_every_form_is_a_file_of_that_name(api: httpx.Client, crisis: Path, tmp_path: Path) -> None:
    told = api.get("/api/exports").json()
    assert (told["claims"], told["total"], told["decisions"]) == (len(claims(api)), len(claims(api)), 0)
    assert [form["id"] for form in told["forms"]] == [*OWN, *formats.NAMES]
    for form in told["forms"]:
        assert form["title"]
        assert form["purpose"].startswith("For ")
        assert all(len(lost) > 20 for lost in form["loses"]) and form["loses"]
        answer = api.get(f"/api/export/{form['id']}")
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-disposition"] == f'attachment; filename="{form["file"]}"'
        assert answer.headers["x-content-type-options"] == "nosniff"
        target = tmp_path / form["file"]
        if form["file"].endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
                assert archive.namelist() == ["demo-gdelt.export.CSV", "demo-gdelt.mentions.CSV"]
                export_case(crisis, tmp_path / "demo-gdelt.export.CSV", form="gdelt")
                for name in archive.namelist():
                    assert archive.read(name) == (tmp_path / name).read_bytes()
        elif form["id"] != "parquet":  # the same bytes as by the command
            export_case(crisis, target, form=None if form["own"] else form["id"])
            assert answer.content == target.read_bytes()
        else:
            target.write_bytes(answer.content)
            counted = duckdb.execute(f"SELECT count(DISTINCT id) FROM '{target}'").fetchone()
            assert counted == (told["claims"],)


def test_only_what_fits_the_filters(api: httpx.Client) -> None:
    every = claims(api)
    pair = [c for c in every if (c["actor"], c["recipient"]) == ("RUS", "USA")]
    unknown = [c for c in every if c["actor"] == "RUS" and c["recipient"] is None]
    days = [c for c in every if c["day"] and "2018-04-09" <= c["day"] < "2018-04-12"]
    conflict = [c for c in every if c["quad"] in ("VCONF", "MCONF")]
    told = [
        c for c in every if "kommersant" in " ".join([*c["chain"], c["evidence"], c["title"], c["publisher"]]).lower()
    ]
    named = [c for c in conflict if (c["actor"], c["recipient"]) == ("RUS", "USA") and c in days]
    for asked, fitting in (
        ({"dyad": "RUS>USA"}, pair),
        ({"dyad": "RUS>?"}, unknown),
        ({"span": "2018-04-09_2018-04-12"}, days),
        ({"quads": "VCONF,MCONF"}, conflict),
        ({"q": " KOMMERSANT "}, told),
        ({"dyad": "RUS>USA", "quads": "MCONF,VCONF", "span": "2018-04-09_2018-04-12"}, named),
    ):
        assert 0 < len(fitting) < len(every), asked
        assert ids(api.get("/api/export/jsonl", params=asked)) == {c["id"] for c in fitting}, asked
        assert api.get("/api/exports", params=asked).json()["claims"] == len(fitting)
    by_name = ids(
        api.get("/api/export/jsonl", params={"q": "russia united states"})
    )  # as it says "Russia → United States"
    assert by_name >= {c["id"] for c in pair}


def test_decisions_lie_beside_and_only_those_that_fit(api: httpx.Client) -> None:
    pair = [c["id"] for c in claims(api) if (c["actor"], c["recipient"]) == ("RUS", "USA")]
    other = next(c["id"] for c in claims(api) if (c["actor"], c["recipient"]) == ("USA", "RUS"))
    for claim, action in ((pair[0], "accept"), (pair[1], "reject"), (other, "accept")):
        api.post(f"/api/claims/{claim}/decision", json={"action": action, "reviewer": "Ana"}).raise_for_status()
    for asked, judged in (({}, {pair[0], pair[1], other}), ({"dyad": "RUS>USA"}, {pair[0], pair[1]})):
        told = api.get("/api/exports", params=asked).json()
        assert told["decisions"] == len(judged)
        assert told["forms"][0]["file"] == "demo-claims.zip"
        answer = api.get("/api/export/csv", params=asked)
        assert 'filename="demo-claims.zip"' in answer.headers["content-disposition"]
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert archive.namelist() == ["demo-claims.csv", "demo-claims.reviews.jsonl"]
            lines = archive.read("demo-claims.reviews.jsonl").decode().splitlines()
            rows = list(csv.DictReader(io.StringIO(archive.read("demo-claims.csv").decode())))
        assert {json.loads(line)["claim"] for line in lines} == judged
        assert len(rows) == told["claims"]
        assert pair[1] not in {row["id"] for row in rows}  # rejected
    assert api.get("/api/exports", params={"dyad": "UKR>RUS"}).json()["decisions"] == 0


def test_no_cell_runs_as_a_formula(api: httpx.Client) -> None:
    claim = claims(api)[0]["id"]
    changes = {"actor_name": '=HYPERLINK("http://x.example")', "recipient_name": "@SUM(A1)", "place_name": "+1-2"}
    decided = api.post(
        f"/api/claims/{claim}/decision", json={"action": "correct", "changes": changes, "reviewer": "Ana"}
    )
    assert decided.status_code == 200, decided.text
    with zipfile.ZipFile(io.BytesIO(api.get("/api/export/csv").content)) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("demo-claims.csv").decode())))
    row = next(row for row in rows if row["id"] == claim)
    for column, given in changes.items():
        assert row[column] == "'" + given
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@", "\t", "\r"))]


@pytest.mark.parametrize(
    ("asked", "status", "remedy"),
    [
        ("csv?dyad=RUS", 409, "RUS>USA"),
        ("csv?span=yesterday", 409, "2018-04-09_2018-04-13"),
        ("csv?quads=WAR", 409, "VCOOP"),
        ("docx", 404, "csv"),
        ("csv?q=no+such+words+anywhere", 409, "Widen the filters"),
    ],
)
def test_what_cannot_be_exported_is_said(api: httpx.Client, asked: str, status: int, remedy: str) -> None:
    answer = api.get(f"/api/export/{asked}")
    assert (answer.status_code, remedy in answer.json()["detail"]) == (status, True), answer.text


def test_a_broken_writer_leaves_nothing(api: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("dragoman.web.exporting.export_case", broken)
    assert api.get("/api/export/csv").status_code == 500  # and the fixture looks for what is left


def test_who_goes_away_in_the_middle_leaves_nothing(api: httpx.Client) -> None:
    with api.stream("GET", "/api/export/annotation") as answer:
        assert answer.status_code == 200
        next(answer.iter_raw(1024))
    assert api.get("/api/export/csv").status_code == 200


def test_decisions_are_taken_while_a_file_is_made(api: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    claim, taken = claims(api)[0]["id"], []

    def deciding(*given: Any, **more: Any) -> Any:
        decision = {"action": "accept", "reviewer": "Ana"}
        taken.append(api.post(f"/api/claims/{claim}/decision", json=decision).status_code)
        return export_case(*given, **more)

    monkeypatch.setattr("dragoman.web.exporting.export_case", deciding)
    assert api.get("/api/export/jsonl").status_code == 200
    assert taken == [200]


def asking(case: Path, *paths: str, **settings: Any) -> list[httpx.Response]:
    """The desk's answers without a server between."""
    transport = httpx.ASGITransport(app=create_app(case, **settings))

    async def ask() -> list[httpx.Response]:
        cookies = {"dragoman_token": "lima"} if paths[0] == "with cookie" else {}
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost", cookies=cookies) as client:
            return [await client.get(path) for path in paths if path.startswith("/")]

    with ThreadPoolExecutor(1) as pool:  # where a browser runs, its loop is the thread's own
        return pool.submit(anyio.run, ask).result()


def test_a_file_name_is_only_a_name(crisis: Path) -> None:
    named = crisis.with_name('a "b"; \u00fc.duckdb')
    crisis.rename(named)
    (answer,) = asking(named, "/api/export/csv")
    assert answer.headers["content-disposition"] == "attachment; filename*=utf-8''a%20_b__%20%C3%BC-claims.csv"


def test_with_a_token_the_cookie_lets_in(crisis: Path) -> None:
    refused = asking(crisis, "/api/export/csv", "/api/documents", token="lima")
    assert [answer.status_code for answer in refused] == [401, 401]
    (answer,) = asking(crisis, "with cookie", "/api/export/csv", token="lima")
    assert answer.headers["content-type"].startswith("text/csv")


def test_the_command_takes_the_filters_of_show(crisis: Path, tmp_path: Path) -> None:
    target = tmp_path / "pair.jsonl"
    asked = ["--actor", "RUS", "--recipient", "USA", "--since", "2018-04-10", "--until", "2018-04-12"]
    made = CliRunner().invoke(main, ["export", str(crisis), "--to", str(target), *asked])
    assert made.exit_code == 0, made.stderr
    written = [json.loads(line) for line in target.read_text().splitlines()]
    with open_case(crisis, read_only=True) as case:
        everything = {row["id"]: row for row in case.rows("SELECT * FROM reviewed")}
        published = {row["id"]: str(row["published"]) for row in case.rows("SELECT id, published FROM documents")}
        assert set(claim_ids(case)) == set(everything)
    fitting = {
        claim
        for claim, row in everything.items()
        if (row["actor_code"] or "").startswith("RUS") and (row["recipient_code"] or "").startswith("USA")
        if "2018-04-10" <= published[row["document"]] <= "2018-04-12"
    }
    assert {row["id"] for row in written} == fitting
    assert 0 < len(fitting) < len(everything)
    wrong = CliRunner().invoke(main, ["export", str(crisis), "--to", str(target), "--since", "yesterday"])
    assert wrong.exit_code != 0
    assert "--since" in wrong.stderr
