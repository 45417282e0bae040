"""POLECAT read back: by column name, several parties to one record, old words, what was not done, broken rows."""

from __future__ import annotations

import io
from typing import Any

import pytest

from dragoman.errors import InputError
from dragoman.read.coded import CodedEvent, PassedOver
from dragoman.read.polecat import NO_DAY, NO_TYPE, NOT_DONE, read_events

ROW = {
    "Event ID": "20200204-0001-abc_CONSULT",
    "Event Date": "2020-02-03",
    "Event Type": "CONSULT",
    "Event Mode": "phone",
    "Intensity": "7",
    "Quad Code": "MATERIAL CONFLICT",
    "Contexts": "diplomatic; territory",
    "Actor Name": "Ana Rojas",
    "Actor Country": "PER",
    "Primary Actor Sector": "GOV",
    "Recipient Name": "Ecuador",
    "Recipient Country": "ECU",
    "Primary Recipient Sector": "None",
    "Placename": "Piura",
    "City": "Piura",
    "Country": "PER",
    "Latitude": "-5.2",
    "Longitude": "-80.6",
    "Feature Type": "PPLA",
    "Source": "Harbour Wire",
    "Publication Date": "2020-02-04",
    "Version": "1",
}


def read(*rows: dict[str, str], drop: tuple[str, ...] = ()) -> list[Any]:
    """What the reader makes of rows with the columns of the first."""
    columns = [column for column in rows[0] if column not in drop]
    lines = ["\t".join(columns), *("\t".join(row[column] for column in columns) for row in rows)]
    file = io.BytesIO("\n".join(lines).encode())
    return [event for _, event in read_events(file, where="a.txt")]


def event(**changes: str) -> Any:
    (found,) = read(ROW | {name.replace("_", " "): value for name, value in changes.items()})
    return found


def test_a_row_with_quad_and_intensity_of_plover_and_not_of_the_file() -> None:
    assert event() == CodedEvent(
        id="20200204-0001-abc_CONSULT", day="2020-02-03", type="CONSULT", mode="phone",
        contexts=("diplomatic", "territory"), quad=1, intensity=1.5, cameo="04", actor_name="Ana Rojas",
        actor_code="PERGOV", recipient_name="Ecuador", recipient_code="ECU", place_name="Piura", place_country="PER",
        place_latitude=-5.2, place_longitude=-80.6, place_precision="city", published="2020-02-04",
        publisher="Harbour Wire",
    )  # fmt: skip


def test_columns_may_stand_in_any_order_with_others_between() -> None:
    turned = dict(reversed(list((ROW | {"Headline of day": "x"}).items())))
    assert read(turned) == [event()]


def test_several_parties_to_a_record_are_events_of_their_own() -> None:
    names = {"Actor Name": "Peru; Chile", "Actor Country": "PER; CHL", "Primary Actor Sector": "GOV; None"}
    found = read(ROW | names)
    assert [(e.id[-2:], e.actor_name, e.actor_code, e.recipient_code) for e in found] == [
        ("LT", "Peru", "PERGOV", "ECU"),
        ("/2", "Chile", "CHL", "ECU"),
    ]


def test_several_actors_without_a_recipient_act_on_one_another() -> None:
    names = {"Actor Name": "Peru|Chile", "Actor Country": "PER|CHL", "Primary Actor Sector": "None"}
    nobody = {"Recipient Name": "None", "Recipient Country": "None"}
    found = read(ROW | names | {"Primary Actor Sector": ""} | nobody)
    assert [(e.actor_code, e.recipient_code) for e in found] == [("PER", "CHL"), ("CHL", "PER")]


def test_lists_that_do_not_pair_off_are_not_guessed_at() -> None:
    found = event(Actor_Name="Peru; Chile", Actor_Country="PER")
    assert (found.actor_name, found.actor_code) == ("Peru; Chile", None)


def test_a_list_without_end_is_one_event() -> None:
    many = "; ".join(["Peru"] * 5000)
    found = event(Actor_Name=many, Actor_Country="; ".join(["PER"] * 5000))
    assert (found.actor_name, found.actor_code) == (many, None)


