"""A stand-in for the coder, found by worker processes under this name: one claim a document, without a parser.

What it does beside that stands in the documents' texts.  ``STUB_FOLDER`` gets a file for each process that worked and
a line for each document that was coded, so that tests see who did what.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from dragoman.engines.work import Outcome, Rows, Work
from dragoman.errors import InputError, ModelError
from dragoman.export.rows import claim_row
from dragoman.records import Certainty, Claim, Document, Event


def make(model: str = "stub") -> Work:
    """The work of the stub; models named "missing" and "deadly" can't be loaded."""
    if model == "missing":
        raise ModelError("the parser model 'missing' is not installed. Install it")
    if model == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    return work


def make_logging(folder: str) -> Work:
    """The work of the stub, which logs there."""
    os.environ["STUB_FOLDER"] = folder
    return work


def work(documents: Sequence[Document]) -> list[Outcome]:
    """A claim for each, whose trigger is the first word."""
    return [_outcome(document) for document in documents]


def _outcome(document: Document) -> Outcome:
    _log(document)
    if "DEADLY" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "SLOW" in document.text:
        time.sleep(0.01)
    if "GREEDY" in document.text:
        try:
            bytearray(3_000_000_000)  # nothing is written there, so that it costs nothing where it is allowed
        except MemoryError:
            return InputError(f"document {document.id}", "could not be coded (MemoryError)", "Report it")
    if "FAULT" in document.text:
        return InputError(f"document {document.id}", "could not be coded", "Report it")
    event = Event(
        type="CONSULT", mode=None, contexts=("diplomatic",), quad=1, intensity=1.1, cameo="040",
        actor=None, recipient=None, date=None, place=None, score=1 / 3, rule="consult.stub",
    )  # fmt: skip
    end = len(document.text.split()[0])
    claim = Claim(
        id=f"c_{document.id}", document=document.id, sentence=0, sentence_span=(0, len(document.text)),
        trigger=(0, end), event=event, chain=(), certainty=Certainty("actual", 3.0, "stub"),
        quoted="none", about=None, codebook="stub",
    )  # fmt: skip
    return Rows(document, ((0, len(document.text)),), (claim_row(claim, document.text),))


def _log(document: Document) -> None:
    if folder := os.environ.get("STUB_FOLDER"):
        with (Path(folder) / str(os.getpid())).open("a", encoding="utf-8", errors="replace") as file:
            file.write(document.id + "\n")
