"""The filters of an address go in, which claims are wanted comes out."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query

from dragoman.analyse.marks import Wanted


def wanted_by(
    dyad: Annotated[str, Query(max_length=400, description="one pair: RUS>USA, ? for an unknown party")] = "",
    span: Annotated[str, Query(max_length=40, description="days, the last excluded: 2018-04-09_2018-04-13")] = "",
    quads: Annotated[str, Query(max_length=60, description="classes: VCOOP,MCOOP,VCONF,MCONF")] = "",
    q: Annotated[str, Query(max_length=200, description="words that stand in it")] = "",
) -> Wanted:
    """As the desk's page has them; raises CaseError for what is none."""
    return Wanted.of(dyad=dyad, span=span, quads=quads, q=q)


Filters = Annotated[Wanted, Depends(wanted_by)]
