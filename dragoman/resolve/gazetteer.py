"""The actor tables go in; an index comes out that finds every codebook name in a sentence in one pass."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from dragoman.compiled import compiled
from dragoman.records import Actor, Record, Sentence
from dragoman.tables import ENTRY_COLUMNS, STATE_COLUMNS, Row, read_table, state_names

PERSON_COLUMNS = ("key", "name", "names", "country", "wikidata")
PEOPLE_COLUMNS = ("name", "names", "adjectives", "countries")
REGION_COLUMNS = ("name", "names", "adjectives", "code", "kind")
WEAK_COLUMNS = ("name", "labels", "not_after", "not_before")
ENTRY_TABLES = ("groups", "institutions", "organisations", "outlets")

_UNDECOMPOSED = str.maketrans(
    {"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae", "ð": "d"}
)
_DROPPED = str.maketrans("", "", ".'’‘`ʼʿʾ\u00ad")
_APOSTROPHES = frozenset("'’‘`")
HYPHENS = frozenset("-‐‑–")


@dataclass(frozen=True, slots=True)
class Entry(Record):
    """One reading of a name: ``sort`` is state, adjective, demonym, capital, people, region, territory,
    person, group, institution, organisation or outlet.

    ``code`` is a full code, for a person the country alone; ``countries`` are the countries a people
    without a state of its own lives in, the commonest first.
    """

    key: str
    name: str
    code: str
    sort: str
    start: str | None = None
    end: str | None = None
    wikidata: str | None = None
    countries: tuple[str, ...] = ()

    def covers(self, date: str | None) -> bool:
        """Whether the entry is valid on an ISO date; dates may be given to the year or month."""
        return date is None or within(date, self.start, self.end)


@dataclass(frozen=True, slots=True)
class NameMatch:
    """Tokens ``first`` up to ``stop`` of a sentence that read as one of ``entries``."""

    first: int
    stop: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Gazetteer(Record):
    """All names by their folded words; ``lengths`` tells for each first word how long names can be."""

    names: dict[tuple[str, ...], tuple[Entry, ...]] = field(repr=False)
    lengths: dict[str, tuple[int, ...]] = field(repr=False)
    states: Mapping[str, str] = field(repr=False)
    people: dict[str, Entry] = field(repr=False)

    def find(self, sentence: Sentence) -> Iterator[NameMatch]:
        """The longest names of a sentence from left to right; they don't overlap."""
        words, places = folded_words(sentence)
        at, end = 0, len(words)
        while at < end:
            step = 1
            for length in self.lengths.get(words[at], ()):
                entries = self.names.get(tuple(words[at : at + length])) if at + length <= end else None
                if entries:
                    yield NameMatch(places[at], places[at + length - 1] + 1, entries)
                    step = length
                    break
            at += step

    def look_up(self, name: str) -> tuple[Entry, ...]:
        """What the codebook knows under exactly this name.

        >>> load_gazetteer().look_up("Russians")[0].code
        'RUS'
        """
        return self.names.get(name_words(name), ())


def within(date: str, start: str | None, end: str | None) -> bool:
    """Whether an ISO date lies in a period whose ends may be known to the year or month only.

    >>> within("2018-04-12", "2014-08", "2018"), within("2018-04-12", "2018-05", None)
    (True, False)
    """
    return not (start and date[: len(start)] < start) and not (end and date[: len(end)] > end)


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word without accents, stops and apostrophes; the case stays.

    >>> fold("Erdoğan"), fold("U.S."), fold("Sana’a")
    ('Erdogan', 'US', 'Sanaa')
    """
    if word in _APOSTROPHES:
        return "'"
    if word.isascii():
        return word.translate(_DROPPED) or word
    plain = unicodedata.normalize("NFKD", word.translate(_UNDECOMPOSED))
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_DROPPED) or word


def folded_words(sentence: Sentence) -> tuple[list[str], list[int]]:
    """The folded words of a sentence and their tokens; hyphens within words are left out."""
    words, places = [], []
    for i, word in enumerate(sentence.words):
        if word in HYPHENS and 0 < i < len(sentence) - 1 and sentence.ends[i - 1] == sentence.starts[i]:
            continue
        words.append(fold(word))
        places.append(i)
    return words, places


def name_words(name: str) -> tuple[str, ...]:
    """A codebook name cut as the parser cuts text: at blanks, hyphens, commas and a possessive 's.

    >>> name_words("People’s Protection Units"), name_words("Bosnia-Herzegovina")
    (('People', 's', 'Protection', 'Units'), ('Bosnia', 'Herzegovina'))
    """
    words: list[str] = []
    for mark in HYPHENS:
        name = name.replace(mark, " ")
    for word in name.replace(",", " , ").replace("&", " & ").replace("(", " ( ").replace(")", " ) ").split():
        if len(word) > 2 and word[-2:] in ("'s", "’s"):
            words += [fold(word[:-2]), "s"]
        elif len(word) > 2 and word[-1] in "'’":
            words += [fold(word[:-1]), "'"]
        else:
            words.append(fold(word))
    return tuple(words)


@dataclass(frozen=True, slots=True)
class Weak:
    """Where a short name of an organisation holds: the parser's labels for it, the words beside it that rule it out."""

    labels: tuple[str, ...]
    not_after: tuple[str, ...]
    not_before: tuple[str, ...]


