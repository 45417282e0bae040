"""Units and parts without a cluster: what is read and left out, what stands, what is made again."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dragoman import __version__
from dragoman.coding.codebook import load_codebook
from dragoman.engines.cluster import Task, UnitCoder
from dragoman.engines.local import Here
from dragoman.engines.parts import Folder, Unit, code_unit, cut_units, read_unit, scan_unit, settle
from dragoman.engines.shards import Shards
from dragoman.errors import DragomanError, InputError
from dragoman.read import read_inputs
from dragoman.read.filesystems import find_place, list_files

HERE = Path(__file__).parent
DEFAULTS = (("published", "2018-04-12"), ("publisher", None))


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(HERE))
    import stub_work  # type: ignore[import-not-found]

    return stub_work


@pytest.fixture
def main_program() -> Iterator[None]:
    """An actor changes the program's entry for processes that it starts."""
    before = dict(vars(sys.modules["__main__"]))
    yield
    vars(sys.modules["__main__"]).update(before)


def write(path: Path, *numbers: int, text: str = "Lima met Oslo {} times.") -> Path:
    lines = [json.dumps({"id": f"n{number}", "text": text.format(number)}) for number in numbers]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def folder_at(path: Path, **changed: Any) -> Folder:
    given = {"suffix": ".jsonl", "coded_by": ("claims", "stub", __version__, load_codebook().version), **changed}
    return Folder(find_place(str(path)), defaults=DEFAULTS, **given)


def units_of(path: Path, size: int) -> list[Unit]:
    units = cut_units(list_files(str(path)), size)
    return settle(units, [scan_unit(unit, DEFAULTS) for unit in units])


def test_units_together_are_read_as_the_whole_is(tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    write(given / "a.jsonl", *range(20), 3, 4)
    write(given / "b.jsonl", 5, 6, text="Another text {}.")
    write(given / "c.jsonl", 21, 5, 21, 2, 22, 6)
    write(given / "d.jsonl", 22, 5, text="A third text {}.")
    (given / "e.txt").write_text("Lima met Oslo.")
    expected = [str(item) for item in read_inputs([str(given)], published="2018-04-12")]
    assert sum("was already used at" in each for each in expected) == 4
    numbers = set()
    for size in (1, 60, 200, 500, 10_000):
        units = units_of(given, size)
        numbers.add(len(units))
        found = [str(item) for unit in units for item in read_unit(unit, DEFAULTS, lenient=False)]
        assert found[:-1] == expected[:-1], size
        assert "is neither JSON Lines nor Parquet" in found[-1]
    assert len(numbers) == 5


def test_a_part_stands_until_anything_of_it_changes(tmp_path: Path, stub: Any) -> None:
    given = write(tmp_path / "a.jsonl", *range(5))
    folder = folder_at(tmp_path / "out")
    folder.prepare()
    (unit,) = units_of(given, 10_000)
    assert folder.finished(unit) is None
    made = code_unit(unit, folder, Here(stub.work, Shards(tmp_path / "work", (), keep=False)).run)
    assert (made["documents"], made["claims"], folder.finished(unit)) == (5, 5, made)

    folder.prepare()
    assert folder.finished(unit) == made, "a second run takes over what stands"
    assert folder_at(tmp_path / "out", coded_by=("claims", "stub", "0.0.9", "x")).finished(unit) is None
    os.utime(given, ns=(1, 1))
    assert folder.finished(units_of(given, 10_000)[0]) is None
    note = tmp_path / "out" / "_parts" / "000000.json"
    for broken in (b"", b"[]", b"{}", note.read_bytes()[:-9]):
        whole = note.read_bytes()
        note.write_bytes(broken)
        assert folder.finished(unit) is None
        note.write_bytes(whole)
    (tmp_path / "out" / "part-000000.jsonl").unlink()
    assert folder.finished(unit) is None


def test_what_is_left_over_goes_and_what_is_others_stays(tmp_path: Path, stub: Any) -> None:
    folder = folder_at(tmp_path / "out")
    folder.prepare()
    for unit in units_of(write(tmp_path / "a.jsonl", *range(40)), 200):
        code_unit(unit, folder, Here(stub.work, Shards(tmp_path / "work", (), keep=False)).run)
    assert unit.number > 3
    for name in (
        ".part-000001.jsonl.1f",
        "_parts/.000001.json.1f",
        "_parts/000001.began",
        "letter.txt",
        "part-x.jsonl",
    ):
        (tmp_path / "out" / name).touch()
    folder.sweep(2)
    assert sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")) == [
        "_parts/000000.json",
        "_parts/000001.json",
        "_parts/about.txt",
        "letter.txt",
        "part-000000.jsonl",
        "part-000001.jsonl",
        "part-x.jsonl",
    ]


