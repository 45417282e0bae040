"""A case file goes in, its claims come out whole: as people left them, with report, chain of sources and happening."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from dragoman.analyse.incidents import gather
from dragoman.analyse.queries import read_sql
from dragoman.store.database import CaseFile

_BATCH = 5_000


def claim_rows(case: CaseFile, *, claims: Collection[str] | None = None) -> Iterator[dict[str, Any]]:
    """Claims without the rejected, by day; those that tell of one happening follow one another.  ``claims`` asks for
    some ids only; their happenings and origins stay those of the whole case.

    To the columns of a claim (docs/contract.md, one level: ``actor_name``) come those of its report (``published``,
    ``publisher``, ``title``, ``url``, ``language``, ``sentence_text``), ``sources`` (its chain, outermost first, as
    dictionaries), ``happening`` (an id that claims of one incident share), ``day`` (of what is told, None where it is
    not known), ``origin`` and ``origin_name`` (who vouches in the end), ``copied`` (the text copies an earlier one) and
    ``review`` (accept, correct, add or None).
    """
    gather(case)
    case.prepare("claim_rows", read_sql("claim_rows.sql"))
    case.connection.execute(read_sql("claim_rows_asked.sql"), {"claims": None if claims is None else list(claims)})
    for start in range(0, case.rows("SELECT count(*) AS n FROM asked")[0]["n"], _BATCH):
        rows = case.rows(
            "SELECT claim_rows.* EXCLUDE (place) FROM claim_rows JOIN asked USING (id) "
            "WHERE asked.place > $start AND asked.place <= $stop ORDER BY asked.place",
            {"start": start, "stop": start + _BATCH},
        )
        chains = case.sources(row["id"] for row in rows)
        for row in rows:
            yield {**row, "sources": [_link(link) for link in chains.get(row["id"], ())]}


def _link(link: dict[str, Any]) -> dict[str, Any]:
    """A link of a chain in the layout of docs/contract.md."""
    span = None if link["start"] is None else [link["start"], link["end"]]
    return (
        {key: link[key] for key in ("name", "text")}
        | {"span": span}
        | {key: link[key] for key in ("cue", "kind", "code")}
    )
