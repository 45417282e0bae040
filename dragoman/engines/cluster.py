"""Units of the input go in, what became of each comes out as it is finished; actors of a Ray cluster code them.

No text goes through the process that starts it: it hands out which bytes to read, and hears of parts that stand.
Ray starts an actor again whose process has died, and gives it the unit again.  A unit on which that has happened
twice is coded in a process apart, as ``processes.py`` does it, so that the document is found that does it.
"""

from __future__ import annotations

import json
import logging
import os
import pickle
import platform
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dragoman import __version__
from dragoman.coding.codebook import load_codebook
from dragoman.engines.local import Here
from dragoman.engines.machine import WORKER_BYTES, peak_memory
from dragoman.engines.parts import NOTES, Defaults, Folder, Note, Scan, Unit, code_unit, read, scan_unit, settle, write
from dragoman.engines.processes import Workers
from dragoman.engines.shards import Shards
from dragoman.engines.work import Make, Work
from dragoman.errors import DragomanError
from dragoman.read.filesystems import Place

_LOCAL = "local"
_OBJECT_STORE = 256_000_000  # hardly anything goes through it
_APART = 2  # deaths after which a unit is coded in a process apart
_DEATHS = 10  # after which it is given up
_PATIENCE = 20  # seconds
_TRIES = 4  # of a file system that fails


@dataclass(frozen=True, slots=True)
class Done:
    """A unit whose part stands: how many documents it had, read or not, and what that took where."""

    number: int
    items: int
    worker: str
    memory: int


@dataclass(frozen=True, slots=True)
class Task:
    """What actors need to know beside the unit; ``run`` tells this run from earlier ones."""

    folder: Folder
    make: Make
    run: str


@contextmanager
def connected(address: str | None) -> Iterator[None]:
    """A connection to a cluster: that of the address, else of RAY_ADDRESS, else one on this machine alone.

    Raises DragomanError where Ray is not installed or there is no such cluster.
    """
    ray = import_ray()
    if ray.is_initialized():
        yield
        return
    address = address or os.environ.get("RAY_ADDRESS") or _LOCAL
    asked: dict[str, Any] = {"include_dashboard": False, "object_store_memory": _OBJECT_STORE}
    try:
        _knock(address)
        with _silent():
            here = asked if address == _LOCAL else {}
            ray.init(address, log_to_driver=False, logging_level=logging.CRITICAL, **here)
    except (ConnectionError, ValueError, RuntimeError, OSError) as problem:
        first = (str(problem).splitlines() or [type(problem).__name__])[0].rstrip(".")
        raise DragomanError(f"no Ray cluster at {address!r} ({first}). Check --address, or start one") from None
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):  # Ray repeats there what its machines tell
        try:
            yield
        finally:
            ray.shutdown()


def scan_all(units: Sequence[Unit], defaults: Defaults) -> list[Unit]:
    """The units with what each has to know of those before it; the cluster reads all of them once."""
    import ray

    rows = _rows(units).map_batches(partial(_scan, defaults=defaults), batch_size=1)
    with _quiet(ray):
        scans = {int(row["number"]): pickle.loads(row["scan"]) for row in rows.iter_rows()}
    return settle(units, [scans[unit.number] for unit in units])


def code_all(units: Sequence[Unit], task: Task, *, workers: int | None) -> Iterator[Done]:
    """Make the parts of all units, in whatever order; by ``workers`` actors, or as many as there is room for.

    Raises DragomanError where a part can't be made: no model, a full disk.
    """
    import ray

    most = min(workers or len(units), len(units))
    least = min(workers or max(1, int(ray.cluster_resources().get("CPU", 1))), most)
    rows = _rows(units).map_batches(
        UnitCoder,
        fn_constructor_args=(pickle.dumps(task),),
        batch_size=1,
        # Two at a time: the second waits, which tells Ray that there is work for more actors.
        compute=ray.data.ActorPoolStrategy(min_size=least, max_size=most, max_tasks_in_flight_per_actor=2),
        num_cpus=1,
        memory=WORKER_BYTES,
    )
    with _quiet(ray):
        for row in rows.iter_rows():
            if row["problem"]:
                raise DragomanError(row["problem"])
            yield Done(int(row["number"]), int(row["items"]), str(row["worker"]), int(row["memory"]))


