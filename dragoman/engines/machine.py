"""This machine's processors and memory go in; out comes how many workers it has room for, and what a process took."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

# What a worker takes: parser, codebooks and gazetteers, and the articles on their way.
WORKER_BYTES = 1_000_000_000
_GROUP = Path("/sys/fs/cgroup")  # what a container may use, where it says so


def workers_here() -> int:
    """As many workers as there are processors, but no more than fit into the memory that is free; at least one."""
    return max(1, min([*_processors(), *(free // WORKER_BYTES for free in _free_memory())]))


def peak_memory() -> int:
    """The most bytes that this process has had in memory; 0 where the system doesn't tell."""
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _processors() -> Iterator[int]:
    yield len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with suppress(OSError, ValueError):
        quota, period = (_GROUP / "cpu.max").read_text().split()
        yield int(quota) // int(period)  # "max" is no number: there is no limit


def _free_memory() -> Iterator[int]:
    with suppress(OSError, ValueError, IndexError):
        told = Path("/proc/meminfo").read_text().partition("MemAvailable:")[2]
        yield int(told.split()[0]) * 1024
    with suppress(OSError, ValueError):
        yield int((_GROUP / "memory.max").read_text())  # what of it is in use counts files read, too: it is no help