def test_an_input_that_fails_for_a_while_is_tried_again(
    tmp_path: Path, stub: Any, main_program: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (unit,) = units_of(write(tmp_path / "a.jsonl", *range(5)), 10_000)
    folder = folder_at(tmp_path / "out")
    folder.prepare()
    coder = UnitCoder(pickle.dumps(Task(folder, stub.make, "1")))
    pauses: list[float] = []
    monkeypatch.setattr("dragoman.engines.cluster.time.sleep", pauses.append)

    def fails(place: Any) -> Any:
        raise OSError("the store is not to be reached")

    with monkeypatch.context() as patched:
        patched.setattr("dragoman.read.pieces._open", fails)
        told = coder({"unit": [pickle.dumps(unit)]})
    assert (told["problem"], told["items"], pauses) == ([""], [1], [1, 2, 4])
    note = folder.finished(unit)
    assert note is not None
    assert note["failures"][0]["problem"] == "can't be read (the store is not to be reached)"


def test_a_unit_on_which_processes_end_is_coded_apart_with_limited_memory(
    tmp_path: Path, stub: Any, main_program: None
) -> None:
    given = write(tmp_path / "a.jsonl", *range(5))
    with given.open("a", encoding="utf-8") as file:
        file.write('\n{"id": "greedy", "text": "GREEDY words"}')
    (unit,) = units_of(given, 10_000)
    task = Task(folder_at(tmp_path / "out"), partial(stub.make_logging, str(tmp_path)), "run 1")
    task.folder.prepare()
    began = tmp_path / "out" / "_parts" / "000000.began"

    def after(deaths: int) -> str:
        began.write_text(json.dumps({"run": "run 1", "times": deaths}))
        return str(UnitCoder(pickle.dumps(task))({"unit": [pickle.dumps(unit)]})["problem"][0])

    assert "10 processes ended at it" in after(10)
    assert after(2) == ""
    assert not began.exists()
    assert not multiprocessing.active_children()
    note = task.folder.finished(unit)
    assert note is not None
    if sys.platform == "linux":
        assert [each["problem"] for each in note["failures"]] == ["could not be coded (MemoryError)"]
    assert str(os.getpid()) not in {path.name for path in tmp_path.iterdir()}


def test_another_version_on_a_worker_is_refused(tmp_path: Path, stub: Any, main_program: None) -> None:
    (unit,) = units_of(write(tmp_path / "a.jsonl", 1), 10_000)
    folder = folder_at(tmp_path / "out", coded_by=("claims", "stub", "9.9.9", "another"))
    told = UnitCoder(pickle.dumps(Task(folder, stub.make, "1")))({"unit": [pickle.dumps(unit)]})
    assert "Install one version everywhere" in told["problem"][0]


def test_wrong_folders_are_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").touch()
    with pytest.raises(DragomanError, match="holds other files"):
        folder_at(tmp_path).prepare()
    folder_at(tmp_path / "out").prepare()
    (tmp_path / "out" / "part-000000.jsonl").touch()
    with pytest.raises(DragomanError, match=r"another format \(part-000000.jsonl\)"):
        folder_at(tmp_path / "out", suffix=".parquet").prepare()


def test_what_is_not_there_has_its_place_in_a_unit(tmp_path: Path) -> None:
    (unit,) = units_of(tmp_path / "missing.jsonl", 100)
    (told,) = read_unit(unit, DEFAULTS, lenient=False)
    assert isinstance(told, InputError)
    assert told.problem == "does not exist"
