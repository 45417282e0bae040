"""A party goes in, what the case tells of it comes out: its deeds, what reports taken together tell, its ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from fastapi import FastAPI, HTTPException

from dragoman.analyse.desk import desk_claims, with_words
from dragoman.analyse.ledger import find_entries
from dragoman.analyse.parties import find_parties, party_deeds, party_told
from dragoman.store.database import CaseFile
from dragoman.web.answers import Desk
from dragoman.web.rows import QUADS, claim_row, party_name

_MOST_PARTIES, _MOST_ENTRIES, _MOST_CLAIMS = 500, 200, 200
Party = dict[str, Any]
Part = Literal["deeds", "told", "ledger"]


def add_actors(app: FastAPI, desk: Desk) -> None:
    """The routes of the list of parties and of the page of one."""

    @app.get("/api/actors")
    def actors(q: str = "") -> dict[str, Any]:
        """The parties whose name or code has the words ``q``, those in most claims first, at most 500."""
        sought = q.strip().lower()
        every = _parties(desk).values()
        found = [row for row in every if sought in f"{row['name']} {row['told_as']} {row['code']}".lower()]
        return {"found": len(found), "total": len(every), "actors": found[:_MOST_PARTIES]}

    @app.get("/api/actors/{code:path}")
    def actor(code: str, part: Part | None = None) -> dict[str, Any]:
        """One party, whole or a part of it: "deeds" is there at once, "told" and "ledger" weigh reports together."""
        parties = _parties(desk)
        known = parties.get(_shown(code))
        if known is None:
            raise HTTPException(404, f"there is no party {code!r} in this case. Look it up in the list of actors")
        answer: dict[str, Any] = dict(known)
        for name, question in _PARTS.items():
            if part in (None, name):
                answer |= desk.ask(_about(question, known["code"]), "actor", name, known["code"])
        return answer | {"names": _names(parties, answer)}


def _about(question: Callable[[CaseFile, str], dict[str, Any]], code: str) -> Callable[[CaseFile], dict[str, Any]]:
    return lambda case: question(case, code)


def _parties(desk: Desk) -> dict[str, Party]:
    """The parties of the case by the code that the page uses, named as on the desk."""

    def ask(case: CaseFile) -> dict[str, Party]:
        return {
            _shown(row["code"]): row | {"name": party_name(row["code"], row["name"]), "told_as": row["name"]}
            for row in find_parties(case)
        }

    found: dict[str, Party] = desk.ask(ask, "parties")
    return found


def _shown(code: str) -> str:
    """A code as the page's addresses have it, in which ">" stands between two parties."""
    return code.replace(">", "›")


def _deeds(case: CaseFile, code: str) -> dict[str, Any]:
    found = party_deeds(case, code)
    types = [row | {"quad": QUADS[row["quad"]]} for row in found["types"]]
    return found | {"types": types, "people": found.pop("names")}


def _told(case: CaseFile, code: str) -> dict[str, Any]:
    rows = desk_claims(case, party=code, limit=_MOST_CLAIMS)
    told = party_told(case, code)
    told["shifts"] = with_words(case, told["shifts"])
    return told | {"latest": [claim_row(row) for row in rows], "latest_of": rows[0]["found"] if rows else 0}


def _ledger(case: CaseFile, code: str) -> dict[str, Any]:
    return {"ledger": find_entries(case, party=code, limit=_MOST_ENTRIES)}


_PARTS: dict[Part, Callable[[CaseFile, str], dict[str, Any]]] = {"deeds": _deeds, "told": _told, "ledger": _ledger}


def _names(parties: Mapping[str, Party], answer: Mapping[str, Any]) -> dict[str, str]:
    """The names of the parties that an answer tells of, by the code that the page uses."""
    codes = {answer["code"]} | set(_codes(answer.get("partners", ()), "code"))
    codes |= set(_codes(answer.get("shifts", ()), "actor", "target"))
    codes |= set(_codes(answer.get("latest", ()), "actor", "recipient"))
    shown = sorted(_shown(code) for code in codes)
    return {code: parties[code]["name"] for code in shown if code in parties}


def _codes(rows: Iterable[Mapping[str, Any]], *keys: str) -> Iterable[str]:
    return (row[key] for row in rows for key in keys if row[key] is not None)
