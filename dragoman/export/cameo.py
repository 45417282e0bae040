"""Our codes of acts and actors go in, what event data say in CAMEO's terms comes out: codes, parts, Goldstein score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dragoman.tables import read_table


@dataclass(frozen=True, slots=True)
class ActorParts:
    """An actor's code taken apart: country (or region), known organisation, and the types that CAMEO gives it."""

    country: str = ""
    group: str = ""
    types: tuple[str, ...] = ()

    def code(self, country: str | None = None) -> str:
        """The parts as one code, CAMEO's way: ``IGOUNO``, ``PERMIL``; with ``country`` in place of ours."""
        lead, rest = (self.types[0], self.types[1:]) if self.group else ("", self.types)
        return "".join((self.country if country is None else country, lead, self.group, *rest))


def actor_parts(code: str | None) -> ActorParts:
    """The parts of an actor's code.

    >>> actor_parts("PERMIL")
    ActorParts(country='PER', group='', types=('MIL',))
    >>> actor_parts("UNOMIL"), actor_parts("UNOMIL").code()
    (ActorParts(country='', group='UNO', types=('IGO', 'MIL')), 'IGOUNOMIL')
    """
    if not code:
        return ActorParts()
    kinds = _kinds()
    head, sector = (code, "") if code in kinds else (code[:3], code[3:])
    sectors = (sector,) if sector else ()
    cameo, kind = kinds.get(head, (head, "country"))
    if kind == "country":
        return ActorParts(country=head, types=sectors)
    if kind == "sector":
        return ActorParts(types=(head, *sectors))
    return ActorParts(group=cameo, types=(kind, *sectors))


def cameo_country(code: str) -> str:
    """CAMEO's code of a country, which for some is an older one than ISO's.

    >>> cameo_country("ROU"), cameo_country("PER")
    ('ROM', 'PER')
    """
    return _kinds().get(code, (code, "country"))[0]


def event_code(cameo: str) -> str:
    """A CAMEO code with at least three digits: a bare root gets the 0 that stands for "not specified below".

    >>> event_code("18"), event_code("0841")
    ('180', '0841')
    """
    return cameo.ljust(3, "0")


def goldstein(cameo: str) -> float | None:
    """The Goldstein score of the code, or of the code above it where the scale does not name it; None for no code.

    >>> goldstein("190"), goldstein("0712"), goldstein("155")
    (-10.0, 7.4, -7.2)
    """
    scale = _scale()
    return next((scale[cameo[:length]] for length in range(len(cameo), 1, -1) if cameo[:length] in scale), None)


@cache
def _scale() -> Mapping[str, float]:
    return {row["cameo"]: float(row["score"]) for row in read_table("formats/goldstein.csv", ("cameo", "score"))}


@cache
def _kinds() -> Mapping[str, tuple[str, str]]:
    """What our code is in CAMEO and what it stands for; of several rows of a code the first is the one to write."""
    kinds: dict[str, tuple[str, str]] = {}
    for row in read_table("formats/cameo_codes.csv", ("code", "cameo", "kind")):
        kinds.setdefault(row["code"], (row["cameo"], row["kind"]))
    return kinds
