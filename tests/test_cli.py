"""The command line as a user meets it: what is written, what is said on which stream, and the exit status."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner, Result

import dragoman
from dragoman.cli import main
from dragoman.coder import Coder
from dragoman.coding.codebook import load_codebook

Run = Callable[..., Result]
REPOSITORY = Path(__file__).resolve().parents[1]
PROGRAM = Path(sys.executable).with_name("dragoman")
ANKARA = "Ankara expelled ten Dutch diplomats on Monday."
OPTIONS = [(name, option) for name, command in main.commands.items() for p in command.params for option in p.opts]


@pytest.fixture
def run(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The real commands in this process, with the coder that is loaded already."""
    monkeypatch.setattr("dragoman.commands.coding.Coder", lambda model: coder)

    def invoke(*arguments: object, given: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=given)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ANKARA, encoding="utf-8")
    return path


@pytest.fixture
def case(run: Run, article: Path, tmp_path: Path) -> Path:
    path = tmp_path / "case.duckdb"
    assert run("code", article, "--published", "2018-04-12", "--publisher", "Wire", "--to", path).exit_code == 0
    return path


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write_lines(path: Path, *items: object) -> Path:
    path.write_text("".join(item if isinstance(item, str) else json.dumps(item) + "\n" for item in items), "utf-8")
    return path


# What is documented


def test_every_command_has_a_section_in_the_guide() -> None:
    guide = (REPOSITORY / "docs" / "commands.md").read_text(encoding="utf-8")
    missing = [name for name in main.commands if f"\n## `dragoman {name}" not in guide]
    assert not missing, f"docs/commands.md has no section on {', '.join(missing)}"


@pytest.mark.parametrize(("command", "option"), [(c, o) for c, o in OPTIONS if o.startswith("--")])
def test_every_option_is_in_its_section_of_the_guide(command: str, option: str) -> None:
    guide = (REPOSITORY / "docs" / "commands.md").read_text(encoding="utf-8")
    section = guide.partition(f"\n## `dragoman {command}")[2].partition("\n## ")[0]
    assert f"`{option}" in section


