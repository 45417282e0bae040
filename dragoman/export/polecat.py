"""Claims go in, a file like POLECAT's weekly ones comes out: a claim a row, forty tab-separated columns.

Columns, their order, the word "None" and "; " between the items of a cell are those of the files of
doi:10.7910/DVN/AJGVIT; ``Event Intensity`` was ``Intensity`` before 2023.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

from dragoman.export.files import partial_path
from dragoman.export.formats import Format, Provenance
from dragoman.export.happenings import TOLD
from dragoman.export.plover_actors import countries, plover_actor
from dragoman.export.rows import Row
from dragoman.export.tabs import guarded
from dragoman.export.wording import QUAD_NAMES, one_line

COLUMNS = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Event Intensity", "Quad Code", "Contexts"),
    *("Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title"),
    *("Actor Name Raw", "Wikipedia Actor ID"),
    *("Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors"),
    *("Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID"),
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename"),
    *("Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations"),
    *("Language", "Version"),
)
NOTHING = "None"
# The two organisations that POLECAT's coder (ahalterman/NGEC on GitHub) treats as countries.
_AS_COUNTRIES = {"UNO": "UNO", "EUU": "EUR"}
# GeoNames' feature codes, as far as a precision tells them.
_FEATURES = {"city": "PPL", "country": "PCL"}


class PolecatWriter:
    """One claim a row, those that tell of what was done."""

    def __init__(self, path: Path, provenance: Provenance) -> None:
        self._path, self._partial = path, partial_path(path)
        self._version = f"dragoman {provenance.version} {provenance.codebook}"
        self._file = self._partial.open("w", encoding="utf-8", newline="")
        self._csv = csv.writer(self._file, delimiter="\t", lineterminator="\n")
        self._csv.writerow(COLUMNS)

    def write(self, row: Row) -> None:
        """Add one row, or none for what is planned, hypothetical or denied."""
        if row["status"] not in TOLD:
            return
        cells = _event(row) | _party(row, "actor") | _party(row, "recipient") | _place(row) | _report(row)
        cells["Version"] = self._version
        self._csv.writerow([cells.get(column) or NOTHING for column in COLUMNS])

    def finalize(self) -> None:
        """Close the file and give it its name."""
        self._file.close()
        self._partial.replace(self._path)


def _event(row: Row) -> dict[str, str]:
    return {
        "Event ID": row["id"],
        "Event Date": _day(row["day"]),
        "Event Type": row["type"],
        "Event Mode": row["mode"] or "",
        "Event Intensity": str(row["intensity"]),
        "Quad Code": QUAD_NAMES[row["quad"]].upper(),
        "Contexts": _text("; ".join(row["contexts"])),
    }


def _party(row: Row, role: str) -> dict[str, str]:
    code, sector = plover_actor(row[f"{role}_code"])
    code = _AS_COUNTRIES.get((row[f"{role}_code"] or "")[:3], code)
    side = role.capitalize()
    return {
        f"{side} Name": _item(row[f"{role}_name"]),
        f"{side} Country": code or "",
        f"{side} COW": countries().get(code or "", ""),
        f"Primary {side} Sector": sector or "",
        f"{side} Sectors": sector or "",
        f"{side} Name Raw": _item(row[f"{role}_text"]),
    }


def _place(row: Row) -> dict[str, str]:
    precision = row["place_precision"]
    name = _text(row["place_name"])
    return {
        "Placename": name,
        "City": name if precision == "city" else "",
        "Province": name if precision == "region" else "",
        "Country": row["place_country"] or "",
        "Latitude": _number(row["place_latitude"]),
        "Longitude": _number(row["place_longitude"]),
        "GeoNames ID": _number(row["place_geonames_id"]),
        "Raw Placename": _text(row["place_text"]),
        "Feature Type": _FEATURES.get(precision or "", ""),
    }


def _report(row: Row) -> dict[str, str]:
    return {
        "Source": _text(row["publisher"]),
        "Publication Date": _day(row["published"]),
        "Language": _text(row["language"]),
    }


def _day(value: Any) -> str:
    return "" if value is None else str(value)[:10]


def _number(value: Any) -> str:
    return "" if value is None else str(value)


def _text(value: str | None) -> str:
    """A cell of free text: one line, and no formula."""
    return guarded(one_line(value or "").strip())


def _item(value: str | None) -> str:
    """A name in a cell that may hold several: what would part it in two becomes a comma."""
    return ", ".join(part.strip() for part in re.split("[;|]", _text(value)))


FORMAT = Format(
    name="polecat",
    title="POLECAT weekly data",
    purpose="For programs that read POLECAT, event data with PLOVER types in columns.",
    endings=(".txt", ".tsv"),
    open=PolecatWriter,
    loses=(
        "Planned, hypothetical and denied claims are left out: POLECAT has no column for status, and its readers would "
        "take them for acts.",
        "Alleged claims stand beside actual ones and look like them.",
        "Who vouches, how sure the author is and what a statement is about have no columns and are not written.",
        "The words of the text, their places in it, the report's title and its address are not written; only the words "
        "for actor, recipient and place are.",
        "CAMEO codes are not written: POLECAT has PLOVER's type and mode alone.",
        "A claim of which no day is known has None for its date.",
        "Organisations of states but for the UN and the EU all have the country IGO, the Islamic State has IMG, and "
        "parts of the world (Latin America) have None; which one it is, the name tells.",
        "Sectors are PLOVER's: the media have JRN, civil society has SOC, and what is unknown has None.",
        "Titles of actors, numbers in Wikipedia and the lists of who and what a story names are None.",
    ),
)
