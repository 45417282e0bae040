"""Chunks of documents go in, what became of each comes out in order; worker processes code them.

The supervisor hands a worker one piece of work at a time and hears of its end, or of the worker's, through a pipe.
Results stand in shards on the disk, so that neither a killed worker nor a killed supervisor loses what was finished.
A piece whose worker died is coded again; when that one dies too, it is halved, until the document is found that
does it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Any

from dragoman.engines.machine import peak_memory
from dragoman.engines.shards import Shards
from dragoman.engines.work import Make, Outcome, Reading, Result, documents_in, in_place
from dragoman.errors import DragomanError, InputError
from dragoman.records import Document

_SPAWN = multiprocessing.get_context("spawn")
_TRIES = 2  # of one piece
_STARTS = 3  # of workers that die one after the other before they can do anything
_ON_THE_WAY = 3  # chunks a worker, so that one that takes long does not stop the others
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


@dataclass(slots=True, eq=False)
class _Piece:
    """Documents that one worker codes; when they are halved, the halves stand for it."""

    documents: list[Document]
    deaths: int = 0
    done: bool = False
    halves: list[_Piece] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        return self.done or (bool(self.halves) and all(half.finished for half in self.halves))


@dataclass(slots=True, eq=False)
class _Worker:
    process: SpawnProcess
    connection: Connection
    ready: bool = False
    piece: _Piece | None = None
    memory: int = 0


class Workers:
    """As many processes, each with what ``make`` makes; one that has died is replaced when there is something to do.

    ``make`` is found by its name in each process, so it is a function of a module, or a ``partial`` of one.
    Raises DragomanError where the first can't be started, for want of the parser's model for example.
    """

    def __init__(self, make: Make, number: int, shards: Shards) -> None:
        self._make, self._number, self._shards = make, number, shards
        self._workers: list[_Worker] = []
        self._waiting: deque[_Piece] = deque()
        self._dead_starts = 0
        self._memory = 0

    def __enter__(self) -> Workers:
        try:
            for _ in range(self._number):
                self._start()
            while not any(worker.ready for worker in self._workers):
                self._listen(None)
                if not self._workers:
                    self._start()
        except BaseException:
            self._stop(at_once=True)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop(at_once=kind is not None)

    @property
    def memory(self) -> int:
        """The most bytes that this process and its workers have taken, each at its largest."""
        return peak_memory() + self._memory

    def run(self, chunks: Iterable[Sequence[Reading]]) -> Iterator[list[Result]]:
        """What became of each chunk, in order."""
        coming: Iterator[Sequence[Reading]] | None = iter(chunks)
        under_way: deque[tuple[Sequence[Reading], _Piece]] = deque()
        while True:
            room = len(self._waiting) < self._number and len(under_way) < _ON_THE_WAY * self._number
            if coming is not None and room:
                chunk = next(coming, None)
                if chunk is None:
                    coming = None
                else:
                    under_way.append((chunk, self._take(chunk)))
            self._hand_out()
            if under_way and under_way[0][1].finished:
                chunk, piece = under_way.popleft()
                yield in_place(chunk, self._outcomes(piece))
                self._done_with(piece)
                self._listen(0)
            elif coming is None and not under_way:
                return
            else:
                self._listen(0 if coming is not None and room else None)

    def _take(self, chunk: Sequence[Reading]) -> _Piece:
        """A new piece of work, unless an earlier run has finished it."""
        piece = _Piece(documents_in(chunk))
        piece.done = not piece.documents or self._shards.read(piece.documents) is not None
        if not piece.done:
            self._waiting.append(piece)
        return piece

    def _hand_out(self) -> None:
        """Give each worker that has nothing to do a piece; start workers for those that are left."""
        for worker in list(self._workers):
            if self._waiting and worker.ready and worker.piece is None:
                worker.piece = self._waiting.popleft()
                try:
                    worker.connection.send(worker.piece.documents)
                except OSError:
                    self._bury(worker)
        starting = sum(not worker.ready for worker in self._workers)
        for _ in range(min(len(self._waiting) - starting, self._number - len(self._workers))):
            self._start()

    def _listen(self, seconds: float | None) -> None:
        """Hear what workers have to tell; without ``seconds``, wait until one has."""
        by_connection = {worker.connection: worker for worker in self._workers}
        if not by_connection:
            return
        for connection in wait(list(by_connection), seconds):
            worker = by_connection[connection]  # type: ignore[index]
            try:
                problem, worker.memory = worker.connection.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            if problem:
                raise DragomanError(problem)
            if worker.piece is not None:
                worker.piece.done = True
            worker.ready, worker.piece = True, None
            self._dead_starts = 0
            self._memory = max(self._memory, sum(each.memory for each in self._workers))

    def _bury(self, worker: _Worker) -> None:
        """A worker is gone; what it was at is done by another."""
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join()
        if worker.piece is not None:
            self._again(worker.piece, worker.process.exitcode)
        elif not worker.ready:
            self._dead_starts += 1
            if self._dead_starts == _STARTS:
                raise DragomanError(
                    f"workers end as soon as they start (exit status {worker.process.exitcode}). "
                    "There may be too little memory for them: try --workers 1"
                )

    def _again(self, piece: _Piece, status: int | None) -> None:
        """Whole once more, then in halves; a document that ends workers all by itself is a failure."""
        piece.deaths += 1
        if self._shards.read(piece.documents) is not None:
            piece.done = True  # it was finished, but could not say so
        elif piece.deaths < _TRIES:
            self._waiting.appendleft(piece)
        elif len(piece.documents) == 1:
            self._shards.write(piece.documents, [_deadly(piece.documents[0], status)])
            piece.done = True
        else:
            middle = len(piece.documents) // 2
            parts = piece.documents[:middle], piece.documents[middle:]
            piece.halves = [_Piece(part, deaths=_TRIES - 1) for part in parts]
            self._waiting.extendleft(reversed(piece.halves))

    def _outcomes(self, piece: _Piece) -> list[Outcome]:
        if piece.halves:
            return [outcome for half in piece.halves for outcome in self._outcomes(half)]
        if not piece.documents:
            return []
        found = self._shards.read(piece.documents)
        if found is None:
            raise DragomanError(f"{self._shards.folder}: was changed during the run. Run the same command again")
        return found

    def _done_with(self, piece: _Piece) -> None:
        for half in piece.halves:
            self._done_with(half)
        self._shards.done_with(piece.documents)

    def _start(self) -> None:
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_work, args=(theirs, self._make, self._shards), daemon=True)
        with _left_alone():
            process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours))

    def _stop(self, *, at_once: bool) -> None:
        """End the workers: a closed pipe tells them to go; at once, they are killed."""
        for worker in self._workers:
            if at_once:
                worker.process.kill()
            worker.connection.close()
        for worker in self._workers:
            worker.process.join()
        self._workers.clear()


def _deadly(document: Document, status: int | None) -> InputError:
    return InputError(
        f"document {document.id}",
        f"ended every process that coded it (exit status {status})",
        "It may need more memory than there is: shorten it or leave it out. Else please report it with the document",
    )


@contextmanager
def _left_alone() -> Iterator[None]:
    """Processes started inside hear nothing of Ctrl-C: ending them is for the one that started them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # it would end the silence
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(connection: Connection, make: Make, shards: Shards) -> None:
    """What a worker does: pieces come through the pipe, shards are written, and after each it is told."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in _THREADS:
        os.environ.setdefault(name, "1")  # as many threads as processors in each worker would only jostle
    pieces: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_receive, args=(connection, pieces), daemon=True).start()
    try:
        work = make()
        connection.send((None, peak_memory()))
        while True:
            documents = pieces.get()
            shards.write(documents, work(documents))
            connection.send((None, peak_memory()))
    except (DragomanError, OSError) as problem:
        _tell(connection, str(problem))
    except Exception as problem:  # noqa: BLE001 the supervisor says it and ends the run
        _tell(connection, f"a worker failed ({type(problem).__name__}: {problem}). Please report it")


def _receive(connection: Connection, pieces: SimpleQueue[Any]) -> None:
    """Take what comes, also while the worker is at work, so that it ends with the supervisor however that ends."""
    while True:
        try:
            pieces.put(connection.recv())
        except (EOFError, OSError):
            os._exit(0)


def _tell(connection: Connection, problem: str) -> None:
    try:
        connection.send((problem, peak_memory()))
    except OSError:
        os._exit(0)
