"""Two codings of the same documents go in, what changed comes out: claims new, gone or with other fields."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.analyse.queries import read_sql
from dragoman.store.database import CaseFile, attached


@dataclass(frozen=True, slots=True)
class Changes:
    """``rows``: at most as many as asked; ``counts``: how many of all are new, gone, changed, and the same."""

    rows: list[dict[str, Any]]
    counts: dict[str, int]


def changes_since(case: CaseFile, *, limit: int = 40) -> Changes:
    """What the last coding of each document changed against the one before it, in the same case file."""
    return _compare(case, read_sql("changes_since.sql"), limit)


def changes_between(case: CaseFile, other: Path, *, limit: int = 40) -> Changes:
    """What ``other`` has otherwise than ``case``, in the documents that both hold."""
    with attached(case, other):
        return _compare(case, read_sql("changes_between.sql"), limit)


def _compare(case: CaseFile, codings: str, limit: int) -> Changes:
    """``codings`` makes two temporary views, coded_before and coded_after, over the same documents."""
    case.connection.execute(codings)
    rows = case.rows(read_sql("changes.sql"))
    counts = Counter(row["kind"] for row in rows)
    told = [row for row in rows if row["kind"] != "same"]
    return Changes(told[:limit], {kind: counts[kind] for kind in ("new", "gone", "changed", "same")})
