"""How many workers a machine has room for."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.engines import machine


@pytest.mark.parametrize(
    ("processors", "free", "number"),
    [([8], [64e9], 8), ([8], [3.9e9], 3), ([8, 2], [64e9], 2), ([4], [0.2e9], 1), ([8, 0], [], 1)],
)
def test_processors_and_memory_decide(
    monkeypatch: pytest.MonkeyPatch, processors: list[int], free: list[float], number: int
) -> None:
    monkeypatch.setattr(machine, "_processors", lambda: iter(processors))
    monkeypatch.setattr(machine, "_free_memory", lambda: map(int, free))
    assert machine.workers_here() == number


def test_the_limits_of_a_container_are_heeded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(machine, "_GROUP", tmp_path)
    without = list(machine._processors()), len(list(machine._free_memory()))
    (tmp_path / "cpu.max").write_text("max 100000\n")
    (tmp_path / "memory.max").write_text("max\n")
    assert (list(machine._processors()), len(list(machine._free_memory()))) == without
    (tmp_path / "cpu.max").write_text("150000 100000\n")
    (tmp_path / "memory.max").write_text("2000000000\n")
    assert list(machine._processors())[1:] == [1]
    assert 2_000_000_000 in list(machine._free_memory())


def test_the_memory_of_this_process_is_told() -> None:
    assert 10_000_000 < machine.peak_memory() < 100_000_000_000
