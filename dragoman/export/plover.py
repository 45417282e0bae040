"""Claims go in, PLOVER's JSON records come out: a claim a line.

The fields are those of the chapter "Data fields" of the PLOVER manual (openeventdata/PLOVER on GitHub), which
wants records as JSON Lines, and lets everyone add fields under names that it does not use.
"""

from __future__ import annotations

import json
import re
from calendar import monthrange
from pathlib import Path
from typing import Any

from dragoman.export.files import partial_path
from dragoman.export.formats import Format, Provenance
from dragoman.export.plover_actors import plover_actor
from dragoman.export.rows import Row

# "Special contexts" of the manual, where a status has one.
_SPECIAL = {"planned": "future", "hypothetical": "hypothetical", "negated": "negation"}
_KEPT = ("status", "commitment", "status_rule", "quoted", "cameo", "about", "score", "rule", "review")
# Some programs end a line at these too.
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
_MONTH = re.compile(r"(\d{4})(?:-(\d\d))?")


class PloverWriter:
    """One record a line; a field that is not known is left out, but for the required ones."""

    def __init__(self, path: Path, provenance: Provenance) -> None:
        self._path, self._partial, self._provenance = path, partial_path(path), provenance
        self._file = self._partial.open("w", encoding="utf-8", newline="\n")

    def write(self, row: Row) -> None:
        """Add one record."""
        line = json.dumps(plover_record(row, self._provenance), ensure_ascii=False)
        self._file.write(line.translate(_LINE_ENDS) + "\n")

    def finalize(self) -> None:
        """Close the file and give it its name."""
        self._file.close()
        self._partial.replace(self._path)


def plover_record(row: Row, provenance: Provenance) -> dict[str, Any]:
    """A claim as a record of the manual; ``id``, ``date``, ``source`` and ``event`` are always there."""
    special = _SPECIAL.get(row["status"])
    actor, recipient = _actor(row, "actor"), _actor(row, "recipient")
    date, enddate = _dates(row)
    record: dict[str, Any] = {
        "id": row["id"],
        "date": date,
        "enddate": enddate,
        "source": [actor] if actor else [],
        "recipient": [recipient] if recipient else None,
        "event": [row["type"]],
        "event_loc": _location(row),
        "event_text": [row["trigger_text"]] if row["trigger_text"] else None,
        "quad_code": row["quad"],
        "event_scale": row["intensity"],
        "mode": [row["mode"]] if row["mode"] else None,
        "context": [*row["contexts"], *([special] if special else [])] or None,
        "link": row["happening"],
        "text": row["sentence_text"] or None,
        "text_info": _text_info(row),
        "cite_info": _cite_info(row, provenance),
        "coder": f"dragoman {provenance.version}",
        **_own_fields(row),
    }
    required = ("id", "date", "source", "event")
    return {name: value for name, value in record.items() if value is not None or name in required}


def _own_fields(row: Row) -> dict[str, Any]:
    """What the manual has no field for, under the names of docs/contract.md; ``sources`` would read like ``source``."""
    return {
        **{name: row[name] for name in _KEPT},
        "vouched_by": row["sources"] or None,
        "origin": row["origin_name"],
        "copied": row["copied"],
        "date_info": _filled(text=row["date_text"], value=row["date_value"], granularity=row["date_granularity"]),
    }


def _dates(row: Row) -> tuple[str | None, str | None]:
    """The day; where only month or year is known, its first day and its last."""
    if row["day"] is not None:
        return str(row["day"])[:10], None
    found = _MONTH.fullmatch(row["date_value"] or "")
    if found is None:
        return None, None
    year, month = found.groups()
    last = monthrange(int(year), int(month))[1] if month else 31
    return f"{year}-{month or '01'}-01", f"{year}-{month or '12'}-{last:02}"


def _actor(row: Row, role: str) -> dict[str, Any] | None:
    code, sector = plover_actor(row[f"{role}_code"])
    return _filled(code=code, sector=sector, actor_text=row[f"{role}_text"], identifier_text=row[f"{role}_name"])


def _location(row: Row) -> dict[str, Any] | None:
    return _filled(
        geonameid=row["place_geonames_id"],
        name=row["place_name"],
        latitude=row["place_latitude"],
        longitude=row["place_longitude"],
        cc3=row["place_country"],
        raw_text=row["place_text"],
        precision=row["place_precision"],
    )


def _text_info(row: Row) -> dict[str, Any] | None:
    if not row["sentence_text"]:
        return None
    return {"sequence": row["sentence"], "start": row["sentence_start"], "end": row["sentence_end"]}


def _cite_info(row: Row, provenance: Provenance) -> dict[str, Any] | None:
    return _filled(
        corpus=provenance.case,
        citation=row["document"],
        url=row["url"],
        title=row["title"],
        language=row["language"],
        publication=row["publisher"],
        coder=f"dragoman {provenance.version}",
        codebook=row["codebook"],
        published=None if row["published"] is None else str(row["published"])[:10],
    )


def _filled(**fields: Any) -> dict[str, Any] | None:
    """The fields that say something; None where none does."""
    return {name: value for name, value in fields.items() if value is not None and value != ""} or None


FORMAT = Format(
    name="plover",
    title="PLOVER event records",
    purpose="For programs that take PLOVER's own records, one a line.",
    endings=(".jsonl",),
    open=PloverWriter,
    loses=(
        "Every claim is written; planned, hypothetical and denied ones have PLOVER's context future, hypothetical or "
        "negation, and programs that pass over contexts take them for acts.",
        "PLOVER has no field for who vouches nor for how sure the text is: both stand in fields of dragoman's own "
        "(status, commitment, vouched_by), which other programs pass over.",
        "Meetings and fights that are told of both sides are two records, one each way, where PLOVER would have one "
        "with both sides under source.",
        "The places of words in the text are not written, but for the sentence's.",
        "Organisations of states all have the code IGO, the Islamic State has IMG, and parts of the world (Latin "
        "America) have none; which one it is, identifier_text tells.",
        "Sectors are PLOVER's: the media have JRN, civil society has SOC, and what is unknown has none.",
    ),
)
