"""The judge's training sentences: a known type, one marked actor and one marked recipient on every line."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib import resources

import pytest

from dragoman.coding.codebook import load_codebook

FILES = ("sentences.tsv", "sentences_long.tsv", "sentences_wide.tsv")
LEAST_PER_TYPE = 100
_MARK = re.compile(r"\[([AR]):([^\[\]]+)\]")


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    """Where it stands, type and marked sentence of every line of every file."""
    rows = []
    for file in FILES:
        text = (resources.files("dragoman") / "codebooks" / "judge" / file).read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), start=1):
            cells = line.split("\t")
            assert len(cells) == 2, f"{file}:{number}: want TYPE, a tab and the sentence: {line!r}"
            rows.append((f"{file}:{number}", cells[0], cells[1]))
    return tuple(rows)


def _plain(sentence: str) -> str:
    return _MARK.sub(r"\2", sentence)


def _faults(sentence: str) -> list[str]:
    """What is wrong with the marks of one sentence; empty when nothing is."""
    marks = _MARK.findall(sentence)
    plain = _plain(sentence)
    faults = []
    if sorted(letter for letter, _ in marks) != ["A", "R"]:
        faults.append("want exactly one [A:...] and one [R:...]")
    if any(text != text.strip() or not re.search(r"\w", text) for _, text in marks):
        faults.append("marked text is empty or padded")
    if re.search(r"[\[\]{}|]", plain):
        faults.append("stray bracket, brace or bar")
    if re.search(r"\s\s|^\s|\s$|\s[.,;]", plain):
        faults.append("stray space")
    if len(plain.split()) < 4:
        faults.append("too short to judge")
    return faults


@pytest.mark.parametrize(
    "sentence",
    [
        "[A:Chad] met Sudan in Paris today.",
        "[A:Chad] and [A:Togo] met [R:Sudan] in Paris.",
        "[A:Chad met [R:Sudan] in Paris today.",
        "[A: ] met [R:Sudan] in Paris today.",
        "[A:Chad] met  [R:Sudan] in Paris today.",
        "[A:Chad] met [R:Sudan].",
    ],
)
def test_checker_sees_faults(sentence: str) -> None:
    assert _faults(sentence)


def test_every_sentence_is_well_marked() -> None:
    bad = [f"{where}: {', '.join(_faults(text))}: {text}" for where, _, text in _rows() if _faults(text)]
    assert not bad, "\n".join(bad)


@pytest.mark.parametrize("file", FILES)
def test_every_type_is_known_and_well_fed(file: str) -> None:
    counts = Counter(kind for where, kind, _ in _rows() if where.startswith(f"{file}:"))
    assert set(counts) == set(load_codebook().types)
    assert {kind: n for kind, n in counts.items() if n < LEAST_PER_TYPE} == {}


def test_no_marked_sentence_occurs_twice() -> None:
    counts = Counter(text for _, _, text in _rows())
    assert [text for text, n in counts.items() if n > 1] == []


def test_no_sentence_is_in_two_files() -> None:
    files: dict[str, set[str]] = {}
    for where, _, text in _rows():
        files.setdefault(_plain(text), set()).add(where.partition(":")[0])
    assert [text for text, found in files.items() if len(found) > 1] == []


def test_sentences_vary() -> None:
    """Marks alone decide in part of the files; passives, long sentences and headlines are all there."""
    kinds: dict[str, set[str]] = {}
    for _, kind, text in _rows():
        kinds.setdefault(_plain(text), set()).add(kind)
    assert sum(len(found) > 1 for found in kinds.values()) >= 300, "same words, other marks, other type"
    for kind in load_codebook().types:
        texts = [text for _, found, text in _rows() if found == kind]
        assert sum(text.index("[R:") < text.index("[A:") for text in texts) >= 20, kind
        assert sum(len(_plain(text).split()) >= 25 for text in texts) >= 100, kind
    assert sum(not text.endswith((".", '."')) for _, _, text in _rows()) >= 20, "headlines"
