"""What must hold for every claim of every text: spans, ids, links, nulls, and the same bytes every time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any, get_args

import pytest

from dragoman.coder import Coder
from dragoman.export.rows import claim_row, layers_row
from dragoman.read import read_inputs
from dragoman.records import Document, Quoted, SourceKind, Status

PLAIN = (
    "Ankara threatened on Monday to bomb Aleppo. “We will strike,” President Erdoğan told reporters.\n\n"
    "Kommersant quoted Defence Ministry sources as saying that Turkish jets had already hit a base near Homs."
)
HOSTILE = {
    "emoji": "🇹🇷 " + PLAIN.replace("to bomb", "👨‍👩‍👧 to bomb"),
    "astral": "𝔸𝕟𝕜𝕒𝕣𝕒 𐍈𐍈 " + PLAIN,
    "bidi": "\u200f\u202b" + PLAIN.replace("Aleppo", "\u2067Aleppo\u2069\u200e"),
    "crlf": PLAIN.replace("\n", "\r\n").replace("Monday ", "Monday\r\n"),
    "old line ends": PLAIN.replace("\n", "\r"),
    "tabs": PLAIN.replace(" ", "\t"),
    "no-break spaces": PLAIN.replace(" ", "\u00a0"),
    "zero width": PLAIN.replace(" ", "\u200b "),
    "combining": PLAIN.replace("o", "o\u0301").replace("ğ", "g\u0306"),
    "byte order mark": "\ufeff" + PLAIN,
    "controls": PLAIN.replace(" ", "\x0b", 3) + "\x85\x1c\x07",
    "10,000 characters in one sentence": "Ankara bombed Aleppo and "
    + "Russia, which said that Iran, " * 330
    + "shelled Homs.",
    "deep nesting": "Iran said " + "that Russia said " * 120 + "that Ankara bombed Aleppo.",
    "only quotes": '“” "" ‘’ «» “““ "',
    "unclosed quotes": '“Ankara bombed Aleppo, said “Russia. "Iran denied it” “' * 3,
    "only punctuation": "… !!! ??? — -- () [] {} ; : / \\ . . .",
    "one letter": "a",
    "only a name": "Ankara",
    "capitals": PLAIN.upper(),
    "small letters": PLAIN.lower(),
    "no spaces": PLAIN.replace(" ", ""),
    "markup": f"<p>{PLAIN}</p><script>alert('Ankara bombed Aleppo')</script>",
    "another language": "Анкара пригрозила нанести удар по Алеппо. 安卡拉威胁要轰炸阿勒颇。",
    "numbers": "1 2 3 4,5 6.7 8th 99% $5bn 2018-04-12 12/04/2018 31 February 2018",
}


@pytest.fixture(scope="module")
def sample() -> list[Document]:
    with resources.as_file(resources.files("dragoman").joinpath("samples", "syria-2018.jsonl")) as path:
        found = list(read_inputs([str(path)]))
    assert all(isinstance(item, Document) for item in found)
    return [item for item in found if isinstance(item, Document)]


def rows_of(coder: Coder, document: Document) -> list[dict[str, Any]]:
    return [claim_row(claim, document.text) for claim in coder.code(document)]


def spans_in(value: Any, path: str = "") -> Iterator[tuple[str, list[int], str | None]]:
    """Every span of a row with the name of its place, and the text that is said to stand there."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key.endswith("span") and inner is not None:
                yield f"{path}.{key}", inner, value.get("text") if key == "span" else None
            elif key in ("source", "cue") and isinstance(inner, list):
                yield f"{path}.{key}", inner, None
            elif key == "content":
                yield from ((f"{path}.{key}", span, None) for span in inner)
            else:
                yield from spans_in(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from spans_in(inner, path)


def check_spans(row: dict[str, Any], text: str) -> None:
    for place, (start, end), words in spans_in(row):
        assert 0 <= start < end <= len(text), (place, start, end)
        assert words is None or text[start:end] == words, (place, words, text[start:end])


def check_rows(rows: list[dict[str, Any]], document: Document) -> None:
    ids = [row["id"] for row in rows]
    assert len(ids) == len(set(ids)), "two claims of a document have one id"
    for row in rows:
        check_spans(row, document.text)
        check_links(row, ids)
        check_values(row)
        s, e = row["sentence_span"]
        assert s <= row["trigger"]["span"][0] < row["trigger"]["span"][1] <= e


def check_links(row: dict[str, Any], ids: list[str]) -> None:
    assert row["about"] is None or row["about"] in ids, "about names no claim of the document"
    assert row["about"] != row["id"]
    for link in row["sources"]:
        assert link["name"].strip(), "a link of the chain has no name"
        assert link["kind"] in get_args(SourceKind)
        assert (link["text"] is None) == (link["span"] is None)
    assert (row["quoted"] == "none") == (not row["sources"]) or row["quoted"] in get_args(Quoted)


def check_values(row: dict[str, Any]) -> None:
    """Known values are of their kinds; unknown ones are null, never an empty string."""
    assert row["status"] in get_args(Status)
    assert -3 <= row["commitment"] <= 3
    assert -10 <= row["intensity"] <= 10
    assert row["quad"] in (1, 2, 3, 4)
    todo: list[Any] = [row]
    while todo:
        value = todo.pop()
        assert value != "", f"an empty string instead of null in {row}"
        todo.extend(value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())
    for role in ("actor", "recipient"):
        assert row[role] is None or (row[role]["code"] and len(row[role]["code"]) >= 3)
    place = row["place"]
    if place is not None:
        assert (place["latitude"] is None) == (place["longitude"] is None)
        assert place["latitude"] is None or (abs(place["latitude"]) <= 90 and abs(place["longitude"]) <= 180)


def test_every_claim_of_the_sample_keeps_every_rule(coder: Coder, sample: list[Document]) -> None:
    coded = [(document, rows_of(coder, document)) for document in sample]
    for document, rows in coded:
        check_rows(rows, document)
    everything = [row for _, rows in coded for row in rows]
    assert len(everything) >= 40
    assert len({row["id"] for row in everything}) == len(everything), "ids are unique over documents"
    for key in ("recipient", "date", "place", "about"):
        assert any(row[key] is None for row in everything), key
        assert any(row[key] is not None for row in everything), key
    assert any(len(row["sources"]) > 1 for row in everything)


@pytest.mark.parametrize("name", HOSTILE)
def test_every_claim_and_layer_of_a_hostile_text_keeps_every_rule(coder: Coder, name: str) -> None:
    document = Document(id=name, text=HOSTILE[name], published="2018-04-12", publisher="Wire")
    check_rows(rows_of(coder, document), document)
    layers = coder.annotate(document)
    row = layers_row(
        document, sentences=layers.sentences, attributions=layers.attributions, certainties=layers.certainties,
        mentions=layers.mentions, dates=layers.dates, places=layers.places,
    )  # fmt: skip
    check_spans(row, document.text)
    for number, attribution in enumerate(row["attributions"]):
        parent = attribution["parent"]
        assert parent is None or (0 <= parent < len(row["attributions"]) and parent != number)
    assert all(-3 <= predicate["commitment"] <= 3 for predicate in row["predicates"])
    assert all(actor["name"] for actor in row["actors"])
    assert all(place["name"] for place in row["places"])


@pytest.mark.parametrize(
    "name",
    [
        "crlf",
        "old line ends",
        "astral",
        "controls",
        "tabs",
        "bidi",
        "zero width",
        "no-break spaces",
        "byte order mark",
    ],
)
def test_marks_around_the_words_change_no_claim(coder: Coder, name: str) -> None:
    def told(text: str) -> list[tuple[str, Any]]:
        rows = rows_of(coder, Document(id="1", text=text, published="2018-04-12"))
        return [(row["type"], row["actor"] and row["actor"]["code"]) for row in rows]

    plain = told(PLAIN)
    assert len(plain) >= 2
    assert sorted(set(plain) & set(told(HOSTILE[name])), key=str) == sorted(set(plain), key=str)


def test_ids_depend_on_the_document_and_on_nothing_else(coder: Coder) -> None:
    document = Document(id="1", text=PLAIN, published="2018-04-12")
    first = [claim.id for claim in coder.code(document)]
    assert first
    assert [claim.id for claim in coder.code(document)] == first
    assert [claim.id for claim in coder.code(replace(document, title="x", url="y"))] == first
    assert not set(first) & {claim.id for claim in coder.code(replace(document, id="2"))}


def test_a_coder_keeps_nothing_from_document_to_document(coder: Coder, sample: list[Document]) -> None:
    alone = [coder.code(document) for document in sample[:8]]
    assert [coder.code(document) for document in reversed(sample[:8])] == alone[::-1]
    assert [claims for _, claims in coder.pipe(sample[:8])] == alone


def test_two_runs_give_the_same_bytes_whatever_the_hash_seed(tmp_path: Path, sample: list[Document]) -> None:
    program = Path(sys.executable).with_name("dragoman")
    with resources.as_file(resources.files("dragoman").joinpath("samples", "syria-2018.jsonl")) as path:
        for seed in ("1", "4242"):
            for command in ("code", "annotate"):
                subprocess.run(
                    [program, command, path, "--to", tmp_path / f"{command}-{seed}.jsonl"],
                    env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True,
                )  # fmt: skip
    for command in ("code", "annotate"):
        first, second = ((tmp_path / f"{command}-{seed}.jsonl").read_bytes() for seed in ("1", "4242"))
        assert first.count(b"\n") >= len(sample)
        assert first == second
