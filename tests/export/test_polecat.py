"""POLECAT's forty columns: their order, what stands in them, what is left out, and that hostile text stays a cell."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.export.files import partial_path
from dragoman.export.formats import Provenance, format_named
from dragoman.export.polecat import COLUMNS, FORMAT, PolecatWriter
from dragoman.plover import event_kinds
from dragoman.read.coded import CodedEvent
from dragoman.read.polecat import read_events

Told = Callable[..., dict[str, Any]]
PROVENANCE = Provenance(case="a.duckdb", version="9.9", codebook="plover-test", last_day="2020-02-04")


def write(path: Path, *rows: dict[str, Any]) -> Path:
    writer = FORMAT.open(path, PROVENANCE)
    for row in rows:
        writer.write(row)
    writer.finalize()
    return path


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def events(path: Path) -> list[Any]:
    with path.open("rb") as file:
        return [event for _, event in read_events(file, where=path.name)]


def test_forty_columns_in_polecats_order(tmp_path: Path, told: Told) -> None:
    assert len(COLUMNS) == len(set(COLUMNS)) == 40
    lines = write(tmp_path / "a.txt", told(), told()).read_text(encoding="utf-8").split("\n")
    assert lines[0].split("\t")[:9] == [
        *("Event ID", "Event Date", "Event Type", "Event Mode", "Event Intensity", "Quad Code", "Contexts"),
        *("Actor Name", "Actor Country"),
    ]
    assert lines[0].split("\t")[23:29] == ["Placename", "City", "District", "Province", "Country", "Latitude"]
    assert lines[0].endswith("Story Locations\tLanguage\tVersion")
    assert [line.count("\t") for line in lines] == [39, 39, 39, 0]


def test_a_whole_claim(tmp_path: Path, told: Told) -> None:
    (row,) = cells(write(tmp_path / "a.txt", told(contexts=["military", "territory"])))
    assert {name: value for name, value in row.items() if value != "None"} == {
        "Event ID": "c_1", "Event Date": "2020-02-03", "Event Type": "ASSAULT", "Event Mode": "heavy-weapons",
        "Event Intensity": "-9.5", "Quad Code": "MATERIAL CONFLICT", "Contexts": "military; territory",
        "Actor Name": "Peru", "Actor Country": "PER", "Actor COW": "135", "Primary Actor Sector": "MIL",
        "Actor Sectors": "MIL", "Actor Name Raw": "Lima",
        "Recipient Name": "Ecuador", "Recipient Country": "ECU", "Recipient COW": "130", "Recipient Name Raw": "Tumbes",
        "Placename": "Tumbes", "City": "Tumbes", "Country": "PER", "Latitude": "-3.56694", "Longitude": "-80.45153",
        "GeoNames ID": "3691148", "Raw Placename": "Tumbes", "Feature Type": "PPL",
        "Source": "The Meridian Post", "Publication Date": "2020-02-04", "Language": "en",
        "Version": "dragoman 9.9 plover-test",
    }  # fmt: skip


def test_what_is_not_known_is_none(tmp_path: Path, bare: dict[str, Any]) -> None:
    (row,) = cells(write(tmp_path / "a.txt", bare))
    known = {name for name, value in row.items() if value != "None"}
    assert known == {"Event ID", "Event Type", "Event Intensity", "Quad Code", "Version"}


@pytest.mark.parametrize("status", ["planned", "hypothetical", "negated"])
def test_what_was_not_done_is_left_out(tmp_path: Path, told: Told, status: str) -> None:
    path = write(tmp_path / "a.txt", told(status=status), told(id="c_2", status="actual"), told(id="c_3"))
    assert [row["Event ID"] for row in cells(path)] == ["c_2", "c_3"]


@pytest.mark.parametrize(
    ("code", "country", "cow", "sector"),
    [
        ("DEU", "DEU", "260", "None"),
        ("UNO", "UNO", "None", "None"),
        ("EUUGOV", "EUR", "None", "GOV"),
        ("NATMIL", "IGO", "None", "MIL"),
        ("PERMED", "PER", "135", "JRN"),
        ("REB", "None", "None", "REB"),
        ("PERUNK", "PER", "135", "None"),
        ("ISIS", "IMG", "None", "REB"),
        ("LAM", "None", "None", "None"),
    ],
)
def test_actors_have_polecats_codes(tmp_path: Path, told: Told, code: str, country: str, cow: str, sector: str) -> None:
    (row,) = cells(write(tmp_path / "a.txt", told(actor_code=code)))
    assert (row["Actor Country"], row["Actor COW"], row["Primary Actor Sector"]) == (country, cow, sector)


def test_a_region_and_a_country_stand_in_their_columns(tmp_path: Path, told: Told) -> None:
    region = told(place_name="Loreto", place_precision="region")
    country = told(place_name="Peru", place_precision="country")
    first, second = cells(write(tmp_path / "a.txt", region, country))
    assert (first["Province"], first["City"], first["Feature Type"]) == ("Loreto", "None", "None")
    assert (second["Province"], second["City"], second["Feature Type"]) == ("None", "None", "PCL")


def test_hostile_text_stays_in_its_cell(tmp_path: Path, told: Told) -> None:
    hostile = told(
        actor_name="=SUM(A1)\tB\r\nC\u2028D",
        actor_text='"quoted"',
        recipient_name="North; South|East",
        publisher="@home",
    )
    path = write(tmp_path / "a.txt", hostile, told(id="c_2"))
    assert path.read_bytes().count(b"\n") == 3
    row, after = cells(path)
    assert row["Actor Name"] == "'=SUM(A1) B C D"
    assert row["Actor Name Raw"] == '"quoted"'
    assert row["Recipient Name"] == "North, South, East"
    assert row["Source"] == "'@home"
    assert row["Longitude"] == "-80.45153"
    assert after["Event ID"] == "c_2"


def test_the_file_is_there_only_when_it_is_whole(tmp_path: Path, told: Told) -> None:
    path = tmp_path / "a.tsv"
    writer = PolecatWriter(path, PROVENANCE)
    writer.write(told())
    assert not path.exists()
    writer.finalize()
    assert [file.name for file in tmp_path.iterdir()] == ["a.tsv"]
    assert not partial_path(path).exists()


def test_the_same_claims_give_the_same_bytes(tmp_path: Path, told: Told) -> None:
    first, second = (write(tmp_path / name, told()).read_bytes() for name in ("a.txt", "b.txt"))
    assert first == second


def test_the_format_says_what_it_loses() -> None:
    assert format_named("polecat") is FORMAT
    assert FORMAT.endings == (".txt", ".tsv")
    assert any("Planned, hypothetical and denied claims are left out" in sentence for sentence in FORMAT.loses)
    assert all(sentence.endswith(".") for sentence in FORMAT.loses)


def test_what_is_written_reads_back(tmp_path: Path, told: Told) -> None:
    (event,) = events(write(tmp_path / "a.txt", told(actor_name="+Peru", contexts=["military", "pro_democracy"])))
    assert event == CodedEvent(
        id="c_1", day="2020-02-03", type="ASSAULT", mode="heavy-weapons", contexts=("military", "pro_democracy"),
        quad=4, intensity=-9.5, cameo="18", actor_name="+Peru", actor_code="PERMIL", recipient_name="Ecuador",
        recipient_code="ECU", place_name="Tumbes", place_country="PER", place_latitude=-3.56694,
        place_longitude=-80.45153, place_precision="city", published="2020-02-04", publisher="The Meridian Post",
    )  # fmt: skip


@pytest.mark.parametrize("precision", ["city", "region", "country", "point"])
def test_the_precision_reads_back(tmp_path: Path, told: Told, precision: str) -> None:
    (event,) = events(write(tmp_path / "a.txt", told(place_precision=precision)))
    assert event.place_precision == precision


@pytest.mark.parametrize("code", ["PER", "PERMED", "PERNGO", "UNO", "EUUGOV", "MIL", "XKXCOP", "IGO", "PERREF"])
def test_actor_codes_read_back(tmp_path: Path, told: Told, code: str) -> None:
    (event,) = events(write(tmp_path / "a.txt", told(actor_code=code, recipient_code=code)))
    assert event.actor_code == event.recipient_code == code


def test_every_type_and_mode_reads_back_with_its_quad_and_intensity(tmp_path: Path, told: Told) -> None:
    rows = [
        told(type=kind.type, mode=mode or None, quad=kind.quad, intensity=intensity, day=date(2020, 2, 3))
        for kind in event_kinds().values()
        for mode, intensity in kind.intensities.items()
    ]
    found = events(write(tmp_path / "a.txt", *rows))
    assert len(found) == len(rows) > 16
    assert [(event.type, event.mode, event.quad, event.intensity) for event in found] == [
        (row["type"], row["mode"], row["quad"], row["intensity"]) for row in rows
    ]
