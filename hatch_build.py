"""The build hook: ``dragoman/parse/kernels.c`` goes in, shared libraries for this kind of computer come out.

Where there is no compiler, or it fails, the package is built without them, and spaCy does the parsing.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = "dragoman/parse"
FLAGS = ("-O3", "-std=gnu11", "-fPIC", "-shared", "-ffp-contract=off", "-fno-math-errno")
# One library for each kind of processor; the program takes the best that the processor can run.
LEVELS: dict[str, tuple[str, ...]] = {"plain": ()}
if platform.machine().lower() in ("x86_64", "amd64"):
    LEVELS |= {"avx2": ("-mavx2", "-mfma"), "avx512": ("-mavx512f",)}


class KernelsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles before a wheel is packed, or before an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the libraries to the wheel, which then is for this kind of computer, with any Python."""
        compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
        if compiler is None:
            self.app.display_warning("no C compiler was found: dragoman will parse with spaCy, which is slower")
        folder = Path(self.root) / FOLDER
        built = [file for level in LEVELS if (file := self._compile(compiler, folder, level))]
        if built:
            build_data["pure_python"] = False
            build_data["tag"] = "py3-none-" + sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data["artifacts"] += [f"{FOLDER}/{file.name}" for file in built]

    def _compile(self, compiler: str | None, folder: Path, level: str) -> Path | None:
        target = folder / f"_kernels_{level}.so"
        # What an earlier install left might not fit the Python files any more.
        target.unlink(missing_ok=True)
        if compiler is None:
            return None
        command = [compiler, *FLAGS, *LEVELS[level], "-o", str(target), str(folder / "kernels.c"), "-lm"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            self.app.display_warning(f"kernels.c did not compile ({level}): {done.stderr.strip()}")
            return None
        return target
