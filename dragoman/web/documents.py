"""The documents of a case go out as a list: searched, ordered, some at a time."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import FastAPI, Query

from dragoman.analyse.documents import find_documents
from dragoman.store.database import CaseFile
from dragoman.web.answers import Desk

_MOST = 1_000
Order = Literal["newest", "claims", "none"]


def add_documents(app: FastAPI, desk: Desk) -> None:
    """The route of the list."""

    @app.get("/api/documents")
    def documents(
        q: Annotated[str, Query(max_length=200)] = "",
        order: Order = "newest",
        offset: Annotated[int, Query(ge=0, le=2**31)] = 0,
        limit: Annotated[int, Query(ge=1, le=_MOST)] = 50,
    ) -> dict[str, Any]:
        """Documents whose title, publisher or id holds ``q``: newest, most claims or no claim first."""

        def ask(case: CaseFile) -> dict[str, Any]:
            rows, found = find_documents(case, query=q, order=order, offset=offset, limit=limit)
            told = [row | {"published": row["published"] and row["published"].isoformat()} for row in rows]
            return {"found": found, "documents": told}

        answer: dict[str, Any] = desk.ask(ask, "documents", q, order, offset, limit)
        return answer
