"""A cluster of three nodes on this machine: the same bytes as here, whoever is killed, stopped or deadly.

All tests share one cluster; where pytest-xdist shares the tests out, each of its workers starts its own.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dragoman.coder import Coder
from dragoman.commands import coding
from dragoman.commands.clustering import code_on_cluster
from dragoman.commands.coding import Summary, code_into
from dragoman.engines import cluster
from dragoman.errors import DragomanError, InputError
from dragoman.read import read_inputs

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills by signal")
HERE = Path(__file__).parent
PROGRAM = (sys.executable, "-c", "from dragoman.cli import main; main()")
GERMAN = (
    "Der Minister sagte am Montag, dass die Gespräche mit den Nachbarn nicht ohne eine neue Vereinbarung "
    "über die Grenze beginnen können, und dass er sich nach der Wahl mit ihnen treffen werde."
)
# Parts of so many megabytes are some dozens of the reports below.
SMALL = 0.002
Told = tuple[Summary, list[str]]


@pytest.fixture(scope="module")
def nodes() -> Iterator[Any]:
    """A head and two nodes, a processor each; Ray's own utility starts them."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(HERE), before)))
    ray = cluster.import_ray()
    from ray.cluster_utils import Cluster

    asked = {"num_cpus": 1, "object_store_memory": 80_000_000}
    running = Cluster(initialize_head=True, head_node_args={**asked, "include_dashboard": False})
    for _ in range(2):
        running.add_node(**asked)
    ray.init(running.address, log_to_driver=False)
    yield running
    ray.shutdown()
    running.shutdown()
    os.environ.pop("PYTHONPATH") if before is None else os.environ.update(PYTHONPATH=before)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    folder = tmp_path / "log"
    folder.mkdir()
    return folder


@pytest.fixture
def there(nodes: Any, log: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Told]:
    """``code_on_cluster`` with the stub in the coder's place, and the failures that were told."""
    monkeypatch.syspath_prepend(str(HERE))
    import stub_work  # type: ignore[import-not-found]

    def run(inputs: Path, target: Path, **options: Any) -> Told:
        failures: list[InputError] = []
        options = {"part_megabytes": SMALL, "make": partial(stub_work.make_logging, str(log)), **options}
        done = code_on_cluster([str(inputs)], str(target), report=failures.append, **options)
        return done, [str(each) for each in failures]

    return run


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Told]:
    """``code_into`` with the stub."""
    monkeypatch.syspath_prepend(str(HERE))
    import stub_work

    monkeypatch.setattr(coding, "make_coding", stub_work.make)
    monkeypatch.setattr(coding, "coding_with", lambda coder: stub_work.work)

    def run(inputs: Path, target: Path, coder: Any = "stub", **options: Any) -> Told:
        failures: list[InputError] = []
        done = code_into(read_inputs([str(inputs)]), target, coder=coder, report=failures.append, **options)
        return done, [str(each) for each in failures]

    return run


def reports(start: int, stop: int, word: str = "met") -> list[dict[str, str]]:
    return [{"id": f"n-{n:04}", "text": f"Lima {word} Oslo {n} times."} for n in range(start, stop)]


def write(path: Path, lines: Iterable[dict[str, str] | str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join((x if isinstance(x, str) else json.dumps(x)) + "\n" for x in lines), encoding="utf-8")
    return path


def joined(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("part-*")))


def coded(log: Path) -> list[str]:
    return [line for file in log.iterdir() for line in file.read_text(encoding="utf-8").split()]


def input_folder(folder: Path) -> Path:
    """All kinds of files, with what may be wrong in them."""
    german = {"id": "german", "text": GERMAN}
    write(folder / "a.jsonl", ["{broken", *reports(0, 150), "", german, {"id": "x", "text": "FAULT"}, "[]"])
    # Known already: three with the same text, one with another.
    again = [*reports(10, 13), {"id": "n-0040", "text": "Oslo met Lima."}]
    write(folder / "deep" / "b.ndjson", [*again, *reports(150, 200), "{broken"])
    (folder / "empty.json").touch()
    rows = [*reports(200, 330), *again, {"id": "y", "text": ""}, german | {"id": "german 2"}]
    write(folder.parent / "rows.json", rows)
    with duckdb.connect() as connection:
        query = "COPY (SELECT * FROM read_json(?)) TO '{}' (FORMAT parquet, ROW_GROUP_SIZE 50)"
        connection.execute(query.format(folder / "z.parquet"), [str(folder.parent / "rows.json")])
    return folder


def test_parts_together_are_what_one_machine_makes(
    there: Callable[..., Told], here: Callable[..., Told], tmp_path: Path
) -> None:
    given = input_folder(tmp_path / "given")
    locally = here(given, tmp_path / "whole.jsonl")
    assert there(given, tmp_path / "out", workers=2) == locally
    done, told = locally
    assert (done.documents, done.failures, done.skipped) == (330, 8, {"not in English (German)": 2})
    assert joined(tmp_path / "out") == (tmp_path / "whole.jsonl").read_bytes()
    assert len(list((tmp_path / "out").glob("part-*"))) > 4

    failures = [json.loads(line) for line in (tmp_path / "out" / "failures.jsonl").open(encoding="utf-8")]
    assert ["{where}: {problem}. {remedy}".format(**each) for each in failures] == told
    skipped = [json.loads(line)["where"] for line in (tmp_path / "out" / "skipped.jsonl").open(encoding="utf-8")]
    assert skipped == ["document german", "document german 2"]
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert sum(part["claims"] for part in manifest["parts"]) == manifest["claims"] == 330

    # The same once more, from an address to an address, as Parquet.
    address = (tmp_path / "columns").as_uri()
    assert there(given, address, form="parquet", workers=1)[0] == done  # type: ignore[arg-type]
    here(given, tmp_path / "whole.parquet")
    with duckdb.connect() as connection:
        rows = [
            connection.execute("SELECT * FROM read_parquet(?)", [str(tmp_path / name)]).fetchall()
            for name in ("columns/part-*.parquet", "whole.parquet")
        ]
    assert rows[0] == rows[1]
    with pytest.raises(DragomanError, match="parts of another format"):
        there(given, tmp_path / "columns")
    with pytest.raises(DragomanError, match="its parts would be read"):
        there(tmp_path, tmp_path / "out")


