"""What is printed: tables that fit and hide nothing, an explanation of every part, no progress where nobody looks."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from dragoman.analyse.claims import Found, find_claims, one_claim
from dragoman.analyse.dyads import dyads
from dragoman.coding.codebook import load_codebook
from dragoman.store.database import CaseFile
from dragoman.tell.explanation import explanation
from dragoman.tell.progress import watch
from dragoman.tell.table import chain_text, claims_table, dyads_table


def printed(width: int = 160) -> tuple[Console, io.StringIO]:
    out = io.StringIO()
    return Console(file=out, width=width), out


def test_the_table_of_claims(case: CaseFile) -> None:
    console, out = printed(240)
    claims_table(find_claims(case, limit=4), console)
    shown = out.getvalue()
    assert "4 of 5 claims" in shown
    assert "Kommersant > Defence Ministry sources" in " ".join(shown.split())
    assert "2020-01-01  Wire 1" in shown
    for words in ("2020-01-01", "Russia", "CONSULT", "Ukraine", "Belarus", "not"):
        assert words in shown


@pytest.mark.parametrize("width", [80, 100, 200])
def test_the_table_fits_the_terminal(case: CaseFile, width: int) -> None:
    console, out = printed(width)
    claims_table(find_claims(case), console)
    dyads_table(dyads(case), console)
    assert max(map(len, out.getvalue().splitlines())) <= width


def test_markup_in_the_text_is_shown_and_not_run(case: CaseFile) -> None:
    rows = [row | {"actor_name": "[bold]Kyiv[/bold]", "publisher": "[red]Wire"} for row in find_claims(case).rows]
    console, out = printed(240)
    claims_table(Found(rows=rows, total=5), console)
    assert "[bold]Kyiv[/bold]" in out.getvalue()
    assert "[red]Wire" in out.getvalue()


def test_empty_tables_say_so() -> None:
    console, out = printed()
    claims_table(Found(rows=[], total=0), console)
    dyads_table([], console)
    assert "No claims fit." in out.getvalue()
    assert "No two countries" in out.getvalue()


def test_the_table_of_dyads(case: CaseFile) -> None:
    console, out = printed()
    dyads_table(dyads(case), console)
    for words in ("RUS", "UKR", "+4.0 (2)", "-9.0 (1)", "colder"):
        assert words in out.getvalue()


def test_a_chain_goes_inwards_and_leaves_the_publisher_out(case: CaseFile) -> None:
    assert chain_text(one_claim(case, "c_5")) == ""
    assert chain_text(one_claim(case, "c_3")) == "Kommersant > Defence Ministry sources"


def test_the_deepest_chains_come_first_when_asked(case: CaseFile) -> None:
    depths = [len(row["sources"]) for row in find_claims(case, deepest=True).rows]
    assert depths == sorted(depths, reverse=True)
    assert depths[0] == 2


def test_an_explanation_names_the_sentence_pattern_actors_sources_and_what_is_not_told(case: CaseFile) -> None:
    pattern = next(p for p in load_codebook().patterns if p.type == "ASSAULT")
    told = explanation(one_claim(case, "c_3"), replace(pattern, id="assault.strike"))
    for words in (
        "[struck]", "assault.strike", pattern.example, pattern.counterexample, "is Russia (RUS): listed as Russia",
        "is Ukraine (UKRGOV)", "actual, commitment +3.0", "> Kommersant", "> Defence Ministry sources (anonymous",
        "When      the text does not tell.", "Where     the text does not tell.", "Wire 3, 2020-01-11",
    ):  # fmt: skip
        assert words in told
    assert told.index("Kommersant") < told.index("Defence Ministry sources")


def test_an_explanation_of_an_unknown_actor_and_an_unknown_pattern(case: CaseFile) -> None:
    told = explanation(one_claim(case, "c_5"), None)
    assert "To whom   the text does not tell." in told
    assert "not in the installed codebook" in told
    assert "Says who  Wire 5 itself." in told


def test_an_announcement_is_explained_by_the_act_it_announces(case: CaseFile) -> None:
    row = one_claim(case, "c_4") | {"type": "AGREE", "rule": "announces consult.meet", "trigger_text": "meet"}
    told = explanation(row, next(p for p in load_codebook().patterns if p.id == "consult.meet"))
    assert "pattern consult.meet" in told
    assert "Told in the future tense, that act is AGREE today." in told


def test_progress_passes_everything_on_and_is_silent_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(watch("coding")(iter(range(5)))) == [0, 1, 2, 3, 4]
    shown = capsys.readouterr()
    assert shown.out == shown.err == ""
