"""What tests of exporters share: a claim as `claim_rows` gives it, with every field filled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

Told = Callable[..., dict[str, Any]]
TEXT = "Lima shelled Tumbes on Monday, the Harbour Wire reported, citing two officers."
FULL: dict[str, Any] = {
    "id": "c_1", "document": "d_1", "sentence": 0, "sentence_start": 0, "sentence_end": 78,
    "trigger_text": "shelled", "trigger_start": 5, "trigger_end": 12,
    "type": "ASSAULT", "mode": "heavy-weapons", "contexts": ["military"], "quad": 4, "intensity": -9.5, "cameo": "194",
    "actor_text": "Lima", "actor_start": 0, "actor_end": 4, "actor_name": "Peru", "actor_code": "PERMIL",
    "actor_found": "capital for its state",
    "recipient_text": "Tumbes", "recipient_start": 13, "recipient_end": 19, "recipient_name": "Ecuador",
    "recipient_code": "ECU", "recipient_found": "made by hand",
    "status": "alleged", "commitment": 1.5, "status_rule": "report (that)", "quoted": "indirect",
    "date_text": "on Monday", "date_start": 20, "date_end": 29, "date_value": "2020-02-03", "date_granularity": "day",
    "place_text": "Tumbes", "place_start": 13, "place_end": 19, "place_name": "Tumbes", "place_country": "PER",
    "place_latitude": -3.56694, "place_longitude": -80.45153, "place_geonames_id": 3691148, "place_precision": "city",
    "about": None, "codebook": "plover-test", "score": 0.9, "rule": "assault.shell", "review": None,
    "published": date(2020, 2, 4), "publisher": "The Meridian Post", "title": "Shells on Tumbes",
    "url": "https://meridian.example/tumbes", "language": "en", "sentence_text": TEXT,
    "happening": "c_1", "day": date(2020, 2, 3), "copied": False,
    "origin": "harbour wire", "origin_name": "Harbour Wire",
    "sources": [
        {"name": "Harbour Wire", "text": "the Harbour Wire", "span": [31, 47], "cue": "reported",
         "kind": "publisher", "code": None},
        {"name": "two officers", "text": "two officers", "span": [65, 77], "cue": "citing",
         "kind": "anonymous", "code": "PERMIL"},
    ],
}  # fmt: skip


@pytest.fixture
def told() -> Told:
    """told(status="actual", …) -> a whole claim, changed as asked."""
    return lambda **changes: {**FULL, **changes}


@pytest.fixture
def bare(told: Told) -> dict[str, Any]:
    """A claim of which only what must be there is there."""
    optional = (
        "mode", "actor_text", "actor_start", "actor_end", "actor_name", "actor_code", "actor_found", "recipient_text",
        "recipient_start", "recipient_end", "recipient_name", "recipient_code", "recipient_found", "date_text",
        "date_start", "date_end", "date_value", "date_granularity", "place_text", "place_start", "place_end",
        "place_name", "place_country", "place_latitude", "place_longitude", "place_geonames_id", "place_precision",
        "published", "publisher", "title", "url", "language", "day", "score",
    )  # fmt: skip
    nothing = dict.fromkeys(optional)
    return told(**nothing, id="c_2", document="d_2", happening="c_2", contexts=[], sources=[], status="actual",
                quoted="none", origin="d_2", origin_name="document d_2")  # fmt: skip
