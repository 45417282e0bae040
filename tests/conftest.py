"""What many tests share: one parser for the whole session."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from dragoman.parse import Parser
from dragoman.records import Document, Sentence

Parse = Callable[..., tuple[Document, tuple[Sentence, ...]]]


@pytest.fixture(scope="session")
def parse() -> Parse:
    """parse(text, published=None) -> (Document, sentences); each text is parsed once a session."""
    parser = Parser()

    @cache
    def parsed(text: str, published: str | None = None) -> tuple[Document, tuple[Sentence, ...]]:
        document = Document(id="test", text=text, published=published)
        return document, parser.parse(document)

    return parsed
