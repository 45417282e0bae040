"""What is built from the codebooks is kept and read again, and never believed where it could be another's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dragoman.compiled import compiled


class Builder:
    """Counts how often it was asked to build."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> dict[str, int]:
        self.times += 1
        return {"built": 7}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DRAGOMAN_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_it_is_built_once_and_then_read(folder: Path) -> None:
    build = Builder()
    assert compiled("things", build) == compiled("things", build) == {"built": 7}
    assert build.times == 1
    assert [file.name.startswith("things-") for file in folder.iterdir()] == [True]


def test_a_changed_source_builds_anew_and_few_old_ones_stay(folder: Path, tmp_path: Path) -> None:
    build, source = Builder(), tmp_path / "table.csv"
    for size in range(1, 8):
        source.write_text("x" * size, encoding="utf-8")
        compiled("things", build, source)
    assert build.times == 7
    assert len(list(folder.iterdir())) == 4


def test_a_damaged_file_is_replaced(folder: Path) -> None:
    build = Builder()
    compiled("things", build)
    kept = next(folder.iterdir())
    kept.write_bytes(b"\x80\x05no pickle")
    assert compiled("things", build) == {"built": 7}
    assert compiled("things", build) == {"built": 7}
    assert build.times == 2


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")
def test_a_file_that_others_may_write_is_not_read(folder: Path) -> None:
    build = Builder()
    compiled("things", build)
    next(folder.iterdir()).chmod(0o666)
    compiled("things", build)
    folder.chmod(0o777)
    compiled("things", build)
    assert build.times == 3


def test_a_folder_that_can_not_be_made_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("DRAGOMAN_CACHE", str(tmp_path / "file" / "cache"))
    build = Builder()
    assert compiled("things", build) == compiled("things", build) == {"built": 7}
    assert build.times == 2


def test_keeping_can_be_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_CACHE", "")
    build = Builder()
    compiled("things", build)
    compiled("things", build)
    assert build.times == 2
