"""Who held which office when: a person or a country, an office and a date go in, the holder or the sector comes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from dragoman.records import Role
from dragoman.resolve.gazetteer import actor_tables, load_gazetteer, within
from dragoman.resolve.role_nouns import load_role_nouns
from dragoman.tables import read_table

ROLE_COLUMNS = ("key", "office", "country", "start", "end")
OFFICE_COLUMNS = ("office", "leader", "note")
# Transnational armed groups have no code without a sector.
_ARMED = "IMG"


@dataclass(frozen=True, slots=True)
class RoleBook:
    """All dated roles, by person and by (country, office).

    ``synonyms`` are other names of an office, ``leaders`` the office that leads where no president does.
    """

    by_person: dict[str, tuple[Role, ...]] = field(repr=False)
    by_office: dict[tuple[str, str], tuple[Role, ...]] = field(repr=False)
    synonyms: dict[str, tuple[str, ...]] = field(repr=False)
    leaders: dict[str, str] = field(repr=False)

    def role_of(self, person: str, date: str | None) -> Role | None:
        """The role of a person on a date; undated: the latest. A government office goes before others.

        Of two held on one day the one that leads is told: prime minister, and not foreign minister beside it.
        """
        roles = self.by_person.get(person, ())
        if date is None:
            return max(roles, key=_weight, default=None)
        held = [role for role in roles if within(date, role.start, role.end)]
        return max(held, key=lambda role: _weight(role, leading=_leading()), default=None)

    def holder(self, country: str, office: str, date: str | None) -> Role | None:
        """Who held an office of a country on a date; undated: who held it last; None where several did."""
        leader = (self.leaders[country],) if office == "leader" and country in self.leaders else ()
        for name in (*leader, office, *self.synonyms.get(office, ())):
            roles = self.by_office.get((country, name), ())
            staying = [role for role in roles if role.end is None]
            if date is not None:
                roles = tuple(role for role in roles if within(date, role.start, role.end))
                staying = [role for role in roles if not (role.end and date.startswith(role.end))]
            if len({role.actor for role in staying}) > 1:
                continue
            if roles:
                return max(roles, key=lambda role: (role.start or "", role.end is None))
        return None

    def names_of(self, office: str) -> frozenset[str]:
        """An office under all its names."""
        return frozenset({office, *self.synonyms.get(office, ())})

    def has_held(self, person: str, office: str, country: str) -> bool:
        """Whether a person ever held an office under any of its names, in a country or, for "", anywhere."""
        names = self.names_of(office)
        return any(role.office in names and country in {"", role.code[:3]} for role in self.by_person.get(person, ()))


@lru_cache(maxsize=1)
def load_roles() -> RoleBook:
    """Read every table of roles once."""
    by_person: dict[str, list[Role]] = {}
    by_office: dict[tuple[str, str], list[Role]] = {}
    states = load_gazetteer().states
    for file in actor_tables("roles_"):
        for row in read_table(file, ROLE_COLUMNS):
            office, country = row["office"].lower(), row["country"]
            sector = sector_of_office(office)
            # An international organisation and those who head it are one actor: UNO, not UNOGOV.
            code = country + sector if country in states or country == _ARMED else country
            role = Role(office, row["key"], code, row["start"] or None, row["end"] or None)
            by_person.setdefault(row["key"], []).append(role)
            by_office.setdefault((country, office), []).append(role)
    return RoleBook(
        {key: tuple(roles) for key, roles in by_person.items()},
        {key: tuple(roles) for key, roles in by_office.items()},
        _synonyms(),
        {row["country"]: row["office"] for row in read_table("actors/leaders.csv", ("country", "office"))},
    )


@lru_cache(maxsize=4096)
def sector_of_office(office: str) -> str:
    """The sector of an office by the longest role noun in it that the table knows, GOV when there is none.

    >>> sector_of_office("army chief"), sector_of_office("foreign minister"), sector_of_office("opposition leader")
    ('MIL', 'GOV', 'OPP')
    """
    nouns = load_role_nouns()
    words = office.lower().split()
    for length in range(len(words), 0, -1):
        for first in range(len(words) - length + 1):
            found = nouns.nouns.get(tuple(words[first : first + length]))
            if found and found.sector and not (found.yields and length < len(words)):
                return found.sector
    return "GOV"


def _synonyms() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in read_table("actors/office_synonyms.csv", ("office", "also")):
        found[row["office"]] = row.alternatives("also")
    return found


@lru_cache(maxsize=1)
def _leading() -> frozenset[str]:
    """The offices that lead a state or an organisation."""
    return frozenset(
        row["office"] for row in read_table("actors/offices.csv", OFFICE_COLUMNS) if row["leader"] == "yes"
    )


def _weight(role: Role, *, leading: frozenset[str] = frozenset()) -> tuple[bool, bool, str, bool]:
    of_government = role.code[3:] == "GOV" or len(role.code) == 3
    return of_government, role.office in leading, role.start or "", role.end is None
