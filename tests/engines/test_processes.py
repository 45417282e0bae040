"""Several processes: the same bytes as one, whoever is killed and whenever, and nobody is left behind."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dragoman.coder import Coder
from dragoman.commands import coding
from dragoman.commands.coding import Summary, annotate_into, code_into
from dragoman.engines.processes import Workers
from dragoman.engines.shards import Shards, shards_beside
from dragoman.engines.work import Reading, in_chunks
from dragoman.errors import CaseError, DragomanError, InputError
from dragoman.read import read_inputs
from dragoman.records import Document

HERE = Path(__file__).parent
TABLES = ("runs", "documents", "sentences", "claims", "sources", "failures")
# The program with the stub in the coder's place.
PROGRAM = """
import sys
sys.path.insert(0, sys.argv.pop(1))
import stub_work
from dragoman.cli import main
from dragoman.commands import coding
coding.make_coding = stub_work.make
main()
"""
pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills by signal")
Stubbed = Callable[..., Summary]


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the stub writes which process coded which documents."""
    folder = tmp_path / "log"
    folder.mkdir()
    monkeypatch.setenv("STUB_FOLDER", str(folder))
    return folder


@pytest.fixture
def stubbed(log: Path, monkeypatch: pytest.MonkeyPatch) -> Stubbed:
    """``code_into`` with the stub in the coder's place, in this process and in workers."""
    monkeypatch.syspath_prepend(str(HERE))
    import stub_work  # type: ignore[import-not-found]

    monkeypatch.setattr(coding, "make_coding", stub_work.make)
    monkeypatch.setattr(coding, "Coder", lambda model: None)
    monkeypatch.setattr(coding, "coding_with", lambda coder: stub_work.work)
    return code_into


def reports(number: int, word: str = "met") -> list[dict[str, str]]:
    return [{"id": f"n-{n:04}", "text": f"Lima {word} Oslo {n} times."} for n in range(number)]


def write(path: Path, lines: Iterable[dict[str, str] | str]) -> Path:
    path.write_text("".join((x if isinstance(x, str) else json.dumps(x)) + "\n" for x in lines), encoding="utf-8")
    return path


def contents(case: Path) -> dict[str, list[Any]]:
    with duckdb.connect(str(case), read_only=True) as connection:
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in TABLES}


def coded(log: Path) -> list[str]:
    return [line for file in log.iterdir() for line in file.read_text(encoding="utf-8").split()]


def is_alive(process: int) -> bool:
    """Does it run?  One that has ended, and that nobody has asked about, does not."""
    try:
        os.kill(process, 0)
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except OSError:
        return not Path("/proc").exists()


def until(true: Callable[[], bool], what: str) -> None:
    """Wait for it; that it never comes is the failure, not how long it takes."""
    for _ in range(3000):
        if true():
            return
        time.sleep(0.02)
    raise AssertionError(f"in vain waited for: {what}")


