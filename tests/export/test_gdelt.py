"""Claims become GDELT's 61 and 16 columns; what is no act is left out, and nothing hostile gets through."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from dragoman.export.cameo import actor_parts, goldstein
from dragoman.export.files import partial_path
from dragoman.export.formats import Provenance, format_named
from dragoman.export.gdelt import EVENT_COLUMNS, LOSES, MENTION_COLUMNS, GdeltWriter, mentions_path, quad_class
from dragoman.export.gdelt_place import fips_codes
from dragoman.tables import read_table, state_names

Row = dict[str, Any]
Told = Callable[..., Row]
PROVENANCE = Provenance("case.duckdb", "0.1.0", "plover-test", "2020-03-01")


def write(path: Path, rows: Iterable[Row]) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The events and the mentions, by column."""
    writer = GdeltWriter(path, PROVENANCE)
    for row in rows:
        writer.write(row)
    writer.finalize()
    return read(path, EVENT_COLUMNS), read(mentions_path(path), MENTION_COLUMNS)


def read(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Lines end in a line feed and nowhere else; cells are between tabs."""
    lines = path.read_text(encoding="utf-8").split("\n")
    assert lines.pop() == ""
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]


def test_the_columns_stand_where_the_codebook_has_them() -> None:
    assert (len(EVENT_COLUMNS), len(MENTION_COLUMNS)) == (61, 16)
    places = {"GLOBALEVENTID": 1, "SQLDATE": 2, "Actor1Code": 6, "Actor1Type1Code": 13, "Actor2Code": 16}
    places |= {"IsRootEvent": 26, "EventCode": 27, "QuadClass": 30, "GoldsteinScale": 31, "NumMentions": 32}
    places |= {"AvgTone": 35, "Actor1Geo_Type": 36, "Actor2Geo_Type": 44, "ActionGeo_Type": 52, "ActionGeo_Lat": 57}
    places |= {"DATEADDED": 60, "SOURCEURL": 61}
    assert {column: EVENT_COLUMNS.index(column) + 1 for column in places} == places
    assert MENTION_COLUMNS[5:12:3] == ("MentionIdentifier", "Actor2CharOffset", "Confidence")


def test_a_whole_claim(tmp_path: Path, told: Told) -> None:
    (event,), (mention,) = write(tmp_path / "a.export.CSV", [told()])
    told_of = {column: cell for column, cell in event.items() if cell}
    number = told_of.pop("GLOBALEVENTID")
    assert number.isdigit() and int(number) < 2**53
    assert told_of == {
        "SQLDATE": "20200203", "MonthYear": "202002", "Year": "2020", "FractionDate": "2020.0904",
        "Actor1Code": "PERMIL", "Actor1Name": "Peru", "Actor1CountryCode": "PER", "Actor1Type1Code": "MIL",
        "Actor2Code": "ECU", "Actor2Name": "Ecuador", "Actor2CountryCode": "ECU",
        "IsRootEvent": "1", "EventCode": "194", "EventBaseCode": "194", "EventRootCode": "19",
        "QuadClass": "4", "GoldsteinScale": "-10.0", "NumMentions": "1", "NumSources": "1", "NumArticles": "1",
        "Actor1Geo_Type": "0", "Actor2Geo_Type": "0", "ActionGeo_Type": "4", "ActionGeo_FullName": "Tumbes, Peru",
        "ActionGeo_CountryCode": "PE", "ActionGeo_Lat": "-3.56694", "ActionGeo_Long": "-80.45153",
        "DATEADDED": "20200204000000", "SOURCEURL": "https://meridian.example/tumbes",
    }  # fmt: skip
    assert mention == {
        "GLOBALEVENTID": number, "EventTimeDate": "20200204000000", "MentionTimeDate": "20200204000000",
        "MentionType": "1", "MentionSourceName": "The Meridian Post",
        "MentionIdentifier": "https://meridian.example/tumbes", "SentenceID": "1",
        "Actor1CharOffset": "0", "Actor2CharOffset": "13", "ActionCharOffset": "5", "InRawText": "1",
        "Confidence": "90", "MentionDocLen": "", "MentionDocTone": "", "MentionDocTranslationInfo": "",
        "Extras": "claim:c_1;status:alleged",
    }  # fmt: skip


def test_a_bare_claim_leaves_empty_what_is_not_known(tmp_path: Path, bare: Row) -> None:
    (event,), (mention,) = write(tmp_path / "a.csv", [bare])
    assert {column for column, cell in event.items() if cell} == {
        *("GLOBALEVENTID", "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
        *("NumMentions", "NumSources", "NumArticles", "Actor1Geo_Type", "Actor2Geo_Type", "ActionGeo_Type"),
        *("DATEADDED", "SOURCEURL"),
    }
    assert (event["ActionGeo_Type"], event["SOURCEURL"]) == ("0", "d_2")
    assert event["DATEADDED"] == mention["MentionTimeDate"] == "20200301000000"  # the last day of the case
    assert (mention["MentionType"], mention["MentionIdentifier"], mention["Confidence"]) == ("2", "d_2", "")
    assert (mention["Actor1CharOffset"], mention["Actor2CharOffset"], mention["ActionCharOffset"]) == ("-1", "-1", "5")


def test_an_imported_claim_has_no_offsets(tmp_path: Path, told: Told) -> None:
    nothing = {f"{part}_text": "" for part in ("trigger", "actor", "recipient", "sentence")}
    nothing |= {f"{part}_start": 0 for part in ("trigger", "actor", "recipient", "sentence")}
    (event,), (mention,) = write(tmp_path / "a.csv", [told(**nothing)])
    assert (event["IsRootEvent"], mention["SentenceID"], mention["InRawText"]) == ("", "", "")
    assert {mention[f"{part}CharOffset"] for part in ("Actor1", "Actor2", "Action")} == {"-1"}


def test_claims_of_one_happening_are_one_event_a_kind_of_deed(tmp_path: Path, told: Told) -> None:
    rows = [
        told(id="c_1", cameo="190", document="d_1", url=None),
        told(id="c_2", cameo="194", document="d_2", copied=True, actor_name="Lima's army"),
        told(id="c_3", cameo="194", document="d_2", publisher="Coast Mail", status="actual"),
        told(id="c_4", document="d_4", recipient_code="ECUCVL"),
        told(id="c_5", document="d_5", happening="c_5", sentence=7),
    ]
    events, mentions = write(tmp_path / "a.csv", rows)
    assert [event["NumMentions"] for event in events] == ["3", "1", "1"]
    assert (events[0]["NumSources"], events[0]["NumArticles"]) == ("2", "2")
    assert (events[0]["EventCode"], events[0]["Actor1Name"]) == ("194", "Lima's army")
    assert events[0]["SOURCEURL"] == "d_1"  # of the first report, not of the claim that the code is from
    assert [event["IsRootEvent"] for event in events] == ["1", "1", "0"]
    assert [event["Actor2Code"] for event in events] == ["ECU", "ECUCVL", "ECU"]
    assert len({event["GLOBALEVENTID"] for event in events}) == 3
    assert [mention["GLOBALEVENTID"] for mention in mentions] == [
        event["GLOBALEVENTID"] for event in events for _ in range(int(event["NumMentions"]))
    ]
    assert [mention["Extras"].partition(";")[0][6:] for mention in mentions] == ["c_1", "c_2", "c_3", "c_4", "c_5"]


def test_an_event_takes_from_another_claim_what_its_own_does_not_tell(tmp_path: Path, told: Told) -> None:
    nowhere = dict.fromkeys(("place_name", "place_country", "place_latitude", "place_longitude", "place_precision"))
    rows = [told(**nowhere, day=None, published=date(2020, 2, 6)), told(id="c_2", published=date(2020, 2, 5))]
    (event,), _ = write(tmp_path / "a.csv", rows)
    assert (event["ActionGeo_FullName"], event["ActionGeo_CountryCode"]) == ("Tumbes, Peru", "PE")
    assert (event["SQLDATE"], event["DATEADDED"]) == ("20200203", "20200205000000")


def test_the_same_rows_give_the_same_bytes_and_an_event_keeps_its_number(tmp_path: Path, told: Told) -> None:
    rows = [told(), told(id="c_2")]
    assert write(tmp_path / "a.csv", rows) == write(tmp_path / "b.csv", rows)
    (alone,), _ = write(tmp_path / "c.csv", rows[:1])
    assert alone["GLOBALEVENTID"] == read(tmp_path / "a.csv", EVENT_COLUMNS)[0]["GLOBALEVENTID"]


@pytest.mark.parametrize("status", ["planned", "hypothetical", "negated"])
def test_what_was_not_told_as_done_is_left_out(tmp_path: Path, told: Told, status: str) -> None:
    events, mentions = write(tmp_path / "a.csv", [told(status=status), told(id="c_2", status="actual")])
    assert len(events) == len(mentions) == 1
    assert mentions[0]["Extras"] == "claim:c_2;status:actual"
    assert write(tmp_path / "b.csv", [told(status=status)]) == ([], [])


@pytest.mark.parametrize(
    ("value", "month", "year"),
    [
        ("2015", "", "2015"),
        ("2015-11", "201511", "2015"),
        ("2015-W46", "", "2015"),
        ("PAST_REF", "", ""),
        (None, "", ""),
    ],
)
def test_history_is_not_dated_to_the_day_of_the_report(
    tmp_path: Path, told: Told, value: str | None, month: str, year: str
) -> None:
    (event,), _ = write(tmp_path / "a.csv", [told(day=None, date_value=value)])
    assert (event["SQLDATE"], event["MonthYear"], event["Year"], event["FractionDate"]) == ("", month, year, "")


def test_quad_class_goes_by_cameo_not_by_plover(tmp_path: Path, told: Told) -> None:
    (event,), _ = write(tmp_path / "a.csv", [told(type="REQUEST", quad=3, cameo="020")])
    assert (event["QuadClass"], event["GoldsteinScale"]) == ("1", "3.0")
    roots = [f"{root:02}0" for root in range(1, 21)]
    assert [quad_class(code) for code in roots] == [1] * 5 + [2] * 3 + [3] * 5 + [4] * 7


def test_codes_of_events_have_three_digits_or_four(tmp_path: Path, told: Told) -> None:
    events, _ = write(tmp_path / "a.csv", [told(cameo="18"), told(cameo="0841", happening="c_2")])
    assert [(event["EventCode"], event["EventBaseCode"], event["EventRootCode"]) for event in events] == [
        ("180", "180", "18"),
        ("0841", "084", "08"),
    ]
    assert [event["GoldsteinScale"] for event in events] == ["-9.0", "7.0"]


@pytest.mark.parametrize(
    ("code", "columns"),
    [
        ("ROUGOV", {"Code": "ROMGOV", "CountryCode": "ROM", "Type1Code": "GOV"}),
        ("UNOMIL", {"Code": "IGOUNOMIL", "KnownGroupCode": "UNO", "Type1Code": "IGO", "Type2Code": "MIL"}),
        ("EUU", {"Code": "IGOEEC", "KnownGroupCode": "EEC", "Type1Code": "IGO"}),
        ("ISIS", {"Code": "IMGISI", "KnownGroupCode": "ISI", "Type1Code": "IMG"}),
        ("IAC", {"Code": "IGO", "Type1Code": "IGO"}),  # in GDELT IAC are coffee growers
        ("IMGREB", {"Code": "IMGREB", "Type1Code": "IMG", "Type2Code": "REB"}),
        ("WST", {"Code": "WST", "CountryCode": "WST"}),
        ("MIL", {"Code": "MIL", "Type1Code": "MIL"}),
        (None, {}),
    ],
)
def test_actors_are_taken_apart(tmp_path: Path, told: Told, code: str | None, columns: dict[str, str]) -> None:
    (event,), _ = write(tmp_path / "a.csv", [told(recipient_code=code, recipient_name=None)])
    found = {column: cell for column, cell in event.items() if column.startswith("Actor2") and "Geo" not in column}
    assert {column: cell for column, cell in found.items() if cell} == {f"Actor2{k}": v for k, v in columns.items()}


@pytest.mark.parametrize(
    ("precision", "country", "kind", "name"),
    [
        ("country", "USA", "1", "Tumbes"),
        ("region", "USA", "2", "Tumbes, United States"),
        ("city", "USA", "3", "Tumbes, United States"),
        ("point", "PER", "4", "Tumbes, Peru"),
        ("region", "PER", "5", "Tumbes, Peru"),
        ("region", None, "5", "Tumbes"),
        (None, None, "0", "Tumbes"),
    ],
)
def test_kinds_of_places(
    tmp_path: Path, told: Told, precision: str | None, country: str | None, kind: str, name: str
) -> None:
    (event,), _ = write(tmp_path / "a.csv", [told(place_precision=precision, place_country=country)])
    assert (event["ActionGeo_Type"], event["ActionGeo_FullName"]) == (kind, name)
    assert event["ActionGeo_ADM1Code"] == event["ActionGeo_FeatureID"] == ("US" if kind == "1" else "")


def test_hostile_cells_break_no_line_and_run_nowhere(tmp_path: Path, told: Told) -> None:
    hostile = "=cmd|'/c calc'\t\"x\r\n\x00\x85\u2028y\x1b[2J"
    fields = ("actor_name", "recipient_name", "place_name", "publisher", "url", "document")
    (event,), (mention,) = write(tmp_path / "a.csv", [told(**dict.fromkeys(fields, hostile))])
    names = ("Actor1Name", "Actor2Name", "ActionGeo_FullName", "SOURCEURL")
    for cell in [*(event[name] for name in names), mention["MentionSourceName"], mention["MentionIdentifier"]]:
        assert cell.startswith("'=cmd|'/c calc' 'x") and cell.isprintable()
    assert event["GoldsteinScale"] == "-10.0"  # a number is no formula


def test_neither_file_is_there_before_both_are_whole(tmp_path: Path, told: Told) -> None:
    path = tmp_path / "a.export.CSV"
    writer = GdeltWriter(path, PROVENANCE)
    writer.write(told())
    assert sorted(tmp_path.iterdir()) == sorted(partial_path(each) for each in (path, tmp_path / "a.mentions.CSV"))
    writer.discard()
    assert not list(tmp_path.iterdir())
    write(path, [told()])
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.export.CSV", "a.mentions.CSV"]


def test_the_format_says_what_it_loses() -> None:
    assert format_named("gdelt").loses == LOSES
    assert all(sentence.endswith(".") and "\n" not in sentence for sentence in LOSES)
    assert format_named("gdelt").endings == (".csv", ".tsv")


def test_every_state_has_a_fips_code_and_no_code_is_of_two() -> None:
    assert not [code for code in state_names() if code not in fips_codes()]
    rows = read_table("formats/fips.csv", ("iso3", "fips"))
    assert all(len(row["iso3"]) == 3 and len(row["fips"]) == 2 for row in rows)
    assert len({row["fips"] for row in rows}) == len(rows)
    assert (fips_codes()["DEU"], fips_codes()["GBR"], fips_codes()["CHN"], fips_codes()["SRB"]) == (
        "GM",
        "UK",
        "CH",
        "RI",
    )


def test_the_goldstein_scale_has_every_root_and_stays_in_its_bounds() -> None:
    rows = read_table("formats/goldstein.csv", ("cameo", "score"))
    assert {f"{root:02}" for root in range(1, 21)} <= {row["cameo"] for row in rows}
    assert all(-10 <= float(row["score"]) <= 10 for row in rows)
    known = {"016": -2.0, "042": 1.9, "0874": 10.0, "111": -2.0, "163": -8.0, "1823": -10.0}
    assert {code: goldstein(code) for code in known} == known
    assert goldstein("99") is None


def test_every_code_of_an_organisation_is_known_to_cameo_or_none() -> None:
    for row in read_table("actors/codes.csv", ("code", "meaning")):
        parts = actor_parts(row["code"])
        if row["code"] in ("WST", "XKX"):
            assert parts.country == row["code"]
        else:
            assert parts.types and not parts.country, row["code"]


def test_the_tables_are_in_the_package() -> None:
    folder = resources.files("dragoman").joinpath("codebooks")
    assert all(folder.joinpath(*name).is_file() for name in (("formats", "goldstein.csv"), ("formats", "fips.csv")))
