"""Filters and decisions go in; claims that fit, marks that stand for many, and one claim with its history come out."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from dragoman.analyse.claims import overview
from dragoman.analyse.desk import desk_claims
from dragoman.analyse.marks import DRAWN, Wanted, list_claims, marks, parties, rejected, span
from dragoman.commands.reviewing import decide_on
from dragoman.commands.telling import explain_claim
from dragoman.store.database import CaseFile
from dragoman.store.reviews import history
from dragoman.store.snapshot import Snapshot
from dragoman.web.adding import add_adding
from dragoman.web.answers import Desk
from dragoman.web.filters import Filters
from dragoman.web.rows import claim_row, history_row, mark_row, party_names, type_modes, type_quads

# A case of up to so many claims is on the page as a whole; of a larger one the page asks for what it shows.
MOST_CLAIMS = 4_000
_PAGE = 300
Drawn = Literal["lanes", "bars", "pairs", "ties", "places"]


class Decision(BaseModel):
    """What a person decides about a claim; ``changes`` are corrected fields with their values."""

    action: Literal["accept", "reject", "correct", "undo"]
    changes: dict[str, str] = Field(default_factory=dict, max_length=20)
    reason: str = Field(default="", max_length=2_000)
    reviewer: str = Field(default="", max_length=200)


def add_claims(app: FastAPI, desk: Desk) -> None:
    """The routes on claims."""
    _add_lists(app, desk)
    _add_one(app, desk)


def _add_lists(app: FastAPI, desk: Desk) -> None:
    @app.get("/api/desk")
    def whole() -> dict[str, Any]:
        """The case, its parties, and all its claims in the order of their days; none where there are over 4,000."""

        def ask(taken: Snapshot) -> dict[str, Any]:
            _, total = list_claims(taken, Wanted(), limit=0)
            rows = list_claims(taken, Wanted(), limit=total)[0] if total <= MOST_CLAIMS else []
            drawn = span(taken)
            return {
                "parties": party_names(parties(taken)),
                "types": type_quads(),
                "modes": type_modes(),
                "total": total,
                "rejected": rejected(taken),
                "whole": total <= MOST_CLAIMS,
                "span": drawn and [day.isoformat() for day in drawn],
                "claims": [claim_row(row) for row in rows],
            }

        told = desk.ask(overview, "overview")
        told = told | {key: told[key] and told[key].isoformat() for key in ("first_day", "last_day")}
        return {"case": {"name": desk.path.stem, **told}, **desk.ask_snapshot(ask)}

    @app.get("/api/marks")
    def drawn(
        wanted: Filters,
        lanes: Annotated[int, Query(ge=1, le=60)] = 8,
        draw: Annotated[list[Drawn] | None, Query(description="all without it")] = None,
    ) -> JSONResponse:
        """What the screens draw of the claims that fit: marks, each of which stands for ``n`` of them."""
        told = desk.ask_snapshot(lambda taken: marks(taken, wanted, lanes=lanes, draw=draw or DRAWN))
        return JSONResponse(
            {
                key: [mark_row(mark) for mark in value] if isinstance(value, list) else value
                for key, value in told.items()
            }
        )

    @app.get("/api/claims")
    def listed(
        wanted: Filters,
        limit: Annotated[int, Query(ge=1, le=5_000)] = _PAGE,
        skip: Annotated[int, Query(ge=0)] = 0,
    ) -> JSONResponse:
        """The latest claims that fit, in the order of their days, the undated last; ``found`` counts all that fit."""
        rows, found = desk.ask_snapshot(lambda taken: list_claims(taken, wanted, limit=limit, skip=skip))
        return JSONResponse({"found": found, "claims": [claim_row(row) for row in rows]})


def _add_one(app: FastAPI, desk: Desk) -> None:
    def known(claim: str) -> dict[str, Any]:
        def ask(case: CaseFile) -> dict[str, Any]:
            rows = desk_claims(case, claims=[claim])
            if not rows:
                raise HTTPException(404, f"there is no claim {claim!r}")
            rejected = rows[0]["review"] == "reject"
            return claim_row(rows[0]) | {
                "history": [history_row(row) for row in history(case, claim=claim)],
                # while the case is open here nobody can reject the claim before it is explained
                "explanation": "rejected: no analysis counts it" if rejected else explain_claim(desk.path, claim),
            }

        return desk.ask(ask, "claim", claim)

    def told(claim: str) -> dict[str, Any]:
        found = known(claim)
        return found | {"others": [] if found["review"] == "reject" else desk.others(claim)}

    @app.get("/api/claims/{claim}")
    def one(claim: str) -> dict[str, Any]:
        """A claim, why it was coded so, what was decided about it, and the others of its incident, at most 50."""
        return told(claim)

    @app.post("/api/claims/{claim}/decision")
    def decide(claim: str, decision: Decision) -> dict[str, Any]:
        """Accept, correct or reject a claim, or take the last decision back."""
        known(claim)
        reason, reviewer = decision.reason, decision.reviewer
        desk.decide(
            lambda: decide_on(
                desk.path, claim, decision.action, changes=decision.changes, reason=reason, reviewer=reviewer
            ),
            claim,
            accepts=decision.action == "accept",
        )
        try:
            return told(claim)
        except HTTPException:  # a person had added it, and that was taken back
            return {"id": claim, "gone": True}

    add_adding(app, desk, told)
