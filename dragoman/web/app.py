"""A case file goes in, the desk comes out: JSON routes on its analyses, and the page that reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware

from dragoman import __version__
from dragoman.analyse.desk import desk_claims, origins, with_words
from dragoman.analyse.incidents import find_incidents, one_incident
from dragoman.analyse.ledger import find_entries
from dragoman.analyse.positions import find_positions
from dragoman.coder import Coder
from dragoman.errors import AbsentError, DragomanError
from dragoman.store.database import CaseFile
from dragoman.store.reviews import waiting
from dragoman.web.actors import add_actors
from dragoman.web.answers import Desk
from dragoman.web.claims import add_claims
from dragoman.web.documents import add_documents
from dragoman.web.exporting import add_exports
from dragoman.web.importing import Given, Importer
from dragoman.web.rows import claim_row, document_row, incident_row
from dragoman.web.safety import protect

STATIC = Path(__file__).parent / "static"
_MOST_ENTRIES, _MOST_INCIDENTS, _MOST_WAITING = 500, 200, 50


def create_app(case: Path, *, host: str = "127.0.0.1", token: str | None = None, coder: Coder | None = None) -> FastAPI:
    """The desk on a case file.  With a ``token`` only who has it is let in; ``coder`` is one that is loaded already."""
    desk = Desk(case)
    app = FastAPI(
        title="dragoman desk", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json"
    )
    if token is not None:  # on this machine packing costs more than it saves
        app.add_middleware(GZipMiddleware, minimum_size=1024)
    protect(app, host=host, token=token)
    app.add_exception_handler(DragomanError, _tell)
    _add_questions(app, desk)
    add_claims(app, desk)
    _add_incidents(app, desk)
    add_actors(app, desk)
    add_documents(app, desk)
    add_exports(app, desk)
    _add_import(app, desk, Importer(case, coder))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")

    @app.get("/", include_in_schema=False)
    def page() -> FileResponse:
        return FileResponse(STATIC / "index.html")

    return app


async def _tell(request: Request, problem: Exception) -> JSONResponse:
    """dragoman's own errors name the remedy; the page shows them as they are."""
    return JSONResponse({"detail": str(problem)}, 404 if isinstance(problem, AbsentError) else 409)


def _add_questions(app: FastAPI, desk: Desk) -> None:
    @app.get("/api/shifts")
    def shifts() -> list[dict[str, Any]]:
        """Where positions moved, the surest first, with the words of the claims that tell of it most."""

        def ask(case: CaseFile) -> list[dict[str, Any]]:
            moved = [
                {"actor": row["actor"], "target": row["target"], **shift}
                for row in find_positions(case, limit=_MOST_ENTRIES)
                for shift in row["shifts"]
            ]
            return sorted(with_words(case, moved), key=lambda shift: (-shift["probability"], str(shift["day"])))

        answer: list[dict[str, Any]] = desk.ask(ask, "shifts")
        return answer

    @app.get("/api/ledger")
    def ledger() -> list[dict[str, Any]]:
        """Threats, promises, demands and denials, and what came of them."""
        answer: list[dict[str, Any]] = desk.ask(lambda case: find_entries(case, limit=_MOST_ENTRIES), "ledger")
        return answer

    @app.get("/api/sources")
    def sources() -> list[dict[str, Any]]:
        """Who vouches in the end, and by which chains it was retold."""
        answer: list[dict[str, Any]] = desk.ask(origins, "sources")
        return answer

    @app.get("/api/documents/{document}")
    def document(document: str) -> dict[str, Any]:
        """A report by paragraph with its claims, and their spans in UTF-16 units."""

        def ask(case: CaseFile) -> dict[str, Any]:
            rows = desk_claims(case, document=document)
            return document_row(case.document(document), rows) | {"claims": [claim_row(row) for row in rows]}

        answer: dict[str, Any] = desk.ask(ask, "document", document)
        return answer


def _add_incidents(app: FastAPI, desk: Desk) -> None:
    @app.get("/api/incidents")
    def incidents(contested: bool = False) -> list[dict[str, Any]]:
        """Claims that may tell of one happening, gathered; the most widely told first, at most 200."""

        def ask(case: CaseFile) -> list[dict[str, Any]]:
            return find_incidents(case, contested=contested, limit=_MOST_INCIDENTS)

        answer: list[dict[str, Any]] = desk.ask(ask, "incidents", contested)
        return answer

    @app.get("/api/incidents/{incident}")
    def incident(incident: str) -> dict[str, Any]:
        """One incident, its reports side by side, each with the reason why it stands there."""

        def ask(case: CaseFile) -> dict[str, Any]:
            return incident_row(one_incident(case, incident))

        answer: dict[str, Any] = desk.ask(ask, "incident", incident)
        return answer

    @app.get("/api/waiting")
    def queue() -> list[dict[str, Any]]:
        """Claims that nobody has judged, the least certain first, at most 50."""

        def ask(case: CaseFile) -> list[dict[str, Any]]:
            certainty = {row["id"]: row["certainty"] for row in waiting(case, limit=_MOST_WAITING)}
            rows = desk_claims(case, claims=list(certainty))
            told = [claim_row(row) | {"certainty": certainty[row["id"]]} for row in rows]
            return sorted(told, key=lambda row: (row["certainty"], row["id"]))

        answer: list[dict[str, Any]] = desk.ask(ask, "waiting")
        return answer


def _add_import(app: FastAPI, desk: Desk, importer: Importer) -> None:
    @app.get("/api/failures")
    def failures() -> list[dict[str, Any]]:
        """What could not be read or coded, and why; asking for it gets the coder ready."""
        importer.warm_up()
        answer: list[dict[str, Any]] = desk.ask(
            lambda case: case.rows("SELECT * FROM failures ORDER BY place"), "failures"
        )
        return answer

    @app.post("/api/documents")
    def code(given: Given) -> dict[str, Any]:
        """Code texts and files into the case file; what can't be read is told with its remedy, the rest goes on."""
        return importer.code(given)
