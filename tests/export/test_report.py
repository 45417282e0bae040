"""The page: it tells what the analyses found, needs nothing from elsewhere, and hostile text stays text."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from dragoman.commands.telling import run_demo, write_report
from dragoman.export.rows import claim_row, flat_row
from dragoman.records import Claim, Document
from dragoman.store.database import Added, open_case


class Tags(HTMLParser):
    """The tags of a page, those still open, and every attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes += attrs
        if tag not in ("meta", "br", "line", "rect", "circle"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        if tag in ("rect", "circle"):
            return
        assert self.open.pop() == tag


def read(page: str) -> Tags:
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    return tags


@pytest.fixture
def demo(coder: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("dragoman.commands.coding.Coder", lambda model: coder)
    run_demo(tmp_path / "case.duckdb")
    write_report(tmp_path / "case.duckdb", tmp_path / "report.html", title="Syria, April 2018")
    return (tmp_path / "report.html").read_text(encoding="utf-8")


def test_the_sample_crisis_is_told(demo: str) -> None:
    assert "<h1>Syria, April 2018</h1>" in demo
    assert "RUS towards USA turned warmer on 2018-04-11" in demo
    assert "carried out" in demo
    assert "Kommersant" in demo
    assert "svg" in read(demo).seen


def test_nothing_comes_from_elsewhere(demo: str) -> None:
    tags = read(demo)
    assert not {"script", "img", "link", "iframe", "object", "form"} & set(tags.seen)
    assert not any(name in ("src", "href", "style") or name.startswith("on") for name, _ in tags.attributes)
    assert "default-src 'none'" in demo


def test_hostile_text_stays_text(tmp_path: Path, claim_in: Callable[..., Claim]) -> None:
    hostile = "<script>alert(1)</script>\u202e' onload='x"
    for number, status in ((0, "actual"), (1, "negated")):
        text = f"Lima struck Quito. {hostile} {number} " + " ".join(f"told{number}x{n}" for n in range(30))
        document = Document(id=f"d{number}", text=text, published="2020-01-01", publisher=f"{hostile} {number}")
        words = {"actor": ("Lima", hostile, "PER"), "recipient": ("Quito", hostile, "ECU"), "status": status}
        claim = claim_in(document, "struck", **words)
        with open_case(tmp_path / "case.duckdb") as case:
            case.add([Added(document, (), [flat_row(claim_row(claim, text))])], run="r_1")
    write_report(tmp_path / "case.duckdb", tmp_path / "report.html", title=hostile)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "script" not in read(page).seen
    assert "&lt;script&gt;" in page
    assert not any(name == "onload" for name, _ in read(page).attributes)


def test_an_empty_case_is_told_as_empty(tmp_path: Path) -> None:
    with open_case(tmp_path / "case.duckdb"):
        pass
    write_report(tmp_path / "case.duckdb", tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "0 reports" in page
    read(page)
