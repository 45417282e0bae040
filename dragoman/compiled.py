"""What is slow to build from the codebooks is kept in the user's cache folder and read from there the next time.

The name of a kept file holds a fingerprint of every file of the package, so that a change of a table or of
code builds anew.  The folder may be deleted at any time; where it can't be written, nothing is kept.
``DRAGOMAN_CACHE`` names another folder; set to nothing, it turns keeping off.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

import platformdirs

_Built = TypeVar("_Built")
_PACKAGE = Path(__file__).parent
_PARTS = (".py", ".toml", ".csv", ".tsv")
_KEPT_EACH = 4


def compiled(name: str, build: Callable[[], _Built], *sources: Path) -> _Built:
    """What ``build`` returns, read from the cache where it was kept; ``sources`` are files outside the package."""
    folder = _folder()
    if folder is None:
        return build()
    file = folder / f"{name}-{_fingerprint(sources)}.pickle"
    with _without_collector():
        if _is_ours(file):
            try:
                found: _Built = pickle.loads(file.read_bytes())
                return found
            except Exception:  # noqa: BLE001  (a damaged file may raise anything; it is replaced)
                pass
        built = build()
    _keep(built, file)
    return built


@contextmanager
def _without_collector() -> Iterator[None]:
    """No garbage collection inside: it would search the many objects that are being made and find nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _folder() -> Path | None:
    named = os.environ.get("DRAGOMAN_CACHE")
    if named == "" or not _PACKAGE.is_dir():
        return None
    return Path(named) if named else platformdirs.user_cache_path("dragoman", appauthor=False)


def _is_ours(file: Path) -> bool:
    """Is it there, and could nobody else have written it?  A pickle of somebody else's could run his code."""
    try:
        found, folder = file.stat(), file.parent.stat()
    except OSError:
        return False
    if os.name != "posix":
        return True
    return all(each.st_uid == os.getuid() and not each.st_mode & 0o022 for each in (found, folder))


def _keep(built: object, file: Path) -> None:
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, partial = tempfile.mkstemp(dir=file.parent, prefix=".partial-")
        try:
            with os.fdopen(handle, "wb") as out:
                pickle.dump(built, out, protocol=5)
            os.replace(partial, file)
        finally:
            Path(partial).unlink(missing_ok=True)
        name = file.name.rpartition("-")[0]
        for old in sorted(file.parent.glob(f"{name}-*.pickle"), key=lambda f: f.stat().st_mtime)[:-_KEPT_EACH]:
            old.unlink(missing_ok=True)


def _fingerprint(sources: tuple[Path, ...]) -> str:
    return hashlib.sha256("\n".join((_of_package(), *map(_of_file, sources))).encode()).hexdigest()[:16]


@cache
def _of_package() -> str:
    files = sorted(file for file in _PACKAGE.rglob("*") if file.suffix in _PARTS)
    return "\n".join((sys.version, *map(_of_file, files)))


def _of_file(file: Path) -> str:
    found = file.stat()
    return f"{file} {found.st_size} {found.st_mtime_ns}"
