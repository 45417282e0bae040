"""A format and the desk's filters go in, a file to keep comes out; what each format is for and loses is told before."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import FastAPI, HTTPException
from fastapi.responses import FileResponse
from starlette.types import Receive, Scope, Send

from dragoman.analyse.marks import Wanted, list_ids
from dragoman.analyse.queries import read_sql
from dragoman.commands.exchanging import export_case
from dragoman.errors import DragomanError
from dragoman.export.formats import NAMES, format_named
from dragoman.store.database import CaseFile, open_case
from dragoman.store.reviews import export_reviews
from dragoman.web.answers import Desk
from dragoman.web.filters import Filters
from dragoman.web.importing import safe_name

_ELSEWHERE = "The texts, titles and publishers of reports stay in the case file: a claim names its report by id."
# dragoman's own formats: title, what it is for, what it has no place for.
_OWN: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "csv": (
        "CSV table",
        "For spreadsheets and statistics: one claim a row.",
        (
            "The chain of sources is one cell, as JSON.",
            "A cell that a spreadsheet would run as a formula begins with an apostrophe.",
            _ELSEWHERE,
        ),
    ),
    "jsonl": ("JSON Lines", "For scripts: one claim a line, every field as it was coded.", (_ELSEWHERE,)),
    "parquet": ("Parquet", "For analyses of many claims: columns with their types, small and fast.", (_ELSEWHERE,)),
}
# How the file ends where the format's own first ending is not the usual one.
_USUAL = {"gdelt": ".export.CSV"}


class _Passing(FileResponse):
    """A file that is sent once; its folder is gone afterwards, also where nobody waited for the end."""

    def __init__(self, path: Path, folder: Path) -> None:
        # Packing on the way would cost more than it saves, and hide from the browser how much is still to come.
        super().__init__(path, filename=path.name, headers={"Content-Encoding": "identity"})
        self._folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)


def add_exports(app: FastAPI, desk: Desk) -> None:
    """The routes that list the formats and that send a file."""

    @app.get("/api/exports")
    def forms(wanted: Filters) -> dict[str, Any]:
        """How many claims fit the filters, and the formats: what each is for, what it loses, the file that it makes."""

        ids = _wanted_ids(desk, wanted)

        def ask(case: CaseFile) -> dict[str, Any]:
            (counted,) = case.rows(read_sql("export_count.sql"), {"claims": ids})
            decisions = len(export_reviews(case, claims=ids))
            return counted | {"decisions": decisions, "forms": _forms(desk.path.stem, decisions > 0)}

        answer: dict[str, Any] = desk.ask(ask, "exports", wanted)
        return answer

    @app.get("/api/export/{form}", response_class=FileResponse)
    def export(form: str, wanted: Filters) -> FileResponse:
        """The claims that fit the filters, as people left them, as a file; two files come as one .zip."""
        if form not in _OWN and form not in NAMES:
            raise HTTPException(404, f"{form!r} is no format. Use one of {', '.join((*_OWN, *NAMES))}")
        ids = _wanted_ids(desk, wanted)
        folder = Path(tempfile.mkdtemp(prefix="dragoman-"))
        try:
            return _Passing(_make(desk.path, form, ids, folder), folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


def _wanted_ids(desk: Desk, wanted: Wanted) -> list[str] | None:
    """The ids of the claims that fit, also of rejected ones, for the sake of the decisions about them; None: of all."""
    return desk.ask_snapshot(lambda taken: list_ids(taken, wanted)) if wanted.asks else None


def _make(case: Path, form: str, ids: list[str] | None, folder: Path) -> Path:
    """Write the file into the folder.  It is made from a copy, so that people can go on to decide meanwhile."""
    copied, made = folder / "copied", folder / "made"
    copied.mkdir()
    made.mkdir()
    with open_case(case, read_only=True):  # nobody writes into it meanwhile
        for part in (case, case.with_name(f"{case.name}.wal")):
            if part.exists():
                shutil.copyfile(part, copied / part.name)
    own = form in _OWN
    done = export_case(
        copied / case.name,
        made / _file_name(case.stem, form),
        form=None if own else form,
        choose=None if ids is None else lambda opened: ids,
    )
    if not done.claims:
        raise DragomanError("no claim fits: there is nothing to export. Widen the filters, or export all claims")
    if len(done.files) == 1:
        return done.files[0]
    packed = folder / _packed_name(case.stem, form)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in done.files:
            archive.write(file, file.name)
    return packed


def _forms(case: str, decided: bool) -> list[dict[str, Any]]:
    """The formats, own ones first, each with the name of the file that it makes."""
    own = [
        {"id": form, "title": title, "purpose": purpose, "loses": loses, "own": True}
        | {"file": _packed_name(case, form) if decided else _file_name(case, form)}
        for form, (title, purpose, loses) in _OWN.items()
    ]
    others = [
        {"id": form, "title": found.title, "purpose": found.purpose, "loses": found.loses, "own": False}
        | {"file": _packed_name(case, form) if found.beside else _file_name(case, form)}
        for form in NAMES
        for found in (format_named(form),)
    ]
    return own + others


def _file_name(case: str, form: str) -> str:
    """What the file is called: by the case and by what is in it.

    >>> _file_name("lima", "csv"), _file_name("li/ma\\n", "gdelt"), _file_name("lima", "stix")
    ('lima-claims.csv', 'ma_-gdelt.export.CSV', 'lima-stix.json')
    """
    ending = f".{form}" if form in _OWN else _USUAL.get(form) or format_named(form).endings[0]
    return safe_name(f"{case}-{'claims' if form in _OWN else form}{ending}")


def _packed_name(case: str, form: str) -> str:
    return safe_name(f"{case}-{'claims' if form in _OWN else form}.zip")
