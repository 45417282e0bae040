"""The case file: what goes in comes out, twice is once, all or nothing, and clear words for files that are none."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dragoman.errors import CaseError, InputError
from dragoman.export.rows import claim_row, flat_row
from dragoman.records import Claim, Document, SourceLink
from dragoman.store.additions import Addition, add_claim
from dragoman.store.database import Added, CaseFile, open_case, sole_writer
from dragoman.store.reviews import Decision, decide

Make = Callable[..., Claim]
Flat = dict[str, Any]
DOCUMENT = Document(
    id="1", text="Lima 😀 said Quito had shelled Tumbes.", published="2020-02-03", publisher="Andes Wire"
)
SENTENCES = ((0, 38),)
LINK = SourceLink("Peru", "institution", (0, 4), "said", "PERGOV")


def row_of(document: Document, claim_in: Make, **options: Any) -> Flat:
    words = {"actor": ("Quito", "Ecuador", "ECU"), "chain": (LINK,)} | options
    return flat_row(claim_row(claim_in(document, "shelled", **words), document.text))


def contents(case: CaseFile) -> list[list[tuple[Any, ...]]]:
    tables = ("documents", "sentences", "claims", "sources", "failures", "runs")
    return [case.connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in tables]


def test_a_claim_comes_out_as_it_went_in(tmp_path: Path, claim_in: Make) -> None:
    row = row_of(DOCUMENT, claim_in)
    with open_case(tmp_path / "case.duckdb") as case:
        case.add([Added(DOCUMENT, SENTENCES, [row])], run="r_1")
    with open_case(tmp_path / "case.duckdb", read_only=True) as case:
        (found,) = case.rows("SELECT * FROM claims")
        assert found == {key: value for key, value in row.items() if key != "sources"}
        (link,) = case.sources([row["id"]])[row["id"]]
        assert (link["name"], link["kind"], link["code"], link["cue"]) == ("Peru", "institution", "PERGOV", "said")
        assert DOCUMENT.text[link["start"] : link["end"]] == link["text"] == "Lima"
        (stored,) = case.rows("SELECT * FROM documents")
        assert stored["text"] == DOCUMENT.text
        assert str(stored["published"]) == DOCUMENT.published


def test_every_column_of_a_row_is_a_column_of_the_file(tmp_path: Path, claim_in: Make) -> None:
    with open_case(tmp_path / "case.duckdb") as case:
        case.add([Added(DOCUMENT, SENTENCES, [])], run="r_1")
        columns = {name for (name, *_) in case.connection.execute("DESCRIBE claims").fetchall()}
    assert columns == set(row_of(DOCUMENT, claim_in)) - {"sources"}


def test_the_same_document_twice_changes_nothing(tmp_path: Path, claim_in: Make) -> None:
    with open_case(tmp_path / "case.duckdb") as case:
        case.add([Added(DOCUMENT, SENTENCES, [row_of(DOCUMENT, claim_in)])], run="r_1")
        before = contents(case)
        case.add([Added(DOCUMENT, SENTENCES, [row_of(DOCUMENT, claim_in)])], run="r_1")
        assert contents(case) == before


def test_another_run_replaces_a_document_with_its_claims_and_chains(tmp_path: Path, claim_in: Make) -> None:
    with open_case(tmp_path / "case.duckdb") as case:
        case.add([Added(DOCUMENT, SENTENCES, [row_of(DOCUMENT, claim_in)])], run="r_1")
        case.add([Added(DOCUMENT, SENTENCES, [row_of(DOCUMENT, claim_in, event_type="ACCUSE", chain=())])], run="r_2")
        assert [row["type"] for row in case.rows("SELECT type FROM claims")] == ["ACCUSE"]
        assert case.rows("SELECT * FROM sources") == []
        assert {run for run, _ in case.known_documents().values()} == {"r_2"}


def test_a_batch_is_stored_whole_or_not_at_all(tmp_path: Path, claim_in: Make) -> None:
    other = Document(id="2", text="Lima had shelled Quito.")
    broken = row_of(other, claim_in, actor=None, chain=()) | {"quad": "four"}
    with open_case(tmp_path / "case.duckdb") as case:
        before = contents(case)
        with pytest.raises(duckdb.Error):
            case.add([Added(DOCUMENT, SENTENCES, [row_of(DOCUMENT, claim_in)]), Added(other, (), [broken])], run="r_1")
        assert contents(case) == before
        case.add([Added(DOCUMENT, SENTENCES, [row_of(DOCUMENT, claim_in)])], run="r_1")
        assert list(case.known_documents()) == ["1"]


def test_the_same_version_codebook_and_model_are_the_same_run(tmp_path: Path) -> None:
    with open_case(tmp_path / "case.duckdb") as case:
        first = case.start_run(version="1", codebook="b", model="m")
        assert case.start_run(version="1", codebook="b", model="m") == first
        assert case.start_run(version="1", codebook="c", model="m") != first
        assert len(case.rows("SELECT * FROM runs")) == 2


def test_a_failure_is_kept_once_with_its_remedy(tmp_path: Path) -> None:
    problem = InputError("a.jsonl, line 3", "is not JSON", "Mend the line")
    with open_case(tmp_path / "case.duckdb") as case:
        case.add_failures([problem])
        case.add_failures([problem])
        assert case.rows("SELECT * FROM failures") == [
            {"place": "a.jsonl, line 3", "problem": "is not JSON", "remedy": "Mend the line"}
        ]


def test_a_case_file_that_is_not_there_is_not_made_for_reading(tmp_path: Path) -> None:
    path = tmp_path / "none.duckdb"
    with pytest.raises(CaseError, match="no such case file"), open_case(path, read_only=True):
        pass
    assert not path.exists()


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.duckdb"
    path.write_text("Dear diary, " * 1000, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(CaseError, match=r"notes\.duckdb"), open_case(path):
        pass
    assert path.read_bytes() == before


def test_somebody_elses_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE documents (page INTEGER)")
    with pytest.raises(CaseError, match="no case file"), open_case(path):
        pass
    with duckdb.connect(str(path)) as connection:
        assert connection.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("documents",)]


def test_a_case_file_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.duckdb"
    with open_case(path) as case:
        case.connection.execute("UPDATE meta SET value = '999' WHERE key = 'schema'")
    for read_only in (True, False):
        with pytest.raises(CaseError, match="another version"), open_case(path, read_only=read_only):
            pass


@pytest.mark.parametrize("read_only", [True, False])
def test_a_case_file_of_the_layout_before_is_brought_up_to_date(
    tmp_path: Path, claim_in: Make, read_only: bool
) -> None:
    path = tmp_path / "case.duckdb"
    with open_case(path) as case:
        run = case.start_run(version="1", codebook="b", model="m")
        case.add([Added(DOCUMENT, SENTENCES, [row_of(DOCUMENT, claim_in)])], run=run)
        _take_back_to_layout_2(case)
    with open_case(path, read_only=read_only) as case:
        assert case.rows("SELECT value FROM meta") == [{"value": "5"}]
        assert [row["number"] for row in case.rows("SELECT number FROM runs")] == [1]
        assert len(case.rows("SELECT * FROM reviewed")) == 1
        assert case.rows("SELECT * FROM sentences") == []


@pytest.mark.parametrize("read_only", [True, False])
def test_decisions_of_layout_3_hold_in_the_next_and_claims_can_be_added(
    tmp_path: Path, claim_in: Make, read_only: bool
) -> None:
    path = tmp_path / "case.duckdb"
    with open_case(path) as case:
        rows = [row_of(DOCUMENT, claim_in), row_of(DOCUMENT, claim_in, event_type="ACCUSE")]
        case.add([Added(DOCUMENT, SENTENCES, rows)], run=case.start_run(version="1", codebook="b", model="m"))
        decide(case, Decision(rows[0]["id"], "correct", "", "Ana", {"status": "alleged"}))
        decide(case, Decision(rows[1]["id"], "reject", "", "Ana"))
        before, kept = contents(case), case.rows("SELECT * FROM reviews")
        _take_back_to_layout_3(case)
    with open_case(path, read_only=read_only) as case:
        assert case.rows("SELECT value FROM meta") == [{"value": "5"}]
        assert (contents(case), case.rows("SELECT * FROM reviews")) == (before, kept)
        assert case.rows("SELECT id, status, review FROM reviewed") == [
            {"id": rows[0]["id"], "status": "alleged", "review": "correct"}
        ]
        assert len(case.sources([rows[0]["id"]])) == 1
    with open_case(path) as case:
        fields = {"type": "COERCE", "quad": 4, "intensity": -7.0, "cameo": "170", "status": "actual"}
        add_claim(case, Addition("1", (27, 34), fields, 3.0, "told", "b", "", "Ana"))
        assert case.rows("SELECT count(*) AS n FROM reviewed") == [{"n": 2}]


# The views of layout 3, as far as they matter: they have to give way to those of the next.
LAYOUT_3 = """
CREATE OR REPLACE VIEW standing AS SELECT * FROM reviews;
CREATE OR REPLACE VIEW decisions AS
    SELECT standing.*, claims.id AS applies_to FROM standing JOIN claims ON claims.id = claim;
