"""Two case files of the same documents go in, how far their coders agree comes out, field by field.

Agreement is given raw and corrected for chance (Cohen's kappa: 0 is what chance alone gives, 1 is perfect).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.analyse.queries import read_sql
from dragoman.errors import CaseError
from dragoman.store.database import CaseFile, attached

_NONE = "–"
_FIELDS: dict[str, Callable[[dict[str, Any]], object]] = {
    "type": lambda claim: claim["type"],
    "actor, country": lambda claim: (claim["actor_code"] or _NONE)[:3],
    "actor, full code": lambda claim: claim["actor_code"] or _NONE,
    "recipient, country": lambda claim: (claim["recipient_code"] or _NONE)[:3],
    "recipient, full code": lambda claim: claim["recipient_code"] or _NONE,
    "status": lambda claim: claim["status"],
    "date": lambda claim: claim["date_value"] or _NONE,
    "place": lambda claim: claim["place_name"] or _NONE,
}


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """One field: over how many claims, the share on which both agree, and kappa (None where nothing can differ)."""

    field: str
    claims: int
    agreement: float
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """``both`` claims stand on the same words with both coders, ``only_one`` and ``only_other`` with one of them."""

    documents: int
    both: int
    only_one: int
    only_other: int
    fields: tuple[FieldAgreement, ...]

    @property
    def found(self) -> float:
        """How far they agree that there is a claim at all: twice the common ones by all of both (F1)."""
        total = 2 * self.both + self.only_one + self.only_other
        return 2 * self.both / total if total else 0.0


def agreement(case: CaseFile, other: Path) -> Agreement:
    """How far two case files agree on the documents that both hold, corrections and rejections included.

    Raises CaseError where they have no document in common.
    """
    with attached(case, other):
        documents = case.rows("SELECT count(*) AS n FROM documents WHERE id IN (SELECT id FROM other.documents)")[0][
            "n"
        ]
        if not documents:
            raise CaseError(
                f"{other}: has no document in common with the first case file. Code the same articles twice"
            )
        rows = case.rows(read_sql("agreement.sql"))
    pairs = [(row["one"], row["two"]) for row in rows if row["one"] and row["two"]]
    return Agreement(
        documents=documents,
        both=len(pairs),
        only_one=sum(row["two"] is None for row in rows),
        only_other=sum(row["one"] is None for row in rows),
        fields=tuple(_compare(field, pairs, value) for field, value in _FIELDS.items()),
    )


def kappa(pairs: Iterable[tuple[object, object]]) -> float | None:
    """Cohen's kappa of two coders' values for the same items; None where there is nothing to disagree about.

    >>> kappa([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")])
    0.5
    """
    values = list(pairs)
    if not values:
        return None
    agreed = sum(a == b for a, b in values) / len(values)
    ones, others = Counter(a for a, _ in values), Counter(b for _, b in values)
    by_chance = sum(ones[value] * others[value] for value in ones) / len(values) ** 2
    return None if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)


def _compare(
    field: str, pairs: Sequence[tuple[dict[str, Any], dict[str, Any]]], value: Callable[[dict[str, Any]], object]
) -> FieldAgreement:
    values = [(value(one), value(other)) for one, other in pairs]
    agreed = sum(a == b for a, b in values) / len(values) if values else 0.0
    return FieldAgreement(field, len(values), agreed, kappa(values))
