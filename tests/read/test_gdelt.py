"""GDELT's event files are read in both versions, in our codes, and what dragoman wrote comes back as it was."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import InputError
from dragoman.export.formats import Provenance
from dragoman.export.gdelt import EVENT_COLUMNS, GdeltWriter
from dragoman.plover import event_kinds
from dragoman.read.cameo_actors import actor_code
from dragoman.read.coded import CodedEvent, PassedOver, read_coded
from dragoman.read.gdelt import read_events

EVENT = {
    "GLOBALEVENTID": "410000001", "SQLDATE": "20190506", "MonthYear": "201905", "Year": "2019",
    "FractionDate": "2019.3452", "Actor1Code": "ROMGOV", "Actor1Name": "BUCHAREST", "Actor1CountryCode": "ROM",
    "Actor1Type1Code": "GOV", "Actor2Code": "IGOUNOHLHWHO", "Actor2Name": "WORLD HEALTH ORGANIZATION",
    "Actor2KnownGroupCode": "WHO", "Actor2Type1Code": "IGO", "Actor2Type2Code": "HLH", "IsRootEvent": "1",
    "EventCode": "0841", "EventBaseCode": "084", "EventRootCode": "08", "QuadClass": "2", "GoldsteinScale": "7.0",
    "NumMentions": "4", "NumSources": "2", "NumArticles": "3", "AvgTone": "-1.5", "ActionGeo_Type": "4",
    "ActionGeo_FullName": "Cluj, Cluj, Romania", "ActionGeo_CountryCode": "RO", "ActionGeo_ADM1Code": "RO13",
    "ActionGeo_ADM2Code": "40001", "ActionGeo_Lat": "46.7667", "ActionGeo_Long": "23.6",
    "ActionGeo_FeatureID": "-1000001", "DATEADDED": "20190507101500", "SOURCEURL": "https://www.wharf.example/a?b=1",
}  # fmt: skip
ONE = tuple(column for column in EVENT_COLUMNS if not column.endswith("_ADM2Code"))
PROVENANCE = Provenance("case.duckdb", "0.1.0", "plover-test", None)


def line(columns: tuple[str, ...] = EVENT_COLUMNS, **changes: str) -> str:
    row = EVENT | changes
    return "\t".join(row.get(column, "") for column in columns) + "\n"


def found(*lines: str) -> list[CodedEvent | PassedOver | InputError]:
    return [event for _, event in read_events(io.BytesIO("".join(lines).encode()), where="a.CSV")]


def one(**changes: str) -> CodedEvent:
    (event,) = found(line(**changes))
    assert isinstance(event, CodedEvent), event
    return event


def test_an_event_of_version_two() -> None:
    assert one() == CodedEvent(
        id="410000001", day="2019-05-06", type="RETREAT", mode=None, contexts=(), quad=2, intensity=6.5, cameo="0841",
        actor_name="BUCHAREST", actor_code="ROUGOV", recipient_name="WORLD HEALTH ORGANIZATION", recipient_code="UNO",
        place_name="Cluj", place_country="ROU", place_latitude=46.7667, place_longitude=23.6, place_precision="city",
        published="2019-05-07", publisher="wharf.example", url="https://www.wharf.example/a?b=1",
    )  # fmt: skip


def test_the_first_version_with_and_without_address() -> None:
    assert (len(ONE), len(ONE[:-1])) == (58, 57)
    (event,) = found(line(ONE, DATEADDED="20190507"))
    assert event == one()
    (older,) = found(line(ONE[:-1], DATEADDED="20190507"))
    assert isinstance(older, CodedEvent)
    assert (older.published, older.url, older.publisher, older.place_latitude) == ("2019-05-07", None, None, 46.7667)


def test_quotes_are_nothing_special_and_each_line_stands_for_itself() -> None:
    first, second = found(line(Actor1Name='"KNIFE" GANG'), line(Actor1Name='"UNCLOSED'))
    assert isinstance(first, CodedEvent) and isinstance(second, CodedEvent)
    assert (first.actor_name, second.actor_name) == ('"KNIFE" GANG', '"UNCLOSED')


def test_class_and_intensity_are_plovers_whatever_the_file_says() -> None:
    event = one(EventCode="020", QuadClass="1", GoldsteinScale="3.0")
    assert (event.type, event.quad, event.intensity, event.cameo) == ("REQUEST", 3, 0.0, "020")


def test_statements_are_passed_over_for_one_reason() -> None:
    statements = found(*(line(EventCode=code) for code in ("010", "01", "018")))
    assert all(isinstance(event, PassedOver) for event in statements)
    assert len(set(statements)) == 1
    (undated,) = found(line(SQLDATE=""))
    assert isinstance(undated, PassedOver) and undated not in statements


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"SQLDATE": "20190230"}, "SQLDATE '20190230' is no day"),
        ({"SQLDATE": "2019-05-06"}, "SQLDATE '2019-05-06' is no day"),
        ({"DATEADDED": "yesterday"}, "DATEADDED 'yesterday' is no day"),
        ({"EventCode": "42"}, "EventCode '42' is no CAMEO code"),
        ({"EventCode": "190x"}, "EventCode '190x' is no CAMEO code"),
        ({"EventCode": ""}, "EventCode '' is no CAMEO code"),
        ({"ActionGeo_Lat": "north"}, "has coordinates that are no place (north, 23.6)"),
        ({"ActionGeo_Long": "190"}, "has coordinates that are no place (46.7667, 190)"),
        ({"GLOBALEVENTID": ""}, "has no 'GLOBALEVENTID'"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_goes_on(changes: dict[str, str], problem: str) -> None:
    good, bad, last = found(line(), line(**changes), line())
    assert isinstance(good, CodedEvent) and good == last
    assert isinstance(bad, InputError)
    assert (bad.where, bad.problem) == ("a.CSV, line 2", problem)
    assert bad.remedy


def test_a_row_that_was_cut_short_is_named() -> None:
    bad, good = found("12\t20190506\n", line())
    assert isinstance(bad, InputError) and bad.where == "a.CSV, line 1"
    assert isinstance(good, CodedEvent)


@pytest.mark.parametrize("text", ["a,b,c\n1,2,3\n", "\t".join("x" * 16) + "\n", "\t" * 26 + "\n"])
def test_another_file_is_one_error_with_a_remedy(text: str) -> None:
    (problem,) = found(text)
    assert isinstance(problem, InputError)
    assert "61 columns" in problem.remedy
    assert not found("")


def test_a_zipped_file_is_read_through(tmp_path: Path) -> None:
    path = tmp_path / "20190507.export.CSV.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("20190507.export.CSV", line() + line(GLOBALEVENTID="2"))
    assert [getattr(event, "id", event) for event in read_coded(path, "gdelt")] == ["410000001", "2"]


@pytest.mark.parametrize(
    ("code", "country", "group", "types", "ours"),
    [
        ("USA", "USA", "", "", "USA"),
        ("WSB", "WSB", "", "", "PSE"),
        ("MTNOPP", "MTN", "", "OPP", "MNEOPP"),
        ("TURSEP", "TUR", "", "SEP", "TURREB"),
        ("USABUSMNC", "USA", "", "BUS MNC", "USABUS"),
        ("USAELI", "USA", "", "ELI", "USA"),
        ("USAELIGOV", "USA", "", "ELI GOV", "USAGOV"),
        ("USANGOHRI", "USA", "", "NGO HRI", "USANGO"),
        ("IGOEUREEC", "EUR", "EEC", "IGO", "EUU"),
        ("IGOEUREECLEG", "EUR", "EEC", "IGO LEG", "EUULEG"),
        ("IGOJUDICC", "", "ICC", "IGO JUD", "ICC"),
        ("IGOUNOREFHCR", "", "HCR", "IGO REF", "UNO"),
        ("IGOBUSXYZ", "", "XYZ", "IGO BUS", "IGO"),
        ("IGOAGRIAC", "AFR", "IAC", "IGO", "IGO"),
        ("IMGMOSALQ", "", "ALQ", "IMG", "IMGREB"),
        ("IMGMUSISI", "", "ISI", "IMG", "ISIS"),
        ("PSEREBHMS", "PSE", "HMS", "REB", "PSEREB"),
        ("CHRCTH", "", "", "", None),
        ("ELI", "", "", "ELI", None),
        ("GOV", "", "", "GOV", "GOV"),
        ("X1", "x1\t", "", "", None),
        ("", "", "", "", None),
    ],
)
def test_actors_get_our_codes_where_they_are_plain(
    code: str, country: str, group: str, types: str, ours: str | None
) -> None:
    assert actor_code(code, country=country, group=group, types=types.split()) == ours


@pytest.mark.parametrize(
    ("kind", "name", "fips", "place"),
    [
        ("1", "Congo, Democratic Republic of", "CG", ("Congo, Democratic Republic of", "COD", "country")),
        ("2", "Texas, United States", "US", ("Texas", "USA", "region")),
        ("3", "Waco, Texas, United States", "US", ("Waco", "USA", "city")),
        ("5", "Bavaria, Germany", "GM", ("Bavaria", "DEU", "region")),
        ("4", "Rafah, Gaza Strip (general), Gaza Strip", "GZ", ("Rafah", "PSE", "city")),
        ("4", "Nowhere, Nowhere", "ZZ", ("Nowhere", None, "city")),
        ("0", "", "", (None, None, None)),
        ("", "", "", (None, None, None)),
    ],
)
def test_places_get_iso_countries(kind: str, name: str, fips: str, place: tuple[str | None, ...]) -> None:
    event = one(ActionGeo_Type=kind, ActionGeo_FullName=name, ActionGeo_CountryCode=fips)
    assert (event.place_name, event.place_country, event.place_precision) == place


def test_a_place_without_one_coordinate_has_none() -> None:
    event = one(ActionGeo_Long="")
    assert (event.place_name, event.place_latitude, event.place_longitude) == ("Cluj", None, None)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://WWW.Wharf.example:80/", "wharf.example"),
        ("https://[broken", None),
        ("The Wharf, page 3", None),
        ("unspecified", None),
        ("javascript://x.example/", None),
    ],
)
def test_the_publisher_is_the_host_of_the_address(url: str, host: str | None) -> None:
    event = one(SOURCEURL=url)
    assert event.publisher == host
    assert event.url == (url if url.startswith("http") else None)


def coded_back(path: Path, rows: list[dict[str, Any]]) -> list[CodedEvent | PassedOver | InputError]:
    writer = GdeltWriter(path, PROVENANCE)
    for row in rows:
        writer.write(row)
    writer.finalize()
    return list(read_coded(path, "gdelt"))


KEPT = ("type", "quad", "intensity", "cameo", "actor_name", "actor_code", "recipient_name", "recipient_code")
KEPT += ("place_name", "place_country", "place_latitude", "place_longitude", "place_precision", "url")
FULL: dict[str, Any] = {
    "happening": "c_1", "status": "actual", "document": "d_1", "publisher": "Wharf", "sentence": 0, "score": None,
    "trigger_text": "", "trigger_start": 0, "actor_text": "", "actor_start": 0, "recipient_text": "",
    "recipient_start": 0, "date_value": "2020-02-03", "day": date(2020, 2, 3), "published": date(2020, 2, 5),
    "actor_name": "=Peru", "actor_code": "PERMIL", "recipient_name": "O'Neill", "recipient_code": "ECU",
    "place_name": "Tumbes", "place_country": "PER", "place_latitude": -3.56694, "place_longitude": -80.45153,
    "place_precision": "city", "url": "https://wharf.example/x",
}  # fmt: skip


@pytest.mark.parametrize("name", event_kinds())
def test_what_was_written_is_read_back(tmp_path: Path, name: str) -> None:
    kind = event_kinds()[name]
    cameo = {"CONCEDE": "081", "RETREAT": "0871"}.get(name, kind.cameo + "0")
    row = FULL | {"id": "c_1", "type": name, "quad": kind.quad, "intensity": kind.intensity(), "cameo": cameo}
    (event,) = coded_back(tmp_path / "a.export.CSV", [row])
    assert isinstance(event, CodedEvent), event
    assert {field: getattr(event, field) for field in KEPT} == {field: row[field] for field in KEPT}
    assert (event.day, event.published, event.publisher) == ("2020-02-03", "2020-02-05", "wharf.example")


@pytest.mark.parametrize(
    "code", ["ROUREB", "TLS", "XKX", "PSEGOV", "UNO", "UNOMIL", "EUULEG", "NATMIL", "OSC", "ECW", "ICC", "WEF", "ISIS",
             "IMGREB", "IGO", "IGOMIL", "NGO", "NGM", "USANGO", "WST", "EURGOV", "UAF", "UNK", "SUN", "DDRSPY", None],
)  # fmt: skip
def test_actors_are_read_back(tmp_path: Path, code: str | None) -> None:
    row = FULL | {"id": "c_1", "type": "ASSAULT", "cameo": "190", "actor_code": code, "recipient_code": code}
    (event,) = coded_back(tmp_path / "a.tsv", [row])
    assert isinstance(event, CodedEvent)
    assert (event.actor_code, event.recipient_code) == (code, code)


@pytest.mark.parametrize("precision", ["country", "region", "city", None])
@pytest.mark.parametrize("country", ["USA", "PSE", "SJM", "YUG", None])
def test_places_are_read_back(tmp_path: Path, precision: str | None, country: str | None) -> None:
    row = FULL | {
        "id": "c_1",
        "type": "ASSAULT",
        "cameo": "190",
        "place_precision": precision,
        "place_country": country,
    }
    (event,) = coded_back(tmp_path / "a.tsv", [row])
    assert isinstance(event, CodedEvent)
    assert (event.place_name, event.place_country, event.place_precision) == ("Tumbes", country, precision)
