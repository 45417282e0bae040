"""ICEWS: codes with and without their zeros, countries by name, the sector that counts, broken rows."""

from __future__ import annotations

import io
from typing import Any

import pytest

from dragoman.errors import InputError
from dragoman.read.coded import CodedEvent, PassedOver
from dragoman.read.icews import PASSED_OVER, read_cameo, read_events

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
ROW = dict(
    zip(
        COLUMNS,
        (
            "77", "2020-02-03", 'Army "Condor" (Peru)', "Government,Military,Army", "Peru", "Use artillery", "194",
            "3.5", "Citizen (Russia)", "General Population / Civilian / Social,Social", "Russian Federation", "9", "2",
            "Harbour Wire", "Tumbes", "", "Departamento de Tumbes", "Peru", "-3.56694", "-80.45153",
        ),
        strict=True,
    )
)  # fmt: skip


def read(*rows: dict[str, str]) -> list[Any]:
    lines = ["\t".join(COLUMNS), *("\t".join(row[column] for column in COLUMNS) for row in rows)]
    return [event for _, event in read_events(io.BytesIO("\n".join(lines).encode()), where="events.tab")]


def event(**changes: str) -> Any:
    (found,) = read(ROW | {name.replace("_", " "): value for name, value in changes.items()})
    return found


def test_a_row_with_quad_and_intensity_of_plover_and_not_of_the_file() -> None:
    assert event() == CodedEvent(
        id="77/2020-02-03", day="2020-02-03", type="ASSAULT", mode=None, contexts=(), quad=4, intensity=-9.0,
        cameo="194", actor_name='Army "Condor" (Peru)', actor_code="PERMIL", recipient_name="Citizen (Russia)",
        recipient_code="RUSCVL", place_name="Tumbes", place_country="PER", place_latitude=-3.56694,
        place_longitude=-80.45153, place_precision="city", publisher="Harbour Wire",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("code", "cameo", "type_"),
    [
        ("042", "042", "CONSULT"),
        ("42", "042", "CONSULT"),
        ("211", "0211", "REQUEST"),
        ("0211", "0211", "REQUEST"),
        ("874", "0874", "RETREAT"),
        ("203", "203", "ASSAULT"),
        ("100", "100", "REQUEST"),
        ("1823", "1823", "ASSAULT"),
        ("057", "057", "AGREE"),
        ("13y", "13", "THREATEN"),
    ],
)
def test_codes_that_lost_their_zeros(code: str, cameo: str, type_: str) -> None:
    found = event(**{"CAMEO Code": code})
    assert (found.cameo, found.type) == (cameo, type_)


@pytest.mark.parametrize("code", ["010", "10", "14", "19", "013"])
def test_statements_are_passed_over(code: str) -> None:
    assert event(**{"CAMEO Code": code}) == PassedOver(PASSED_OVER)


@pytest.mark.parametrize("code", ["", "9", "2101", "000", "-12", "12345", "१२", "x"])
def test_what_is_no_code_is_refused(code: str) -> None:
    assert isinstance(event(**{"CAMEO Code": code}), InputError)


def test_every_code_that_lost_a_zero_is_found_again() -> None:
    # CAMEO's statements, root 01, have no codes of four digits.
    whole = [f"{root:02}{rest}" for root in range(1, 10) for rest in ("0", "1", "9")]
    whole += [f"{root:02}{rest}" for root in range(2, 10) for rest in ("11", "44", "74")]
    assert [read_cameo(code.removeprefix("0"), place="x") for code in whole] == whole


@pytest.mark.parametrize(
    ("sectors", "code"),
    [
        ("Elite,Government,Parties,Executive,Executive Office,Lower House", "PERGOV"),
        ("Government,Defense / Security Ministry,Executive,Military", "PERGOV"),
        ("Police,Government", "PERCOP"),
        ("Government,Legislative / Parliamentary", "PERLEG"),
        ("Dissident,Rebel", "PERREB"),
        ("Dissident,Protestors / Popular Opposition / Mobs", "PEROPP"),
        ("Social,Media,News", "PERMED"),
        ("Unidentified Forces", "PERUAF"),
        ("Social,Legal", "PERCVL"),
        ("Center Left", "PER"),
        ("NULL", "PER"),
    ],
)
def test_the_sector_that_counts(sectors: str, code: str) -> None:
    assert event(Source_Sectors=sectors).actor_code == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Occupied Palestinian Territory", "PSE"),
        ("Cote d'Ivoire", "CIV"),
        ("Congo", "COG"),
        ("Democratic Republic of Congo", "COD"),
        ("the former Yugoslav Republic of Macedonia", "MKD"),
        ("Moldova, Republic of", "MDA"),
        ("Timor-Leste", "TLS"),
        ("Holy See", "VAT"),
        ("Gambia", "GMB"),
        ("Isle Of Man", "IMN"),
        ("Saint Martin (French part)", "MAF"),
        ("Atlantis", None),
    ],
)
def test_countries_by_name(name: str, code: str | None) -> None:
    found = event(Source_Country=name, Source_Sectors="", Country=name)
    assert found.actor_code == found.place_country == code


def test_organisations_have_their_own_codes() -> None:
    def code(name: str, sectors: str) -> str | None:
        found: str | None = event(Source_Name=name, Source_Sectors=sectors, Source_Country="").actor_code
        return found

    assert code("United Nations", "Global,International Government Organization") == "UNO"
    assert code("Union of Tall Ships", "International Government Organization,Regional") == "IGO"
    assert code("Doctors Afloat", "Nongovernmental Organization (International)") == "NGO"
    assert code("River Front", "Rebel") == "REB"


def test_the_finest_place_is_named() -> None:
    region = event(City="", Latitude="", Longitude="NA")
    country = event(City="NULL", District="NULL", Province="NULL")
    nowhere = event(City="", Province="", Country="")
    assert (region.place_name, region.place_precision) == ("Departamento de Tumbes", "region")
    assert (region.place_latitude, region.place_longitude) == (None, None)
    assert (country.place_name, country.place_precision) == ("Peru", "country")
    assert (nowhere.place_name, nowhere.place_precision) == (None, None)


@pytest.mark.parametrize(("column", "value"), [("Event Date", "2020-02-30"), ("Event ID", ""), ("Latitude", "inf")])
def test_a_bad_row_is_named_and_the_others_read(column: str, value: str) -> None:
    first, bad, last = read(ROW, ROW | {column: value}, ROW)
    assert isinstance(bad, InputError)
    assert bad.where == "events.tab, line 3"
    assert bad.remedy
    assert isinstance(first, CodedEvent)
    assert isinstance(last, CodedEvent)


def test_another_file_is_one_error() -> None:
    ((_, found),) = read_events(io.BytesIO(b"a\tb\n1\t2\n"), where="events.tab")
    assert isinstance(found, InputError)
    assert "Event ID" in found.problem
