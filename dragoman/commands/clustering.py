"""Files anywhere go in, a folder of numbered parts comes out, made by a Ray cluster; it says what happened."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from itertools import chain, repeat
from pathlib import Path, PurePosixPath
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any

from dragoman import __version__
from dragoman.coding.codebook import load_codebook
from dragoman.commands.coding import Report, Summary, Watch
from dragoman.engines import cluster
from dragoman.engines.parts import (
    FAILURES,
    FORMATS,
    MANIFEST,
    SKIPPED,
    Folder,
    Note,
    Unit,
    copy_to,
    cut_units,
    write,
)
from dragoman.engines.work import Make, make_coding
from dragoman.errors import DragomanError, InputError
from dragoman.read.filesystems import File, find_place, list_files, shown

PART_MEGABYTES = 16
_READERS = 16


def code_on_cluster(
    inputs: Sequence[str],
    target: str,
    *,
    address: str | None = None,
    form: str = "jsonl",
    part_megabytes: float = PART_MEGABYTES,
    published: str | None = None,
    publisher: str | None = None,
    model: str = "en_core_web_sm",
    make: Make | None = None,
    workers: int | None = None,
    report: Report = lambda problem: None,
    watch: Watch = iter,
) -> Summary:
    """Code JSON Lines and Parquet files into a folder of parts, ``form`` jsonl or parquet; see docs/cluster.md.

    One after the other the parts hold what ``code_into`` writes of the same input.  ``address`` is Ray's; ``workers``
    is how many actors code, None as many as there is room for.  ``make`` makes what codes, on each of them.
    """
    started = time.perf_counter()
    cluster.import_ray()
    if PurePosixPath(shown(target)).suffix in (*FORMATS, ".csv", ".duckdb"):
        raise DragomanError(f"{shown(target)}: a cluster makes a folder of parts. Name a folder, such as claims/")
    if "-" in inputs:
        raise DragomanError("a cluster can't read standard input. Name files, or leave out --engine ray")
    coded_by = ("claims", model, __version__, load_codebook().version)
    defaults = (("published", published), ("publisher", publisher))
    folder = Folder(find_place(target), f".{form}", coded_by, defaults)
    files = list(chain.from_iterable(map(list_files, inputs)))
    if any(isinstance(file, File) and file.place.path.startswith(f"{folder.place.path}/") for file in files):
        raise DragomanError(f"{shown(target)}: lies in an input, so that its parts would be read. Name another folder")
    units = cut_units(files, max(1, round(part_megabytes * 1_000_000)))
    with cluster.connected(address):
        folder.prepare()
        units = cluster.scan_all(units, defaults)
        task = cluster.Task(folder, make or partial(make_coding, model), token_hex(8))
        memory: dict[str, int] = {}
        for _ in watch(_each(cluster.code_all(units, task, workers=workers), memory)):
            pass
    return replace(_finish(folder, units, report), seconds=time.perf_counter() - started, memory=sum(memory.values()))


def _each(done: Iterable[cluster.Done], memory: dict[str, int]) -> Iterator[cluster.Done]:
    """What is done, once for each document, so that documents are what a progress line counts."""
    for unit in done:
        memory[unit.worker] = max(unit.memory, memory.get(unit.worker, 0))
        yield from repeat(unit, unit.items)


def _finish(folder: Folder, units: Sequence[Unit], report: Report) -> Summary:
    """Tell of all parts together, in order: what failed, what was passed over, and last that they are whole."""
    folder.sweep(len(units))
    counts: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    parts: list[dict[str, Any]] = []
    with TemporaryDirectory(prefix="dragoman-") as scratch, ExitStack() as opened:
        files = {name: opened.enter_context((Path(scratch) / name).open("w+b")) for name in (FAILURES, SKIPPED)}
        for unit, note in _notes(folder, units):
            for name, key in ((FAILURES, "failures"), (SKIPPED, "skipped")):
                files[name].writelines(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in note[key])
            for row in note["failures"]:
                report(InputError(row["where"], row["problem"], row["remedy"]))
            for row in note["skipped"]:
                skipped[row["reason"]] += row["number"]
            counts.update({key: note[key] for key in ("documents", "claims", "words")})
            counts["failures"] += len(note["failures"])
            told = {key: note[key] for key in ("documents", "claims", "bytes", "sha256")}
            parts.append({"name": PurePosixPath(folder.part(unit.number).path).name, **told})
        for name, file in files.items():
            file.seek(0)
            copy_to(folder.place.below(name), file)
    _, model, version, codebook = folder.coded_by
    total = {key: counts[key] for key in ("documents", "claims", "failures")}
    manifest = {"version": version, "codebook": codebook, "model": model, **total, "skipped": skipped, "parts": parts}
    write(folder.place.below(MANIFEST), json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n")
    return Summary(**total, skipped=dict(skipped), words=counts["words"])


def _notes(folder: Folder, units: Sequence[Unit]) -> Iterator[tuple[Unit, Note]]:
    """Each unit with the note of its part; some are read at a time, since a store answers slowly."""
    with ThreadPoolExecutor(_READERS) as pool:
        for start in range(0, len(units), _READERS):
            some = units[start : start + _READERS]
            for unit, note in zip(some, pool.map(folder.finished, some), strict=True):
                if note is None:
                    part = folder.part(unit.number).where
                    raise DragomanError(f"{part}: was changed during the run. Run the same command again")
                yield unit, note
