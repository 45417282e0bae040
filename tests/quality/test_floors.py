"""Public gold data goes in, dragoman's figures come out, and none may be worse than its floor in floors.toml.

The scorers and their data are no part of the repository: they are looked for in ``shared/bench`` beside the
clone, or where DRAGOMAN_BENCH points (to ``bench.py`` or its folder). Where they are not, these tests are skipped.
Each scorer runs once, as one test, so that several workers share the scorers and none runs twice.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

FLOORS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))
REPOSITORY = Path(__file__).resolve().parents[2]
LONGEST = 300  # seconds for one scorer
_FIGURE = re.compile(r"(?P<name>\S.*?) +(?P<value>-?\d+(?:\.\d+)?)(?: {3}.*)?")


def find_bench() -> Path:
    """Where ``bench.py`` is, or should be."""
    given = os.environ.get("DRAGOMAN_BENCH")
    place = Path(given) if given else REPOSITORY.parent / "shared" / "bench"
    return place if place.suffix == ".py" else place / "bench.py"


def find_command() -> str | None:
    """The ``dragoman`` command of this environment, else the one on the path."""
    beside = Path(sys.executable).parent
    return shutil.which("dragoman", path=str(beside)) or shutil.which("dragoman")


def read_figures(printed: str) -> dict[str, float]:
    """The figures among the lines that a scorer printed; a line is ``name value   remark``."""
    lines = (_FIGURE.fullmatch(line.rstrip()) for line in printed.splitlines())
    return {line["name"]: float(line["value"]) for line in lines if line}


def shortfalls(figures: dict[str, float], floors: dict[str, dict[str, float]]) -> list[str]:
    """In words, every figure that is missing or worse than its floor."""
    found = []
    for name, limits in floors.items():
        value = figures.get(name)
        if value is None:
            found.append(f"{name}: the scorer printed no such figure")
            continue
        if value < limits.get("at_least", value):
            found.append(f"{name}: {value:.3f} is below the floor of {limits['at_least']:.3f}")
        if value > limits.get("at_most", value):
            found.append(f"{name}: {value:.3f} is above the limit of {limits['at_most']:.3f}")
    return found


def run_scorer(scorer: str) -> dict[str, float]:
    """The figures that one scorer prints about the installed command; skips where there is nothing to score on."""
    bench = find_bench()
    if not bench.is_file():
        pytest.skip("the scorers are not here: put shared/bench beside the clone, or set DRAGOMAN_BENCH to bench.py")
    if not any((bench.parent / "data").glob(f"*{scorer}.dev.json*")):
        pytest.skip(f"the gold data of the scorer {scorer!r} is not in the folder data beside bench.py")
    command = find_command()
    if command is None:
        pytest.skip("the command 'dragoman' is not installed: pip install --editable '.[test]'")
    done = subprocess.run(
        [sys.executable, str(bench), scorer, "--dragoman", shlex.quote(command)],
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert done.returncode == 0, f"bench.py {scorer} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
    return read_figures(done.stdout)


@pytest.mark.parametrize("scorer", FLOORS["floors"])
def test_no_figure_is_worse_than_its_floor(scorer: str) -> None:
    found = shortfalls(run_scorer(scorer), FLOORS["floors"][scorer])
    assert not found, f"worse than measured on {FLOORS['measured']} with {FLOORS['version']}:\n" + "\n".join(found)


def test_every_floor_can_fail() -> None:
    """A floor of 0, or a limit without a number, would let anything pass."""
    for floors in FLOORS["floors"].values():
        for name, limits in floors.items():
            assert limits.keys() and limits.keys() <= {"at_least", "at_most"}, name
            assert limits.get("at_least", 1.0) > 0, name
            worse = limits["at_least"] - 0.01 if "at_least" in limits else limits["at_most"] + 0.01
            assert shortfalls({name: worse}, {name: limits}), name


def test_figures_are_read_from_what_the_scorers_print() -> None:
    printed = (
        "some pairs                                         12   of 13 rows\n"
        "some typing F1                                  0.512   another system reaches 0.4\n"
        "    AGREE      P 0.50 R 0.40 F 0.44\n"
        "some r                                         -0.100   \n"
        "claims coded / gold required                     9/10   \n"
        "some value F1                                   0.700\n"
    )
    assert read_figures(printed) == {"some pairs": 12, "some typing F1": 0.512, "some r": -0.1, "some value F1": 0.7}


def test_a_figure_below_its_floor_or_missing_is_told() -> None:
    floors = {"good": {"at_least": 0.5}, "error": {"at_most": 0.4}, "gone": {"at_least": 0.1}}
    assert shortfalls({"good": 0.5, "error": 0.4, "gone": 0.2}, floors) == []
    assert shortfalls({"good": 0.49, "error": 0.41}, floors) == [
        "good: 0.490 is below the floor of 0.500",
        "error: 0.410 is above the limit of 0.400",
        "gone: the scorer printed no such figure",
    ]
