"""A case file goes in, what counts once comes out: a table of each happening as each independent origin tells it."""

from __future__ import annotations

from dragoman.analyse.incidents import gather
from dragoman.analyse.queries import read_sql
from dragoman.store.database import CaseFile


def observe(case: CaseFile) -> None:
    """Make the temporary tables ``observations`` and ``pairs`` on which positions, dyads and the network rest."""
    gather(case)
    case.prepare("observations", read_sql("observations.sql"))
