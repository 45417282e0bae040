"""Every row of the table of reporting cues is a test: its example is found as marked, its counterexample is not."""

from __future__ import annotations

import re
from functools import cache

import pytest

from dragoman.errors import CodebookError
from dragoman.extract.attributions import find_attributions
from dragoman.extract.reporting import COLUMNS, FRAMES, PREPOSITIONS, Cue, load_lexicon, parse_cues, verb_lemma
from dragoman.parse import Parser
from dragoman.records import Attribution, Document, Sentence, Span
from dragoman.tables import Row, parse_table, read_table

_MARK = re.compile(r"[\[\]{}]")
ROWS = read_table("reporting.csv", COLUMNS)
IDS = [f"{row['part']}-{row['cue']}".replace(" ", "_") for row in ROWS]


@cache
def _parsed() -> dict[str, tuple[Document, tuple[Sentence, ...]]]:
    texts = {text for row in ROWS for text in (_MARK.sub("", row["example"]), row["not"])}
    documents = [Document(id="row", text=text) for text in sorted(texts)]
    return {document.text: (document, sentences) for document, sentences in Parser().pipe(documents)}


def _marked(example: str) -> tuple[list[Span], list[Span]]:
    """The spans in [ ] and in { }, counted without the marks."""
    found: dict[str, list[Span]] = {"[": [], "{": []}
    opened, length, mark = 0, 0, ""
    for character in example:
        if character in "[{":
            opened, mark = length, character
        elif character in "]}":
            found[mark].append((opened, length))
        else:
            length += 1
    return found["["], found["{"]


def _characters(spans: list[Span] | tuple[Span, ...]) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


def _agree(one: set[int], other: set[int]) -> bool:
    return len(one & other) * 2 >= len(one | other)


def _uses(attribution: Attribution, sentences: tuple[Sentence, ...], cues: list[Cue]) -> bool:
    assert attribution.cue_token is not None
    sentence, token = sentences[attribution.cue_token[0]], attribution.cue_token[1]
    cue = attribution.cue
    assert cue is not None
    words = {w.lower() for i, w in enumerate(sentence.words) if cue[0] <= sentence.starts[i] < cue[1]}
    pairs = zip(sentence.lemmas, sentence.words, sentence.starts, strict=True)
    lemmas = {verb_lemma(lemma, word) for lemma, word, start in pairs if cue[0] <= start < cue[1]}
    return any(c.words[0] in lemmas | words | {sentence.lemmas[token]} for c in cues)


def test_the_table_is_large_enough() -> None:
    assert len(ROWS) >= 400
    assert sum(len(row.alternatives("cue")) for row in ROWS) > len(ROWS)


def test_no_cue_stands_in_two_rows() -> None:
    keys = [(row["part"], cue) for row in ROWS for cue in row.alternatives("cue")]
    assert sorted(k for k in set(keys) if keys.count(k) > 1) == []


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_example_is_found(row: Row) -> None:
    source, content = _marked(row["example"])
    document, sentences = _parsed()[_MARK.sub("", row["example"])]
    cues = parse_cues(row)
    found = [a for a in find_attributions(document, sentences) if _uses(a, sentences, cues)]
    assert found, "the cue was not found"
    right = [
        a
        for a in found
        if _agree(_characters(list(a.content)), _characters(content))
        and (_agree(_characters([a.source]), _characters(source)) if a.source else not source)
    ]
    assert right, [
        (document.text[slice(*a.source)] if a.source else None, [document.text[slice(*c)] for c in a.content])
        for a in found
    ]


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_counterexample_is_not_found(row: Row) -> None:
    document, sentences = _parsed()[row["not"]]
    cues = parse_cues(row)
    found = [a for a in find_attributions(document, sentences) if _uses(a, sentences, cues)]
    assert found == []


def test_every_frame_is_documented_and_used() -> None:
    used = {frame for row in ROWS for frame in row.alternatives("frames")}
    assert set(FRAMES) - used == set()
    assert used - set(FRAMES) - PREPOSITIONS == set()


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ("say,verb,thta,assert,yes,x,y", "unknown frame thta"),
        ("say,werb,that,assert,yes,x,y", "unknown part"),
        ("say,verb,that,asert,yes,x,y", "unknown stance"),
        ("say,verb,that,assert,perhaps,x,y", "unknown vouches"),
    ],
)
def test_wrong_row_names_file_and_line(cells: str, problem: str) -> None:
    (row,) = parse_table(f"{','.join(COLUMNS)}\n{cells}\n", "reporting.csv", COLUMNS)
    with pytest.raises(CodebookError, match=f"reporting.csv, line 2: {problem}"):
        parse_cues(row)


def test_longer_cues_come_first() -> None:
    for cues in load_lexicon().verbs.values():
        lengths = [len(cue.words) for cue in cues]
        assert lengths == sorted(lengths, reverse=True)