def test_nobody_is_none() -> None:
    nothing = {name: "None" for name in ROW if name.startswith(("Actor", "Recipient", "Primary"))}
    (found,) = read(ROW | nothing)
    assert (found.actor_name, found.actor_code, found.recipient_name, found.recipient_code) == (None,) * 4


@pytest.mark.parametrize(
    ("sector", "code"),
    [("JRN", "PERMED"), ("MED", "PERCVL"), ("PRM", "PERMIL"), ("SOC", "PERNGO"), ("INS", "PERREB"), ("QQQ", "PER")],
)
def test_sectors_become_ours(sector: str, code: str) -> None:
    assert event(Primary_Actor_Sector=sector).actor_code == code


@pytest.mark.parametrize(
    ("country", "code"), [("EUR", "EUUGOV"), ("UNO", "UNOGOV"), ("IGO", "IGOGOV"), ("x\u202e", "GOV")]
)
def test_organisations_become_ours(country: str, code: str) -> None:
    assert event(Actor_Country=country).actor_code == code


@pytest.mark.parametrize(
    ("old", "mode", "type_", "mode_"),
    [
        ("DEMAND", "yield", "REQUEST", "yield"),
        ("FIGHT", "assassinate", "ASSAULT", "targeted"),
        ("ASSAULT", "massacre", "ASSAULT", None),
        ("ASSAULT", "cleansing; Aerial", "ASSAULT", "aerial"),
        ("assault", "None", "ASSAULT", None),
    ],
)
def test_words_of_earlier_manuals(old: str, mode: str, type_: str, mode_: str | None) -> None:
    found = event(Event_Type=old, Event_Mode=mode)
    assert (found.type, found.mode) == (type_, mode_)


def test_contexts_have_one_spelling() -> None:
    found = event(Contexts="pro-democracy|natural_resources; Economic; =1+1")
    assert found.contexts == ("pro_democracy", "natural_resource", "economic")


@pytest.mark.parametrize("special", ["future", "hypothetical", "negation", "historical"])
def test_what_was_not_done_is_passed_over(special: str) -> None:
    assert event(Contexts=f"economic; {special}") == PassedOver(NOT_DONE)


def test_a_crime_is_passed_over() -> None:
    assert event(Event_Type="CRIME") == PassedOver(NO_TYPE)


def test_an_event_without_a_day_is_passed_over() -> None:
    assert event(Event_Date="None") == PassedOver(NO_DAY)


@pytest.mark.parametrize(
    ("feature", "city", "precision"),
    [
        ("PPLC", "", "city"),
        ("ADM1", "", "region"),
        ("PCLI", "", "country"),
        ("AIRP", "Piura", "city"),
        ("AIRP", "", "point"),
    ],
)
def test_precision(feature: str, city: str, precision: str) -> None:
    assert event(Feature_Type=feature, City=city).place_precision == precision


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("Event Date", "soon", "no day"),
        ("Event ID", "", "no 'Event ID'"),
        ("Event Type", "SHRUG", "PLOVER lacks"),
        ("Latitude", "95", "no place"),
        ("Longitude", "nowhere", "no place"),
        ("Publication Date", "2020-13-01", "no day"),
    ],
)
def test_a_bad_row_is_named_and_the_others_read(column: str, value: str, problem: str) -> None:
    bad, good = read(ROW | {column: value}, ROW)
    assert isinstance(bad, InputError)
    assert problem in bad.problem
    assert bad.where == "a.txt, line 2"
    assert bad.remedy
    assert isinstance(good, CodedEvent)


def test_a_header_that_names_more_than_the_rows_have_is_refused() -> None:
    header = "Event ID\tEvent Date\tEvent Type\tHeadline\tActor Name\tRecipient Name\tVersion"
    file = io.BytesIO(f"{header}\n1\t2020-02-03\tAID\tPeru\tChile\t1\n".encode())
    ((_, found),) = read_events(file, where="a.txt")
    assert isinstance(found, InputError)
    assert "Headline" in found.remedy


def test_another_file_is_one_error() -> None:
    ((_, found),) = read_events(io.BytesIO(b"a,b\n1,2\n"), where="a.csv")
    assert isinstance(found, InputError)
    assert "Event ID" in found.problem
