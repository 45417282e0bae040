"""Rows in the public layout: every key is there, every text is cut out by its span, unknown is null."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.export.rows import FLAT_COLUMNS, claim_row, flat_row, layers_row
from dragoman.records import (
    Actor,
    Attribution,
    Certainty,
    Claim,
    DateMention,
    Document,
    Mention,
    PlaceMention,
    Sentence,
    SourceLink,
)

Make = Callable[..., Claim]
DOCUMENT = Document(id="1", text="😀 Lima said Quito had shelled Tumbes.")
KEYS = [
    "id",
    "document",
    "sentence",
    "sentence_span",
    "trigger",
    "type",
    "mode",
    "contexts",
    "quad",
    "intensity",
    "cameo",
    "actor",
    "recipient",
    "status",
    "commitment",
    "status_rule",
    "sources",
    "quoted",
    "date",
    "place",
    "about",
    "codebook",
    "score",
    "rule",
]


def test_a_row_has_every_key_in_the_order_of_the_contract(claim_in: Make) -> None:
    assert list(claim_row(claim_in(DOCUMENT, "shelled"), DOCUMENT.text)) == KEYS


def test_texts_are_cut_out_by_their_spans_in_code_points(claim_in: Make) -> None:
    link = SourceLink("Peru", "institution", (2, 6), "said", "PERGOV")
    claim = claim_in(DOCUMENT, "shelled", actor=("Quito", "Ecuador", "ECU"), chain=(link,))
    row = claim_row(claim, DOCUMENT.text)
    assert row["actor"] == {
        "text": "Quito",
        "span": [12, 17],
        "name": "Ecuador",
        "code": "ECU",
        "found": "listed as Ecuador",
    }
    assert row["trigger"] == {"text": "shelled", "span": [22, 29]}
    assert row["sources"] == [
        {"name": "Peru", "text": "Lima", "span": [2, 6], "cue": "said", "kind": "institution", "code": "PERGOV"}
    ]


def test_unknown_is_null(claim_in: Make) -> None:
    row = claim_row(claim_in(DOCUMENT, "shelled"), DOCUMENT.text)
    assert [row[key] for key in ("mode", "actor", "recipient", "date", "place", "about")] == [None] * 6
    assert row["sources"] == []
    flat = flat_row(row)
    assert flat["actor_text"] is flat["place_latitude"] is flat["date_start"] is None
    assert tuple(flat) == FLAT_COLUMNS


def test_the_layers_of_a_document() -> None:
    words = ("Lima", "said", "so", ".")
    text = "Lima said so."
    starts, ends = (0, 5, 10, 12), (4, 9, 12, 13)
    sentence = Sentence(0, 0, words, words, words, words, words, (1, 1, 1, 1), starts, ends)
    mention = Mention((0, 4), 0, 0, 1, 0, Actor("Peru", "PER"), "name", "listed")
    row = layers_row(
        Document(id="1", text=text),
        sentences=[sentence],
        attributions=[Attribution((0, 4), (5, 9), ((10, 12),), None, 0, (0, 0), (0, 1), "institution", "indirect")],
        certainties={(0, 2): Certainty("alleged", 1.5, "x"), (0, 1): Certainty("actual", 3.0, "x")},
        mentions=[mention],
        dates=[DateMention((10, 12), 0, 2, 3, "DATE", None, None)],
        places=[PlaceMention((0, 4), 0, 0, 1, 0, "Lima", "PER", None, None, None, None)],
    )
    assert row == {
        "id": "1",
        "attributions": [{"source": [0, 4], "cue": [5, 9], "content": [[10, 12]], "parent": None}],
        "dates": [{"span": [10, 12], "text": "so", "value": None, "type": "DATE"}],
        "places": [{"span": [0, 4], "name": "Lima", "latitude": None, "longitude": None, "geonames_id": None}],
        "actors": [{"span": [0, 4], "name": "Peru", "code": "PER"}],
        "predicates": [{"span": [5, 9], "commitment": 3.0}, {"span": [10, 12], "commitment": 1.5}],
    }
