"""A claim's row goes in, what it tells comes out in plain words: who did what to whom, and through whose mouths."""

from __future__ import annotations

import re

from dragoman.export.rows import Row

QUAD_NAMES = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
# All that Unicode counts as the end of a line, and control characters: no name can feign a line of its own.
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def act_in_words(row: Row) -> str:
    """Who did what to whom, on one line.

    >>> act_in_words({"actor_name": "Lima\\nbakers", "recipient_name": None, "type": "PROTEST", "mode": "rally"})
    'Lima bakers: PROTEST (rally)'
    """
    parties = row["actor_name"] or "somebody"
    if row["recipient_name"]:
        parties += f" → {row['recipient_name']}"
    return one_line(f"{parties}: {row['type']}" + (f" ({row['mode']})" if row["mode"] else ""))


def chain_in_words(row: Row) -> str:
    """The publisher and the mouths behind it, outermost first, each with the word that attributes.

    >>> chain_in_words({"publisher": "Herald", "document": "d", "sources": [{"name": "two officers", "cue": "citing"}]})
    'Herald > two officers (“citing”)'
    """
    mouths = [link["name"] + (f" (“{link['cue']}”)" if link["cue"] else "") for link in row["sources"]]
    return " > ".join([row["publisher"] or f"document {row['document']}", *mouths])


def claim_in_words(row: Row) -> str:
    """The whole claim, a line for each side of it; what is not known has no line."""
    quad = f"{row['quad']} ({QUAD_NAMES[row['quad']]})"
    lines = [
        act_in_words(row),
        _line("Status", f"{row['status']}, commitment {row['commitment']:+g} of 3"),
        _line("Told by", chain_in_words(row)),
        _line("CAMEO", f"{row['cameo']}, quad class {quad}, intensity {row['intensity']:+g}"),
        _line("Actor", _party(row, "actor")),
        _line("Recipient", _party(row, "recipient")),
        _line("Contexts", ", ".join(row["contexts"])),
        _line("Date", row["date_value"] or row["date_text"]),
        _line("Place", ", ".join(filter(None, (row["place_name"], row["place_country"])))),
        _line("About claim", row["about"]),
        _line("Review", row["review"]),
        _line("Sentence", row["sentence_text"]),
    ]
    return "\n".join(filter(None, lines))


def _line(title: str, told: str | None) -> str | None:
    return f"{title}: {one_line(told)}" if told else None


def one_line(words: str) -> str:
    """Words without control characters and line ends: a space stands for those that follow one another."""
    return _BREAKS.sub(" ", words)


def _party(row: Row, role: str) -> str | None:
    name, code = row[f"{role}_name"], row[f"{role}_code"]
    return f"{name} ({code})" if name and code else name