CREATE OR REPLACE VIEW reviewed AS SELECT claims.*, NULL AS review FROM claims;
CREATE OR REPLACE VIEW reviewed_sources AS SELECT * FROM sources;
"""


def _take_back_to_layout_4(case: CaseFile) -> None:
    for table in ("skipped", "feeds", "feed_items"):
        case.connection.execute(f"DROP TABLE {table}")
    case.connection.execute("UPDATE meta SET value = '4'")


def _take_back_to_layout_3(case: CaseFile) -> None:
    _take_back_to_layout_4(case)
    case.connection.execute(LAYOUT_3)
    for view in ("applying", "all_sources", "all_claims"):
        case.connection.execute(f"DROP VIEW {view}")
    for table in ("added_sources", "added"):
        case.connection.execute(f"DROP TABLE {table}")
    case.connection.execute("DROP MACRO same_party")
    case.connection.execute("UPDATE meta SET value = '3'")


def _take_back_to_layout_2(case: CaseFile) -> None:
    _take_back_to_layout_3(case)
    for view in ("actors", "reviewed_sources", "reviewed", "decisions", "standing"):
        case.connection.execute(f"DROP VIEW {view}")
    for table in ("earlier", "reviews", "sentences", "sketches"):
        case.connection.execute(f"DROP TABLE {table}")
    case.connection.execute("DROP MACRO corrected")
    case.connection.execute("ALTER TABLE runs DROP COLUMN number")
    case.connection.execute("UPDATE meta SET value = '2'")


def test_two_commands_do_not_add_to_one_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "case.duckdb"
    with sole_writer(path):
        with pytest.raises(CaseError, match="another dragoman is adding"), sole_writer(path):
            pass
        with sole_writer(tmp_path / "other.duckdb"):
            pass
    with sole_writer(path):
        pass


def test_what_an_earlier_run_had_coded_is_kept(tmp_path: Path, claim_in: Make) -> None:
    with open_case(tmp_path / "case.duckdb") as case:
        case.add([Added(DOCUMENT, SENTENCES, [row_of(DOCUMENT, claim_in)])], run="r_1")
        case.add([Added(DOCUMENT, SENTENCES, [row_of(DOCUMENT, claim_in, event_type="ACCUSE")])], run="r_2")
        (row,) = case.rows("SELECT run, type, chain FROM earlier")
        assert row == {"run": "r_1", "type": "ASSAULT", "chain": "Peru"}
        case.add([Added(DOCUMENT, SENTENCES, [row_of(DOCUMENT, claim_in, event_type="ACCUSE")])], run="r_2")
        assert len(case.rows("SELECT * FROM earlier")) == 1
        assert case.rows("SELECT * FROM sentences") == [{"document": "1", "number": 0, "start": 0, "end": 38}]


def test_a_case_file_that_another_program_writes_to_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.store.database._PATIENCE", 0.2)
    path = tmp_path / "case.duckdb"
    with open_case(path):
        pass
    holder = subprocess.Popen(
        [sys.executable, "-c", f"import duckdb; c = duckdb.connect({str(path)!r}); print('open', flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        with pytest.raises(CaseError, match="another program"), open_case(path):
            pass
    finally:
        holder.communicate(b"\n")
