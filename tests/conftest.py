"""What many tests share: one parser and one coder for the whole session, and claims made by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dragoman.coder import Coder
from dragoman.commands.telling import run_demo
from dragoman.export.rows import claim_row, flat_row
from dragoman.parse import Parser
from dragoman.records import Actor, Certainty, Claim, DateMention, Document, Event, Mention, Sentence, SourceLink, Span
from dragoman.store.database import Added, CaseFile, open_case

RUSSIA, BELARUS, UKRAINE = ("Moscow", "Russia", "RUS"), ("Minsk", "Belarus", "BLR"), ("Kyiv", "Ukraine", "UKRGOV")
CHAIN = (SourceLink("Kommersant", "publisher"), SourceLink("Defence Ministry sources", "anonymous"))
Parse = Callable[..., tuple[Document, tuple[Sentence, ...]]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes comes first, so that nobody waits for it alone at the end."""
    items.sort(key=lambda item: item.path.name != "test_wheel.py")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Tell what tests measured (``record_property("measured", "…")``); none of it is asserted."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    told = [value for report in reports for name, value in report.user_properties if name == "measured"]
    if told:
        terminalreporter.section("measured")
    for line in sorted(told):
        terminalreporter.write_line(str(line))


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The default parser, loaded once."""
    return Parser()


@pytest.fixture(scope="session")
def coder(parser: Parser) -> Coder:
    """A coder, loaded once; it keeps nothing from document to document."""
    return Coder(parser)


@pytest.fixture(scope="session")
def sample(coder: Coder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled sample crisis, coded once; a test that changes it takes a copy."""
    path = tmp_path_factory.mktemp("sample") / "demo.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dragoman.commands.coding.Coder", lambda model: coder)
        run_demo(path)
    return path


@pytest.fixture(scope="session")
def parse(parser: Parser) -> Parse:
    """parse(text, published=None) -> (Document, sentences); each text is parsed once a session."""

    @cache
    def parsed(text: str, published: str | None = None) -> tuple[Document, tuple[Sentence, ...]]:
        document = Document(id="test", text=text, published=published)
        return document, parser.parse(document)

    return parsed


@pytest.fixture(scope="session")
def claim_in() -> Callable[..., Claim]:
    """claim_in(document, trigger, actor=("Moscow", "Russia", "RUS"), …) -> a claim whose words stand in the text."""

    def made(
        document: Document,
        trigger: str,
        *,
        event_type: str = "ASSAULT",
        quad: int = 4,
        intensity: float = -9.0,
        actor: tuple[str, str, str] | None = None,
        recipient: tuple[str, str, str] | None = None,
        chain: tuple[SourceLink, ...] = (),
        status: str = "actual",
        about: str | None = None,
        contexts: tuple[str, ...] = ("military",),
        mode: str | None = None,
        date: DateMention | None = None,
    ) -> Claim:
        def mention(words: tuple[str, str, str] | None) -> Mention | None:
            if words is None:
                return None
            span = span_of(document, words[0])
            return Mention(span, 0, 0, 1, 0, Actor(words[1], words[2]), "name", f"listed as {words[1]}")

        at = span_of(document, trigger)
        event = Event(
            type=event_type, mode=mode, contexts=contexts, quad=quad, intensity=intensity, cameo="190",
            actor=mention(actor), recipient=mention(recipient), date=date, place=None,
            score=0.9, rule="assault.strike",
        )  # fmt: skip
        return Claim(
            id=f"c_{document.id}_{event_type.lower()}_{at[0]}", document=document.id, sentence=0,
            sentence_span=(0, len(document.text)), trigger=at, event=event, chain=chain,
            certainty=Certainty(status, 3.0 if status == "actual" else 0.0, "made by hand"),  # type: ignore[arg-type]
            quoted="indirect" if chain else "none", about=about, codebook="plover-test",
        )  # fmt: skip

    return made


def span_of(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return (start, start + len(words))


@pytest.fixture
def fresh_case(tmp_path: Path) -> Iterator[CaseFile]:
    """A new case file, for the test to fill."""
    with open_case(tmp_path / "case.duckdb") as opened:
        yield opened


@pytest.fixture
def case(tmp_path: Path, claim_in: Callable[..., Claim]) -> Iterator[CaseFile]:
    """Five claims on four days, one undated, one denied."""
    told: list[tuple[str, str | None, dict[str, Any]]] = [
        (
            "1",
            "2020-01-01",
            {"actor": RUSSIA, "recipient": UKRAINE, "event_type": "CONSULT", "quad": 1, "intensity": 1.0},
        ),
        ("2", "2020-01-02", {"actor": RUSSIA, "recipient": UKRAINE, "event_type": "AID", "quad": 2, "intensity": 7.0}),
        ("3", "2020-01-11", {"actor": RUSSIA, "recipient": UKRAINE, "chain": CHAIN}),
        ("4", "2020-01-11", {"actor": BELARUS, "recipient": RUSSIA, "status": "negated"}),
        ("5", None, {"actor": BELARUS}),
    ]
    with open_case(tmp_path / "case.duckdb") as opened:
        for number, day, words in told:
            text = "Moscow, Minsk and Kyiv: they struck."
            document = Document(id=number, text=text, published=day, publisher=f"Wire {number}")
            row = flat_row(claim_row(claim_in(document, "struck", **words), text))
            opened.add([Added(document, (), [row])], run="r_1")
        yield opened
