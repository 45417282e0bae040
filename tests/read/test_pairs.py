"""Pairs of marked actors: good ones come out, bad spans are named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import InputError
from dragoman.read.pairs import Pair, read_pairs

TEXT = "Lima expelled two Bolivian envoys."


def read_one(path: Path, fields: dict[str, Any]) -> Pair | InputError:
    path.write_text(json.dumps(fields) + "\n", encoding="utf-8")
    (found,) = read_pairs(str(path))
    return found


def test_a_pair(tmp_path: Path) -> None:
    found = read_one(tmp_path / "a.jsonl", {"id": "1", "text": TEXT, "actor": [0, 4], "recipient": [18, 33]})
    assert isinstance(found, Pair)
    assert [TEXT[slice(*span)] for span in (found.actor, found.recipient)] == ["Lima", "Bolivian envoys"]


@pytest.mark.parametrize(
    "span", [None, [], [0], [4, 4], [5, 2], [-2, 3], [0, 99], [0.0, 4.0], [True, 4], "0-4", [4, 5]]
)
def test_a_span_that_is_none_is_named(tmp_path: Path, span: Any) -> None:
    found = read_one(tmp_path / "a.jsonl", {"id": "1", "text": TEXT, "actor": span, "recipient": [18, 33]})
    assert isinstance(found, InputError)
    assert "'actor'" in found.problem


def test_a_missing_file_is_one_error(tmp_path: Path) -> None:
    (found,) = read_pairs(str(tmp_path / "none.jsonl"))
    assert isinstance(found, InputError)