@pytest.mark.parametrize("command", ["", *main.commands])
def test_help_shows_an_example(run: Run, command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert f"\n      dragoman {command}" in result.output or f"\n    dragoman {command}" in result.output
    assert max(map(len, result.output.splitlines())) <= 120


def test_every_field_of_a_claim_is_in_the_contract(run: Run, article: Path, tmp_path: Path) -> None:
    run("code", article, "--to", tmp_path / "a.jsonl")
    contract = (REPOSITORY / "docs" / "contract.md").read_text(encoding="utf-8")
    (claim,) = lines_of(tmp_path / "a.jsonl")
    missing = [name for name in (*claim, *claim["actor"], *claim["trigger"]) if f"`{name}`" not in contract]
    assert not missing, f"docs/contract.md says nothing about {missing}"


# code


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet", ".duckdb"])
def test_an_article_is_coded_into_every_format(run: Run, article: Path, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"claims{suffix}"
    result = run("code", article, "--published", "2018-04-12", "--to", target)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "1 documents, 1 claims" in result.stderr
    query = (
        "SELECT type, cameo FROM claims"
        if suffix == ".duckdb"
        else f"SELECT type, CAST(cameo AS VARCHAR) FROM '{target}'"
    )
    with duckdb.connect(str(target) if suffix == ".duckdb" else ":memory:") as connection:
        ((event_type, cameo),) = connection.execute(query).fetchall()
    assert event_type == "SANCTION"
    assert cameo.isdigit()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["article.txt", f"claims{suffix}"]


def test_a_claim_has_what_the_contract_says(run: Run, article: Path, tmp_path: Path) -> None:
    run("code", article, "--published", "2018-04-12", "--to", tmp_path / "a.jsonl")
    (claim,) = lines_of(tmp_path / "a.jsonl")
    assert claim["actor"]["text"] == "Ankara"
    assert (claim["actor"]["code"], claim["recipient"]["code"]) == ("TUR", "NLDGOV")
    assert claim["trigger"] == {"text": "expelled", "span": [7, 15]}
    assert claim["sentence_span"] == [0, len(ANKARA)]
    assert (claim["date"]["text"], claim["date"]["value"]) == ("Monday", "2018-04-09")
    assert (claim["status"], claim["sources"], claim["quoted"], claim["about"]) == ("actual", [], "none", None)


def test_without_a_date_of_printing_a_relative_date_stays_unresolved(run: Run, article: Path, tmp_path: Path) -> None:
    run("code", article, "--to", tmp_path / "a.jsonl")
    (claim,) = lines_of(tmp_path / "a.jsonl")
    assert claim["date"] is None or (claim["date"]["text"], claim["date"]["value"]) == ("Monday", None)


@pytest.mark.parametrize("suffix", [".jsonl", ".duckdb"])
def test_what_is_not_in_english_is_passed_over_and_counted_and_is_no_failure(
    run: Run, tmp_path: Path, suffix: str
) -> None:
    german = "Die Regierung in Ankara hat am Montag zehn niederländische Diplomaten ausgewiesen, weil sie nach ihren "
    given = write_lines(
        tmp_path / "a.jsonl",
        {"id": "1", "text": ANKARA},
        {"id": "2", "text": german + "Angaben mit einer Gruppe gesprochen haben, die in der Türkei verboten ist."},
        {"id": "3", "text": ANKARA, "language": "de"},
        {"id": "4", "text": german, "language": "en"},
    )
    for _ in range(2):
        result = run("code", given, "--to", tmp_path / f"claims{suffix}")
        assert result.exit_code == 0
        assert "2 passed over: not in English (German)" in result.stderr
    if suffix == ".duckdb":
        with duckdb.connect(str(tmp_path / "claims.duckdb"), read_only=True) as connection:
            assert connection.execute("SELECT * FROM skipped ORDER BY place").fetchall() == [
                (f"document {n}", "not in English (German)", 1) for n in (2, 3)
            ]
            assert connection.execute("SELECT id FROM documents ORDER BY id").fetchall() == [("1",), ("4",)]
            assert connection.execute("SELECT * FROM failures").fetchall() == []


def test_a_document_without_claims_is_no_failure(run: Run, tmp_path: Path) -> None:
    given = write_lines(tmp_path / "a.jsonl", {"text": "The weather was fine."})
    result = run("code", given, "--to", tmp_path / "claims.jsonl")
    assert result.exit_code == 0
    assert (tmp_path / "claims.jsonl").read_bytes() == b""


def test_standard_input(run: Run, tmp_path: Path) -> None:
    given = json.dumps({"id": "n-1", "text": ANKARA}) + "\n"
    assert run("code", "-", "--to", tmp_path / "claims.jsonl", given=given).exit_code == 0
    assert [claim["document"] for claim in lines_of(tmp_path / "claims.jsonl")] == ["n-1"]


def test_some_documents_fail_and_the_others_are_coded(run: Run, tmp_path: Path) -> None:
    given = write_lines(
        tmp_path / "a.jsonl", {"text": ANKARA}, "{broken\n", {"text": ANKARA + " It rained."}, {"id": "x"}
    )
    for name in ("claims.jsonl", "case.duckdb"):
        result = run("code", given, tmp_path / "missing.txt", "--to", tmp_path / name)
        assert result.exit_code == 1
        assert "2 documents, 2 claims" in result.stderr
        for place in ("a.jsonl, line 2", "a.jsonl, line 4", "missing.txt"):
            assert place in result.stderr
    with duckdb.connect(str(tmp_path / "case.duckdb")) as connection:
        assert len(connection.execute("SELECT * FROM failures").fetchall()) == 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["code", "article.txt"], "--to"),
        (["code", "--to", "a.jsonl"], "INPUT"),
        (["code", "article.txt", "--to", "a.xlsx"], ".jsonl"),
        (["code", "article.txt", "--to", "none/a.jsonl"], "no folder"),
        (["code", "article.txt", "--to", "none/a.duckdb"], "no folder"),
        (["code", "article.txt", "--to", "article.txt"], "overwritten"),
        (["code", "article.txt", "--to", "a.jsonl", "--published", "Monday"], "YYYY-MM-DD"),
        (["code", "article.txt", "--to", "notes.duckdb"], "notes.duckdb"),
        (["code", "article.txt", "--to", "a.jsonl", "--colour", "red"], "--colour"),
        (["annotate", "article.txt", "--to", "a.csv"], ".jsonl"),
        (["relate", "article.txt", "--to", "a.parquet"], ".jsonl"),
        (["show", "none.duckdb"], "no such case file"),
        (["show", "case.duckdb", "--limit", "0"], "--limit"),
        (["show", "case.duckdb", "--since", "Monday"], "--since"),
        (["show", "case.duckdb", "--status", "sure"], "--status"),
        (["show", "case.duckdb", "--type", "ATTACK"], "ASSAULT"),
        (["explain", "case.duckdb", "c_none"], "no claim"),
        (["explain", "none.duckdb", "c_1"], "no such case file"),
        (["decode"], "decode"),
    ],
)
def test_wrong_use_is_told_in_words_with_status_2(
    run: Run, case: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(case.parent)
    Path("notes.duckdb").write_text("Dear diary, " * 1000, encoding="utf-8")
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.output
    assert Path("article.txt").read_text(encoding="utf-8") == ANKARA


def test_a_parser_that_is_not_installed_is_wrong_use(article: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["code", str(article), "--to", str(tmp_path / "a.jsonl"), "--model", "xx_none"])
    assert result.exit_code == 2
    assert "xx_none" in result.stderr
    assert not (tmp_path / "a.jsonl").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--to", "a.jsonl", "--address", "auto"), "is for --engine ray"),
        (("--to", "a.jsonl", "--part-size", "3"), "is for --engine ray"),
        (("--to", "a.jsonl", "--workers", "300"), "one machine runs 256 at most"),
        (("--to", "s3://bucket/claims/"), "is an address: --engine ray writes there"),
        (("--to", "a.jsonl", "--engine", "ray"), "Name a folder"),
        (("--to", "claims", "--engine", "ray", "-"), "can't read standard input"),
        (
            ("--to", "pigeon://key:secret@loft/claims", "--engine", "ray"),
            "pigeon://loft/claims: nothing here reads such",
        ),
    ],
)
def test_a_cluster_is_asked_for_as_a_whole(
    run: Run, article: Path, arguments: tuple[str, ...], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(article.parent)
    result = run("code", article, *arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert list(article.parent.iterdir()) == [article], "nothing is made"


def test_without_the_extra_it_is_said_what_to_install(run: Run, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    result = run("code", article, "--to", "claims", "--engine", "ray")
    assert result.exit_code == 2
    assert 'pip install "dragoman[ray]"' in result.stderr


# annotate, relate


def test_annotate_writes_every_layer_a_document_a_row(run: Run, tmp_path: Path) -> None:
    text = "Lima said on Monday that Quito had shelled Tumbes."
    given = write_lines(
        tmp_path / "a.jsonl", {"id": "1", "text": text, "published": "2018-04-12"}, {"id": "2", "text": "Rain."}
    )
    assert run("annotate", given, "--to", tmp_path / "layers.jsonl").exit_code == 0
    row, empty = lines_of(tmp_path / "layers.jsonl")
    assert list(row) == ["id", "attributions", "dates", "places", "actors", "predicates"]
    (attribution,) = row["attributions"]
    assert [text[slice(*attribution[key])] for key in ("source", "cue")] == ["Lima", "said"]
    assert "Quito had shelled Tumbes" in "".join(text[slice(*span)] for span in attribution["content"])
    assert [(date["text"], date["value"], date["type"]) for date in row["dates"]] == [("Monday", "2018-04-09", "DATE")]
    assert {"shelled", "said"} <= {text[slice(*predicate["span"])] for predicate in row["predicates"]}
    assert {"Lima", "Quito"} <= {text[slice(*place["span"])] for place in row["places"]}
    assert {"PER", "ECU"} <= {(actor["code"] or "")[:3] for actor in row["actors"]}
    assert (empty["id"], empty["attributions"], empty["dates"]) == ("2", [], [])


def test_annotate_tells_what_it_passes_over(run: Run, article: Path, tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    archive = tmp_path / "a.warc"
    archive.write_bytes(b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n")
    result = run("annotate", article, archive, "--to", tmp_path / "layers.jsonl")
    assert (result.exit_code, "1 passed over: records of an archive" in result.stderr) == (0, True)


def test_what_would_steer_a_terminal_is_only_seen(run: Run, article: Path, tmp_path: Path) -> None:
    case, steers = tmp_path / "case.duckdb", "Wire\x1b]0;owned\x9b2J"
    missing = run("code", article, f"no {steers}", "--publisher", steers, "--to", case)
    told = run("show", case).stdout
    (claim,) = [json.loads(line)["id"] for line in run("show", case, "--json").stdout.splitlines()]
    for shown in (missing.stderr, told, run("explain", case, claim).stdout, run("explain", steers, "c").stderr):
        assert "Wire␛]0;owned\ufffd2J" in " ".join(shown.split())
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)


def test_relate_types_what_one_marked_actor_did_to_another(run: Run, tmp_path: Path) -> None:
    pair = {"id": "1", "text": ANKARA, "actor": [0, 6], "recipient": [20, 35]}
    weather = {"id": "2", "text": "The weather in Lima was fine in Quito.", "actor": [15, 19], "recipient": [32, 37]}
    given = write_lines(tmp_path / "pairs.jsonl", pair, weather, {"id": "3", "text": ANKARA, "actor": [0, 600]})
    result = run("relate", given, "--to", tmp_path / "types.jsonl")
    assert result.exit_code == 1
    assert "pairs.jsonl, line 3" in result.stderr
    first, second = lines_of(tmp_path / "types.jsonl")
    assert list(first) == ["id", "type", "quad", "score", "rule"]
    assert (first["id"], first["type"], first["quad"]) == ("1", "SANCTION", 4)
    assert second["type"] in load_codebook().types
    assert second["score"] < first["score"]


# show, explain, demo


def test_show_lists_claims_as_a_table_and_as_json(run: Run, case: Path) -> None:
    shown = run("show", case)
    assert shown.exit_code == 0
    assert "SANCTION" in shown.stdout
    assert "1 of 1 claims" in shown.stdout
    (claim,) = (json.loads(line) for line in run("show", case, "--json").stdout.splitlines())
    assert (claim["type"], claim["actor_code"], claim["published"], claim["sources"]) == (
        "SANCTION",
        "TUR",
        "2018-04-12",
        [],
    )


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["--actor", "TUR", "--recipient", "NLD", "--type", "sanction", "--status", "actual"], 1),
        (["--since", "2018-04-12", "--until", "2018-04-12"], 1),
        (["--since", "2018-04-13"], 0),
        (["--actor", "NLD"], 0),
        (["--source", "Wire"], 0),
    ],
)
def test_show_filters(run: Run, case: Path, filters: list[str], found: int) -> None:
    result = run("show", case, "--json", *filters)
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == found


def test_explain_says_why(run: Run, case: Path) -> None:
    claim = json.loads(run("show", case, "--json").stdout)
    for name in (claim["id"], claim["id"][:6]):
        told = run("explain", case, name)
        assert told.exit_code == 0
        for words in ("[expelled]", claim["rule"], "TUR", "NLDGOV", "actual", "Monday", "Wire itself"):
            assert words in told.stdout


def test_review_is_heeded_by_show_and_can_be_undone(run: Run, case: Path, tmp_path: Path) -> None:
    claim = json.loads(run("show", case, "--json").stdout)["id"]
    assert claim in run("review", case).stdout
    done = run("review", case, claim[:6], "--set", "type=threaten", "--set", "sources=Wire > two envoys", "--by", "Ana")
    assert done.exit_code == 0, done.stderr
    assert "type = THREATEN, sources = Wire > two envoys" in done.stdout
    shown = json.loads(run("show", case, "--json").stdout)
    assert (shown["type"], shown["quad"], [s["name"] for s in shown["sources"]]) == (
        "THREATEN",
        3,
        ["Wire", "two envoys"],
    )
    assert "Every claim has been judged" in run("review", case).stdout
    assert run("review", case, claim, "--reject", "--by", "Bo", "--reason", "a slip").exit_code == 0
    assert run("show", case, "--json").stdout == ""
    assert run("review", case, claim, "--undo", "--by", "Bo").exit_code == 0
    assert json.loads(run("show", case, "--json").stdout)["type"] == "THREATEN"
    assert "a slip" in run("review", case, "--history").stdout

    kept = tmp_path / "decisions.jsonl"
    assert "3 decisions" in run("review", case, "--to", kept).stderr
    assert "0 decisions" in run("review", case, "--from", kept).stderr
    broken = write_lines(tmp_path / "broken.jsonl", "{broken\n")
    assert run("review", case, "--from", broken).exit_code == 1


def test_review_adds_a_claim_that_was_missed(run: Run, case: Path, tmp_path: Path) -> None:
    document = json.loads(run("show", case, "--json").stdout)["document"]
    fields = ("type=accuse", "actor_name=Ankara", "status=alleged", "date_value=2018-04-09")
    told = [option for field in fields for option in ("--set", field)]
    more = ["--set", "sources=Wire > two envoys", "--by", "Ana", "--reason", "between the lines"]
    done = run("review", case, "--add", document[:5], "--words", "ten  Dutch", *told, *more)
    assert done.exit_code == 0, done.stderr
    assert "add, told by “ten Dutch”" in done.stdout
    (shown,) = (row for row in map(json.loads, run("show", case, "--json").stdout.splitlines()) if row["review"])
    assert (shown["trigger_text"], shown["type"], shown["quad"], shown["cameo"]) == ("ten Dutch", "ACCUSE", 3, "110")
    assert (shown["status"], shown["commitment"], shown["date_granularity"]) == ("alleged", 2.9, "day")
    assert [link["name"] for link in shown["sources"]] == ["Wire", "two envoys"]
    why = run("explain", case, shown["id"]).stdout
    assert re.search(r"“ten Dutch” is ACCUSE: added by Ana on \d{4}-\d\d-\d\d\. Reason: between the lines", why)
    assert "pattern" not in why

    kept, target = tmp_path / "decisions.jsonl", tmp_path / "a.jsonl"
    assert "1 decisions" in run("review", case, "--to", kept).stderr
    assert "0 decisions" in run("review", case, "--from", kept).stderr
    assert run("export", case, "--to", target).exit_code == 0
    assert {row["id"] for row in lines_of(target)} > {shown["id"]}
    assert run("recode", case, "--model", "other").exit_code == 0
    assert len(run("show", case, "--json").stdout.splitlines()) == 2
    assert run("review", case, shown["id"], "--undo", "--by", "Bo").exit_code == 0
    assert len(run("show", case, "--json").stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--add", "d_", "--words", "expelled"], "needs a type"),
        (["--add", "d_", "--words", "walked", "--set", "type=AID"], "doesn't stand in document d_"),
        (["--add", "d_", "--words", "ten Dutch", "--nth", "2", "--set", "type=AID"], "1 times in document"),
        (["--add", "d_", "--words", "diplomat", "--set", "type=AID"], "doesn't stand"),
        (["--add", "d_", "--words", " ", "--set", "type=AID"], "no words are given"),
        (["--add", "d_9nowhere", "--words", "on", "--set", "type=AID"], "there is no document"),
        (["--add", "d_", "--words", "on", "--set", "type=WAR"], "'WAR' is no type"),
        (["--add", "d_", "--words", "on", "--set", "type=AID", "--set", "score=1"], "'score' is no field"),
        (["--add", "d_", "--words", "on", "--set", "type=AID", "--set", "status=sure"], "'sure' is no status"),
        (["--add", "d_"], "go together"),
        (["--words", "on"], "go together"),
        (["c_", "--add", "d_", "--words", "on"], "goes with none of"),
        (["--add", "d_", "--words", "on", "--accept"], "goes with none of"),
    ],
)
def test_wrong_use_of_adding_is_told_in_words(run: Run, case: Path, arguments: list[str], problem: str) -> None:
    result = run("review", case, *arguments, "--by", "A")
    assert (result.exit_code, problem in result.stderr) == (2, True), result.stderr
    assert "Nothing has been decided" in run("review", case, "--history").stdout


