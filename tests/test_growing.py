"""A case file that grows: again changes nothing, more equals all at once, and a killed run goes on where it stopped."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dragoman.coder import Coder
from dragoman.commands.coding import Summary, code_into
from dragoman.errors import CaseError
from dragoman.read import read_inputs
from dragoman.store.database import open_case

PROGRAM = Path(sys.executable).with_name("dragoman")
TABLES = ("runs", "documents", "sentences", "claims", "sources", "failures")
Code = Callable[[Iterable[Path], Path], Summary]

# Codes as the command does, and is killed where the first argument says, so that no clean-up runs.
KILLED = """
import os, signal, sys
from dragoman.commands import coding
from dragoman.read import read_inputs
from dragoman.store.database import CaseFile
where, given, target = sys.argv[1:]

def kill(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)

def watch(stream):
    for number, item in enumerate(stream):
        if where == "between batches" and number == 100:
            kill()
        if where == "inside a transaction" and number == 100:
            CaseFile._add_sources = kill
        yield item

from pathlib import Path
coding.code_into(read_inputs([given]), Path(target), watch=watch)
"""


@pytest.fixture
def code(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> Code:
    monkeypatch.setattr("dragoman.commands.coding.Coder", lambda model: coder)
    return lambda inputs, target: code_into(read_inputs(map(str, inputs)), target)


@pytest.fixture(scope="module")
def sample() -> list[str]:
    """The bundled reports, a line each."""
    return resources.files("dragoman").joinpath("samples", "syria-2018.jsonl").read_text("utf-8").splitlines()


def contents(path: Path) -> dict[str, list[Any]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in TABLES}


def write(path: Path, lines: Iterable[str]) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_the_same_documents_again_change_nothing(code: Code, tmp_path: Path, sample: list[str]) -> None:
    given, case = write(tmp_path / "a.jsonl", [*sample[:6], "{broken"]), tmp_path / "case.duckdb"
    first = code([given], case)
    before = contents(case)
    assert len(before["claims"]) == first.claims > 0
    assert code([given], case) == Summary(documents=0, claims=0, failures=1)
    assert contents(case) == before


def test_more_documents_equal_all_at_once(code: Code, tmp_path: Path, sample: list[str]) -> None:
    everything = write(tmp_path / "all.jsonl", sample)
    parts = [write(tmp_path / f"{n}.jsonl", lines) for n, lines in enumerate((sample[20:], sample[:9], sample[5:22]))]
    code([everything], tmp_path / "once.duckdb")
    for part in parts:
        code([part], tmp_path / "grown.duckdb")
        with open_case(tmp_path / "grown.duckdb", read_only=True) as case:
            assert case.rows("SELECT count(*) AS n FROM reviewed") == case.rows("SELECT count(*) AS n FROM claims")
    assert contents(tmp_path / "grown.duckdb") == contents(tmp_path / "once.duckdb")


def test_the_file_can_be_read_but_not_added_to_while_it_grows(
    coder: Coder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("dragoman.commands.coding.Coder", lambda model: coder)
    reports = [{"id": f"n-{n}", "text": f"Ankara expelled {n} Dutch diplomats."} for n in range(2, 140)]
    given, case = write(tmp_path / "a.jsonl", map(json.dumps, reports)), tmp_path / "case.duckdb"
    seen: list[int] = []
    refused: list[str] = []

    def watch(stream: Iterable[Any]) -> Iterator[Any]:
        for number, item in enumerate(stream):
            if number == 100:
                with open_case(case, read_only=True) as opened:
                    seen.append(len(opened.known_documents()))
                with pytest.raises(CaseError) as problem:
                    code_into([], case)
                refused.append(str(problem.value))
            yield item

    code_into(read_inputs([str(given)]), case, watch=watch)
    assert seen == [64]
    assert "another dragoman is adding to it" in refused[0]
    assert len(contents(case)["documents"]) == len(reports)


def test_a_case_file_and_json_lines_hold_the_same_claims(code: Code, tmp_path: Path, sample: list[str]) -> None:
    given = write(tmp_path / "a.jsonl", sample[:6])
    for target in ("case.duckdb", "claims.jsonl"):
        code([given], tmp_path / target)
    rows = [json.loads(line) for line in (tmp_path / "claims.jsonl").read_text("utf-8").splitlines()]
    with duckdb.connect(str(tmp_path / "case.duckdb"), read_only=True) as connection:
        stored = connection.execute("SELECT id, actor_code, date_value FROM claims ORDER BY id").fetchall()
        links = connection.execute("SELECT claim, position, name FROM sources ORDER BY ALL").fetchall()
    flat = [(r["id"], r["actor"] and r["actor"]["code"], r["date"] and r["date"]["value"]) for r in rows]
    assert stored == sorted(flat)
    assert links == sorted((r["id"], n, link["name"]) for r in rows for n, link in enumerate(r["sources"]))


def test_a_known_id_with_another_text_is_an_error_and_changes_nothing(code: Code, tmp_path: Path) -> None:
    case = tmp_path / "case.duckdb"
    code([write(tmp_path / "a.jsonl", ['{"id": "1", "text": "Ankara expelled ten Dutch diplomats."}'])], case)
    before = contents(case)
    other = write(tmp_path / "b.jsonl", ['{"id": "1", "text": "Lima expelled ten Dutch diplomats."}'])
    assert code([other], case) == Summary(documents=0, claims=0, failures=1)
    after = contents(case)
    assert [problem for _, problem, _ in after.pop("failures")] == ["is in the case file with another text"]
    assert all(before[table] == rows for table, rows in after.items())


def test_another_model_codes_again_and_keeps_one_coding(
    coder: Coder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("dragoman.commands.coding.Coder", lambda model: coder)
    given = write(tmp_path / "a.jsonl", ['{"id": "1", "text": "Ankara expelled ten Dutch diplomats."}'])
    for model in ("one", "two"):
        assert code_into(read_inputs([str(given)]), tmp_path / "case.duckdb", model=model).documents == 1
    found = contents(tmp_path / "case.duckdb")
    assert (len(found["runs"]), len(found["documents"]), len(found["claims"])) == (2, 1, 1)


@pytest.mark.parametrize("where", ["between batches", "inside a transaction"])
def test_a_killed_run_loses_nothing_finished_and_goes_on(code: Code, tmp_path: Path, where: str) -> None:
    reports = [{"id": f"n-{n}", "text": f"Ankara expelled {n} Dutch diplomats, Lima said."} for n in range(2, 152)]
    given, case = write(tmp_path / "a.jsonl", map(json.dumps, reports)), tmp_path / "case.duckdb"
    killed = subprocess.run([sys.executable, "-c", KILLED, where, given, case], capture_output=True, text=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    kept = contents(case)
    assert 0 < len(kept["documents"]) < len(reports)
    assert {row[1] for row in kept["claims"]} <= {row[0] for row in kept["documents"]}

    again = subprocess.run([PROGRAM, "code", given, "--to", case], capture_output=True, text=True)
    assert again.returncode == 0, again.stderr
    assert f"{len(reports) - len(kept['documents'])} documents" in again.stderr
    code([given], tmp_path / "full.duckdb")
    assert contents(case) == contents(tmp_path / "full.duckdb")
