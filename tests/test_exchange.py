"""Claims out and events in, through the commands: round trips, what is lost is said, comparing, hostile files."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner, Result

from dragoman.cli import main
from dragoman.coder import Coder
from dragoman.commands.exchanging import compare, export_case, import_events
from dragoman.errors import DragomanError
from dragoman.export import formats
from dragoman.read import coded
from dragoman.store.database import open_case
from dragoman.store.reviews import Decision, decide

REPOSITORY = Path(__file__).resolve().parents[1]
ENDING = {"gdelt": ".export.CSV", "phoenix": ".txt", "polecat": ".txt", "plover": ".jsonl", "stix": ".json",
          "prov": ".jsonld", "annotation": ".jsonld", "graphml": ".graphml"}  # fmt: skip


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def rows_of(case: Path, sql: str) -> list[dict[str, Any]]:
    with open_case(case, read_only=True) as opened:
        return opened.rows(sql)


@pytest.mark.parametrize("form", formats.NAMES)
def test_every_format_is_whole_the_same_each_time_and_says_what_it_loses(
    sample: Path, tmp_path: Path, form: str
) -> None:
    target = tmp_path / f"a{ENDING[form]}"
    made = run("export", sample, "--as", form, "--to", target)
    assert made.exit_code == 0, made.stderr
    first = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert all(first.values())
    for lost in formats.format_named(form).loses:
        assert f"- {lost}" in made.stderr
    assert run("export", sample, "--as", form, "--to", target).exit_code == 0
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == first


@pytest.mark.parametrize("form", formats.NAMES)
def test_what_is_lost_stands_in_the_guide(form: str) -> None:
    guide = " ".join((REPOSITORY / "docs" / "formats.md").read_text(encoding="utf-8").split())
    missing = [lost for lost in formats.format_named(form).loses if lost not in guide]
    assert not missing


@pytest.mark.parametrize("form", formats.NAMES)
def test_a_broken_export_leaves_what_was_there(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    target = tmp_path / f"a{ENDING[form]}"
    target.write_text("before")

    def breaking(case: Any, **asked: Any) -> Any:
        from dragoman.analyse.claim_rows import claim_rows

        for number, row in enumerate(claim_rows(case, **asked)):
            if number == 20:
                raise RuntimeError("the disk is full")
            yield row

    monkeypatch.setattr("dragoman.commands.exchanging.claim_rows", breaking)
    with pytest.raises(RuntimeError):
        export_case(sample, target, form=form)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [(target.name, "before")]


def test_own_formats_hold_what_is_in_the_case_file(sample: Path, tmp_path: Path) -> None:
    for ending in ("jsonl", "csv", "parquet"):
        export_case(sample, tmp_path / f"a.{ending}")
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text("utf-8").splitlines()]
    texts = {row["id"]: row["text"] for row in rows_of(sample, "SELECT id, text FROM documents")}
    for row in lines:
        start, end = row["trigger"]["span"]
        assert texts[row["document"]][start:end] == row["trigger"]["text"]
        for link in row["sources"]:
            if link["span"]:
                assert texts[row["document"]][slice(*link["span"])] == link["text"]
    with duckdb.connect() as connection:
        query = "SELECT id, actor.name, place.country, len(sources) FROM read_parquet(?) ORDER BY id"
        nested = connection.execute(query, [str(tmp_path / "a.parquet")]).fetchall()
    assert nested == sorted(
        (r["id"], r["actor"] and r["actor"]["name"], r["place"] and r["place"]["country"], len(r["sources"]))
        for r in lines
    )
    assert (tmp_path / "a.csv").read_text("utf-8").count("\nc_") == len(lines)


def test_what_people_decided_goes_with_the_claims(sample: Path, tmp_path: Path) -> None:
    case = tmp_path / "case.duckdb"
    case.write_bytes(sample.read_bytes())
    with open_case(case) as opened:
        one, two = (row["id"] for row in opened.rows("SELECT id FROM claims ORDER BY id LIMIT 2"))
        decide(opened, Decision(one, "reject", "no such thing", "Ana"))
        decide(
            opened,
            Decision(two, "correct", "the other way", "Ana", {"recipient_name": "Peru", "recipient_code": "PER"}),
        )
    done = export_case(case, tmp_path / "a.jsonl")
    assert [file.name for file in done.files] == ["a.jsonl", "a.reviews.jsonl"]
    told = {row["id"]: row for row in map(json.loads, (tmp_path / "a.jsonl").read_text("utf-8").splitlines())}
    assert one not in told
    assert told[two]["recipient"]["code"] == "PER"
    assert len((tmp_path / "a.reviews.jsonl").read_text("utf-8").splitlines()) == 2


@pytest.mark.parametrize("form", ["gdelt", "polecat"])
def test_what_was_exported_comes_back_and_agrees_with_itself(sample: Path, tmp_path: Path, form: str) -> None:
    target, case = tmp_path / f"a{ENDING[form]}", tmp_path / "back.duckdb"
    export_case(sample, target, form=form)
    done = import_events(target, case, form=form)
    assert done.failures == 0
    assert done.added > 50
    found = compare(sample, case)
    assert found.whole["both"] > 0.9 * (found.whole["both"] + found.whole["only_ours"] + found.whole["only_theirs"])
    assert found.whole["rho"] > 0.9
    again = import_events(target, case, form=form)
    assert (again.added, again.known) == (0, done.added)


def test_a_file_is_compared_without_a_case_of_its_own(sample: Path, tmp_path: Path) -> None:
    export_case(sample, tmp_path / "a.txt", form="polecat")
    asked = ("compare", sample, tmp_path / "a.txt", "--as", "polecat")
    made = run(*asked, "--by", "week")
    assert made.exit_code == 0, made.stderr
    assert re.search(r"RUS towards USA +\d+", made.stdout)
    cells = [json.loads(line) for line in run(*asked, "--json").stdout.splitlines()]
    assert {"actor", "recipient", "type", "period", "ours", "theirs"} == set(cells[0])
    refused = run("compare", sample, tmp_path / "a.txt")
    assert refused.exit_code == 2
    assert "--as" in refused.stderr


HEADER = (
    "event_id_cnty,event_date,year,event_type,sub_event_type,actor1,inter1,actor2,inter2,iso,country,latitude,longitude,"
    "source"
)


def battle(number: str, *, day: str = "2020-02-03", source: str = "Harbour Wire") -> str:
    """A row of ACLED: the armies of Peru and Ecuador fought."""
    sides = "Military Forces of Peru (2016-),State forces,Military Forces of Ecuador (2017-),State forces"
    return f"{number},{day},2020,Battles,Armed clash,{sides},604,Peru,-9.9,-78.2,{source}"


def acled(path: Path, *rows: str) -> Path:
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def test_events_of_two_files_are_gathered_like_any_other(tmp_path: Path) -> None:
    first = acled(tmp_path / "a.csv", battle("P1"), battle("P2", day="2020-02-09"))
    second = acled(tmp_path / "b.csv", battle("P1"), battle("P3", source="Andes Wire"))
    case = tmp_path / "case.duckdb"
    assert import_events(first, case, form="acled").added == 2
    assert import_events(second, case, form="acled").added == 1
    assert len(rows_of(case, "SELECT * FROM claims WHERE type = 'ASSAULT' AND trigger_text = ''")) == 3
    for command in ("incidents", "positions", "dyads", "network", "ledger", "show", "contacts"):
        made = run(command, case)
        assert made.exit_code == 0, made.stderr
    claim = rows_of(case, "SELECT id FROM claims ORDER BY id")[0]["id"]
    assert "there are no words" in run("explain", case, claim).stdout


def test_imports_are_no_copies_of_one_another(tmp_path: Path) -> None:
    from dragoman.analyse.incidents import gather

    case = tmp_path / "case.duckdb"
    import_events(acled(tmp_path / "a.csv", *(battle(f"P{n}") for n in range(5))), case, form="acled")
    with open_case(case, read_only=True) as opened:
        gather(opened)
        assert opened.rows("SELECT count(DISTINCT first) AS n FROM copies") == [{"n": 5}]


def test_recoding_leaves_imported_events_alone(tmp_path: Path, coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman.commands.coding import recode

    monkeypatch.setattr("dragoman.commands.coding.Coder", lambda model: coder)
    case = tmp_path / "case.duckdb"
    import_events(acled(tmp_path / "a.csv", battle("P1")), case, form="acled")
    assert recode(case).documents == 0
    assert len(rows_of(case, "SELECT * FROM claims")) == 1


def test_a_bad_row_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = acled(tmp_path / "a.csv", battle("P1"), battle("P2", day="some day"), battle("P3"))
    made = run("import", path, "--as", "acled", "--to", tmp_path / "case.duckdb")
    assert made.exit_code == 1
    assert "a.csv, line 3" in made.stderr
    assert "2 events" in made.stderr
    assert len(rows_of(tmp_path / "case.duckdb", "SELECT * FROM failures")) == 1


def test_a_zip_is_read_through_and_a_broken_one_is_named(sample: Path, tmp_path: Path) -> None:
    export_case(sample, tmp_path / "a.export.CSV", form="gdelt")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(tmp_path / "a.export.CSV", "a.export.CSV")
    whole = import_events(tmp_path / "a.export.CSV", tmp_path / "one.duckdb", form="gdelt")
    assert import_events(tmp_path / "a.zip", tmp_path / "two.duckdb", form="gdelt") == whole
    (tmp_path / "b.zip").write_bytes((tmp_path / "a.zip").read_bytes()[:200])
    for name in ("b.zip", "nowhere.tab"):
        made = run("import", tmp_path / name, "--as", "gdelt", "--to", tmp_path / "three.duckdb")
        assert made.exit_code == 1
        assert name in made.stderr


def test_unknown_formats_are_refused(sample: Path, tmp_path: Path) -> None:
    with pytest.raises(DragomanError, match="petrarch"):
        export_case(sample, tmp_path / "a.txt", form="petrarch")
    with pytest.raises(DragomanError, match="petrarch"):
        import_events(sample, tmp_path / "a.duckdb", form="petrarch")
    with pytest.raises(DragomanError, match=re.escape(".graphml")):
        export_case(sample, tmp_path / "a.txt", form="graphml")


def test_the_command_line_offers_what_there_is() -> None:
    def offered(command: str) -> tuple[str, ...]:
        (option,) = (each for each in main.commands[command].params if each.name == "form")
        return tuple(option.type.choices)  # type: ignore[attr-defined]

    assert offered("export") == formats.NAMES
    assert offered("import") == offered("compare") == coded.NAMES


def test_two_codings_without_a_day_in_common(sample: Path, tmp_path: Path) -> None:
    made = run("compare", sample, acled(tmp_path / "a.csv", battle("P1", day="1999-02-03")), "--as", "acled")
    assert made.exit_code == 0
    assert "no days in common" in made.stdout
