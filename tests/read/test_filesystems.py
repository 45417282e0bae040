"""Paths, patterns and addresses: which files they mean, and what people are told of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import DragomanError
from dragoman.read.filesystems import File, list_files


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Some files; the working folder is the one above it."""
    for name in ("b/2.jsonl", "b/1 [x].jsonl", "a.parquet", "c.JSONL", ".hidden.jsonl", "notes.pdf"):
        path = tmp_path / "given" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("12345")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "given"


def told(name: str) -> list[str]:
    return [file.place.where if isinstance(file, File) else str(file) for file in list_files(name)]


def test_a_folder_is_all_that_can_be_read_in_it_by_name(folder: Path) -> None:
    expected = ["a.parquet", "b/1 [x].jsonl", "b/2.jsonl", "c.JSONL"]
    assert told("given/") == told("./given") == [f"given/{name}" for name in expected]
    assert told(str(folder)) == [str(folder / name) for name in expected]
    assert told(folder.as_uri()) == [f"{folder.as_uri()}/{name}" for name in expected]


def test_files_can_be_opened_again_from_another_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [file for name in ("given", folder.as_uri()) for file in list_files(name)]
    monkeypatch.chdir("/")
    assert len(files) == 8
    for file in files:
        assert isinstance(file, File)
        assert file.size == 5
        assert file.changed > 0
        with file.place.system.open_input_file(file.place.path) as opened:
            assert opened.read() == b"12345"


def test_a_pattern_stands_for_names(folder: Path) -> None:
    assert told("given/*/[0-9].jsonl") == ["given/b/2.jsonl"]
    assert told(f"{folder}/*") == [
        str(folder / name) for name in (".hidden.jsonl", "a.parquet", "c.JSONL", "notes.pdf")
    ]
    assert told(f"{folder.as_uri()}/b/2.*") == [f"{folder.as_uri()}/b/2.jsonl"]
    assert told("given/b/1 [x].jsonl") == ["given/b/1 [x].jsonl"], "a file that is called so comes first"


def test_what_is_not_there_is_told(folder: Path) -> None:
    (folder.parent / "empty").mkdir()
    (missing,) = told("given/x.jsonl")
    assert missing == "given/x.jsonl: does not exist. Check the path"
    (missing,) = told("given/*.csv")
    assert missing == "given/*.csv: does not exist. Check the path"
    (empty,) = told("empty")
    assert empty.startswith("empty: holds no file to read")
    with pytest.raises(DragomanError, match="nothing here reads such an address"):
        told("carrier-pigeon://loft/1.jsonl")


def test_fsspec_reads_what_pyarrow_does_not_know() -> None:
    import fsspec

    fsspec.filesystem("memory").pipe("/loft/a.jsonl", b"12345")
    (file,) = list_files("memory://loft/")
    assert isinstance(file, File)
    assert (file.place.where, file.size) == ("memory://loft/a.jsonl", 5)
    with file.place.system.open_input_file(file.place.path) as opened:
        assert opened.read() == b"12345"
