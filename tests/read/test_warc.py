"""Web archives: which records are read, what is passed over, what is broken, and how much is read of anything."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import fastwarc
import pytest

from dragoman.errors import InputError
from dragoman.read import read_inputs
from dragoman.read.warc import NO_ARTICLE, NO_PAGE
from dragoman.records import Document, Skipped

Item = Document | InputError | Skipped


def page(town: str, *, head: str = "") -> bytes:
    told = f"<p>The governor of {town} said on Monday that soldiers had closed the bridge; talks would follow.</p>"
    return (
        f"<html><head><title>Bridge of {town} closed</title>{head}</head>"
        f"<body><article><h1>Bridge of {town} closed</h1>{told * 3}</article></body></html>"
    ).encode()


def record(
    url: str, body: bytes, *, status: str = "200 OK", kind: str = "text/html", headers: str = "", record_type: str = ""
) -> bytes:
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}\r\n".encode() + body
    return (
        f"WARC/1.0\r\nWARC-Type: {record_type or 'response'}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2020-02-03T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{zlib.crc32(answer):08x}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    ).encode() + answer + b"\r\n\r\n"  # fmt: skip


def town(name: str) -> bytes:
    return record(f"https://www.andes.example/{name.lower()}", page(name))


def read(path: Path, *records: bytes, **defaults: str) -> list[Item]:
    path.write_bytes(b"".join(records))
    return list(read_inputs([str(path)], **defaults))


def titles(items: list[Item]) -> list[str]:
    """The town in the title of each document, "!" for an error, the number of what was passed over."""
    return [
        (i.title or "").split()[2] if isinstance(i, Document) else "!" if isinstance(i, InputError) else str(i.number)
        for i in items
    ]


def zstd(data: bytes) -> bytes:
    stream = io.BytesIO()
    writer = fastwarc.ZstdWriter(stream)
    writer.write(data)
    writer.finish()
    writer.flush()
    return stream.getvalue()


@pytest.mark.parametrize(("suffix", "pack"), [(".warc", bytes), (".warc.gz", gzip.compress), (".warc.zst", zstd)])
def test_pages_are_documents_with_host_address_and_day(
    tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    dated = page("Tumbes", head='<meta property="article:published_time" content="2020-02-01T10:00:00Z">')
    found = read(tmp_path / f"a{suffix}", pack(record("https://www.andes.example/1", dated)), pack(town("Piura")))
    assert titles(found) == ["Tumbes", "Piura"]
    first, second = found
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.publisher, first.url) == ("andes.example", "https://www.andes.example/1")
    assert (first.published, second.published) == ("2020-02-01", None)
    assert "closed the bridge" in first.text


def test_the_same_page_has_the_same_id_in_whatever_archive_and_is_read_once(tmp_path: Path) -> None:
    (one,) = read(tmp_path / "a.warc", town("Piura"), town("Piura"))
    (other,) = read(tmp_path / "b.warc.gz", gzip.compress(town("Piura")))
    assert isinstance(one, Document)
    assert isinstance(other, Document)
    assert one == other
    assert [one.id] == [d.id for d in read_inputs([str(tmp_path)]) if isinstance(d, Document)]


def test_options_for_date_and_publisher_hold(tmp_path: Path) -> None:
    (found,) = read(tmp_path / "a.warc", town("Piura"), published="2020-02-05", publisher="Andes Wire")
    assert isinstance(found, Document)
    assert (found.published, found.publisher) == ("2020-02-05", "Andes Wire")


def test_what_is_no_page_is_passed_over_and_counted(tmp_path: Path) -> None:
    found = read(
        tmp_path / "a.warc",
        record("https://a.example/gone", page("Lima"), status="404 Not Found"),
        record("https://a.example/p.png", b"\x89PNG", kind="image/png"),
        record("https://a.example/q", page("Lima"), record_type="request"),
        record("ftp://a.example/f", page("Lima")),
        record("https://a.example/t", page("Lima")).replace(b"application/http; msgtype=response", b"text/plain"),
        record("https://a.example/menu", b"<html><body><a href=/>Home</a></body></html>"),
        town("Piura"),
    )
    assert titles(found) == ["1", "Piura", "5"]
    assert [(i.reason, i.where.rpartition("/")[2]) for i in found if isinstance(i, Skipped)] == [
        (NO_ARTICLE, found[0].where.rpartition("/")[2]),  # type: ignore[union-attr]
        (NO_PAGE, "a.warc"),
    ]


@pytest.mark.parametrize(
    ("headers", "pack"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress),
        ("Content-Encoding: deflate\r\n", zlib.compress),
        ("Content-Encoding: br\r\n", brotli.compress),
        ("Transfer-Encoding: chunked\r\n", lambda d: b"%x\r\n%s\r\n0\r\n\r\n" % (len(d), d)),
        ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
         lambda d: b"%x\r\n%s\r\n0\r\n\r\n" % (len(gzip.compress(d)), gzip.compress(d))),
        ("X-Crawl-Content-Encoding: gzip\r\n", bytes),
    ],
)  # fmt: skip
def test_codings_of_the_server_are_undone(tmp_path: Path, headers: str, pack: Callable[[bytes], bytes]) -> None:
    coded = record("https://a.example/1", pack(page("Tumbes")), headers=headers)
    assert titles(read(tmp_path / "a.warc", coded, town("Piura"))) == ["Tumbes", "Piura"]


def test_letters_are_those_of_the_server_or_of_the_page(tmp_path: Path) -> None:
    told = page("Tumbes").decode().replace("governor", "gouverneur Łęcki")
    found = read(
        tmp_path / "a.warc",
        record("https://a.example/1", told.encode("iso-8859-2"), kind="text/html; charset=ISO-8859-2"),
        record("https://b.example/1", told.replace("<head>", "<head><meta charset='iso-8859-2'>").encode("iso-8859-2")),
        record("https://c.example/1", told.encode()),
        record("https://d.example/1", told.encode(), kind="TEXT/HTML; charset=hex"),
    )
    assert ["Łęcki" in i.text for i in found if isinstance(i, Document)] == [True] * 4


# What is broken


def damaged(data: bytes) -> bytes:
    return data[:60] + b"\xff" * 40 + data[100:]


@pytest.mark.parametrize(
    "bad",
    [
        damaged(gzip.compress(town("Lima"))),
        gzip.compress(b"garbage\r\n" * 40),
        gzip.compress(town("Lima"))[:200],
        gzip.compress(town("Lima").replace(b"Content-Length: ", b"Content-Length: 999999999999")),
        gzip.compress(b"WARC/1.0\r\nX: " + b"y" * 100_000),
    ],
    ids=["damaged", "no record", "cut off", "too long", "endless header"],
)
def test_a_broken_record_is_told_with_its_byte_and_the_rest_is_read(tmp_path: Path, bad: bytes) -> None:
    first, last = gzip.compress(town("Tumbes")), gzip.compress(town("Piura"))
    found = read(tmp_path / "a.warc.gz", first, bad, last, last)
    assert titles(found) == ["Tumbes", "!", "Piura"]
    assert isinstance(found[1], InputError)
    assert found[1].where in {f"{tmp_path / 'a.warc.gz'}, byte {byte}" for byte in (0, len(first))}


@pytest.mark.parametrize(
    "bad",
    [
        b"garbage\r\n" * 40,
        town("Lima")[:-90],
        town("Lima").replace(b"Content-Length: ", b"Content-Length: 99"),
        town("Lima").replace(b"Content-Length: ", b"Content-Length: 99999999999"),
        town("Lima").replace(b"Content-Length: ", b"Content-Length: -"),
    ],
    ids=["no record", "cut off", "swallows the next", "too long", "less than nothing"],
)
def test_a_plain_archive_goes_on_after_a_broken_record(tmp_path: Path, bad: bytes) -> None:
    found = titles(read(tmp_path / "a.warc", town("Tumbes"), bad, town("Piura"), town("Cusco")))
    assert "!" in found
    assert [name for name in found if name not in ("!", "Lima", "1")] == ["Tumbes", "Piura", "Cusco"]


def test_an_archive_that_is_cut_off_is_told(tmp_path: Path) -> None:
    whole = gzip.compress(town("Tumbes")) + gzip.compress(town("Piura"))
    found = read(tmp_path / "a.warc.gz", whole[:-60])
    assert titles(found)[0] == "Tumbes"
    assert "!" in titles(found)


@pytest.mark.parametrize(
    "content",
    [b"no archive at all\n" * 100, gzip.compress(b"nor this\n" * 100), b"\x1f\x8b\x08"],
    ids=["plain", "packed", "cut off"],
)
def test_what_is_no_archive_is_one_error(tmp_path: Path, content: bytes) -> None:
    assert titles(read(tmp_path / "a.warc.gz", content)) == ["!"]


def test_a_page_that_lies_about_its_coding_is_an_error_of_its_own(tmp_path: Path) -> None:
    lies = record("https://a.example/1", page("Lima"), headers="Content-Encoding: gzip\r\n")
    found = read(tmp_path / "a.warc", town("Tumbes"), lies, town("Piura"))
    assert titles(found) == ["Tumbes", "!", "Piura"]


# Limits


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = record("https://a.example/1", gzip.compress(b"\0" * 400_000_000, 9), headers="Content-Encoding: gzip\r\n")
    large = record("https://a.example/2", b"x" * 17_000_000)
    found = read(tmp_path / "a.warc.gz", *map(gzip.compress, (town("Tumbes"), bomb, large, town("Piura"))))
    assert titles(found) == ["Tumbes", "!", "!", "Piura"]
    assert "unpacks to more than" in str(found[1])
    assert "more than one article can have" in str(found[2])


# Folders and lists


def test_a_folder_of_common_crawl_is_read_in_order_of_name(tmp_path: Path) -> None:
    for number, name in enumerate(("Cusco", "Piura", "Tumbes")):
        path = tmp_path / f"CC-NEWS-2020020{3 - number}000000-0000{number}.warc.gz"
        path.write_bytes(gzip.compress(town(name)))
    (tmp_path / "warc.paths").write_text("is not read with the folder\n")
    assert titles(list(read_inputs([str(tmp_path)]))) == ["Tumbes", "Piura", "Cusco"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_list_names_archives_below_its_folder(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    deep = tmp_path / "crawl-data" / "CC-NEWS"
    deep.mkdir(parents=True)
    (deep / "b.warc").write_bytes(town("Piura"))
    (tmp_path / "a.warc").write_bytes(town("Tumbes"))
    (tmp_path.parent / "secret.warc").write_bytes(town("Lima"))
    lines = [
        "crawl-data/CC-NEWS/b.warc",
        "crawl-data/CC-NEWS/a.warc",
        "../secret.warc",
        f"{tmp_path.parent}/secret.warc",
        "https://data.example/c.warc.gz",
        "crawl-data/none.warc.gz",
        "warc.paths",
        "n" * 300 + ".warc.gz",
        "",
    ]
    name = tmp_path / ("warc.paths" if pack is bytes else "warc.paths.gz")
    name.write_bytes(pack("\n".join(lines).encode()))
    found = list(read_inputs([str(name)]))
    assert sorted(titles(found)) == ["!"] * 6 + ["Piura", "Tumbes"]
    assert [t for t in titles(found) if t != "!"] == ["Tumbes", "Piura"], "in order of name"
    assert {i.where for i in found if isinstance(i, InputError)} == {f"{name}, line {n}" for n in range(3, 9)}


def test_a_list_that_is_no_list_is_one_error(tmp_path: Path) -> None:
    for number, content in enumerate((b"\x1f\x8b\x08broken", gzip.compress(b"x\n" * 20_000_000))):
        path = tmp_path / f"{number}.paths.gz"
        path.write_bytes(content)
        (problem,) = read_inputs([str(path)])
        assert isinstance(problem, InputError)


def test_without_the_extra_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastwarc", None)
    (problem,) = read(tmp_path / "a.warc", town("Piura"))
    assert isinstance(problem, InputError)
    assert 'pip install "dragoman[warc]"' in problem.remedy
