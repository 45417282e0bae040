"""The benchmarks run and tell what they measured; what they measure with is what it says. No time is asserted."""

from __future__ import annotations

import doctest
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import bench_analyses
import bench_code
import duckdb
import grow_case
import measuring
import pytest

from dragoman.analyse.incidents import find_incidents
from dragoman.coder import Coder
from dragoman.commands.coding import code_into
from dragoman.records import Document
from dragoman.store.database import open_case

TOOLS = Path(__file__).resolve().parents[1] / "tools"
OWN = [
    Document(
        "a", "Ankara expelled ten Dutch diplomats on Monday. Quito denied that it had shelled Lima.", "2018-04-12"
    ),
    Document("b", "Norway will send doctors to Chad, two officials said on Tuesday.", "2018-04-13", "Evening Sheet"),
]


def bench(tool: str, *options: object) -> str:
    """What the tool prints; it must end well."""
    command = [sys.executable, TOOLS / tool, *map(str, options)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "COLUMNS": "80"})
    assert done.returncode == 0, done.stderr
    return done.stdout


def figures_in(path: Path) -> dict[str, Any]:
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["date"] and found["processor"] and found["processors"] >= 1 and found["versions"]["spacy"]
    return found


@pytest.fixture
def base(coder: Coder, tmp_path: Path) -> Path:
    """A small case file of two reports."""
    code_into(OWN, tmp_path / "base.duckdb", coder=coder)
    return tmp_path / "base.duckdb"


@pytest.mark.parametrize("module", [bench_analyses, bench_code, grow_case, measuring])
def test_examples_in_the_tools_hold(module: Any) -> None:
    found = doctest.testmod(module)
    assert found.attempted and not found.failed


# The tools as a person runs them


def test_the_parsers_are_measured() -> None:
    printed = bench("bench_parse.py", "--words", 60, "--rounds", 1)
    assert "spaCy with BLAS" in printed and "words/s" in printed


def test_coding_is_measured_beside_spacy_in_one_run(tmp_path: Path) -> None:
    target = tmp_path / "found.json"
    printed = bench("bench_code.py", "--articles", 3, "--rounds", 1, "--workers", "1,2", "--json", target)
    assert "Made-up text" in printed and "start-up" in printed
    found = figures_in(target)
    assert [row["what"] for row in found["rows"]] == [
        "spaCy, only parsing",
        "spaCy, only parsing, 16 at a time",
        "dragoman code, 1 worker",
        "dragoman code, 2 workers",
    ]
    assert all(row["cpu_seconds"] > 0 and row["memory"] > 50_000_000 for row in found["rows"])
    *spacy, one, _ = found["rows"]
    assert max(row["times_spacy_per_core"] for row in spacy) == one["times_one_worker"] == 1
    fastest = min(row["cpu_seconds"] for row in spacy)
    assert one["times_spacy_per_core"] == pytest.approx(fastest / one["cpu_seconds"])
    assert found["texts"]["articles"] == 3 and found["texts"]["words"] >= 1200


def test_coding_is_measured_on_texts_of_ones_own(tmp_path: Path) -> None:
    given = measuring.write_documents([*OWN, Document("c", OWN[0].text)], tmp_path / "own.jsonl")
    printed = bench("bench_code.py", "--texts", given, "--rounds", 1, "--workers", 1, "--json", tmp_path / "found.json")
    assert "Made-up text" not in printed
    texts = figures_in(tmp_path / "found.json")["texts"]
    words = measuring.words_in(each.text for each in OWN)
    assert texts == {"from": str(given), "articles": 2, "words": words, "again": 0.0}


def test_the_analyses_are_measured_size_by_size(tmp_path: Path) -> None:
    given = measuring.write_documents(OWN, tmp_path / "own.jsonl")
    sizes = ("--smallest", 1, "--largest", 2)
    printed = bench("bench_analyses.py", "--texts", given, *sizes, "--json", tmp_path / "found.json")
    found = figures_in(tmp_path / "found.json")["sizes"]
    assert [size["claims"] for size in found] == [10, 100]
    for command in bench_analyses.COMMANDS:
        assert f"\n {command} " in printed
        assert all(size["commands"][command]["status"] == 0 for size in found)


# What they measure with


def test_a_command_is_measured_with_its_memory_and_last_words() -> None:
    took = measuring.run([sys.executable, "-c", "import sys; x = b'1' * 200_000_000; sys.exit('too\\nlate')"])
    assert took.status == 1 and took.said == "too\nlate"
    assert took.memory > 200_000_000 and took.cpu > 0


