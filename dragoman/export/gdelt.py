"""Claims go in, a file of GDELT 2.0 events and a file of their mentions come out, as GDELT's codebook V2.0 has them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from dragoman.export.cameo import actor_parts, cameo_country, event_code, goldstein
from dragoman.export.formats import Format, Provenance
from dragoman.export.gdelt_place import place_cells
from dragoman.export.happenings import Event, Happenings
from dragoman.export.rows import Row
from dragoman.export.tabs import TabFile, free_text
from dragoman.tables import read_table

EVENT_COLUMNS = tuple(row["column"] for row in read_table("formats/gdelt_events.csv", ("column",)))
MENTION_COLUMNS = (
    *("GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier"),
    *("SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence"),
    *("MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras"),
)
LOSES = (
    "Planned, hypothetical and denied claims are left out: the format has no column for status, and readers would take "
    "them for acts.",
    "An alleged act stands beside one that is told as fact; only Extras in the mentions names a claim and its status.",
    "The chain of sources is lost: the format knows who printed a report, not who vouches for what is told in it.",
    "Claims of one happening that share type and the codes of both parties become one event with the code that most of "
    "them have; other names, days and places than its own are lost.",
    "NumMentions, NumSources and NumArticles count claims, publishers and reports as GDELT does, copies too; they do "
    "not count independent origins.",
    "PLOVER's type, mode, contexts and intensity are lost; QuadClass and GoldsteinScale follow the CAMEO code as in "
    "GDELT, where an appeal is cooperation and yielding is a material act.",
    "Where an event is dated to a month or year only, SQLDATE and FractionDate are empty; the day of the report is not "
    "put in their place.",
    "The words are lost but for the offsets of actors and act in the report's text.",
    "AvgTone, the codes of ethnic groups, religions and provinces and the places of the actors are empty, since "
    "dragoman does not tell them.",
    "GLOBALEVENTID is made from the ids of the claims and is none of GDELT's numbers.",
)
# GDELT's class by CAMEO's root: 01 to 05, 06 to 08, 09 to 13, 14 to 20.
_LAST_ROOTS = (("05", 1), ("08", 2), ("13", 3), ("20", 4))


class GdeltWriter:
    """One event a line in the file asked for, one claim a line in the file of mentions beside it."""

    def __init__(self, path: Path, provenance: Provenance) -> None:
        self._last_day = provenance.last_day
        self._happenings = Happenings()
        self._events, self._mentions = TabFile(path), TabFile(mentions_path(path))

    def write(self, row: Row) -> None:
        """Take one claim."""
        for event in self._happenings.add(row):
            self._put(event)

    def finalize(self) -> None:
        """Give both files their names."""
        for event in self._happenings.rest():
            self._put(event)
        self._mentions.finalize()
        self._events.finalize()

    def discard(self) -> None:
        """Leave nothing of either file."""
        self._mentions.discard()
        self._events.discard()

    def _put(self, event: Event) -> None:
        added = _stamp(event.published) or _stamp(self._last_day)
        cells = _event_cells(event) | {"DATEADDED": added}
        self._events.write(cells.get(column) for column in EVENT_COLUMNS)
        for row in event.claims:
            cells = _mention_cells(row, added=added) | {"GLOBALEVENTID": event.number}
            self._mentions.write(cells.get(column) for column in MENTION_COLUMNS)


def mentions_path(path: Path) -> Path:
    """Where the mentions of an event file go.

    >>> mentions_path(Path("20200203.export.CSV")).name, mentions_path(Path("case.tsv")).name
    ('20200203.mentions.CSV', 'case.mentions.tsv')
    """
    stem = re.sub(r"\.export$", "", path.stem, flags=re.IGNORECASE)
    return path.with_name(f"{stem}.mentions{path.suffix}")


def quad_class(cameo: str) -> int | None:
    """GDELT's class of a CAMEO code, which is not PLOVER's: it goes by the root alone.

    >>> [quad_class(code) for code in ("020", "081", "100", "190")]
    [1, 2, 3, 4]
    """
    return next((quad for root, quad in _LAST_ROOTS if cameo[:2] <= root), None)


def _event_cells(event: Event) -> dict[str, object]:
    lead, first = event.lead, event.claims[0]
    code = event_code(lead["cameo"])
    return {
        "GLOBALEVENTID": event.number,
        **_date_cells(event),
        **_actor_cells("Actor1", lead["actor_code"], event.telling("actor_name")["actor_name"]),
        **_actor_cells("Actor2", lead["recipient_code"], event.telling("recipient_name")["recipient_name"]),
        "IsRootEvent": _is_root(event),
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": quad_class(code),
        "GoldsteinScale": goldstein(code),
        "NumMentions": len(event.claims),
        "NumSources": len({row["publisher"] for row in event.claims}),
        "NumArticles": len({row["document"] for row in event.claims}),
        "Actor1Geo_Type": 0,
        "Actor2Geo_Type": 0,
        **{f"ActionGeo_{part}": cell for part, cell in place_cells(event.telling("place_name")).items()},
        "SOURCEURL": free_text(first["url"] or first["document"]),
    }


def _date_cells(event: Event) -> dict[str, object]:
    year, month = event.month
    return {
        "SQLDATE": event.day and f"{event.day:%Y%m%d}",
        "MonthYear": month and f"{year}{month}",
        "Year": year,
        "FractionDate": event.day and _fraction(event.day),
    }


def _fraction(day: date) -> str:
    """The codebook says MONTH * 30, which would pass 1 in December; GDELT's files count the months from 0.

    >>> _fraction(date(2004, 7, 26))
    '2004.5644'
    """
    return f"{day.year + ((day.month - 1) * 30 + day.day) / 365:.4f}"


def _is_root(event: Event) -> int | None:
    """Whether a report tells the event in its first sentence; None where no report's text is known."""
    sentences = [row["sentence"] for row in event.claims if row["trigger_text"]]
    return int(0 in sentences) if sentences else None


