"""Claims become the 26 columns of the Phoenix data set, in the order in which its pipeline wrote them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from dragoman.export.formats import Provenance, format_named
from dragoman.export.phoenix import COLUMNS, LOSES, PhoenixWriter

Row = dict[str, Any]
Told = Callable[..., Row]
PROVENANCE = Provenance("case.duckdb", "0.1.0", "plover-test", "2020-03-01")


def write(path: Path, rows: Iterable[Row]) -> list[dict[str, str]]:
    writer = PhoenixWriter(path, PROVENANCE)
    for row in rows:
        writer.write(row)
    writer.finalize()
    lines = path.read_text(encoding="utf-8").split("\n")
    assert lines.pop() == ""
    return [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in lines]


def test_the_columns_stand_where_phoenix_has_them() -> None:
    places = {"EventID": 1, "SourceActorFull": 6, "TargetActorFull": 10, "EventCode": 14, "PentaClass": 16}
    places |= {"GoldsteinScore": 17, "Issues": 18, "Lat": 19, "CountryCode": 23, "NewsSources": 26}
    assert len(COLUMNS) == 26
    assert {column: COLUMNS.index(column) + 1 for column in places} == places


def test_a_whole_claim(tmp_path: Path, told: Told) -> None:
    (event,) = write(tmp_path / "a.txt", [told(sentence=3)])
    assert event.pop("EventID").isdigit()
    assert event == {
        "Date": "20200203", "Year": "2020", "Month": "02", "Day": "03",
        "SourceActorFull": "PERMIL", "SourceActorEntity": "PER", "SourceActorRole": "MIL", "SourceActorAttribute": "",
        "TargetActorFull": "ECU", "TargetActorEntity": "ECU", "TargetActorRole": "", "TargetActorAttribute": "",
        "EventCode": "194", "EventRootCode": "19", "PentaClass": "4", "GoldsteinScore": "-10.0",
        "Issues": "military,1", "Lat": "-3.56694", "Lon": "-80.45153", "LocationName": "Tumbes", "StateName": "",
        "CountryCode": "PER", "SentenceID": "d_1_3", "URLs": "https://meridian.example/tumbes",
        "NewsSources": "The Meridian Post",
    }  # fmt: skip


def test_a_bare_claim_leaves_empty_what_is_not_known(tmp_path: Path, bare: Row) -> None:
    (event,) = write(tmp_path / "a.txt", [bare])
    assert {column for column, cell in event.items() if cell} == {
        *("EventID", "EventCode", "EventRootCode", "PentaClass", "GoldsteinScore", "SentenceID")
    }


def test_claims_of_one_happening_are_one_event_a_kind_of_deed(tmp_path: Path, told: Told) -> None:
    rows = [
        told(contexts=["military", "cbrn"], url="https://meridian.example/a;b"),
        told(id="c_2", document="d_2", publisher="Coast Mail; late edition", url=None),
        told(id="c_3", document="d_2", sentence=1, type="THREATEN", cameo="138"),
    ]
    first, second = write(tmp_path / "a.txt", rows)
    assert first["Issues"] == "cbrn,1;military,2"
    assert first["SentenceID"] == "d_1_0;d_2_0"
    assert first["URLs"] == "https://meridian.example/a%3Bb"
    assert first["NewsSources"] == "The Meridian Post;Coast Mail, late edition"
    assert (second["EventCode"], second["PentaClass"], second["SentenceID"]) == ("138", "3", "d_2_1")


def test_the_classes_are_those_of_the_data_set(tmp_path: Path, told: Told) -> None:
    rows = [told(cameo=f"{root:02}0", happening=str(root)) for root in range(1, 21)]
    classes = "".join(event["PentaClass"] for event in write(tmp_path / "a.txt", rows))
    assert classes == "00111" + "222" + "33333" + "44344" + "44"


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("ROUGOV", ("ROUGOV", "ROU", "GOV", "")),
        ("SYRLEG", ("SYRLEG", "SYR", "", "LEG")),
        ("ISIS", ("IMGISI", "IMG", "", "ISI")),
        ("UNOMIL", ("IGOUNOMIL", "IGO", "MIL", "UNO")),
        ("NGO", ("NGO", "NGO", "", "")),
        ("REB", ("REB", "", "REB", "")),
        (None, ("", "", "", "")),
    ],
)
def test_actors_are_taken_apart(tmp_path: Path, told: Told, code: str | None, parts: tuple[str, ...]) -> None:
    (event,) = write(tmp_path / "a.txt", [told(actor_code=code)])
    assert tuple(event[f"SourceActor{part}"] for part in ("Full", "Entity", "Role", "Attribute")) == parts


@pytest.mark.parametrize("status", ["planned", "hypothetical", "negated"])
def test_what_was_not_told_as_done_is_left_out(tmp_path: Path, told: Told, status: str) -> None:
    assert write(tmp_path / "a.txt", [told(status=status)]) == []


def test_history_is_not_dated_to_the_day_of_the_report(tmp_path: Path, told: Told) -> None:
    (event,) = write(tmp_path / "a.txt", [told(day=None, date_value="2015-11")])
    assert (event["Date"], event["Year"], event["Month"], event["Day"]) == ("", "2015", "11", "")


def test_a_region_is_the_name_of_the_state_too(tmp_path: Path, told: Told) -> None:
    (event,) = write(tmp_path / "a.txt", [told(place_precision="region")])
    assert event["StateName"] == event["LocationName"] == "Tumbes"


def test_hostile_cells_break_no_line_and_run_nowhere(tmp_path: Path, told: Told) -> None:
    hostile = '+1\t"x\r\n\x00\u2029y'
    (event,) = write(
        tmp_path / "a.txt", [told(**dict.fromkeys(("place_name", "publisher", "url", "document"), hostile))]
    )
    for column in ("LocationName", "SentenceID", "URLs", "NewsSources"):
        assert event[column].startswith("'+1 'x") and event[column].isprintable(), column


def test_a_file_gets_its_name_only_when_it_is_whole(tmp_path: Path, told: Told) -> None:
    writer = PhoenixWriter(tmp_path / "a.txt", PROVENANCE)
    writer.write(told())
    writer.discard()
    assert not list(tmp_path.iterdir())
    assert write(tmp_path / "a.txt", [told()]) == write(tmp_path / "b.txt", [told()])


def test_the_format_says_what_it_loses() -> None:
    assert format_named("phoenix").loses == LOSES
    assert format_named("phoenix").title == "Phoenix events"
    assert all(sentence.endswith(".") for sentence in LOSES)
