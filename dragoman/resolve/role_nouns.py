"""The table of role nouns goes in; those of a sentence ("defence minister", "troops") come out with their sectors."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from dragoman.records import Sentence
from dragoman.tables import read_table

COLUMNS = ("noun", "sector", "kind", "yields", "country")
KINDS = frozenset({"office", "person", "group", "institution", "weapon", "state", "none"})
NOMINAL = frozenset({"NOUN", "PROPN"})


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """A noun and the sector it acts for; ``yields``: a noun before it may tell the sector ("rebel commander").

    ``country`` is where it is at home when nothing else is said: "the Duma".
    """

    noun: str
    sector: str
    kind: str
    yields: bool
    country: str = ""


@dataclass(frozen=True, slots=True)
class RoleMatch:
    """Tokens ``first`` up to ``stop`` of a sentence that are a role noun with head ``head``."""

    first: int
    stop: int
    head: int
    role: RoleNoun


@dataclass(frozen=True, slots=True)
class RoleNouns:
    """The nouns by their words, and how many words a noun that begins with a word can have."""

    nouns: dict[tuple[str, ...], RoleNoun] = field(repr=False)
    lengths: dict[str, tuple[int, ...]] = field(repr=False)

    def find(self, sentence: Sentence) -> dict[int, RoleMatch]:
        """The longest role nouns of a sentence by their heads."""
        found: dict[int, RoleMatch] = {}
        at, end = 0, len(sentence)
        while at < end:
            match = self._at(sentence, at)
            if match is not None:
                found[match.head] = match
                at = match.stop
            else:
                at += 1
        return found

    def _at(self, sentence: Sentence, at: int) -> RoleMatch | None:
        for length in self.lengths.get(sentence.words[at].lower(), self.lengths.get(sentence.lemmas[at], ())):
            last = at + length - 1
            if last >= len(sentence) or not (
                sentence.pos[last] in NOMINAL or (length > 1 and sentence.words[last - 1] == "-")
            ):
                continue
            before = tuple(word.lower() for word in sentence.words[at:last])
            for end in singulars(sentence.words[last].lower(), sentence.lemmas[last]):
                role = self.nouns.get((*before, end))
                if role is not None:
                    return RoleMatch(at, last + 1, _head(sentence, at, last), role)
        return None


def _head(sentence: Sentence, first: int, last: int) -> int:
    """ "secretary" in "secretary of state", the last word otherwise."""
    return next((i for i in range(last, first - 1, -1) if not first <= sentence.heads[i] <= last), last)


def singulars(word: str, lemma: str) -> tuple[str, ...]:
    """The forms under which a noun may stand in the table; proper nouns keep their plural as lemma.

    >>> singulars("forces", "forces")
    ('forces', 'force')
    """
    forms = [word, lemma]
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    elif word.endswith("men"):
        forms.append(word[:-3] + "man")
    elif word.endswith("s") and not word.endswith("ss"):
        forms.append(word[:-1])
    return tuple(dict.fromkeys(forms))


@lru_cache(maxsize=1)
def load_role_nouns() -> RoleNouns:
    """Read the table once.

    >>> load_role_nouns().nouns[("warplane",)].sector
    'MIL'
    """
    nouns: dict[tuple[str, ...], RoleNoun] = {}
    lengths: dict[str, set[int]] = {}
    for row in read_table("actors/role_nouns.csv", COLUMNS):
        if row["kind"] not in KINDS:
            raise row.error(f"kind {row['kind']!r} is unknown", f"Use one of {', '.join(sorted(KINDS))}")
        words = tuple(row["noun"].replace("-", " - ").split())
        nouns[words] = RoleNoun(row["noun"], row["sector"], row["kind"], row["yields"] == "yes", row["country"])
        for form in (words[0], _plural(words[0])) if len(words) == 1 else (words[0],):
            lengths.setdefault(form, set()).add(len(words))
    return RoleNouns(nouns, {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()})


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith("man"):
        return word[:-3] + "men"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")
