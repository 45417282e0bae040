"""Claims that people add: they count once, come back as they went in, survive re-runs, and leave the coding alone."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.analyse.claim_rows import claim_rows
from dragoman.analyse.incidents import find_incidents
from dragoman.errors import CaseError
from dragoman.export.rows import FLAT_COLUMNS, claim_row, flat_row
from dragoman.records import ADDED, Claim, Document
from dragoman.store.additions import Addition, add_claim, who_added
from dragoman.store.database import Added, CaseFile, open_case
from dragoman.store.reviews import Decision, decide, export_reviews, history, import_reviews, undo, waiting

Make = Callable[..., Claim]
TEXT = "😀 Lima rested. Peru's envoy in Cusco said Quito had shelled Tumbes on Monday, and Lima zapped Loja."
DOCUMENT = Document(id="1", text=TEXT, published="2020-02-03", publisher="Andes Wire")
SENTENCES = ((0, 14), (15, len(TEXT)))
NOON = datetime(2020, 2, 4, 12)
QUITO, TUMBES = ("Quito", "Ecuador", "ECU"), ("Tumbes", "Peru", "PER")
FIELDS: dict[str, Any] = {"type": "ASSAULT", "quad": 4, "intensity": -9.0, "cameo": "180", "status": "actual"}
ZAPPED = Addition("1", (TEXT.index("zapped"), len(TEXT) - 1), FIELDS, 3.0, "told", "book-1", "seen", "Ana", NOON)
TABLES = ("documents", "claims", "sources", "sentences", "earlier")


def coding(claim_in: Make, document: Document = DOCUMENT, word: str = "shelled", **options: Any) -> Added:
    words = {"actor": QUITO, "recipient": TUMBES} | options
    return Added(document, SENTENCES, [flat_row(claim_row(claim_in(document, word, **words), document.text))])


@pytest.fixture
def coded(fresh_case: CaseFile, claim_in: Make) -> CaseFile:
    fresh_case.add([coding(claim_in)], run="r_1")
    return fresh_case


def add(case: CaseFile, span: tuple[int, int] | None = None, **fields: Any) -> str:
    return add_claim(case, replace(ZAPPED, span=span or ZAPPED.span, fields=FIELDS | fields))


def stored(case: CaseFile) -> list[list[tuple[Any, ...]]]:
    return [case.connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in TABLES]


def left(case: CaseFile) -> list[tuple[Any, ...]]:
    return case.connection.execute("SELECT id, type, review FROM reviewed ORDER BY trigger_start, id").fetchall()


def one(case: CaseFile, claim: str) -> dict[str, Any]:
    (row,) = case.rows("SELECT * FROM reviewed WHERE id = $claim", {"claim": claim})
    return row


def test_an_added_claim_is_read_beside_the_coded_ones_which_stay(coded: CaseFile) -> None:
    before = stored(coded)
    claim = add(coded, actor_name="Lima", recipient_name="Loja", place_name="Cusco", sources=["Peru's envoy", "two"])
    row = one(coded, claim)
    assert stored(coded) == before
    assert set(row) == {*FLAT_COLUMNS, "review"} - {"sources"}
    for role, words in {"trigger": "zapped Loja", "recipient": "Loja", "place": "Cusco"}.items():
        assert row[f"{role}_text"] == words == TEXT[row[f"{role}_start"] : row[f"{role}_end"]]
    assert row["actor_start"] == TEXT.rindex("Lima"), "in its own sentence, not in the one before"
    assert (row["sentence"], row["sentence_start"], row["sentence_end"]) == (1, *SENTENCES[1])
    assert (row["rule"], row["codebook"], row["score"], row["contexts"]) == (ADDED, "book-1", None, [])
    assert (row["quoted"], row["about"], row["review"], row["commitment"]) == ("indirect", None, "add", 3.0)
    links = coded.sources([claim])[claim]
    assert [(link["name"], link["text"], link["start"]) for link in links] == [
        ("Peru's envoy", "Peru's envoy", 15),
        ("two", None, None),
    ]
    assert [len(find_incidents(coded)), len(list(claim_rows(coded)))] == [2, 2]
    assert {row["name"] for row in coded.rows("SELECT name FROM actors")} >= {"Lima", "Loja"}
    assert [row["rule"] for row in waiting(coded)] == ["assault.strike"], "who adds a claim has judged it"


def test_what_the_case_knows_of_a_name_is_taken_if_it_is_one_thing(coded: CaseFile, claim_in: Make) -> None:
    other = Document(id="2", text="Quito and Ambato struck Lima in Loja, said Oslo.")
    rows = coding(claim_in, other, "struck", actor=("Ambato", "Ambato", "ECUREB"), recipient=None).claims
    place = {"place_name": "Loja", "place_country": "ECU", "place_latitude": -4.0, "place_longitude": -79.2}
    twice = coding(claim_in, other, "said", actor=("Ambato", "Ambato", "PERMIL"), recipient=None).claims
    link = {"name": "Oslo", "text": None, "span": None, "cue": "said", "kind": "institution", "code": "NOR"}
    coded.add([Added(other, (), [rows[0] | place | {"sources": [link]}, *twice])], run="r_1")
    row = one(coded, add(coded, actor_name="Ecuador", recipient_name="Ambato", place_name="Loja", sources=["Oslo"]))
    assert (row["actor_code"], row["recipient_code"]) == ("ECU", None), "Ambato is two parties here"
    assert "ECU" in row["actor_found"]
    assert (row["place_country"], row["place_latitude"], row["place_longitude"]) == ("ECU", -4.0, -79.2)
    assert [(s["kind"], s["code"]) for s in coded.sources([row["id"]])[row["id"]]] == [("institution", "NOR")]
    given = one(coded, add(coded, type="COERCE", actor_name="Ecuador", actor_code="ECUMIL", recipient_code="PER"))
    assert (given["actor_code"], given["recipient_name"], given["recipient_code"]) == ("ECUMIL", "PER", "PER")


def test_an_added_claim_is_judged_as_any_and_undoing_goes_back_to_nothing(coded: CaseFile) -> None:
    claim = add(coded, sources=["Cusco"])
    decide(coded, Decision(claim, "accept", "", "Bo"))
    assert one(coded, claim)["review"] == "accept"
    decide(coded, Decision(claim, "correct", "", "Bo", {"type": "COERCE", "recipient_name": "Loja"}))
    row = one(coded, claim)
    assert (row["type"], row["recipient_name"], row["status"], row["review"]) == ("COERCE", "Loja", "actual", "correct")
    assert json.loads(history(coded, claim=claim)[-1]["changes"]) == {"type": "COERCE", "recipient_name": "Loja"}
    assert [link["name"] for link in coded.sources([claim])[claim]] == ["Cusco"]
    decide(coded, Decision(claim, "correct", "", "Bo", {"sources": ["Oslo"]}))
    assert [link["name"] for link in coded.sources([claim])[claim]] == ["Oslo"]
    decide(coded, Decision(claim, "reject", "", "Bo"))
    assert claim not in {row[0] for row in left(coded)}
    for expected in ("correct", "correct", "accept", "add"):
        undo(coded, claim, reviewer="Bo")
        assert one(coded, claim)["review"] == expected
    undo(coded, claim, reviewer="Bo")
    assert [claim in {row[0] for row in left(coded)}, coded.sources([claim]), who_added(coded, claim)] == [
        False,
        {},
        None,
    ]
    with pytest.raises(CaseError, match="nothing stands decided"):
        undo(coded, claim, reviewer="Bo")
    with pytest.raises(CaseError, match="there is no claim"):
        decide(coded, Decision(claim, "accept", "", "Bo"))
    assert add(coded, sources=["Cusco"]) == claim
    assert one(coded, claim)["review"] == "add"


def test_the_same_claim_is_added_once_and_another_beside_it(coded: CaseFile) -> None:
    claim = add(coded, actor_name="Lima")
    start, end = ZAPPED.span
    for span, fields in (((start, end), {}), ((start - 1, end + 1), {}), ((start, start + 6), {"place_name": "Cusco"})):
        with pytest.raises(CaseError, match=f"it is {claim} since a person added it"):
            add(coded, span, actor_name="Lima", **fields)
    assert len({claim, add(coded, actor_name="Quito"), add(coded, actor_name="Lima", type="COERCE")}) == 3
    assert len(left(coded)) == 4


def test_what_the_coder_has_is_not_added_whatever_was_decided_about_it(coded: CaseFile) -> None:
    span = (TEXT.index("shelled"), TEXT.index(" on Monday"))
    ((known, _, _),) = left(coded)
    same = {"actor_name": "Quito", "recipient_name": "Tumbes"}
    with pytest.raises(CaseError, match=f"it is {known}\\."):
        add(coded, span, **same)
    decide(coded, Decision(known, "reject", "", "Bo"))
    with pytest.raises(CaseError, match=f"it is {known} and was rejected"):
        add(coded, span, **same)
    undo(coded, known, reviewer="Bo")
    decide(coded, Decision(known, "correct", "", "Bo", {"type": "COERCE"}))
    for kind in ("ASSAULT", "COERCE"):
        with pytest.raises(CaseError, match=f"it is {known} and was corrected"):
            add(coded, span, **same, type=kind)
    assert add(coded, span, **same, type="ACCUSE") != known


def test_an_added_claim_survives_runs_and_stands_once_where_one_codes_it(coded: CaseFile, claim_in: Make) -> None:
    claim = add(coded, actor_name="Lima", recipient_name="Loja", sources=["Cusco"])
    decide(coded, Decision(claim, "correct", "", "Bo", {"status": "alleged"}))
    coded.add([coding(claim_in)], run="r_2")
    assert [row[2] for row in left(coded)] == [None, "correct"]
    found = coding(claim_in, word="zapped", actor=("Lima", "Peru", "PER"), recipient=("Loja", "Loja", "ECU")).claims
    # The hand-made claim names the first "Lima" of the text; the coder would take the one of this sentence.
    start = TEXT.rindex("Lima")
    found = [row | {"actor_start": start, "actor_end": start + 4} for row in found]
    coded.add([Added(DOCUMENT, SENTENCES, [*coding(claim_in).claims, *found])], run="r_3")
    coder = found[0]["id"]
    assert [(row[0], row[2]) for row in left(coded)][1:] == [(coder, "correct")]
    assert one(coded, coder)["status"] == "alleged", "what was decided about the added one holds for it"
    assert coded.sources([claim, coder]) == {}
    assert [row["action"] for row in history(coded, claim=coder)] == ["add", "correct"]
    assert all(row["fits"] for row in history(coded) if row["stands"])
    decide(coded, Decision(coder, "reject", "", "Bo"))
    assert coder not in {row[0] for row in left(coded)}
    for expected in ("correct", "add", None):
        undo(coded, coder, reviewer="Bo")
        assert one(coded, coder)["review"] == expected
    coded.add([coding(claim_in)], run="r_4")
    assert len(left(coded)) == 1, "it was taken back before"


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"reviewer": " "}, "needs the name"),
        ({"document": "9"}, "there is no document '9'"),
        ({"span": (3, 3)}, "no words"),
        ({"span": (3, 999)}, "no words"),
        ({"span": (-4, 3)}, "no words"),
        ({"span": (1, 2)}, "white space"),
        ({"fields": {"status": "actual"}}, "needs a type"),
        ({"fields": FIELDS | {"id": "c_1"}}, "'id' is no field"),
    ],
)
def test_what_is_no_claim_is_refused(coded: CaseFile, changed: dict[str, Any], problem: str) -> None:
    with pytest.raises(CaseError, match=problem):
        add_claim(coded, replace(ZAPPED, **changed))
    assert history(coded) == []


def test_without_sentences_the_line_is_the_evidence(fresh_case: CaseFile) -> None:
    document = Document(id="1", text="Lima slept.\nQuito zapped Loja.\nAll wept.")
    fresh_case.add([Added(document, (), [])], run="r_1")
    row = one(fresh_case, add(fresh_case, (18, 24)))
    assert document.text[row["sentence_start"] : row["sentence_end"]] == "Quito zapped Loja."


def test_words_over_the_end_of_a_sentence_have_both_as_evidence(coded: CaseFile) -> None:
    row = one(coded, add(coded, (7, 25)))
    assert (row["sentence"], row["sentence_start"], row["sentence_end"]) == (0, 0, len(TEXT))


def names() -> st.SearchStrategy[str | None]:
    return st.none() | st.text(
        st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=9
    )


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    span=st.tuples(st.integers(15, 50), st.integers(51, len(TEXT))),
    values=st.fixed_dictionaries(
        {f: names() for f in ("actor_name", "actor_code", "recipient_name", "place_name", "mode")}
    ),
    sources=st.lists(names().filter(bool), max_size=3),
    intensity=st.floats(-10, 10),
)
def test_any_added_claim_travels_as_it_is(
    tmp_path: Path, span: tuple[int, int], values: dict[str, Any], sources: list[str], intensity: float
) -> None:
    for name in ("here", "there"):
        (tmp_path / name).unlink(missing_ok=True)
    with open_case(tmp_path / "here") as here, open_case(tmp_path / "there") as there:
        here.add([Added(DOCUMENT, SENTENCES, [])], run="r_1")
        claim = add(here, span, **values, sources=sources, intensity=intensity)
        rows = json.loads(json.dumps(export_reviews(here)))
        assert import_reviews(there, rows) == (1, [])
        assert there.rows("SELECT * FROM reviewed") == [], "its document is not here yet"
        there.add([Added(DOCUMENT, SENTENCES, [])], run="r_1")
        assert import_reviews(there, rows) == (0, [])
        assert one(there, claim) == one(here, claim)
        assert one(here, claim)["intensity"] == intensity
        assert there.sources([claim]) == here.sources([claim])
        assert [link["name"] for link in here.sources([claim]).get(claim, [])] == sources
        undo(here, claim, reviewer="Bo")
        assert import_reviews(there, export_reviews(here)) == (1, [])
        assert there.rows("SELECT * FROM reviewed") == []


def test_two_who_add_the_same_have_one_claim_until_both_take_it_back(coded: CaseFile, tmp_path: Path) -> None:
    claim = add(coded)
    with open_case(tmp_path / "bo.duckdb") as other:
        other.add([Added(DOCUMENT, SENTENCES, [])], run="r_1")
        add_claim(other, replace(ZAPPED, reviewer="Bo"))
        assert import_reviews(coded, export_reviews(other)) == (1, [])
    assert [row[0] for row in left(coded)].count(claim) == 1
    undo(coded, claim, reviewer="Cy")
    assert (who_added(coded, claim) or {})["reviewer"] == "Ana"
    undo(coded, claim, reviewer="Cy")
    assert claim not in {row[0] for row in left(coded)}


@pytest.mark.parametrize(
    "broken",
    [
        {"changes": None}, {"changes": {}}, {"quad": "four"}, {"trigger_start": True}, {"trigger_start": 1},
        {"type": "AID"}, {"sources": ["Lima"]}, {"sources": [{"name": "Lima"}]}, {"contexts": None},
    ],
)  # fmt: skip
def test_what_is_not_whole_is_not_brought_in(coded: CaseFile, tmp_path: Path, broken: dict[str, Any]) -> None:
    add(coded)
    (row,) = export_reviews(coded)
    changes = broken["changes"] if "changes" in broken else row["changes"] | broken
    with open_case(tmp_path / "other.duckdb") as other:
        other.add([Added(DOCUMENT, SENTENCES, [])], run="r_1")
        done, (problem,) = import_reviews(other, [row | {"changes": changes}])
        assert (done, problem.where) == (0, "row 1")
        assert left(other) == []


def test_words_that_do_not_stand_in_the_text_are_no_claim(coded: CaseFile, tmp_path: Path) -> None:
    claim = add(coded)
    with open_case(tmp_path / "other.duckdb") as other:
        other.add([Added(replace(DOCUMENT, text=TEXT.replace("zapped", "patted")), SENTENCES, [])], run="r_1")
        assert import_reviews(other, export_reviews(coded)) == (1, [])
        assert left(other) == []
        assert [(row["claim"], row["fits"]) for row in history(other)] == [(claim, False)]


# Adds a claim, and is killed when the decision is written but not yet what rests on it.
KILLED = """
import os, signal, sys
from dragoman.commands.adding import add_to
from dragoman.store.database import CaseFile
CaseFile.keep_added = lambda case, documents: os.kill(os.getpid(), signal.SIGKILL)
add_to(sys.argv[1], "1", (int(sys.argv[2]), int(sys.argv[3])), {"type": "ASSAULT"}, reviewer="Ana")
"""


def test_a_killed_addition_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "case.duckdb"
    with open_case(path) as case:
        case.add([Added(DOCUMENT, SENTENCES, [])], run="r_1")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, path, *map(str, ZAPPED.span)], capture_output=True, text=True
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    with open_case(path) as case:
        assert (history(case), left(case)) == ([], [])
        claim = add(case)
    with open_case(path, read_only=True) as case:
        assert [row[0] for row in left(case)] == [claim]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["add", "other", "undo", "reject", "run", "same run"]), max_size=8))
def test_what_is_kept_is_what_the_decisions_say(tmp_path: Path, claim_in: Make, steps: list[str]) -> None:
    (tmp_path / "case").unlink(missing_ok=True)
    with open_case(tmp_path / "case") as case:
        case.add([coding(claim_in)], run="r_0")
        for number, step in enumerate(steps):
            try:
                if step in ("add", "other"):
                    add(case, actor_name="Lima" if step == "add" else "Quito", sources=["Cusco"])
                elif step.endswith("run"):
                    words = (
                        {}
                        if step == "run"
                        else {"word": "zapped", "actor": ("Quito", "Quito", "ECU"), "recipient": None}
                    )
                    case.add([coding(claim_in, **words)], run=f"r_{number}")
                else:
                    last = case.rows("SELECT claim FROM standing ORDER BY number DESC LIMIT 1")[0]["claim"]
                    if step == "undo":
                        undo(case, last, reviewer="Bo")
                    else:
                        decide(case, Decision(last, "reject", "", "Bo"))
            except (CaseError, IndexError):
                continue  # nothing to undo, or there already
        stands = {row["claim"] for row in case.rows(
            "SELECT claim FROM reviews WHERE action = 'add' AND number NOT IN "
            "(SELECT undone FROM reviews WHERE undone IS NOT NULL)"
        )}  # fmt: skip
        coded = {row["id"]: row["coded_as"] for row in case.rows("SELECT id, coded_as FROM added")}
        assert set(coded) == stands
        zapped = [row["id"] for row in case.rows("SELECT id FROM claims WHERE trigger_text = 'zapped'")]
        assert {claim for claim in coded.values() if claim} <= set(zapped)
        ids = [row["id"] for row in case.rows("SELECT id FROM all_claims")]
        assert len(ids) == len(set(ids)) == 1 + sum(claim is None for claim in coded.values())
        chains = {row["claim"] for row in case.rows("SELECT claim FROM added_sources")}
        assert chains == {claim for claim, coder in coded.items() if coder is None}
