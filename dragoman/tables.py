"""A codebook table (CSV) goes in, its rows with their line numbers come out; errors name file, line and remedy."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dragoman.errors import CodebookError

ENTRY_COLUMNS = ("key", "name", "names", "code", "kind", "start", "end", "wikidata")
# Of codebooks/formats/: countries, PLOVER's sectors.
KEY_COLUMNS = ("code", "cow", "spellings")
SECTOR_COLUMNS = ("plover", "sector", "written")
STATE_COLUMNS = ("code", "name", "names", "demonyms", "adjectives", "capital", "seats")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells by column, and the line where it stands."""

    cells: dict[str, str]
    file: str
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def alternatives(self, column: str) -> tuple[str, ...]:
        """The cell split at ``|``, without empty parts."""
        return tuple(part.strip() for part in self.cells[column].split("|") if part.strip())

    def error(self, problem: str, remedy: str) -> CodebookError:
        """An error that names this row."""
        return CodebookError(self.file, self.line, problem, remedy)


def read_table(name: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
    """Read ``codebooks/NAME`` (such as ``actors/states.csv``); every row must have exactly ``columns``.

    >>> read_table("cameo.csv", ("cameo", "plover", "meaning"))[0]["cameo"]
    '01'
    """
    text = resources.files("dragoman").joinpath("codebooks", *name.split("/")).read_text(encoding="utf-8")
    return parse_table(text, name, columns)


@cache
def state_names() -> Mapping[str, str]:
    """The name of every state by its code, without "The".

    >>> state_names()["PER"]
    'Peru'
    """
    return {row["code"]: row["name"].removeprefix("The ") for row in read_table("actors/states.csv", STATE_COLUMNS)}


def parse_table(text: str, name: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
    """The rows of a CSV text; ``name`` is used in errors.

    Raises CodebookError where the header or a row's number of cells is wrong.
    """
    lines = csv.reader(io.StringIO(text, newline=""))
    header = tuple(next(lines, ()))
    if header != columns:
        raise CodebookError(name, 1, f"columns are {','.join(header)}", f"They must be {','.join(columns)}")
    rows = []
    for cells in lines:
        if not cells:
            continue
        if len(cells) != len(columns):
            raise CodebookError(
                name, lines.line_num, f"{len(cells)} cells where {len(columns)} are needed", "Quote cells with commas"
            )
        rows.append(Row(dict(zip(columns, cells, strict=True)), name, lines.line_num))
    return tuple(rows)
