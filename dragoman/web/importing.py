"""Pasted texts and dropped files go in, they are coded into the case file; what became of each comes out."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from pydantic import BaseModel, Field

from dragoman.coder import Coder
from dragoman.commands.coding import code_into
from dragoman.engines.work import Rows
from dragoman.errors import InputError
from dragoman.read import read_inputs
from dragoman.read.checks import make_document
from dragoman.records import Document, Skipped
from dragoman.store.database import open_case


class Pasted(BaseModel):
    """One text with what is known of it."""

    text: str
    id: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None


class Dropped(BaseModel):
    """One file: its name, whose ending tells how it is read, and its text."""

    name: str = Field(max_length=300)
    content: str


class Given(BaseModel):
    """What is to be coded."""

    documents: list[Pasted] = Field(default_factory=list, max_length=2_000)
    files: list[Dropped] = Field(default_factory=list, max_length=200)


class Importer:
    """Codes into a case file; the coder is loaded once, in the background, when it is first thought of."""

    def __init__(self, case: Path, coder: Coder | None = None) -> None:
        self._case, self._coder, self._lock = case, coder, Lock()

    def warm_up(self) -> None:
        """Start to load the coder, so that it is there when something is to be coded."""
        Thread(target=self._load, daemon=True).start()

    def code(self, given: Given) -> dict[str, Any]:
        """Code what is given: ``documents`` with their claims, ``known`` ids that were there, ``failures``."""
        coder = self._load()
        problems: list[InputError] = []
        coded: list[dict[str, Any]] = []
        with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
            readings = list(_readings(given, Path(folder)))
            with open_case(self._case, read_only=True) as case:
                before = set(case.known_documents())

            def watch(stream: Iterable[Any]) -> Iterator[Any]:
                for item in stream:
                    if isinstance(item, Rows):
                        document = item.document
                        coded.append({"id": document.id, "title": document.title, "claims": len(item.rows)})
                    elif isinstance(item, Skipped):
                        problems.append(InputError(item.where, item.reason, "Only reports in English are coded"))
                    yield item

            code_into(readings, self._case, coder=coder, report=problems.append, watch=watch)
            failures = [
                {"where": p.where.replace(f"{folder}/", ""), "problem": p.problem, "remedy": p.remedy} for p in problems
            ]
        fresh = {row["id"] for row in coded}
        known = [each.id for each in readings if isinstance(each, Document) and each.id in before - fresh]
        return {"documents": coded, "known": known, "failures": failures}

    def _load(self) -> Coder:
        with self._lock:
            if self._coder is None:
                self._coder = Coder()
            return self._coder


def _readings(given: Given, folder: Path) -> Iterator[Document | InputError | Skipped]:
    for number, pasted in enumerate(given.documents, start=1):
        where = pasted.title or f"text {number}"
        try:
            yield make_document(pasted.model_dump(), where=where, defaults={})
        except InputError as problem:
            yield problem
    for dropped in given.files:
        path = folder / safe_name(dropped.name)
        path.write_text(dropped.content, encoding="utf-8", errors="surrogatepass")
        yield from read_inputs([str(path)])


def safe_name(name: str) -> str:
    """A file's name as a name and nothing else: no folder, nothing hidden.

    >>> safe_name("../../etc/a.jsonl"), safe_name("...")
    ('a.jsonl', 'file')
    """
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[^\w. -]", "_", last).lstrip(".")[-120:] or "file"
