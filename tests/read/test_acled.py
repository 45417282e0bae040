"""ACLED: every published type, actors by name and inter code, dates in both ways, broken rows."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from dragoman.errors import InputError
from dragoman.plover import event_kinds, kind_of_cameo
from dragoman.read.acled import PASSED_OVER, TABLE_COLUMNS, actor_code, read_events
from dragoman.read.coded import CodedEvent, PassedOver
from dragoman.tables import read_table

ROW = {
    "event_id_cnty": "PER12",
    "event_date": "2020-02-03",
    "year": "2020",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Shelling/artillery/missile attack",
    "actor1": "Military Forces of Peru (2018-)",
    "assoc_actor_1": "",
    "inter1": "1",
    "actor2": "Civilians (Ecuador)",
    "assoc_actor_2": "",
    "inter2": "7",
    "interaction": "17",
    "civilian_targeting": "Civilian targeting",
    "iso": "604",
    "region": "South America",
    "country": "Peru",
    "admin1": "Tumbes",
    "admin2": "",
    "admin3": "",
    "location": "Tumbes",
    "latitude": "-3.56694",
    "longitude": "-80.45153",
    "geo_precision": "1",
    "source": "Harbour Wire; The Meridian Post",
    "source_scale": "National",
    "notes": 'Soldiers fired on a pier.\nThe mayor called it "a mistake".',
    "fatalities": "0",
    "tags": "",
    "timestamp": "1580800000",
}
SUB_EVENTS = {
    "Battles": ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    "Protests": ("Peaceful protest", "Protest with intervention", "Excessive force against protesters"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Explosions/Remote violence": (
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    ),
    "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    "Strategic developments": (
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use", "Headquarters or base established",
        "Looting/property destruction", "Non-violent transfer of territory", "Other",
    ),
}  # fmt: skip


def written(*rows: dict[str, str], delimiter: str = ",") -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, fieldnames=list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def read(data: bytes) -> list[Any]:
    return [event for _, event in read_events(io.BytesIO(data), where="acled.csv")]


def event(**changes: str) -> Any:
    (found,) = read(written(ROW | changes))
    return found


def test_a_row() -> None:
    assert event() == CodedEvent(
        id="PER12", day="2020-02-03", type="ASSAULT", mode="heavy-weapons", contexts=(), quad=4, intensity=-9.5,
        cameo="194", actor_name="Military Forces of Peru (2018-)", actor_code="PERMIL",
        recipient_name="Civilians (Ecuador)", recipient_code="ECUCVL", place_name="Tumbes", place_country="PER",
        place_latitude=-3.56694, place_longitude=-80.45153, place_precision="city",
        publisher="Harbour Wire; The Meridian Post",
    )  # fmt: skip


def test_the_table_has_every_published_sub_event() -> None:
    published = {(name, sub) for name, subs in SUB_EVENTS.items() for sub in subs}
    assert len(published) == 25
    table = {(row["event_type"], row["sub_event_type"]) for row in read_table("formats/acled.csv", TABLE_COLUMNS)}
    assert published <= table
    for name, sub in published:
        found = event(event_type=name, sub_event_type=sub)
        assert isinstance(found, CodedEvent) or found == PassedOver(PASSED_OVER)


def test_types_modes_and_codes_of_the_table_agree() -> None:
    for row in read_table("formats/acled.csv", TABLE_COLUMNS):
        if not row["type"]:
            assert (row["mode"], row["cameo"]) == ("", "")
            continue
        assert row["mode"] in event_kinds()[row["type"]].intensities, row.cells
        kind = kind_of_cameo(row["cameo"])
        assert kind is not None
        assert kind.type == row["type"], row.cells


@pytest.mark.parametrize("sub", ["Change to group/activity", "Other"])
def test_developments_without_an_act_are_passed_over(sub: str) -> None:
    assert event(event_type="Strategic developments", sub_event_type=sub) == PassedOver(PASSED_OVER)


@pytest.mark.parametrize(
    ("event_type", "type_"),
    [
        ("Battle-No change of territory", "ASSAULT"),
        ("Riots/Protests", "PROTEST"),
        ("Remote violence", "ASSAULT"),
        ("Headquarters or base established", "MOBILIZE"),
        ("violence against civilians", "ASSAULT"),
    ],
)
def test_files_before_2019_have_no_sub_events(event_type: str, type_: str) -> None:
    old = {name: value for name, value in ROW.items() if name not in ("sub_event_type", "disorder_type")}
    (found,) = read(written(old | {"event_type": event_type}))
    assert found.type == type_


@pytest.mark.parametrize("day", ["2018-04-12", "12 April 2018", "12-April-2018", "12 Apr 2018", "2018-04-12T00:00:00Z"])
def test_days_in_every_way(day: str) -> None:
    assert event(event_date=day).day == "2018-04-12"


@pytest.mark.parametrize(
    ("name", "inter", "code"),
    [
        ("Military Forces of Peru (2016-2020)", "1", "PERMIL"),
        ("Military Forces of the United States", "8", "USAMIL"),
        ("Military Forces of Peru (2018-) Coast Guard", "State forces", "PERMIL"),
        ("Police Forces of Ivory Coast (2011-)", "State Forces", "CIVCOP"),
        ("Government of eSwatini (1986-)", "1", "SWZGOV"),
        ("Military Forces of Atlantis (1900-)", "1", None),
        ("Protesters (Peru)", "6", "PERCVL"),
        ("Rioters (Peru)", "Rioters", "PERCVL"),
        ("Civilians (Democratic Republic of Congo)", "Civilians", "CODCVL"),
        ("River Front", "2", "REB"),
        ("River Front", "Rebel groups", "REB"),
        ("River Front (Northern faction)", "Rebel group", "REB"),
        ("Unidentified Armed Group (Peru)", "3", "PERUAF"),
        ("Hill Communal Militia (Peru)", "Identity militia", "PERUAF"),
        ("Dock Gang (Haiti)", "Political militia", "HTICRM"),
        ("Harbour Guards", "External/Other forces", None),
        ("Protesters (Peru)", None, "PER"),
        (None, None, None),
    ],
)
def test_actors_by_name_and_inter(name: str | None, inter: str | None, code: str | None) -> None:
    assert actor_code(name, inter) == code


def test_a_protest_has_no_second_actor() -> None:
    found = event(event_type="Protests", sub_event_type="Peaceful protest", actor2="", inter2="0")
    assert (found.mode, found.recipient_name, found.recipient_code) == ("demo", None, None)


def test_the_semicolons_of_the_former_export_tool() -> None:
    assert read(written(ROW, delimiter=";")) == read(written(ROW))


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("event_date", "32 April 2018", "no day"),
        ("event_date", "12 Thermidor 2018", "no day"),
        ("event_id_cnty", "", "no 'event_id_cnty'"),
        ("sub_event_type", "Shrug", "codebook lacks"),
        ("latitude", "999", "no place"),
    ],
)
def test_a_bad_row_is_named_and_the_others_read(column: str, value: str, problem: str) -> None:
    bad, good = read(written(ROW | {column: value}, ROW))
    assert isinstance(bad, InputError)
    assert problem in bad.problem
    assert "acled.csv, line" in bad.where
    assert bad.remedy
    assert isinstance(good, CodedEvent)


def test_another_file_is_one_error() -> None:
    (found,) = read(b"a,b\n1,2\n")
    assert isinstance(found, InputError)
    assert "event_id_cnty" in found.problem