def test_which_of_several_words_is_meant_can_be_said(run: Run, tmp_path: Path) -> None:
    text, case = "Oslo aided (Lima). Lima aided Oslo; aided it well.", tmp_path / "case.duckdb"
    assert run("code", "-", "--to", case, given=text).exit_code == 0
    added = ["review", case, "--add", "d_", "--set", "type=PROTEST", "--by", "A", "--words"]
    refused = run(*added, "aided").stderr
    assert "stands 3 times" in refused
    assert "2: …Oslo aided (Lima). Lima aided Oslo; aided it well.…" in refused
    for number, start in ((2, text.index("aided Oslo")), (1, text.index("aided"))):
        assert run(*added, "aided", "--nth", number).exit_code == 0
        rows = map(json.loads, run("show", case, "--json").stdout.splitlines())
        assert start in {row["trigger_start"] for row in rows if row["review"] == "add"}
    assert run(*added, "(Lima).").exit_code == 0, "words may begin and end in a mark"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["c_", "--accept"], "needs the name"),
        (["c_", "--set", "type=WAR", "--by", "A"], "'WAR' is no type"),
        (["c_", "--set", "status=sure", "--by", "A"], "'sure' is no status"),
        (["c_", "--set", "date_value=May", "--by", "A"], "is not a day"),
        (["c_", "--set", "type", "--by", "A"], "not FIELD=VALUE"),
        (["c_", "--set", "type=AID", "--accept", "--by", "A"], "goes with none of"),
        (["c_0nowhere", "--accept", "--by", "A"], "no claim's id starts"),
        (["--accept", "--by", "A"], "name the CLAIM"),
    ],
)
def test_wrong_use_of_review_is_told_in_words(run: Run, case: Path, arguments: list[str], problem: str) -> None:
    result = run("review", case, *arguments)
    assert result.exit_code == 2
    assert problem in result.stderr
    assert "Nothing has been decided" in run("review", case, "--history").stdout


