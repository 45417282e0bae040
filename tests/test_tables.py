"""Codebook tables: rows with their lines, and errors that name file, line and remedy."""

from __future__ import annotations

from importlib import resources

import pytest

from dragoman.errors import CodebookError
from dragoman.tables import parse_table

COLUMNS = ("name", "code", "also")


def test_rows_know_their_lines_and_alternatives() -> None:
    first, second = parse_table('name,code,also\nNorway,NOR,Norge | Noreg|\n\n"Korea, North",PRK,\n', "a.csv", COLUMNS)
    assert (first["name"], first.alternatives("also"), first.line) == ("Norway", ("Norge", "Noreg"), 2)
    assert (second["name"], second.alternatives("also"), second.line) == ("Korea, North", (), 4)


@pytest.mark.parametrize(
    ("text", "line"),
    [("name,code\nNorway,NOR\n", 1), ("", 1), ("name,code,also\nNorway,NOR,\nKorea, North,PRK,\n", 3)],
)
def test_a_wrong_header_or_row_names_the_line_and_the_remedy(text: str, line: int) -> None:
    with pytest.raises(CodebookError, match=rf"places/a\.csv, line {line}: .+\. .+"):
        parse_table(text, "places/a.csv", COLUMNS)


def test_an_error_of_a_row_names_it() -> None:
    (row,) = parse_table("name,code,also\nNorway,NO,\n", "a.csv", COLUMNS)
    assert str(row.error("the code 'NO' has two letters", "Write NOR")) == (
        "a.csv, line 2: the code 'NO' has two letters. Write NOR"
    )


def test_every_table_of_the_codebook_is_utf8_and_every_row_has_all_cells() -> None:
    seen = 0
    todo = [resources.files("dragoman").joinpath("codebooks")]
    while todo:
        for entry in todo.pop().iterdir():
            if entry.is_dir():
                todo.append(entry)
            elif entry.name.endswith(".csv"):
                text = entry.read_text(encoding="utf-8")
                assert not text.startswith("\ufeff"), entry.name
                header = tuple(text.partition("\n")[0].rstrip("\r").split(","))
                assert parse_table(text, entry.name, header), entry.name
                seen += 1
    assert seen > 20
