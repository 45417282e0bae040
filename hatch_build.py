"""The build hook: ``kernels.c`` goes in, and the modules of the line if asked for; machine code comes out.

The parser's kernels are compiled wherever there is a C compiler. Where there is none, or it fails, the package is
built without them, and spaCy does the parsing.

With ``DRAGOMAN_COMPILE=1`` a wheel has the modules that text runs through as machine code too, made by mypyc
(``make wheel``). They do the same, extraction and coding in half the time; the Python files lie beside them. An
editable install has none, so that a change of a rule is seen at once.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = "dragoman/parse"
FLAGS = ("-O3", "-std=gnu11", "-fPIC", "-shared", "-ffp-contract=off", "-fno-math-errno")
# One library for each kind of processor; the program takes the best that the processor can run.
LEVELS: dict[str, tuple[str, ...]] = {"plain": ()}
if platform.machine().lower() in ("x86_64", "amd64"):
    LEVELS |= {"avx2": ("-mavx2", "-mfma"), "avx512": ("-mavx512f",)}
# What every sentence runs through.
LINE = ("records.py", "coder.py", "parse/*.py", "extract/*.py", "resolve/*.py", "coding/*.py")
NOT_COMPILED = ("__init__.py", "kernels.py", "check_tables.py")


class MachineCodeHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles before a wheel is packed, or before an editable install."""

    _scratch: tempfile.TemporaryDirectory[str] | None = None

    def dependencies(self) -> list[str]:
        """What has to be installed for the build."""
        return ["mypy[mypyc]>=1.11"] if os.environ.get("DRAGOMAN_COMPILE") else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the libraries to the wheel, which then is for this kind of computer, with any Python or with this."""
        compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
        if compiler is None:
            self.app.display_warning("no C compiler was found: dragoman will parse with spaCy, which is slower")
        folder = Path(self.root) / FOLDER
        built = [file for level in LEVELS if (file := self._compile(compiler, folder, level))]
        if built:
            build_data["pure_python"] = False
            build_data["tag"] = "py3-none-" + sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data["artifacts"] += [f"{FOLDER}/{file.name}" for file in built]
        if os.environ.get("DRAGOMAN_COMPILE") and version != "editable":
            build_data.pop("tag", None)
            build_data.update(pure_python=False, infer_tag=True)
            build_data["force_include"].update(self._compile_line())

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was only for the wheel."""
        if self._scratch is not None:
            self._scratch.cleanup()

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

    def _compile_line(self) -> dict[str, str]:
        """The modules of the line as extension modules, and where each lies in the wheel."""
        from mypyc.build import mypycify
        from setuptools import Distribution
        from setuptools.command.build_ext import build_ext

        package = Path(self.root) / "dragoman"
        files = sorted(file for pattern in LINE for file in package.glob(pattern) if file.name not in NOT_COMPILED)
        paths = [file.relative_to(self.root).as_posix() for file in files]
        # Removed also where the build fails.
        self._scratch = tempfile.TemporaryDirectory(prefix="dragoman-")
        generated, built, objects = (str(Path(self._scratch.name) / name) for name in ("c", "built", "objects"))
        options = ["--config-file=", "--ignore-missing-imports"]
        modules = mypycify([*options, *paths], multi_file=True, debug_level="0", target_dir=generated)
        command = build_ext(Distribution({"ext_modules": modules}))
        command.build_lib, command.build_temp = built, objects
        command.ensure_finalized()
        command.run()
        return {output: str(Path(output).relative_to(built)) for output in command.get_outputs()}