def test_commands_that_change_a_case_file_make_none(run: Run, tmp_path: Path) -> None:
    for arguments in (["recode"], ["review", "c_1", "--accept", "--by", "A"]):
        result = run(arguments[0], tmp_path / "none.duckdb", *arguments[1:])
        assert result.exit_code == 2
        assert "there is no such case file" in result.stderr
    assert not (tmp_path / "none.duckdb").exists()


def test_recode_and_diff_tell_what_another_model_changed(run: Run, case: Path, tmp_path: Path) -> None:
    assert "0 documents coded again" in run("recode", case).stderr
    assert "1 documents coded again" in run("recode", case, "--model", "other").stderr
    assert "0 new, 0 gone, 0 changed, 1 the same" in run("diff", case).stdout
    other = tmp_path / "other.duckdb"
    assert run("code", case.with_name("article.txt"), "--published", "2018-04-12", "--to", other).exit_code == 0
    assert "0 new, 0 gone, 0 changed, 0 the same" in run("diff", case, other).stdout, (
        "another publisher, another document"
    )
    other.write_bytes(case.read_bytes())
    assert run("diff", case, other, "--json").stdout == ""
    assert "1 the same" in run("diff", case, other).stdout


def test_agreement_of_two_coders(run: Run, case: Path, tmp_path: Path) -> None:
    other = tmp_path / "bo.duckdb"
    other.write_bytes(case.read_bytes())
    assert run("review", other, "c_", "--set", "type=COERCE", "--by", "Bo").exit_code == 0
    found = json.loads(run("agreement", case, other, "--json").stdout)
    assert (found["both"], found["found"]) == (1, 1.0)
    assert {each["field"]: each["agreement"] for each in found["fields"]}["type"] == 0.0
    assert "1 claims on the same words" in run("agreement", case, other).stdout


