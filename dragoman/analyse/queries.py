"""The name of a question goes in, its SQL comes out."""

from __future__ import annotations

from importlib import resources


def read_sql(name: str) -> str:
    """The text of a query that lies beside the modules of this folder.

    >>> read_sql("dyads.sql").splitlines()[0][:20]
    '-- Who acted and spo'
    """
    return resources.files("dragoman.analyse").joinpath(name).read_text(encoding="utf-8")