def test_a_killed_worker_costs_nothing_and_a_deadly_document_only_itself(
    there: Callable[..., Told], here: Callable[..., Told], tmp_path: Path, log: Path
) -> None:
    given = [each | {"text": each["text"] * 6} for each in reports(0, 160, "SLOW")]
    bad = {"id": "bad", "text": "DEADLY words"}
    write(tmp_path / "a.jsonl", [*given[:150], bad, *given[150:]])
    killed: list[int] = []

    def watch(stream: Iterable[Any]) -> Iterator[Any]:
        for number, item in enumerate(stream):
            if number == 30:
                latest = max(log.iterdir(), key=lambda path: path.stat().st_mtime_ns)
                killed.append(int(latest.name))
                os.kill(killed[0], signal.SIGKILL)
            yield item

    done, (told,) = there(tmp_path / "a.jsonl", tmp_path / "out", watch=watch, workers=2)
    assert len(killed) == 1
    assert (done.documents, done.failures) == (160, 1)
    assert told.startswith("document bad: ended every process that coded it (exit status -9)")
    here(write(tmp_path / "without.jsonl", given), tmp_path / "whole.jsonl")
    assert joined(tmp_path / "out") == (tmp_path / "whole.jsonl").read_bytes()
    assert len(list(log.iterdir())) > 3, "other processes have taken the place of those that ended"


def test_a_stopped_run_goes_on_where_it_was(
    there: Callable[..., Told], here: Callable[..., Told], tmp_path: Path, log: Path
) -> None:
    given, out = tmp_path / "given", tmp_path / "out"
    write(given / "a.jsonl", ["{broken", *reports(0, 400, "SLOW")])

    def stop(stream: Iterable[Any]) -> Iterator[Any]:
        for number, item in enumerate(stream):
            if number == 60:
                raise KeyboardInterrupt
            yield item

    with pytest.raises(KeyboardInterrupt):
        there(given, out, watch=stop, workers=2)
    assert not (out / "manifest.json").exists()
    stood = {path: path.stat().st_mtime_ns for path in sorted(out.glob("part-*"))}
    assert 1 < len(stood) < 10
    first = len(coded(log))
    # One of them is spoilt, and there is more input.
    spoilt = stood.popitem()[0]
    spoilt.write_bytes(b"half")
    write(given / "b.jsonl", reports(400, 430))
    assert there(given, out, workers=2) == here(given, tmp_path / "whole.jsonl")
    assert joined(out) == (tmp_path / "whole.jsonl").read_bytes()
    assert stood == {path: path.stat().st_mtime_ns for path in stood}, "what stood is not done again"
    assert len(coded(log)) - first < 430 - 30


def test_what_can_not_be_made_is_told(there: Callable[..., Told], tmp_path: Path) -> None:
    import stub_work

    given = write(tmp_path / "a.jsonl", reports(0, 10))
    with pytest.raises(DragomanError, match=r"part-000000.jsonl: can't be made: .*'missing' is not installed"):
        there(given, tmp_path / "out", make=partial(stub_work.make, "missing"))
    with pytest.raises(DragomanError, match="Name a folder"):
        there(given, tmp_path / "out.jsonl")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").touch()
    with pytest.raises(DragomanError, match="holds other files"):
        there(given, tmp_path / "mine")


def test_the_command_codes_as_it_does_here(nodes: Any, coder: Coder, tmp_path: Path) -> None:
    """With the real coder; the terminal sees nothing of Ray."""
    verbs = ("expelled ten {} diplomats", "threatened to strike {} on Friday", "signed a pact with {}, sources said")
    names = ("Norway", "Peru", "Kenya", "Chad")
    texts = [f"{a} {verb.format(b)}." for a in names for b in names if a != b for verb in verbs]
    given = write(tmp_path / "a.jsonl", [{"id": str(n), "text": text} for n, text in enumerate(texts)])
    run = [*PROGRAM, "code", given, "--to", tmp_path / "out", "--engine", "ray", "--address", nodes.address]
    done = subprocess.run([*map(str, run), "--part-size", "0.001"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    whole = code_into(read_inputs([str(given)]), tmp_path / "whole.jsonl", coder=coder)
    assert whole.claims >= 36
    assert joined(tmp_path / "out") == (tmp_path / "whole.jsonl").read_bytes()
    assert re.fullmatch(
        rf"36 documents, {whole.claims} claims -> \S+/out \([\d,]+ words, [\d,]+ a second, \d\.\d GB of memory\)\n",
        done.stderr,
    )