@lru_cache(maxsize=1)
def weak_names() -> dict[str, Weak]:
    """The one-word names that are somebody's surname or another thing as often.

    >>> "Province" in weak_names()["Fars"].not_before
    True
    """
    return {
        row["name"]: Weak(row.alternatives("labels"), row.alternatives("not_after"), row.alternatives("not_before"))
        for row in read_table("actors/weak_names.csv", WEAK_COLUMNS)
    }


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """Read every actor table once.

    >>> [e.name for e in load_gazetteer().look_up("Ankara")]
    ['Turkey']
    """
    return compiled("gazetteer", _read_gazetteer)


def _read_gazetteer() -> Gazetteer:
    names: dict[tuple[str, ...], list[Entry]] = {}
    people: dict[str, Entry] = {}
    for surface, entry in _surfaces():
        words = name_words(surface.removeprefix("the ").removeprefix("The "))
        for form in _forms(words, entry):
            readings = names.setdefault(form, [])
            if entry not in readings:
                readings.append(entry)
        if entry.sort == "person":
            people.setdefault(entry.key, entry)
    lengths: dict[str, set[int]] = {}
    for words in names:
        lengths.setdefault(words[0], set()).add(len(words))
    states = state_names()
    return Gazetteer(
        names={words: tuple(entries) for words, entries in names.items()},
        lengths={first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()},
        states=states,
        people=people,
    )


def organisation_of(code: str) -> Actor | None:
    """The organisation that a code without a sector stands for.

    >>> organisation_of("EUU").name
    'European Union'
    """
    return _organisations().get(code)


@lru_cache(maxsize=1)
def _organisations() -> dict[str, Actor]:
    found: dict[str, Actor] = {}
    for row in _rows("organisations.csv", ENTRY_COLUMNS):
        if row["kind"] == "organisation":
            found.setdefault(row["code"], Actor(row["name"], row["code"], row["key"], row["wikidata"] or None))
    return found


def actor_tables(start: str) -> list[str]:
    """The names of the actor tables that begin with ``start``, in alphabetical order."""
    folder = resources.files("dragoman").joinpath("codebooks", "actors")
    return sorted(
        f"actors/{each.name}" for each in folder.iterdir() if each.name.startswith(start) and each.name.endswith(".csv")
    )


def _surfaces() -> Iterator[tuple[str, Entry]]:
    yield from _states()
    for row in _rows("regions.csv", REGION_COLUMNS):
        sort = {"seat": "capital"}.get(row["kind"], row["kind"])
        yield from _spell(row, ("name", "names"), Entry("", row["name"], row["code"], sort))
        yield from _spell(row, ("adjectives",), Entry("", row["name"], row["code"], "adjective"))
    for row in _rows("peoples.csv", PEOPLE_COLUMNS):
        countries = row.alternatives("countries")
        code = countries[0] if countries else ""
        yield from _spell(row, ("name", "names"), Entry("", row["name"], code, "people", countries=countries))
        yield from _spell(row, ("adjectives",), Entry("", row["name"], code, "adjective", countries=countries))
    for table in ENTRY_TABLES:
        for row in _rows(f"{table}.csv", ENTRY_COLUMNS):
            entry = Entry(
                row["key"], row["name"], row["code"], table.removesuffix("s"),
                row["start"] or None, row["end"] or None, row["wikidata"] or None,
            )  # fmt: skip
            yield from _spell(row, ("name", "names"), entry)
    for file in actor_tables("people_"):
        for row in read_table(file, PERSON_COLUMNS):
            entry = Entry(row["key"], row["name"], row["country"], "person", wikidata=row["wikidata"] or None)
            yield from _spell(row, ("name", "names"), entry)


def _forms(words: tuple[str, ...], entry: Entry) -> set[tuple[str, ...]]:
    """A name as it stands, at the start of a sentence, and with all its parts capitalised ("Kim Jong Un")."""
    if not words:
        return set()
    forms = {words}
    if len(words) > 1:
        forms.add((words[0][:1].upper() + words[0][1:], *words[1:]))
        if entry.sort == "person":
            forms.add(tuple(word[:1].upper() + word[1:] for word in words))
    return forms


def _states() -> Iterator[tuple[str, Entry]]:
    for row in read_table("actors/states.csv", STATE_COLUMNS):
        code, name = row["code"], row["name"].removeprefix("The ")
        for column, sort in (
            ("name", "state"), ("names", "state"), ("demonyms", "demonym"),
            ("adjectives", "adjective"), ("capital", "capital"), ("seats", "capital"),
        ):  # fmt: skip
            yield from _spell(row, (column,), Entry("", name, code, sort))


def _rows(file: str, columns: tuple[str, ...]) -> Iterable[Row]:
    return read_table(f"actors/{file}", columns) if f"actors/{file}" in actor_tables(file) else ()


def _spell(row: Row, columns: tuple[str, ...], entry: Entry) -> Iterator[tuple[str, Entry]]:
    for column in columns:
        for surface in row.alternatives(column):
            yield surface, entry
