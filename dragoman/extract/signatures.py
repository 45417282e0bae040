"""The tables of certainty go in; out come the entries that words have, and what each does to what it embeds.

A signature works like the implicative signatures of the literature ("manage" ++|--, "fail" +-|-+), but
graded: ``commitment`` is how sure the author is of the embedded event when the embedding one is sure to
have happened (3), ``denied`` when it is sure not to have (-3); between the two it is interpolated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple, cast

from dragoman.records import Status
from dragoman.tables import Row, read_table

# "known": a fact that who speaks vouches for; "wished": planned by who cannot bring it about alone.
Effect = Literal["same", "opposite", "known", "wished", "actual", "alleged", "planned", "hypothetical", "negated"]

POS = frozenset(("verb", "noun", "adjective", "adverb", "modal", "marker", "determiner", "preposition"))
EFFECTS = frozenset(("same", "opposite", "known", "wished", "actual", "alleged", "planned", "hypothetical", "negated"))
REACHES = frozenset(("to", "that", "whether", "ing", "object", "subject", "self", "clause", "modified", "compound"))


@dataclass(frozen=True, slots=True)
class Signature:
    """What embedding does: the effect on status and commitment when the embedder holds, and when it is denied."""

    name: str
    status: Effect
    commitment: float
    denied_status: Effect
    denied: float


@dataclass(frozen=True, slots=True)
class Entry:
    """One word with one reach: ``threaten`` over its ``to``-infinitive."""

    word: str
    pos: str
    reach: str
    signature: Signature

    @property
    def name(self) -> str:
        """How the entry is named in ``Certainty.rule``: "threaten (to)", "no"."""
        return self.word if self.reach == "self" else f"{self.word} ({self.reach})"


class Standing(NamedTuple):
    """How the text presents what one token tells, the rules that led there (outermost first), and their tokens.

    ``settled`` is the last signature that did not merely pass on what stands outside it.
    """

    status: Status
    commitment: float
    path: tuple[str, ...] = ()
    cues: tuple[int, ...] = ()
    settled: str = ""
    wished: bool = False


_SETTLING = frozenset(("own act",))
FACT = Standing("actual", 3.0)


@dataclass(frozen=True, slots=True)
class Book:
    """All entries, by part of speech and word, then by reach; and all signatures by name.

    ``doubtful`` are the names of the entries that make a mere allegation of something, plain reports left out.
    """

    entries: Mapping[str, Mapping[str, Mapping[str, Entry]]]
    signatures: Mapping[str, Signature]
    doubtful: frozenset[str]

    def find(self, pos: str, word: str, reach: str) -> Entry | None:
        """The entry of a word for one reach, or None.

        >>> load_book().find("verb", "threaten", "to").signature.status
        'planned'
        """
        return self.entries[pos].get(word, {}).get(reach)


def apply(signature: Signature, outer: Standing, *, name: str, cue: int | None) -> Standing:
    """The standing of what an embedder with ``signature`` embeds, the embedder's own standing being ``outer``.

    >>> refuse = load_book().signatures["refuse"]
    >>> apply(refuse, Standing("actual", 3.0), name="refuse (to)", cue=1).status
    'negated'
    """
    sure = (outer.commitment + 3.0) / 6.0
    commitment = signature.denied + sure * (signature.commitment - signature.denied)
    effect = signature.denied_status if outer.status == "negated" else signature.status
    cues = outer.cues if cue is None else (*outer.cues, cue)
    return Standing(
        status=_combine(outer, effect),
        commitment=commitment,
        path=(*outer.path, name),
        cues=cues,
        settled=outer.settled if effect == "same" and signature.name not in _SETTLING else signature.name,
        wished=effect == "wished" or (effect == "same" and outer.wished),
    )


def _combine(outer: Standing, effect: Effect) -> Status:
    if effect == "same":
        return outer.status
    if effect == "opposite":
        if outer.status == "negated":
            return "actual"
        # "urged them not to leave": that they leave is open; "vowed not to leave": they will not.
        return "hypothetical" if outer.status == "hypothetical" or outer.wished else "negated"
    if effect == "known":
        return "alleged" if outer.status == "alleged" else "actual"
    if effect == "wished":
        effect = "planned"
    if outer.status == "hypothetical" and effect in ("planned", "negated"):
        return "hypothetical"
    return effect


@cache
def load_book() -> Book:
    """The entries of ``codebooks/certainty.csv`` with the signatures of ``codebooks/signatures.csv``."""
    columns = ("signature", "status", "commitment", "denied_status", "denied", "meaning")
    signatures = {row["signature"]: _signature(row) for row in read_table("signatures.csv", columns)}
    entries: dict[str, dict[str, dict[str, Entry]]] = {pos: {} for pos in sorted(POS)}
    for row in read_table("certainty.csv", ("words", "pos", "reach", "signature", "example", "not")):
        if row["pos"] not in POS:
            raise row.error(f"part of speech {row['pos']!r}", f"Use one of {', '.join(sorted(POS))}")
        if row["signature"] not in signatures:
            raise row.error(f"signature {row['signature']!r} is unknown", "Add it to signatures.csv")
        for reach in row.alternatives("reach"):
            if reach not in REACHES and not reach.startswith("+"):
                raise row.error(f"reach {reach!r}", f"Use +PREPOSITION or one of {', '.join(sorted(REACHES))}")
            for word in row.alternatives("words"):
                known = entries[row["pos"]].setdefault(word, {})
                if reach in known:
                    raise row.error(f"{word!r} with reach {reach!r} stands twice", "Keep one of the two rows")
                known[reach] = Entry(word, row["pos"], reach, signatures[row["signature"]])
    doubtful = frozenset(
        entry.name
        for words in entries.values()
        for reaches in words.values()
        for entry in reaches.values()
        if entry.signature.status == "alleged" and entry.signature.name != "report"
    )
    return Book(entries, signatures, doubtful)


def _signature(row: Row) -> Signature:
    for column in ("status", "denied_status"):
        if row[column] not in EFFECTS:
            raise row.error(f"{column} {row[column]!r}", f"Use one of {', '.join(sorted(EFFECTS))}")
    try:
        commitment, denied = float(row["commitment"]), float(row["denied"])
    except ValueError:
        raise row.error("commitment and denied must be numbers", "Write -3 to 3") from None
    if not (-3 <= commitment <= 3 and -3 <= denied <= 3):
        raise row.error("commitment or denied is out of range", "Write -3 to 3")
    return Signature(
        row["signature"], cast(Effect, row["status"]), commitment, cast(Effect, row["denied_status"]), denied
    )
