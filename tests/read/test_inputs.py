"""Files, folders and standard input: what is read, what is refused, and that the rest goes on."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.read import read_inputs
from dragoman.records import Document

LIMA = "Lima closed its consulate in Quito on Friday."


def lines(path: Path, *items: object) -> str:
    path.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items), encoding="utf-8")
    return str(path)


def documents(*names: str, **defaults: str) -> list[Document]:
    found = list(read_inputs(names, **defaults))
    problems = [str(item) for item in found if isinstance(item, InputError)]
    assert not problems, problems
    return [item for item in found if isinstance(item, Document)]


def one_error(*names: str) -> InputError:
    found = list(read_inputs(names))
    assert len(found) == 1, found
    assert isinstance(found[0], InputError)
    return found[0]


def test_a_text_file_is_one_document_exactly_as_given(tmp_path: Path) -> None:
    text = "\r\n  Lima\tclosed its consulate.\r\n\r\nQuito protested. \n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("utf-8"))
    (document,) = documents(str(path), published="2020-02-03", publisher="Andes Wire")
    assert document.text == text
    assert (document.published, document.publisher) == ("2020-02-03", "Andes Wire")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "utf8.txt").write_bytes(b"\xef\xbb\xbf" + LIMA.encode())
    (tmp_path / "utf16.txt").write_bytes(LIMA.replace("Friday", "Monday").encode("utf-16"))
    assert [d.text for d in documents(str(tmp_path))] == [LIMA.replace("Friday", "Monday"), LIMA]


def test_every_field_of_a_json_line_is_kept(tmp_path: Path) -> None:
    fields = {
        "id": "n-7", "text": LIMA, "published": "2020-02-03", "publisher": "Andes Wire", "title": "Consulate closed",
        "url": "https://example.org/7", "language": "en",
    }  # fmt: skip
    (document,) = documents(lines(tmp_path / "a.jsonl", fields))
    assert {name: getattr(document, name) for name in fields} == fields


def test_own_fields_win_over_defaults(tmp_path: Path) -> None:
    name = lines(tmp_path / "a.jsonl", {"text": LIMA, "published": "2020-02-03"})
    (document,) = documents(name, published="1999-01-01", publisher="Andes Wire")
    assert (document.published, document.publisher) == ("2020-02-03", "Andes Wire")


def test_an_id_is_made_from_the_content_so_that_one_article_is_one_document(tmp_path: Path) -> None:
    name = lines(tmp_path / "a.jsonl", {"text": LIMA}, {"text": LIMA}, {"text": LIMA + " Quito protested."})
    first, second = documents(name)
    assert first.id != second.id
    (tmp_path / "b.txt").write_text(LIMA, encoding="utf-8")
    assert documents(str(tmp_path / "b.txt"))[0].id == first.id


def test_the_same_file_given_twice_is_read_once(tmp_path: Path) -> None:
    name = lines(tmp_path / "a.jsonl", {"id": "1", "text": LIMA})
    assert len(documents(name, name)) == 1


def test_the_same_id_with_the_same_text_is_left_out_and_with_another_is_an_error(tmp_path: Path) -> None:
    name = lines(
        tmp_path / "a.jsonl",
        {"id": "1", "text": LIMA},
        {"id": "1", "text": LIMA},
        {"id": "1", "text": "Quito protested."},
    )
    found = list(read_inputs([name]))
    assert [type(item).__name__ for item in found] == ["Document", "InputError"]
    assert "a.jsonl, line 3" in str(found[1])
    assert "a.jsonl, line 1" in str(found[1])


def test_bad_json_lines_are_named_and_the_others_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    bad = [
        "{not json",
        "[1, 2]",
        '"text"',
        '{"id": "x"}',
        '{"text": 5}',
        '{"text": " \\n"}',
        '{"n": ' + "9" * 5000 + "}",
    ]
    bad += [
        '{"text": "half a pair \\ud83d"}',
        '{"id": "\\udc00", "text": "Lima."}',
        '{"text": "a\\u0000b"}',
        "[" * 100_000,
    ]
    path.write_text("\n".join([*bad, "", json.dumps({"text": LIMA})]) + "\n", encoding="utf-8")
    found = list(read_inputs([str(path)]))
    assert [item.text for item in found if isinstance(item, Document)] == [LIMA]
    places = [item.where for item in found if isinstance(item, InputError)]
    assert places == [f"{path}, line {number}" for number in range(1, len(bad) + 1)]


@pytest.mark.parametrize("day", ["yesterday", "2018-02-30", "12/04/2018", "2018-4-12", "2018-04-123", "20180412"])
def test_a_wrong_date_is_an_error(tmp_path: Path, day: str) -> None:
    problem = one_error(lines(tmp_path / "a.jsonl", {"text": LIMA, "published": day}))
    assert "YYYY-MM-DD" in str(problem)


@pytest.mark.parametrize("moment", ["2018-04-12T23:59:00Z", "2018-04-12 09:00", " 2018-04-12 "])
def test_a_date_with_a_time_is_its_day(tmp_path: Path, moment: str) -> None:
    (document,) = documents(lines(tmp_path / "a.jsonl", {"text": LIMA, "published": moment}))
    assert document.published == "2018-04-12"


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Lima.\nEl señor habló.\n".encode("windows-1252"))
    problem = one_error(str(path))
    assert problem.where == f"{path}, line 2"
    assert "iconv" in problem.remedy


def test_binary_and_empty_files_and_missing_ones_are_named(tmp_path: Path) -> None:
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "blank.txt").write_text(" \n\t\n", encoding="utf-8")
    assert "binary" in one_error(str(tmp_path / "image.txt")).problem
    assert "empty" in one_error(str(tmp_path / "empty.txt")).problem
    assert "empty" in one_error(str(tmp_path / "blank.txt")).problem
    assert "does not exist" in one_error(str(tmp_path / "missing.txt")).problem


def test_a_folder_is_read_by_name_with_all_below_it(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name, text in (("b.txt", "Quito."), ("a.txt", "Lima."), ("sub/c.txt", "Bogota."), (".hidden.txt", "x")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    assert [d.text for d in documents(str(tmp_path))] == ["Lima.", "Quito.", "Bogota."]


def test_an_empty_folder_is_an_error_that_says_what_to_put_there(tmp_path: Path) -> None:
    problem = one_error(str(tmp_path))
    assert "holds no file" in problem.problem
    assert ".jsonl" in problem.remedy


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe\xff")
    (tmp_path / "b.txt").write_text(LIMA, encoding="utf-8")
    found = list(read_inputs([str(tmp_path / "none"), str(tmp_path)]))
    assert [type(item).__name__ for item in found] == ["InputError", "InputError", "Document"]


def test_a_line_of_fifty_megabytes_is_refused_and_the_next_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(50):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n' + json.dumps({"text": LIMA}).encode() + b"\n")
    refused, document = read_inputs([str(path)])
    assert isinstance(refused, InputError)
    assert refused.where.endswith("line 1")
    assert "50 MB" in refused.problem
    assert isinstance(document, Document)
    plain = tmp_path / "a.txt"
    plain.write_bytes(path.read_bytes())
    assert "MB" in one_error(str(plain)).problem


def test_a_page_is_read_as_its_article(tmp_path: Path) -> None:
    words = "Lima closed its consulate in Quito on Friday, the foreign ministry said in a statement. " * 4
    page = (
        '<html><head><title>Consulate closed</title><meta property="og:site_name" content="Andes Wire">'
        '<meta property="article:published_time" content="2020-02-03T10:00:00Z"></head><body><nav>Sport Weather</nav>'
        f"<article><h1>Consulate closed</h1><p>{words}</p></article></body></html>"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (document,) = documents(str(tmp_path / "a.html"))
    assert words.strip() in document.text
    assert "Weather" not in document.text
    assert (document.title, document.published, document.publisher) == ("Consulate closed", "2020-02-03", "Andes Wire")


def test_a_page_without_an_article_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body><nav><a href='/'>Home</a></nav></body></html>", encoding="utf-8")
    assert "no article" in one_error(str(tmp_path / "a.html")).problem


@pytest.mark.parametrize(
    ("given", "texts"),
    [
        (LIMA.encode(), [LIMA]),
        (b'{"text": "Lima."}\n{"text": "Quito."}\n', ["Lima.", "Quito."]),
        (b'\xef\xbb\xbf{"text": "Lima."}\n', ["Lima."]),
    ],
)
def test_standard_input_is_text_or_json_lines(monkeypatch: pytest.MonkeyPatch, given: bytes, texts: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    assert [d.text for d in documents("-")] == texts


def test_empty_standard_input_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert "empty" in one_error("-").problem


def test_a_page_of_very_many_tags_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body>" + "<p>x" * 120_000, encoding="utf-8")
    (problem,) = read_inputs([str(tmp_path / "a.html")])
    assert isinstance(problem, InputError)
    assert "more than 100,000 tags" in str(problem)