class UnitCoder:
    """Codes one unit after the other; it loads a coder when it has the first to do."""

    def __init__(self, task: bytes) -> None:
        self._task: Task = pickle.loads(task)
        self._work: Work | None = None
        # A process that is started from here has nothing to do with Ray's own program.
        vars(sys.modules["__main__"]).pop("__file__", None)

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[Any]]:
        unit: Unit = pickle.loads(batch["unit"][0])
        told = {"number": unit.number, "items": 0, "problem": "", "worker": f"{platform.node()} {os.getpid()}"}
        try:
            note = self._task.folder.finished(unit) or self._code(unit)
            told["items"] = note["documents"] + len(note["failures"]) + len(note["skipped"])
        except (DragomanError, OSError) as problem:
            told["problem"] = f"{self._task.folder.part(unit.number).where}: can't be made: {problem}"
        except Exception as problem:  # noqa: BLE001 the one who started it says it and ends the run
            told["problem"] = f"a worker failed ({type(problem).__name__}: {problem}). Please report it"
        return {key: [value] for key, value in {**told, "memory": peak_memory()}.items()}

    def _code(self, unit: Unit) -> Note:
        folder = self._task.folder
        ours = (__version__, load_codebook().version)
        if (wanted := folder.coded_by[-2:]) != ours:
            told = f"a worker has dragoman {' '.join(ours)}, wanted is {' '.join(wanted)}"
            raise DragomanError(f"{told}. Install one version everywhere")
        deaths = self._begin(unit)
        if deaths >= _DEATHS:
            raise DragomanError(f"{deaths} processes ended at it. There may be too little memory for a worker")
        with TemporaryDirectory(prefix="dragoman-") as scratch:
            shards = Shards(Path(scratch) / "work", folder.coded_by, keep=False)
            if deaths < _APART:
                self._work = self._work or self._task.make()
                note = _patiently(unit, folder, Here(self._work, shards))
            else:
                with Workers(partial(_limited, self._task.make), 1, shards) as workers:
                    note = _patiently(unit, folder, workers)
        began = self._began(unit)
        with suppress(OSError):  # it is in nobody's way
            began.system.delete_file(began.path)
        return note

    def _began(self, unit: Unit) -> Place:
        return self._task.folder.place.below(f"{NOTES}/{unit.number:06}.began")

    def _begin(self, unit: Unit) -> int:
        """Note that a unit is begun; out comes how often this run had begun it before, and not ended."""
        times = 0
        with suppress(OSError, ValueError, KeyError):
            told = json.loads(read(self._began(unit)))
            times = told["times"] if told["run"] == self._task.run else 0
        write(self._began(unit), json.dumps({"run": self._task.run, "times": times + 1}).encode("ascii"))
        return times


def _patiently(unit: Unit, folder: Folder, engine: Here | Workers) -> Note:
    """The part of a unit; where a file system fails, again after a while."""
    for tried in range(_TRIES - 1):
        try:
            return code_unit(unit, folder, engine.run)
        except OSError:
            time.sleep(2**tried)
    return code_unit(unit, folder, engine.run, lenient=True)


def _limited(make: Make) -> Work:
    """The same work, in a process that may not take so much memory that others have to end for it."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (2 * WORKER_BYTES, 2 * WORKER_BYTES))
    return make()


def _scan(batch: dict[str, Any], defaults: Defaults) -> dict[str, list[Any]]:
    unit: Unit = pickle.loads(batch["unit"][0])
    scan: Scan = scan_unit(unit, defaults)
    return {"number": [unit.number], "scan": [pickle.dumps(scan)]}


def _rows(units: Sequence[Unit]) -> Any:
    """A data set with a block for each unit, so that each is a task by itself."""
    import ray

    rows = [{"unit": pickle.dumps(unit)} for unit in units]
    return ray.data.from_items(rows, override_num_blocks=len(rows))


def import_ray() -> Any:
    """Ray, told to be silent.  Raises DragomanError where it is not installed."""
    # Before Ray is imported: nothing is sent to its makers, and its own log goes to its files only.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    # A part may take long, and so may machines that a cluster is given while it grows.
    os.environ.setdefault("RAY_DATA_EXECUTION_NO_PROGRESS_TIMEOUT_S", "-1")
    try:
        with _silent():
            import ray
            import ray.data
    except ImportError as problem:
        raise DragomanError(
            f'Ray is not installed ({problem}). Install it on every machine: pip install "dragoman[ray]"'
        ) from None
    return ray


def _knock(address: str) -> None:
    """See that somebody listens where a host and a port are named: Ray itself would try for ten minutes."""
    host, _, port = address.partition("://")[2].rpartition(":") if "://" in address else address.rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host, int(port)), _PATIENCE).close()


@contextmanager
def _silent() -> Iterator[None]:
    """What is written on standard error inside by code that is no Python's is not seen."""
    sys.stderr.flush()
    kept = os.dup(2)
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


@contextmanager
def _quiet(ray: Any) -> Iterator[None]:
    """Ray's own progress and log stay away from the terminal; what goes wrong comes as an error of ours."""
    context = ray.data.DataContext.get_current()
    before = context.enable_progress_bars
    context.enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    try:
        yield
    except (ray.exceptions.RayError, ray.data.exceptions.SystemException) as problem:
        told = f"{type(problem).__name__}: {(str(problem).splitlines() or [''])[0][:200]}"
        raise DragomanError(f"the cluster failed ({told}). The same command goes on with what is finished") from None
    finally:
        context.enable_progress_bars = before
