"""Every plot is a picture of what it is given: whole, the same each time, honest where nothing is told."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dragoman.commands.telling import PLOTS, write_plot
from dragoman.errors import DragomanError
from dragoman.store.database import CaseFile, open_case

PARTIES = {"one": "RUS", "other": "UKR"}


@pytest.fixture
def path(case: CaseFile, tmp_path: Path) -> Path:
    """A case file with a hostile name in it, closed."""
    case.connection.execute("UPDATE claims SET actor_name = '$\\frac{</text><script>', recipient_name = 'Ky\u202eiv'")
    case.close()
    return tmp_path / "case.duckdb"


def words(picture: Path) -> str:
    """All words of an SVG."""
    return " ".join(ElementTree.parse(picture).getroot().itertext())


@pytest.mark.parametrize("what", PLOTS)
def test_a_picture_is_whole_and_the_same_each_time(path: Path, tmp_path: Path, what: str) -> None:
    for name in ("a.svg", "b.svg", "a.png", "b.png"):
        write_plot(path, what, tmp_path / name, **PARTIES)
    for ending in ("svg", "png"):
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert "script" not in {element.tag.rpartition("}")[2] for element in ElementTree.parse(tmp_path / "a.svg").iter()}
    assert sorted(file.name for file in tmp_path.iterdir() if "partial" in file.name) == []


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("line", ("RUS towards UKR", "UKR towards RUS: nothing dated is told")),
        ("activity", ("RUS towards UKR", "conflict in deeds")),
        ("matrix", ("RUS", "UKR", "3")),
        ("network", ("RUS", "UKR")),
        ("incidents", ("ASSAULT", "1, 1")),
    ],
)
def test_what_is_told_is_on_it(path: Path, tmp_path: Path, what: str, told: tuple[str, ...]) -> None:
    write_plot(path, what, tmp_path / "a.svg", **PARTIES)
    for each in told:
        assert each in words(tmp_path / "a.svg")


@pytest.mark.parametrize("what", PLOTS)
def test_an_empty_case_is_said_to_be_empty(tmp_path: Path, what: str) -> None:
    with open_case(tmp_path / "empty.duckdb"):
        pass
    write_plot(tmp_path / "empty.duckdb", what, tmp_path / "a.svg", **PARTIES)
    said = words(tmp_path / "a.svg").lower()
    assert "no " in said or "nothing" in said


def test_names_are_neither_formulas_nor_markup(path: Path, tmp_path: Path) -> None:
    write_plot(path, "incidents", tmp_path / "a.svg")
    assert "$\\frac{</text><script>" in words(tmp_path / "a.svg")
    assert "\u202e" not in words(tmp_path / "a.svg")


def test_what_cannot_be_drawn_is_said(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DragomanError, match="Name both"):
        write_plot(path, "line", tmp_path / "a.svg", one="RUS")
    with pytest.raises(DragomanError, match="png or"):
        write_plot(path, "matrix", tmp_path / "a.gif")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(DragomanError, match="pip install matplotlib"):
        write_plot(path, "matrix", tmp_path / "a.svg")
    assert not (tmp_path / "a.svg").exists()
