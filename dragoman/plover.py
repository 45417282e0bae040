"""A CAMEO code or a PLOVER type goes in, what the two manuals fix for it comes out: type, class, intensity, code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dragoman.tables import read_table

TYPE_COLUMNS = ("type", "quad", "intensity", "recipient_required", "cameo", "mutual", "fallback", "answers")
MODE_COLUMNS = ("type", "mode", "intensity")
# What PLOVER sorts otherwise than CAMEO's root: yielding in words, apologies, the signing of agreements.
_OTHERWISE = {"080": "CONCEDE", "081": "CONCEDE", "082": "CONCEDE", "085": "CONCEDE", "055": "CONCEDE", "057": "AGREE"}


@dataclass(frozen=True, slots=True)
class EventKind:
    """A PLOVER type with what its manual fixes: quad class 1 to 4, intensity of its modes ("" without one)."""

    type: str
    quad: int
    cameo: str
    intensities: Mapping[str, float]

    def intensity(self, mode: str | None = None) -> float:
        """PLOVER's intensity, -10 to 10; a mode that the type does not have counts as none."""
        return self.intensities.get(mode or "", self.intensities[""])


@cache
def event_kinds() -> Mapping[str, EventKind]:
    """The sixteen types by name.

    >>> kind = event_kinds()["CONSULT"]
    >>> kind.quad, kind.cameo, kind.intensity(), kind.intensity("visit")
    (1, '04', 2.5, 4.0)
    """
    modes = read_table("plover/modes.csv", MODE_COLUMNS)
    return {
        row["type"]: EventKind(
            type=row["type"],
            quad=int(row["quad"]),
            cameo=row["cameo"],
            intensities={"": float(row["intensity"])}
            | {mode["mode"]: float(mode["intensity"]) for mode in modes if mode["type"] == row["type"]},
        )
        for row in read_table("plover/types.csv", TYPE_COLUMNS)
    }


def kind_of_cameo(code: str) -> EventKind | None:
    """The type of a CAMEO code, which is a string ("042", "1823"); None for a bare statement and what is no code.

    >>> [kind and kind.type for kind in map(kind_of_cameo, ("190", "0841", "081", "010", "42"))]
    ['ASSAULT', 'RETREAT', 'CONCEDE', None, None]
    """
    return event_kinds().get(_OTHERWISE.get(code[:3]) or _types_by_root().get(code[:2], ""))


@cache
def _types_by_root() -> Mapping[str, str]:
    return {row["cameo"]: row["plover"] for row in read_table("cameo.csv", ("cameo", "plover", "meaning"))}
