"""Claims go in, a file of events in the 26 columns of the Phoenix data set comes out, as its pipeline wrote them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from dragoman.export.cameo import actor_parts, event_code, goldstein
from dragoman.export.formats import Format, Provenance
from dragoman.export.happenings import Event, Happenings
from dragoman.export.rows import Row
from dragoman.export.tabs import TabFile, free_text

COLUMNS = (
    *("EventID", "Date", "Year", "Month", "Day"),
    *("SourceActorFull", "SourceActorEntity", "SourceActorRole", "SourceActorAttribute"),
    *("TargetActorFull", "TargetActorEntity", "TargetActorRole", "TargetActorAttribute"),
    *("EventCode", "EventRootCode", "PentaClass", "GoldsteinScore", "Issues"),
    *("Lat", "Lon", "LocationName", "StateName", "CountryCode", "SentenceID", "URLs", "NewsSources"),
)
LOSES = (
    "Planned, hypothetical and denied claims are left out: the format has no column for status, and readers would take "
    "them for acts.",
    "Alleged acts can't be told from those that are told as fact.",
    "The chain of sources is lost: the format knows who printed a report, not who vouches for what is told in it.",
    "Claims of one happening that share type and the codes of both parties become one event with the code that most of "
    "them have; other days and places than its own are lost.",
    "PLOVER's type, mode and intensity are lost; PentaClass and GoldsteinScore follow the CAMEO code as in Phoenix, "
    "where statements and appeals are neutral and reduced relations are verbal.",
    "Issues holds PLOVER's contexts with the number of claims, not the issues of Phoenix's own list.",
    "Where an event is dated to a month or year only, Date and Day are empty; the day of the report is not put in "
    "their place.",
    "The actors' names and all words are lost: the format has codes only.",
    "EventID is made from the ids of the claims and is none of Phoenix's own.",
)
# The classes of the pipeline that made the data set: 16, reduced relations, is verbal there and material in GDELT.
_PENTA = {
    **dict.fromkeys(("01", "02"), 0),
    **dict.fromkeys(("03", "04", "05"), 1),
    **dict.fromkeys(("06", "07", "08"), 2),
    **dict.fromkeys(("09", "10", "11", "12", "13", "16"), 3),
    **dict.fromkeys(("14", "15", "17", "18", "19", "20"), 4),
}
_ENTITIES = ("IGO", "NGO", "IMG", "MNC")
_ROLES = ("GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "MED", "EDU", "BUS", "CRM", "CVL")


class PhoenixWriter:
    """One event a line."""

    def __init__(self, path: Path, provenance: Provenance) -> None:
        self._happenings = Happenings()
        self._file = TabFile(path)

    def write(self, row: Row) -> None:
        """Take one claim."""
        for event in self._happenings.add(row):
            self._put(event)

    def finalize(self) -> None:
        """Give the file its name."""
        for event in self._happenings.rest():
            self._put(event)
        self._file.finalize()

    def discard(self) -> None:
        """Leave nothing of the file."""
        self._file.discard()

    def _put(self, event: Event) -> None:
        cells = _cells(event)
        self._file.write(cells.get(column) for column in COLUMNS)


def _cells(event: Event) -> dict[str, object]:
    code = event_code(event.lead["cameo"])
    year, month = event.month
    place = event.telling("place_name")
    return {
        "EventID": event.number,
        "Date": event.day and f"{event.day:%Y%m%d}",
        "Year": year,
        "Month": month,
        "Day": event.day and f"{event.day:%d}",
        **_actor_cells("SourceActor", event.lead["actor_code"]),
        **_actor_cells("TargetActor", event.lead["recipient_code"]),
        "EventCode": code,
        "EventRootCode": code[:2],
        "PentaClass": _PENTA.get(code[:2]),
        "GoldsteinScore": goldstein(code),
        "Issues": _issues(event),
        "Lat": place["place_latitude"],
        "Lon": place["place_longitude"],
        "LocationName": free_text(place["place_name"]),
        "StateName": free_text(place["place_name"]) if place["place_precision"] == "region" else "",
        "CountryCode": place["place_country"],
        "SentenceID": _joined(f"{row['document']}_{row['sentence']}" for row in event.claims),
        "URLs": _joined((row["url"] for row in event.claims), semicolon="%3B"),
        "NewsSources": _joined(row["publisher"] for row in event.claims),
    }


def _actor_cells(actor: str, code: str | None) -> dict[str, object]:
    """Full code, then its parts: the country or kind of organisation, the role, and what is left.

    >>> list(_actor_cells("SourceActor", "EUULEG").values())
    ['IGOEECLEG', 'IGO', '', 'EEC;LEG']
    """
    parts = actor_parts(code)
    entity = parts.country or next((kind for kind in parts.types[:1] if kind in _ENTITIES), "")
    rest = [part for part in (parts.group, *parts.types) if part and part != entity]
    role = next((part for part in rest if part in _ROLES), "")
    return {
        f"{actor}Full": parts.code(),
        f"{actor}Entity": entity,
        f"{actor}Role": role,
        f"{actor}Attribute": ";".join(part for part in rest if part != role),
    }


def _issues(event: Event) -> str:
    counts = Counter(context for row in event.claims for context in row["contexts"])
    return ";".join(f"{context},{count}" for context, count in sorted(counts.items()))


def _joined(values: Iterable[str | None], *, semicolon: str = ",") -> str:
    """What differs, in order, between semicolons; those within a value give way."""
    return free_text(";".join(value.replace(";", semicolon) for value in dict.fromkeys(values) if value))


FORMAT = Format(
    name="phoenix",
    title="Phoenix events",
    purpose="For programs that read Phoenix or other event data with CAMEO codes in columns.",
    endings=(".txt", ".tsv"),
    open=PhoenixWriter,
    loses=LOSES,
)