def start(*arguments: object, log: Path) -> subprocess.Popen[str]:
    """The program with the stub, in a group of its own, so that Ctrl-C can be sent to it as a terminal does."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(HERE), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "STUB_FOLDER": str(log)},
    )


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_any_number_of_workers_gives_the_same_bytes(stubbed: Stubbed, tmp_path: Path, suffix: str) -> None:
    given = write(tmp_path / "a.jsonl", [*reports(150), "{broken", {"id": "x", "text": "FAULT"}, *reports(300)[150:]])
    made = []
    for number in (1, 2, 3):
        target = tmp_path / f"{number}{suffix}"
        told: list[InputError] = []
        done = stubbed(read_inputs([str(given)]), target, workers=number, report=told.append)
        assert done == Summary(documents=300, claims=300, failures=2)
        assert [problem.where for problem in told] == [f"{given}, line 151", "document x"]
        made.append(target.read_bytes())
    assert made[0] == made[1] == made[2]
    assert sorted(path.suffix for path in tmp_path.iterdir()) == sorted(["", ".jsonl", *[suffix] * 3])


def test_a_case_file_grows_alike_with_workers(stubbed: Stubbed, tmp_path: Path, log: Path) -> None:
    given = write(tmp_path / "a.jsonl", [*reports(150), "{broken"])
    for number in (1, 2):
        stubbed(read_inputs([str(given)]), tmp_path / f"{number}.duckdb", workers=number)
    assert contents(tmp_path / "1.duckdb") == contents(tmp_path / "2.duckdb")
    assert len(contents(tmp_path / "1.duckdb")["claims"]) == 150
    before = len(coded(log))
    again = stubbed(read_inputs([str(given)]), tmp_path / "2.duckdb", workers=2)
    assert (again, len(coded(log))) == (Summary(documents=0, claims=0, failures=1), before)


def test_more_than_one_process_codes(stubbed: Stubbed, tmp_path: Path, log: Path) -> None:
    stubbed((Document(**report) for report in reports(400, "SLOW")), tmp_path / "a.jsonl", workers=2)
    assert len(list(log.iterdir())) == 2
    assert str(os.getpid()) not in {file.name for file in log.iterdir()}
    assert sorted(coded(log)) == [report["id"] for report in reports(400)]


def test_a_killed_worker_costs_nothing_but_its_piece(stubbed: Stubbed, tmp_path: Path, log: Path) -> None:
    killed: list[int] = []

    def watch(stream: Iterable[Any]) -> Iterator[Any]:
        for number, item in enumerate(stream):
            if number in (1, 130):
                victim = multiprocessing.active_children()[0]
                victim.kill()
                killed.append(victim.pid or 0)
            yield item

    given = [Document(**report) for report in reports(400, "SLOW")]
    done = stubbed(given, tmp_path / "killed.jsonl", workers=2, watch=watch)
    assert len(set(killed)) == 2
    assert done == stubbed(given, tmp_path / "whole.jsonl", workers=1) == Summary(400, 400, 0)
    assert (tmp_path / "killed.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_a_document_that_kills_workers_is_the_only_one_that_is_lost(stubbed: Stubbed, tmp_path: Path) -> None:
    given = [Document(**report) for report in reports(70)]
    given[5] = Document(id="bad", text="DEADLY words")
    told: list[InputError] = []
    done = stubbed(given, tmp_path / "a.duckdb", workers=2, report=told.append)
    assert done == Summary(documents=69, claims=69, failures=1)
    ((where, problem, remedy),) = contents(tmp_path / "a.duckdb")["failures"]
    assert (where, "exit status -9" in problem, "leave it out" in remedy) == ("document bad", True, True)
    assert [str(each) for each in told] == [f"{where}: {problem}. {remedy}"]


@pytest.mark.parametrize("suffix", [".duckdb", ".jsonl"])
def test_a_killed_run_goes_on_where_it_was(stubbed: Stubbed, tmp_path: Path, log: Path, suffix: str) -> None:
    given = write(tmp_path / "a.jsonl", ["{broken", *reports(640, "SLOW")])
    target, whole = tmp_path / f"killed{suffix}", tmp_path / f"whole{suffix}"
    run = start("code", given, "--to", target, "--workers", 2, log=log)
    until(lambda: len(coded(log)) > 300, "half of the documents")
    run.kill()
    run.communicate()
    workers = [int(file.name) for file in log.iterdir()]
    until(lambda: not any(map(is_alive, workers)), "the workers' end")
    first = len(coded(log))
    assert first < 640

    work_folder = tmp_path / f".{target.name}.work"
    shards = sorted(work_folder.glob("*.shard"))
    assert shards or suffix == ".duckdb", "those of a case file go once they are stored"
    for spoilt in shards[:1]:
        spoilt.write_bytes(spoilt.read_bytes()[:-7])
    (work_folder / "left.12345").write_text("half")
    run = start("code", given, "--to", target, "--workers", 2, log=log)
    assert run.wait() == 1, run.communicate()
    assert len(coded(log)) < 640 + first, "what was finished is not done again"
    assert not work_folder.exists()
    stubbed(read_inputs([str(given)]), whole)
    if suffix == ".jsonl":
        assert target.read_bytes() == whole.read_bytes()
    else:
        # The stub runs under the name of the default model in both.
        assert contents(target) == contents(whole)


@pytest.fixture
def interruptible(log: Path) -> Callable[..., subprocess.Popen[str]]:
    """The program with the stub in its own process too; what it does with Ctrl-C is said, for a job in the background
    inherits that it heeds none."""

    def started(handler: str, given: Path, target: Path, workers: int) -> subprocess.Popen[str]:
        stub = "coding.Coder = lambda model: None\ncoding.coding_with = lambda c: stub_work.work\n"
        script = f"import signal\nsignal.signal(signal.SIGINT, signal.{handler})\n" + PROGRAM.replace(
            "main()\n", stub + "main()\n"
        )
        return subprocess.Popen(
            [sys.executable, "-c", script, str(HERE), "code", given, "--to", target, "--workers", str(workers)],
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    return started


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_ends_it_with_one_line_and_it_goes_on(
    interruptible: Callable[..., subprocess.Popen[str]], tmp_path: Path, log: Path, workers: int
) -> None:
    given = write(tmp_path / "a.jsonl", reports(400, "SLOW"))
    target = tmp_path / "a.duckdb"
    run = interruptible("default_int_handler", given, target, workers)
    until(lambda: len(coded(log)) > 150, "some documents")
    os.killpg(run.pid, signal.SIGINT)
    told = run.communicate()[1]
    assert run.returncode == 130
    assert told == f"dragoman: stopped. The same command goes on with {target} where this one was\n"
    until(lambda: not any(is_alive(int(file.name)) for file in log.iterdir()), "the workers' end")
    assert 0 < len(contents(target)["documents"]) < 400
    again = start("code", given, "--to", target, "--workers", 2, log=log)
    told = again.communicate()[1]
    assert again.returncode == 0, told
    assert re.search(r"\d+ documents, \d+ claims -> .* \([\d,]+ words, [\d,]+ a second, \d\.\d GB of memory\)\n$", told)
    assert len(contents(target)["claims"]) == 400


@pytest.mark.parametrize("workers", [1, 2])
def test_a_job_that_heeds_no_ctrl_c_heeds_none_while_it_stores_either(
    interruptible: Callable[..., subprocess.Popen[str]], tmp_path: Path, log: Path, workers: int
) -> None:
    given = write(tmp_path / "a.jsonl", reports(400, "SLOW"))
    run = interruptible("SIG_IGN", given, tmp_path / "a.duckdb", workers)
    until(lambda: bool(coded(log)), "a document")
    while run.poll() is None:
        os.killpg(run.pid, signal.SIGINT)
        time.sleep(0.005)
    assert run.returncode == 0, run.communicate()[1]
    assert len(contents(tmp_path / "a.duckdb")["documents"]) == 400


def test_what_can_not_be_loaded_is_told_and_nothing_is_made(stubbed: Stubbed, tmp_path: Path) -> None:
    for target in (tmp_path / "a.duckdb", tmp_path / "a.jsonl"):
        with pytest.raises(DragomanError, match="'missing' is not installed"):
            stubbed([], target, model="missing", workers=2)
        with pytest.raises(DragomanError, match=r"exit status -9.*--workers 1"):
            stubbed([], target, model="deadly", workers=2)
    assert [path.name for path in tmp_path.iterdir()] == ["log"]


def test_no_more_is_read_than_is_on_the_way(stubbed: Stubbed, tmp_path: Path) -> None:
    taken: list[int] = []

    def feed() -> Iterator[list[Reading]]:
        for number in range(1000):
            taken.append(number)
            yield [Document(id=str(number), text="Lima met Oslo.")]

    with Workers(coding.make_coding, 2, Shards(tmp_path / "work", ("stub",), keep=False)) as workers:  # type: ignore[arg-type]
        for number, found in enumerate(workers.run(feed())):
            assert [item.document.id for item in found] == [str(number)]  # type: ignore[union-attr]
            assert len(taken) <= number + 7
    assert number == 999
    assert workers.memory > 20_000_000
    assert not multiprocessing.active_children()


def test_few_documents_start_no_worker(stubbed: Stubbed, tmp_path: Path, log: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(coding, "workers_here", lambda: 4)
    few = [Document(**report) for report in reports(100)]
    stubbed(few, tmp_path / "few.jsonl", workers=None)
    assert [file.name for file in log.iterdir()] == [str(os.getpid())]
    many = [Document(id=str(n), text=f"The mayor of Lima met Oslo {n} times. " * 400) for n in range(80)]
    stubbed(many, tmp_path / "many.jsonl", workers=None)
    assert len(list(log.iterdir())) > 1
    assert sorted(coded(log)) == sorted(document.id for document in (*few, *many)), "what was looked at is coded, once"


def test_two_runs_do_not_write_one_file(stubbed: Stubbed, tmp_path: Path) -> None:
    def watch(stream: Iterable[Any]) -> Iterator[Any]:
        with pytest.raises(CaseError, match="another dragoman"):
            code_into([], tmp_path / "a.jsonl")
        yield from stream

    assert stubbed([Document(**reports(1)[0])], tmp_path / "a.jsonl", watch=watch).documents == 1


def test_a_shard_tells_what_it_is_of(stubbed: Stubbed, tmp_path: Path) -> None:
    import stub_work

    documents = [Document(id="\ud800", text="Lima met Oslo."), Document(id="2", text="FAULT")]
    found = stub_work.work(documents)
    shards = Shards(tmp_path / "work", ("claims", "1"), keep=False)
    shards.write(documents, found)
    again = shards.read(documents)
    assert again is not None
    assert again[0] == found[0]
    assert [str(each) for each in again[1:]] == [str(found[1])]
    assert Shards(tmp_path / "work", ("claims", "2"), keep=False).read(documents) is None
    assert shards.read(documents[:1]) is None
    assert shards.read([documents[0], Document(id="2", text="FAULT", published="2020-01-01")]) is None
    (file,) = (tmp_path / "work").iterdir()
    for broken in (b"", b"\n", file.read_bytes().replace(b"CONSULT", b"ASSAULT"), b"\xff" * 99):
        file.write_bytes(broken)
        assert shards.read(documents) is None
    shards.done_with(documents)
    assert list((tmp_path / "work").iterdir()) == []


def test_a_work_folder_is_never_somebody_elses(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "kept").write_text("mine")
    (tmp_path / ".a.jsonl.work").symlink_to(tmp_path / "other")
    with pytest.raises(DragomanError, match="Move it away"), shards_beside(tmp_path / "a.jsonl", keep=True):
        pass
    assert (tmp_path / "other" / "kept").exists()


def test_a_stream_is_cut_by_number_and_by_size() -> None:
    documents = [Document(id=str(n), text="x" * (200_000 if n % 100 == 99 else 1)) for n in range(300)]
    chunks = list(in_chunks(documents))
    assert [item for chunk in chunks for item in chunk] == documents
    assert [len(chunk) for chunk in chunks] == [64, 64, 64, 64, 44]
    assert [len(chunk) for chunk in in_chunks(Document(id="n", text="x" * 130_000) for _ in range(5))] == [2, 2, 1]


def test_the_real_coder_gives_the_same_in_processes(coder: Coder, monkeypatch: Any, tmp_path: Path) -> None:
    """One worker is killed while it codes."""
    verbs = ("expelled ten {} diplomats", "threatened to strike {} on Friday", "signed a pact with {}, sources said")
    names = ("Norway", "Peru", "Kenya", "Chad", "Nepal", "Cuba")
    texts = [f"{a} {verb.format(b)}." for a in names for b in names if a != b for verb in verbs]
    given = [Document(id=str(n), text=text, published="2018-04-12") for n, text in enumerate(texts)]
    killed: list[bool] = []

    def watch(stream: Iterable[Any]) -> Iterator[Any]:
        for item in stream:
            if not killed:
                for victim in multiprocessing.active_children():
                    victim.kill()
                    killed.append(True)
            yield item

    monkeypatch.setattr(coding, "Coder", lambda model: coder)
    here = code_into(given, tmp_path / "here.jsonl")
    there = code_into(given, tmp_path / "there.jsonl", workers=2, watch=watch)
    assert killed
    assert here == there
    assert here.claims > 60
    assert (tmp_path / "here.jsonl").read_bytes() == (tmp_path / "there.jsonl").read_bytes()
    for number in (1, 2):
        annotate_into(given[:3], tmp_path / f"layers{number}.jsonl", workers=number)
    assert (tmp_path / "layers1.jsonl").read_bytes() == (tmp_path / "layers2.jsonl").read_bytes()
