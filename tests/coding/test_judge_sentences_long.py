"""The long training sentences of the judge: one actor, one recipient, 20 to 46 words, and often a second event."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from importlib import resources

_VERBAL = ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN")
_MATERIAL = ("COOPERATE", "AID", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")
TYPES = {*_VERBAL, *_MATERIAL}
LEAST_PER_TYPE = 100
FEWEST_WORDS, MOST_WORDS = 20, 46
_MARK = re.compile(r"\[([AR]):([^\[\]]+)\]")


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    """Type and marked sentence of every line."""
    table = resources.files("dragoman") / "codebooks" / "judge" / "sentences_long.tsv"
    rows = []
    for number, line in enumerate(table.read_text(encoding="utf-8").splitlines(), start=1):
        cells = line.split("\t")
        assert len(cells) == 2, f"line {number}: want TYPE, a tab and the sentence: {line!r}"
        rows.append((cells[0], cells[1]))
    return tuple(rows)


def _plain(sentence: str) -> str:
    return _MARK.sub(r"\2", sentence)


def _is_sound(sentence: str) -> bool:
    """One actor, one recipient, no stray bracket or space, a length in bounds."""
    plain = _plain(sentence)
    return (
        sorted(letter for letter, _ in _MARK.findall(sentence)) == ["A", "R"]
        and not re.search(r"[\[\]{}|#]|\s\s|\s[.,;]|^\s|\s$", plain)
        and FEWEST_WORDS <= len(plain.split()) <= MOST_WORDS
    )


def test_checker_sees_faults() -> None:
    tail = " in the capital on Monday, hours after gunmen had shot two of his bodyguards near the old bridge there"
    assert _is_sound("[A:Chad's envoy] met [R:the rebels]" + tail)
    assert not _is_sound("[A:Chad's envoy] met the rebels" + tail)
    assert not _is_sound("[A:Chad's envoy] met  [R:the rebels]" + tail)
    assert not _is_sound("[A:Chad's envoy] met [R:the rebels] on Monday")


def test_every_line_is_sound() -> None:
    assert [text for _, text in _rows() if not _is_sound(text)] == []


def test_every_type_is_fed() -> None:
    counts = Counter(kind for kind, _ in _rows())
    assert set(counts) == TYPES
    assert {kind: n for kind, n in counts.items() if n < LEAST_PER_TYPE} == {}


def test_no_marked_sentence_occurs_twice() -> None:
    counts = Counter(text for _, text in _rows())
    assert [text for text, n in counts.items() if n > 1] == []


def test_same_words_with_other_marks_have_other_types() -> None:
    types: dict[str, set[str]] = defaultdict(set)
    for kind, text in _rows():
        types[_plain(text)].add(kind)
    assert sum(len(found) > 1 for found in types.values()) >= 200


def test_no_sentence_is_in_the_short_file() -> None:
    short = resources.files("dragoman") / "codebooks" / "judge" / "sentences.tsv"
    known = {_plain(line.partition("\t")[2]) for line in short.read_text(encoding="utf-8").splitlines()}
    assert known.isdisjoint(_plain(text) for _, text in _rows())
