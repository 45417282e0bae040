"""``make wheel``: the modules of the line as machine code do the same as the Python files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "dragoman" / "samples" / "syria-2018.jsonl"
# Which modules are machine code; whether records go from process to process, and are what they were.
ASKED = """
import pickle
from dragoman import coder, records
from dragoman.extract import cues
from dragoman.parse import Parser
document = records.Document(id="d", text="Ankara recalled its envoy.")
sentences = Parser().parse(document)
assert pickle.loads(pickle.dumps((document, sentences))) == (document, sentences)
print(*(module.__file__.rsplit(".", 1)[1] for module in (coder, records, cues)))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which such a wheel is unpacked; it takes minutes to make."""
    if not os.environ.get("DRAGOMAN_TEST_WHEEL"):
        pytest.skip("set DRAGOMAN_TEST_WHEEL=1 to build a wheel of machine code, which takes minutes")
    if not any(map(shutil.which, ("cc", "gcc", "clang"))):
        pytest.skip("there is no C compiler")
    folder = tmp_path_factory.mktemp("wheel")
    # A copy, since building touches the libraries that other tests use.
    source = folder / "source"
    source.mkdir()
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    shutil.copytree(ROOT / "dragoman", source / "dragoman", ignore=shutil.ignore_patterns("__pycache__", "*.so"))
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder / "dist")]
    done = subprocess.run(
        build, cwd=source, env={**os.environ, "DRAGOMAN_COMPILE": "1"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    (wheel,) = (folder / "dist").glob("*.whl")
    assert f"-cp{sys.version_info.major}{sys.version_info.minor}-" in wheel.name
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


def python(*arguments: str, path: Path = ROOT) -> str:
    """What a Python prints that finds dragoman in this folder."""
    env = {**os.environ, "PYTHONPATH": str(path)}
    done = subprocess.run([sys.executable, *arguments], cwd=path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_machine_code_makes_the_same_claims(site: Path, tmp_path: Path) -> None:
    assert python("-c", ASKED, path=site).split() == ["so", "so", "so"]
    assert python("-c", ASKED).split() == ["py", "py", "py"]
    command = ("-c", "from dragoman.cli import main; main()", "code", str(SAMPLE), "--to")
    python(*command, str(tmp_path / "fast.jsonl"), "--workers", "2", path=site)
    python(*command, str(tmp_path / "plain.jsonl"), "--workers", "1")
    claims = (tmp_path / "plain.jsonl").read_bytes()
    assert claims.count(b"\n") > 50
    assert (tmp_path / "fast.jsonl").read_bytes() == claims