def _actor_cells(actor: str, code: str | None, name: str | None) -> dict[str, object]:
    parts = actor_parts(code)
    country = cameo_country(parts.country) if parts.country else ""
    types = (f"{actor}Type{number}Code" for number in (1, 2, 3))
    return {
        f"{actor}Code": parts.code(country),
        f"{actor}Name": free_text(name),
        f"{actor}CountryCode": country,
        f"{actor}KnownGroupCode": parts.group,
        **dict(zip(types, parts.types, strict=False)),
    }


def _mention_cells(row: Row, *, added: str) -> dict[str, object]:
    is_web = (row["url"] or "").startswith(("http://", "https://"))
    return {
        "EventTimeDate": added,
        "MentionTimeDate": _stamp(row["published"]) or added,
        "MentionType": 1 if is_web else 2,
        "MentionSourceName": free_text(row["publisher"] or _host(row["url"])),
        "MentionIdentifier": free_text(row["url"] or row["document"]),
        "SentenceID": row["sentence"] + 1 if row["trigger_text"] else None,
        "Actor1CharOffset": _offset(row, "actor"),
        "Actor2CharOffset": _offset(row, "recipient"),
        "ActionCharOffset": _offset(row, "trigger"),
        "InRawText": 1 if row["trigger_text"] else None,
        "Confidence": None if row["score"] is None else round(row["score"] * 100),
        "Extras": f"claim:{row['id']};status:{row['status']}",
    }


def _offset(row: Row, part: str) -> int:
    """Where the words stand, -1 where there are none: claims that were imported have no text."""
    return row[f"{part}_start"] if row[f"{part}_text"] else -1


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").hostname
    except ValueError:
        return None


def _stamp(day: date | str | None) -> str:
    return str(day).replace("-", "") + "000000" if day else ""


FORMAT = Format(
    name="gdelt",
    title="GDELT 2.0 events and mentions",
    purpose="For programs that read GDELT: a row for each event, and beside them one for each mention.",
    endings=(".csv", ".tsv"),
    open=GdeltWriter,
    loses=LOSES,
    beside=mentions_path,
)
