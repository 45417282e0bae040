"""A case file goes in, a row for each pair of countries comes out: how the one treats the other, and how that moved."""

from __future__ import annotations

from typing import Any

from dragoman.analyse.queries import read_sql
from dragoman.store.database import CaseFile


def dyads(case: CaseFile, *, limit: int = 12) -> list[dict[str, Any]]:
    """The busiest pairs: ``claims``, ``cooperation``, ``conflict``, mean intensity ``before`` and ``after`` the
    middle ``day`` of the case, and the number of claims on either side.  Undated documents are left out.
    """
    case.prepare("macros", read_sql("macros.sql"))
    return case.rows(read_sql("dyads.sql"), {"limit": limit})
