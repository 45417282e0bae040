"""Kills `dragoman code` again and again, lets it finish, and compares with a run that nobody disturbed.

    python tools/kill_test.py --times 10 --seed 1 --workers 2

Each time the command is started until it ends by itself; meanwhile, at random moments, the main process or one of its
workers is ended with kill -9.  The case file has to hold the same rows as that of the undisturbed run, JSON Lines have
to be the same bytes, no process may be left over, and no work folder.  INPUT may name documents of your own; without
it sentences are made up.  Linux only: workers are found in /proc.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import duckdb

TABLES = ("runs", "documents", "sentences", "claims", "sources", "failures")
PROGRAM = (sys.executable, "-c", "from dragoman.cli import main; main()")
PLACES = ("Oslo", "Lima", "Nairobi", "Ankara", "Warsaw", "Hanoi", "Tunis", "Bogota", "Dhaka")
ACTS = (
    "{} expelled ten diplomats of {}.",
    "{} threatened to strike {} on Friday.",
    "{} signed a trade pact with {}, two officials said.",
    "{} denied that it had shelled {}.",
    "{} will send doctors to {}, the ministry said on Monday.",
)


def main() -> None:
    """Run it as often as asked; exit status 1 where anything differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", nargs="?", type=Path)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--kills", type=int, default=4, help="at most so many in one run")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--documents", type=int, default=400, help="how many are made up")
    asked = parser.parse_args()
    dice = random.Random(asked.seed)
    with tempfile.TemporaryDirectory(prefix="dragoman-kill-") as name:
        folder = Path(name)
        given = asked.input or make_up(folder / "given.jsonl", asked.documents)
        began = time.monotonic()
        for suffix in (".duckdb", ".jsonl"):
            if run(given, folder / f"whole{suffix}", asked.workers).wait():
                sys.exit("the undisturbed run failed")
        longest = (time.monotonic() - began) / 2
        wrong = []
        for number in range(asked.times):
            good = None
            while good is None:  # it had ended before anybody was killed
                good = survives(given, folder, number, asked.workers, asked.kills, longest, dice)
            if not good:
                wrong.append(number)
    print(f"{asked.times - len(wrong)} of {asked.times} are as the undisturbed run")
    sys.exit(1 if wrong else 0)


def make_up(path: Path, number: int) -> Path:
    """Documents of some sentences each."""
    pairs = [(a, b) for a in PLACES for b in PLACES if a != b]
    with path.open("w", encoding="utf-8") as file:
        for n in range(number):
            text = " ".join(act.format(*pairs[(n + 7 * k) % len(pairs)]) for k, act in enumerate(ACTS))
            report = {"id": f"n-{n}", "text": f"{text} Number {n}.", "published": f"2018-04-{n % 28 + 1:02}"}
            file.write(json.dumps(report) + "\n")
    return path


def survives(
    given: Path, folder: Path, number: int, workers: int, kills: int, longest: float, dice: random.Random
) -> bool | None:
    """One run, killed until it may finish; is all as it should be?  None where it ended before anybody was killed."""
    suffix = dice.choice((".duckdb", ".jsonl"))
    target = folder / f"{number}{suffix}"
    target.unlink(missing_ok=True)
    victims: list[str] = []
    process = run(given, target, workers)
    family: set[int] = set()
    for _ in range(dice.randint(1, kills)):
        end = time.monotonic() + dice.uniform(0, longest)
        while process.poll() is None and time.monotonic() < end:
            family |= set(children(process.pid))
            time.sleep(0.01)
        if process.poll() is not None:
            break
        alive = children(process.pid)
        family |= set(alive)
        if alive and dice.random() < 0.5:
            victims.append("worker")
            kill(dice.choice(alive))
        else:
            victims.append("main")
            process.kill()
            process.wait()
            process = run(given, target, workers)
    status = process.wait()
    left = [pid for pid in family if not gone(pid)]
    same = status == 0 and is_same(target, folder / f"whole{suffix}")
    tidy = not left and not target.with_name(f".{target.name}.work").exists()
    print(f"{number}: {suffix} killed: {', '.join(victims) or 'none'} -> {'same' if same else 'DIFFERENT'}", end="")
    print("" if tidy else f", LEFT OVER: {left or 'the work folder'}", flush=True)
    return same and tidy if victims or not (same and tidy) else None


def run(given: Path, target: Path, workers: int) -> subprocess.Popen[bytes]:
    """Start the command."""
    command = [*PROGRAM, "code", str(given), "--to", str(target), "--workers", str(workers)]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


def is_same(one: Path, other: Path) -> bool:
    """The same bytes, or in a case file the same rows."""
    if one.suffix == ".jsonl":
        return one.read_bytes() == other.read_bytes()
    found = []
    for case in (one, other):
        with duckdb.connect(str(case), read_only=True) as connection:
            found.append([connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in TABLES])
    return found[0] == found[1]


def children(pid: int) -> list[int]:
    """The worker processes of a process; multiprocessing's own helper is none."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            is_child = int(stat.read_text().rpartition(")")[2].split()[1]) == pid
            if is_child and b"spawn_main" in stat.with_name("cmdline").read_bytes():
                found.append(int(stat.parent.name))
        except OSError:  # it has ended meanwhile
            continue
    return sorted(found)


def kill(pid: int) -> None:
    """kill -9, which nobody can heed."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def gone(pid: int) -> bool:
    """Has it ended, or does it within some seconds?"""
    for _ in range(200):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


if __name__ == "__main__":
    main()
