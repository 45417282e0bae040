"""PLOVER's records: the manual's fields, the special contexts for what was not done, and nothing that is not known."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dragoman.export.formats import Provenance, format_named
from dragoman.export.plover import FORMAT

Told = Callable[..., dict[str, Any]]
PROVENANCE = Provenance(case="a.duckdb", version="9.9", codebook="plover-test", last_day="2020-02-04")


def write(path: Path, *rows: dict[str, Any]) -> Path:
    writer = FORMAT.open(path, PROVENANCE)
    for row in rows:
        writer.write(row)
    writer.finalize()
    return path


@pytest.fixture
def records(tmp_path: Path) -> Any:
    """records(row, …) -> what stands in the file."""

    def written(*rows: dict[str, Any]) -> list[dict[str, Any]]:
        lines = write(tmp_path / "a.jsonl", *rows).read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    return written


def test_a_whole_claim(records: Any, told: Told) -> None:
    (record,) = records(told())
    manual = {
        "id": "c_1",
        "date": "2020-02-03",
        "source": [{"code": "PER", "sector": "MIL", "actor_text": "Lima", "identifier_text": "Peru"}],
        "recipient": [{"code": "ECU", "actor_text": "Tumbes", "identifier_text": "Ecuador"}],
        "event": ["ASSAULT"],
        "event_loc": {
            "geonameid": 3691148, "name": "Tumbes", "latitude": -3.56694, "longitude": -80.45153, "cc3": "PER",
            "raw_text": "Tumbes", "precision": "city",
        },
        "event_text": ["shelled"],
        "quad_code": 4,
        "event_scale": -9.5,
        "mode": ["heavy-weapons"],
        "context": ["military"],
        "link": "c_1",
        "text": told()["sentence_text"],
        "text_info": {"sequence": 0, "start": 0, "end": 78},
        "cite_info": {
            "corpus": "a.duckdb", "citation": "d_1", "url": "https://meridian.example/tumbes",
            "title": "Shells on Tumbes", "language": "en", "publication": "The Meridian Post",
            "coder": "dragoman 9.9", "codebook": "plover-test", "published": "2020-02-04",
        },
        "coder": "dragoman 9.9",
    }  # fmt: skip
    assert {name: record[name] for name in manual} == manual
    own = {name: value for name, value in record.items() if name not in manual}
    assert [link["name"] for link in own.pop("vouched_by")] == ["Harbour Wire", "two officers"]
    assert own == {
        "status": "alleged", "commitment": 1.5, "status_rule": "report (that)", "quoted": "indirect", "cameo": "194",
        "score": 0.9, "rule": "assault.shell", "origin": "Harbour Wire", "copied": False,
        "date_info": {"text": "on Monday", "value": "2020-02-03", "granularity": "day"},
    }  # fmt: skip


def test_what_is_not_known_is_not_there_but_for_the_required_fields(records: Any, bare: dict[str, Any]) -> None:
    (record,) = records({**bare, "trigger_text": "", "sentence_text": ""})
    assert record["date"] is None
    assert record["source"] == []
    absent = ("enddate", "recipient", "event_loc", "event_text", "mode", "context", "text", "text_info", "vouched_by")
    assert not set(absent) & set(record)
    assert None not in [value for name, value in record.items() if name != "date"]


@pytest.mark.parametrize(
    ("status", "contexts"),
    [
        ("actual", ["military"]),
        ("alleged", ["military"]),
        ("planned", ["military", "future"]),
        ("hypothetical", ["military", "hypothetical"]),
        ("negated", ["military", "negation"]),
    ],
)
def test_every_status_is_written_with_its_special_context(
    records: Any, told: Told, status: str, contexts: list[str]
) -> None:
    (record,) = records(told(status=status))
    assert (record["status"], record["context"]) == (status, contexts)


@pytest.mark.parametrize(
    ("value", "date", "enddate"),
    [
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019", "2019-01-01", "2019-12-31"),
        ("PAST_REF", None, None),
        ("2019-W15", None, None),
    ],
)
def test_a_month_or_year_has_its_first_day_and_its_last(
    records: Any, told: Told, value: str, date: str | None, enddate: str | None
) -> None:
    (record,) = records(told(day=None, date_value=value))
    assert (record["date"], record.get("enddate")) == (date, enddate)


def test_claims_of_one_happening_share_a_link(records: Any, told: Told) -> None:
    first, second, third = records(told(), told(id="c_2"), told(id="c_3", happening="c_3"))
    assert first["link"] == second["link"] != third["link"]


def test_an_organisation_and_the_press_have_plovers_codes(records: Any, told: Told) -> None:
    (record,) = records(told(actor_code="UNO", actor_name="United Nations", recipient_code="MED"))
    assert record["source"][0]["code"] == "IGO"
    assert record["source"][0]["identifier_text"] == "United Nations"
    assert record["recipient"][0]["sector"] == "JRN"
    assert "code" not in record["recipient"][0]


def test_hostile_text_stays_in_its_line(records: Any, told: Told) -> None:
    hostile = "=1\t\u2028</script>\u0085\u202e\x00\r\n\"'"
    first, second = records(told(actor_name=hostile, title=hostile), told())
    assert first["source"][0]["identifier_text"] == first["cite_info"]["title"] == hostile
    assert second["id"] == "c_1"


def test_the_same_claims_give_the_same_bytes_and_no_other_file_is_left(tmp_path: Path, told: Told) -> None:
    first, second = (write(tmp_path / name, told()).read_bytes() for name in ("a.jsonl", "b.jsonl"))
    assert first == second
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.jsonl", "b.jsonl"]


def test_the_format_says_what_it_loses() -> None:
    assert format_named("plover") is FORMAT
    assert FORMAT.endings == (".jsonl",)
    assert all(sentence.endswith(".") for sentence in FORMAT.loses)
