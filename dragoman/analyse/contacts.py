"""A case file goes in, by which channels two parties are in touch comes out: first and last use, and who vouches."""

from __future__ import annotations

from typing import Any

from dragoman.analyse.incidents import gather
from dragoman.analyse.queries import read_sql
from dragoman.store.database import CaseFile


def find_contacts(
    case: CaseFile, *, one: str | None = None, other: str | None = None, limit: int = 20
) -> list[dict[str, Any]]:
    """Channels between two parties, the most used first; ``one`` and ``other`` are the start of a party's code.

    ``channel`` is hotline, military to military, third party, call, visit, envoy, letter, meeting, or the type.
    ``uses`` are happenings told as done, ``first_use`` and ``last_use`` their days, ``vouched_by`` their independent
    origins; ``denied`` and ``announced`` count the claims that deny one or tell of one to come.
    """
    gather(case, types=("CONSULT", "COOPERATE"))
    return case.rows(read_sql("contacts.sql"), {"one": one, "other": other, "limit": limit})