def test_demo_makes_a_case_file_and_shows_it_again(run: Run, tmp_path: Path) -> None:
    for _ in range(2):
        result = run("demo", "--case", tmp_path / "demo.duckdb")
        assert result.exit_code == 0
        assert "of" in result.stdout
        assert "Who moved towards whom" in result.stdout
    with duckdb.connect(str(tmp_path / "demo.duckdb")) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(27,)]


# The program that is installed


def test_the_installed_program_codes_a_pipe(tmp_path: Path) -> None:
    given = json.dumps({"id": "1", "text": ANKARA}) + "\n{broken\n"
    target = tmp_path / "claims.jsonl"
    done = subprocess.run([PROGRAM, "code", "-", "--to", target], input=given.encode(), capture_output=True)
    assert done.returncode == 1
    assert done.stdout == b""
    assert b"standard input, line 2" in done.stderr
    assert [claim["type"] for claim in lines_of(target)] == ["SANCTION"]


def test_the_summary_is_the_last_that_the_installed_program_says(tmp_path: Path) -> None:
    # Libraries may complain while Python ends, when no runner in this process would hear it.
    (tmp_path / "a.txt").write_text(ANKARA)
    command = [PROGRAM, "code", tmp_path / "a.txt", "--to", tmp_path / "a.duckdb", "--workers", "1"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")
    assert re.fullmatch(r"1 documents?, 1 claims? -> [^\n]+\n", done.stderr)


def test_the_installed_program_tells_its_version_and_wrong_use() -> None:
    told = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True)
    assert (told.returncode, dragoman.__version__ in told.stdout) == (0, True)
    wrong = subprocess.run([PROGRAM, "show", "none.duckdb"], capture_output=True, text=True)
    assert wrong.returncode == 2
    assert wrong.stdout == ""
    assert wrong.stderr.count("\n") == 1


def test_a_reader_that_goes_away_is_no_error_worth_a_traceback(run: Run, case: Path) -> None:
    done = subprocess.run(f"'{PROGRAM}' show '{case}' --json | head -c 1", shell=True, capture_output=True, text=True)
    assert "Traceback" not in done.stderr


def test_options_offer_what_there_is() -> None:
    from dragoman import cli
    from dragoman.analyse.dyads import PERIODS
    from dragoman.analyse.network import RELATIONS
    from dragoman.commands.telling import PLOTS
    from dragoman.web.serve import PORT

    assert (cli._PERIODS, cli._RELATIONS, cli._PLOTS) == (PERIODS, RELATIONS, PLOTS)
    assert cli._PORT == PORT
