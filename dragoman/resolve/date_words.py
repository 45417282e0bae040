"""One word goes in, its labels in the date grammar come out (``Apr.`` is a MONTH 4, ``12th`` an ORDDAY 12)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from dragoman.tables import read_table

Label = tuple[str, str]

_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ymd", re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:T[\d:.]+Z?)?$")),
    ("mdy", re.compile(r"(\d{1,2})[/](\d{1,2})[/](\d{4}|\d\d)$")),
    ("dmy", re.compile(r"(\d{1,2})[.-](\d{1,2})[.-](\d{4})$")),
    ("ordinal", re.compile(r"(\d{1,2})(?:st|nd|rd|th)$")),
    ("decade", re.compile(r"(?:(?:mid|early|late)-)?['’‘]?((?:1\d|20)?\d0)['’]?s$", re.I)),
    ("hm", re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)$")),
    ("clock", re.compile(r"(\d{1,2})(?:[:.]([0-5]\d))?([ap])\.?m\.?$", re.I)),
    ("year", re.compile(r"(?:(?:mid|early|late|post|pre)-)((?:1\d|20)\d\d)$", re.I)),
    ("fiscal", re.compile(r"FY['’]?((?:20|19)?\d\d)$")),
    ("hhmm", re.compile(r"([01]\d|2[0-3])([0-5]\d)$")),
)


@lru_cache(maxsize=100_000)
def labels_of(word: str) -> tuple[Label, ...]:
    """Every label of a word: what the table says, what its digits mean, and the word itself in small letters.

    >>> labels_of("12")
    (('TWO', '12'), ('DAY', '12'), ('NUM', '12'), ('12', ''))
    >>> labels_of("1980s")
    (('DECADE', '198'), ('1980s', ''))
    """
    small = word.lower()
    listed = _table()
    found = listed.get(word, ())
    if not found and word.isupper() and len(word) > 2:
        found = listed.get(word.capitalize(), ())
    if not found and word != small:
        found = tuple(label for label in listed.get(small, ()) if label not in found)
    if any(map(str.isdigit, word)):
        found += _read_digits(word)
    return (*found, (small, ""))


@cache
def cue_words(cue: str) -> frozenset[str]:
    """The words of a class of dates/cues.csv, which tell a tense or set a date apart.

    >>> "postpone" in cue_words("looks ahead")
    True
    """
    rows = read_table("dates/cues.csv", ("cue", "words", "example"))
    return frozenset(word for row in rows if row["cue"] == cue for word in row.alternatives("words"))


@cache
def _table() -> dict[str, tuple[Label, ...]]:
    """Words with their labels; those written with a capital are only matched with one."""
    words: dict[str, tuple[Label, ...]] = {}
    for row in read_table("dates/words.csv", ("words", "class", "value")):
        for word in row.alternatives("words"):
            words[word] = (*words.get(word, ()), (row["class"], row["value"]))
    return words


def _read_digits(word: str) -> tuple[Label, ...]:
    if word.isdecimal() and word.isascii():
        return _read_number(word)
    for shape, pattern in _SHAPES:
        if shape != "hhmm" and (match := pattern.match(word)):
            return _read_shape(shape, match)
    return ()


def _read_number(word: str) -> tuple[Label, ...]:
    if len(word) == 4:
        year = (("YEAR", word),) if 1000 <= int(word) <= 2199 else ()
        match = dict(_SHAPES)["hhmm"].match(word)
        return (*year, ("HHMM", f"T{match[1]}:{match[2]}")) if match else year
    if len(word) > 2:
        return (("NUM", word),) if len(word) == 3 and word[0] != "0" else ()
    two = (("TWO", word),) if len(word) == 2 else ()
    if word.startswith("0"):
        return (*two, ("DAY", str(int(word)))) if int(word) else two
    day = (("DAY", word),) if int(word) <= 31 else ()
    return (*two, *day, ("NUM", word))


def _read_shape(shape: str, match: re.Match[str]) -> tuple[Label, ...]:
    if shape in ("ymd", "mdy", "dmy"):
        return _read_full_date(shape, match)
    if shape == "ordinal":
        number = int(match[1])
        return (("ORDDAY", str(number)), ("ORD", str(number))) if number <= 31 else ()
    if shape == "decade":
        # A decade of two digits is one of the twentieth century: "the '80s".
        return (("DECADE", match[1][:-1] if len(match[1]) == 4 else f"19{match[1][0]}"),)
    if shape == "hm":
        # A point may stand in a price as well: only "7.30 p.m." is a time.
        return (("HM" if ":" in match[0] else "HDM", f"{int(match[1]):02}:{match[2]}"),)
    if shape == "clock":
        hour = int(match[1])
        hour = hour % 12 + (12 if match[3].lower() == "p" else 0) if hour <= 12 else hour
        return (("CLOCK", f"T{hour:02}:{match[2] or '00'}"),) if hour < 24 else ()
    return (("YEAR", match[1] if len(match[1]) == 4 else f"20{match[1]}"),)


def _read_full_date(shape: str, match: re.Match[str]) -> tuple[Label, ...]:
    """Slashes put the month first, as in the United States, unless it can't be one; dots put the day first."""
    first, second, third = (int(part) for part in match.groups())
    if shape == "ymd":
        year, month, day = first, second, third
    elif shape == "mdy":
        year, month, day = third, first, second
    else:
        year, month, day = third, second, first
    if month > 12:
        month, day = day, month
    if year < 100:
        year += 2000 if year < 50 else 1900
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ()
    return (("FULLDATE", f"{year:04}-{month:02}-{day:02}"),)
