"""Threads of one program may read a case file at once, or one of them writes; nobody is refused meanwhile."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from dragoman.errors import CaseError
from dragoman.records import Document
from dragoman.store.database import Added, open_case
from dragoman.store.turns import turn


def test_reading_and_writing_at_once_is_never_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.duckdb"
    with open_case(path):
        pass
    problems: list[CaseError] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                with open_case(path, read_only=True) as case:
                    case.rows("SELECT count(*) FROM documents")
        except CaseError as problem:
            problems.append(problem)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for number in range(25):
            with open_case(path) as case:
                case.add([Added(Document(id=f"d{number}", text="Lima slept."), (), [])], run="r_1")
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert not problems
    with open_case(path, read_only=True) as case:
        assert len(case.known_documents()) == 25


def test_readers_share_and_a_writer_is_alone(tmp_path: Path) -> None:
    path, inside, order = tmp_path / "case.duckdb", threading.Barrier(2, timeout=5), []

    def read() -> None:
        with turn(path, read_only=True):
            inside.wait()  # would time out if one had to wait for the other

    def write(name: str) -> None:
        with turn(path, read_only=False):
            order.append(f"{name} in")
            order.append(f"{name} out")

    readers = [threading.Thread(target=read) for _ in range(2)]
    for thread in readers:
        thread.start()
    for thread in readers:
        thread.join(6)
    assert not inside.broken
    writers = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join(6)
    assert [word.split()[1] for word in order] == ["in", "out"] * 4
    assert len({word.split()[0] for word in order}) == 4


def test_a_thread_does_not_wait_for_itself(tmp_path: Path) -> None:
    path = tmp_path / "case.duckdb"
    with turn(path, read_only=True), turn(path, read_only=True), turn(path, read_only=False):
        pass
    with turn(path, read_only=False), turn(path, read_only=True):
        pass


def test_a_writer_that_gives_up_lets_others_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, entered, leave = tmp_path / "case.duckdb", threading.Event(), threading.Event()

    def read() -> None:
        with turn(path, read_only=True):
            entered.set()
            leave.wait(30)

    reader = threading.Thread(target=read)
    reader.start()
    assert entered.wait(30)

    def interrupt(self: threading.Condition, timeout: float | None = None) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(threading.Condition, "wait", interrupt)
        with pytest.raises(KeyboardInterrupt), turn(path, read_only=False):
            pass
    second = threading.Thread(target=lambda: turn(path, read_only=True).__enter__(), daemon=True)
    second.start()
    second.join(30)
    assert not second.is_alive()
    leave.set()
    reader.join()