def test_a_command_that_takes_too_long_is_ended_and_told() -> None:
    took = measuring.run([sys.executable, "-c", "import time; time.sleep(600)"], limit=0.2)
    assert took.status == -9
    found = bench_analyses.figures([took])
    assert bench_analyses.cell(found).startswith("failed")
    [line] = bench_analyses.troubles([{"claims": 10, "commands": {"ledger": found}}])
    assert line.startswith("ledger at 10 claims") and "patience" in line


def test_made_up_reports_differ_and_are_the_same_every_time() -> None:
    made = list(measuring.make_up(60))
    assert len(made) == 60
    paragraphs = [paragraph for document in made for paragraph in document.text.split("\n\n")]
    assert len(set(paragraphs)) == len(paragraphs)
    assert made == list(measuring.make_up(60))
    assert all(350 < len(document.text.split()) < 600 for document in made)
    assert not any("the The" in document.text for document in made)


def test_texts_that_are_no_english_or_come_twice_are_left_out(tmp_path: Path) -> None:
    other = Document(
        "d", "Der Minister hat am Montag in Oslo mit dem Botschafter über den Krieg und die Grenze geredet. " * 5
    )
    given = measuring.write_documents([*OWN, other, Document("e", OWN[1].text)], tmp_path / "own.jsonl")
    assert [document.id for document in measuring.documents_in(given)] == ["a", "b"]
    (tmp_path / "none").mkdir()
    with pytest.raises(SystemExit, match="holds no English text"):
        list(measuring.documents_in(tmp_path / "none"))


def test_a_grown_case_is_whole_and_its_copies_are_no_copies_of_one_text(base: Path, tmp_path: Path) -> None:
    case = tmp_path / "case.duckdb"
    with open_case(base, read_only=True) as opened:
        once = len(opened.rows("SELECT id FROM claims"))
        incidents = len(find_incidents(opened, limit=1000))
    assert grow_case.grow(base, case, 2 * once) == 2 * once
    assert grow_case.grow(base, case, 6 * once - 1) == 6 * once  # goes on, in whole copies
    with open_case(case, read_only=True) as opened:
        assert not opened.rows("SELECT id FROM claims EXCEPT SELECT id FROM reviewed")
        assert not opened.rows(
            "SELECT claims.id FROM claims LEFT JOIN documents ON documents.id = document "
            "WHERE substr(text, trigger_start + 1, trigger_end - trigger_start) IS DISTINCT FROM trigger_text"
        )
        assert not opened.rows("SELECT about FROM claims WHERE about IS NOT NULL EXCEPT SELECT id FROM claims")
        assert not opened.rows("SELECT claim FROM sources EXCEPT SELECT id FROM claims")
        assert not opened.rows("SELECT id FROM documents EXCEPT SELECT document FROM sketches")
        assert len(find_incidents(opened, limit=1000)) == 6 * incidents
        assert not opened.rows("SELECT document FROM copies WHERE document <> first")
        assert opened.rows("SELECT count(DISTINCT published) AS days FROM documents")[0]["days"] > 6


def test_after_thirty_years_other_states_do_the_same(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grow_case, "COPIES_IN_A_WORLD", 2)
    with open_case(base, read_only=True) as opened:
        once = len(opened.rows("SELECT id FROM claims"))
    grow_case.grow(base, tmp_path / "case.duckdb", 3 * once)
    with open_case(tmp_path / "case.duckdb", read_only=True) as opened:
        told = opened.rows("SELECT actor_code AS code, recipient_code AS other, id LIKE '%-2' AS moved FROM claims")
    at_first = {(row["code"], row["other"]) for row in told if not row["moved"]}
    moved = {(row["code"], row["other"]) for row in told if row["moved"]}
    assert ("TUR", "NLDGOV") in at_first and len(moved) == len(at_first)
    assert moved.isdisjoint(at_first)


@pytest.mark.parametrize(
    ("value", "later"),
    [("2018-04-12", "2018-04-15"), ("2018-04-30TMO", "2018-05-03TMO"), ("2018-04", "2018-04"), ("FUTURE_REF", None)],
)
def test_dates_of_copies_move(value: str, later: str | None) -> None:
    with duckdb.connect() as connection:
        connection.execute(grow_case._MACROS)
        assert connection.execute("SELECT later($value, days_later(1))", {"value": value}).fetchone() == (later,)
