"""A case file and a number go in, a case file with so many claims comes out: the first one again and again.

    python tools/grow_case.py BASE CASE CLAIMS          (CASE is made, or grown where this tool made it before)

Each copy has ids of its own, another text (its number is appended, so that all spans still fit) and with it another
sketch, and lies some days after the one before.  After thirty years of copies the same days come again in another
world: there other states do the same.  Whole copies are made, so that there may be a few claims more.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb

from dragoman.tables import state_names

DAYS_APART = 3  # so that what one copy tells of is not gathered with what the next one does
COPIES_IN_A_WORLD = 3650
CLAIMS_AT_ONCE = 500_000  # what is inserted together has to fit into memory

# The columns that are different in copy number r.
_DIFFERENT = {
    "documents": (
        "id || '-' || r AS id, text || chr(10) || chr(10) || 'Copy ' || r || '.' AS text, "
        "CAST(published + days_later(r) AS DATE) AS published"
    ),
    "sentences": "document || '-' || r AS document",
    "sketches": "document || '-' || r AS document, [xor(each, hash(r)) for each in hashes] AS hashes",
    "claims": (
        "id || '-' || r AS id, document || '-' || r AS document, about || '-' || r AS about, "
        "coalesce(later(date_value, days_later(r)), date_value) AS date_value"
    ),
    "sources": "claim || '-' || r AS claim",
}
# later: "2018-04-12", "2018-04", "2018" and what begins so, some days later; NULL for what is no date.
_MACROS = rf"""
CREATE TEMP MACRO days_later(r) AS CAST({DAYS_APART} * (r % {COPIES_IN_A_WORLD}) AS INTEGER);
CREATE TEMP MACRO dated(value) AS regexp_extract(value, '^\d{{4}}(-\d\d)?(-\d\d)?');
CREATE TEMP MACRO later(value, days) AS
    left(CAST(TRY_CAST(left(dated(value) || '-01-01', 10) AS DATE) + days AS VARCHAR), length(dated(value)))
    || substr(value, length(dated(value)) + 1);
"""
_OTHER_STATES = """
UPDATE these_claims SET actor_name = actor_name || $world, recipient_name = recipient_name || $world;
UPDATE these_sources SET name = name || $world WHERE kind <> 'publisher';
UPDATE these_claims SET actor_code = other || substr(actor_code, 4) FROM moves WHERE code = left(actor_code, 3);
UPDATE these_claims SET recipient_code = other || substr(recipient_code, 4)
FROM moves WHERE code = left(recipient_code, 3);
UPDATE these_sources SET code = other || substr(these_sources.code, 4)
FROM moves WHERE moves.code = left(these_sources.code, 3);
"""


def main() -> None:
    """Grow the file that the command line names."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("base", type=Path)
    options.add_argument("case", type=Path)
    options.add_argument("claims", type=int)
    given = options.parse_args()
    print(f"{grow(given.base, given.case, given.claims):,} claims", file=sys.stderr)


def grow(base: Path, case: Path, claims: int) -> int:
    """Grow the case file to so many claims; how many there are then."""
    if not case.exists():
        shutil.copy(base, case)
    with duckdb.connect(str(case)) as connection:
        name = str(base).replace("'", "''")
        connection.execute(f"ATTACH '{name}' AS base (READ_ONLY)")
        connection.execute(_MACROS)
        once = _count(connection, "base.claims")
        if not once:
            sys.exit(f"{base}: holds no claim that could be repeated")
        copies = _count(connection, "claims") // once
        for world, first, stop in batches(copies, -(-claims // once), max(1, CLAIMS_AT_ONCE // once)):
            _make_these(connection, world)
            for table, different in _DIFFERENT.items():
                connection.execute(
                    f"INSERT INTO {table} SELECT these.* REPLACE ({different}) "
                    f"FROM these_{table} AS these, range($first, $stop) AS copies(r)",
                    {"first": first, "stop": stop},
                )
        return _count(connection, "claims")


def batches(first: int, stop: int, most: int) -> Iterator[tuple[int, int, int]]:
    """The copies that are made together: their world, the first, the one after the last.

    >>> list(batches(3648, 3655, 3))
    [(0, 3648, 3650), (1, 3650, 3653), (1, 3653, 3655)]
    """
    while first < stop:
        world = first // COPIES_IN_A_WORLD
        end = min(stop, first + most, (world + 1) * COPIES_IN_A_WORLD)
        yield world, first, end
        first = end


def _make_these(connection: duckdb.DuckDBPyConnection, world: int) -> None:
    """What is copied: the base as it is, or in another world with other states and other names."""
    for table in _DIFFERENT:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE these_{table} AS FROM base.{table}")
    if not world:
        return
    codes = sorted(state_names())
    others = [codes[(place + 37 * world) % len(codes)] for place in range(len(codes))]
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE moves AS SELECT unnest($codes) AS code, unnest($others) AS other",
        {"codes": codes, "others": others},
    )
    for statement in _OTHER_STATES.split(";")[:-1]:
        connection.execute(statement, {"world": world} if "$world" in statement else None)


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(found[0]) if found else 0


if __name__ == "__main__":
    main()
