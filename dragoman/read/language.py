"""Documents go in; those in English come out as they are, others as passed over, with the language they seem to be in.

The share of function words decides ("the", "der", "que"): ``formats/languages.csv`` has some forty for each language.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from dragoman.errors import InputError
from dragoman.records import Document, Skipped
from dragoman.tables import read_table

COLUMNS = ("code", "name", "script", "words")
# Beginnings are enough to tell, and bound the work for a long text.
_ENOUGH = 8_000
_FEWEST_WORDS = 20
_FEWEST_LETTERS = 60
# A language has to be told by so many of the words.  English prose has 23 or more in a hundred, tables few.
_TOLD = 0.10
# Prose in a language that the table lacks has hardly any English function word.
_HARDLY, _MANY_WORDS = 0.03, 40
_WORD = re.compile(r"[^\W\d_]+")
# What a document's own field may say: codes of ISO 639, or a name.
_ENGLISH = ("en", "eng", "english")
_UNDETERMINED = ("", "und", "mul", "unknown", "none", "null")
_SCRIPTS = {
    "CJK": "Chinese or Japanese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "GREEK": "Greek",
    "HEBREW": "Hebrew",
    "THAI": "Thai",
    "DEVANAGARI": "Hindi or another language in Devanagari",
    "BENGALI": "Bengali",
    "GEORGIAN": "Georgian",
    "ARMENIAN": "Armenian",
}


def keep_english(
    readings: Iterable[Document | InputError | Skipped],
) -> Iterator[Document | InputError | Skipped]:
    """The same stream; a document that is not in English is ``Skipped`` in its place."""
    for item in readings:
        if isinstance(item, Document) and (language := other_language(item)):
            named = f"document {item.id[:60]}"
            yield Skipped(f"{named} ({item.url[:200]})" if item.url else named, f"not in English ({language})")
        else:
            yield item


def other_language(document: Document) -> str | None:
    """The language of a document that is not in English; None for English, and for what is too short to tell.

    The document's own field decides, where it has one.

    >>> other_language(Document(id="1", text="Lima recalled its envoy.", language="es"))
    'Spanish'
    """
    told = (document.language or "").strip()
    code = re.split(r"[-_ ]", told.casefold())[0]
    if code in _UNDETERMINED:
        return guess_other_language(document.text)
    return None if code in _ENGLISH else _names().get(code, told[:40])


def guess_other_language(text: str) -> str | None:
    """The language that a text seems to be in, by its letters and function words; None for English or too short."""
    beginning = unicodedata.normalize("NFC", text[:_ENOUGH])
    script, letters = _script(beginning)
    if script != "LATIN" and letters >= _FEWEST_LETTERS:
        shares = _shares(_WORD.findall(beginning), script)
        best = max(shares, key=lambda name: shares[name], default="")
        if shares.get(best, 0) >= _TOLD:
            return best
        return _SCRIPTS.get(script, f"in {script.title()} letters")
    words = _WORD.findall(beginning)
    if len(words) < _FEWEST_WORDS:
        return None
    shares = _shares(words, "LATIN")
    english = shares.pop("English")
    best = max(shares, key=lambda name: shares[name])
    if shares[best] > english and shares[best] >= _TOLD:
        return best
    return "another language" if english < _HARDLY and len(words) >= _MANY_WORDS else None


def _shares(words: Sequence[str], script: str) -> dict[str, float]:
    """For each language of a script, which share of the words are function words of it."""
    # "UN" is no French article, unless all of it is in capitals.
    capitals = "".join(words).isupper()
    languages, of_word = _function_words().get(script, ([], {}))
    found = dict.fromkeys(languages, 0)
    for word, number in Counter(words).items():
        if capitals or not word.isupper() or len(word) == 1:
            for name in of_word.get(word.casefold(), ()):
                found[name] += number
    return {name: number / (len(words) or 1) for name, number in found.items()}


def _script(text: str) -> tuple[str, int]:
    """The script that most letters are in, as Unicode names it, and how many letters these are."""
    found: Counter[str] = Counter()
    for letter, number in Counter(text).items():
        if letter.isalpha():
            found[_script_of(letter)] += number
    return found.most_common(1)[0] if found else ("LATIN", 0)


@lru_cache(maxsize=4096)
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split()[0]


@cache
def _function_words() -> Mapping[str, tuple[list[str], Mapping[str, list[str]]]]:
    """By script: the names of its languages, and for each function word, those that have it.

    What English has too tells nothing ("to", "on"), and single letters stand in "U.S." and "Syria's".
    """
    rows = list(read_table("formats/languages.csv", COLUMNS))
    told = {row["name"]: {word.casefold() for word in row.alternatives("words")} for row in rows}
    found: defaultdict[str, tuple[list[str], dict[str, list[str]]]] = defaultdict(lambda: ([], {}))
    for row in rows:
        names, of_word = found[row["script"]]
        names.append(row["name"])
        for word in told[row["name"]]:
            if row["name"] == "English" or (word not in told["English"] and len(word) > 1):
                of_word.setdefault(word, []).append(row["name"])
    return dict(found)


@cache
def _names() -> Mapping[str, str]:
    return {row["code"]: row["name"] for row in read_table("formats/languages.csv", COLUMNS)}
