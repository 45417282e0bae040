"""Feeds in three formats, their slips, and what a hostile one asks for; lists of feeds."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import DragomanError, InputError
from dragoman.read.feed_lists import read_feed_lists
from dragoman.read.feeds import FeedItem, read_feed

URL = "https://andes.example/feeds/world"
WHOLE = "<p>" + "Soldiers closed the bridge of Tumbes on Monday, and talks with Quito were to follow. " * 12 + "</p>"

RSS_2 = f"""<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Andes Wire</title><atom:link rel="self" href="https://andes.example/self"/>
<item><media:title>No title</media:title><title>Bridge &amp;amp; road closed in Ca\xf1ete</title>
 <atom:link rel="self" href="https://andes.example/self"/>
 <link> https://andes.example/1?a=1&amp;b=2 </link><guid isPermaLink="false">n-1</guid>
 <pubDate>Mon, 03 Feb 2020 23:30:00 -0500</pubDate><description>Short.</description></item>
<item><title>Whole</title><guid>https://andes.example/2</guid><pubDate>gestern</pubDate>
 <content:encoded><![CDATA[{WHOLE}]]></content:encoded><media:content url="x.jpg"/></item>
<item><title>Teaser</title><link>/3</link><content:encoded><![CDATA[{WHOLE} [\u2026]]]></content:encoded></item>
<item><title>Again</title><link>/3</link></item>
</channel></rss>"""

RSS_1 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://andes.example/"><title>Andes Wire</title></channel>
<item rdf:about="https://andes.example/1"><title>Bridge closed</title><link>https://andes.example/1</link>
<dc:date>2020-02-03T08:00:00Z</dc:date></item></rdf:RDF>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://andes.example/base/"><title>Andes Wire</title>
<entry><id>tag:1</id><title type="html">&lt;b&gt;Bridge&lt;/b&gt; closed</title>
 <link rel="enclosure" href="a.mp3"/><link href="1"/>
 <published>2020-02-03T23:30:00-05:00</published><updated>2020-02-09T08:00:00Z</updated></entry>
<entry><id>tag:2</id><title>Whole</title><link rel="alternate" href="/2"/><updated>2020-02-04T08:00:00Z</updated>
 <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{WHOLE}</div></content></entry>
</feed>"""


def test_rss_2() -> None:
    first, second, third = read_feed(RSS_2.replace("…", "&#8230;").encode("iso-8859-1"), url=URL)
    assert first == FeedItem(
        "n-1", "https://andes.example/1?a=1&b=2", "Bridge & road closed in Cañete", "2020-02-03", None
    )
    assert (second.key, second.url, second.published) == ("https://andes.example/2", "https://andes.example/2", None)
    assert second.article == WHOLE
    assert (third.url, third.article) == ("https://andes.example/3", None)


def test_rss_1() -> None:
    (item,) = read_feed(RSS_1.encode(), url=URL)
    assert (item.url, item.title, item.published) == ("https://andes.example/1", "Bridge closed", "2020-02-03")


def test_atom() -> None:
    first, second = read_feed(ATOM.encode(), url=URL)
    assert first == FeedItem("tag:1", "https://andes.example/base/1", "Bridge closed", "2020-02-03", None)
    assert (second.url, second.published) == ("https://andes.example/2", "2020-02-04")
    assert second.article is not None
    assert "talks with Quito" in second.article


def test_slips_in_the_xml_are_mended() -> None:
    broken = b"\n <rss><channel><item><title>Lima & Quito&nbsp;talk</title><link>http://a.example/1</link></item><item>"
    first = read_feed(broken, url=URL)[0]
    assert (first.url, (first.title or "").startswith("Lima")) == ("http://a.example/1", True)


def test_items_without_anything_are_told_from_one_another() -> None:
    found = read_feed(b"<rss><item><title>a</title></item><item><title>b</title></item><item/></rss>", url=URL)
    assert len({item.key for item in found}) == 3
    assert all(item.url is None for item in found)


@pytest.mark.parametrize(
    "data", [b"", b"<html><body>Not here</body></html>", b"{}", b"\x00\x01", b"<rss", b"<a:rss xmlns:a='urn:x'/>"]
)
def test_what_is_no_feed_is_told(data: bytes) -> None:
    if data == b"<rss":
        assert read_feed(data + b">", url=URL) == []
        return
    with pytest.raises(InputError, match="is no feed"):
        read_feed(data, url=URL)


def test_entities_are_not_expanded_and_files_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("swordfish")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 50}">' for n in range(12))
    feed = (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">{laughs}]><rss><item><title>a &x; &l11; b</title>'
        "<link>http://a.example/1</link></item></rss>"
    )
    (item,) = read_feed(feed.encode(), url=URL)
    assert "swordfish" not in str(item)
    assert len(str(item)) < 500


def test_a_feed_of_very_many_items_is_cut() -> None:
    feed = "<rss>" + "".join(f"<item><link>http://a.example/{n}</link></item>" for n in range(3000)) + "</rss>"
    assert len(read_feed(feed.encode(), url=URL)) == 500


def test_a_feed_of_one_item_over_and_over_is_cut() -> None:
    again = "<item><link>http://a.example/1</link></item>" * 6_000
    feed = f"<rss>{again}<item><link>http://a.example/2</link></item></rss>"
    assert [item.url for item in read_feed(feed.encode(), url=URL)] == ["http://a.example/1"]


def test_an_item_of_very_many_parts_is_cut() -> None:
    (item,) = read_feed(f"<rss><item>{'<a/>' * 2_000}<link>http://a.example/1</link></item></rss>".encode(), url=URL)
    assert item.url is None


def test_addresses_of_megabytes_are_none() -> None:
    long = "a/" * 2_000
    feed = (
        f"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://b.example/{long}'>"
        f"<entry><link href='/1'/></entry><entry><id>2</id><link href='/{long}'/></entry></feed>"
    )
    assert [item.url for item in read_feed(feed.encode(), url=URL)] == ["https://andes.example/1", None]


def test_an_address_over_several_lines_is_one() -> None:
    for link in ("http://b.example/1\n  ", "http://b.exa\nmple/1", "\thttp://b.example/1\x85"):
        assert (
            read_feed(f"<rss><item><link>{link}</link></item></rss>".encode(), url=URL)[0].url == "http://b.example/1"
        )


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://a.example/1"])
def test_what_is_no_address_of_the_web_is_none(link: str) -> None:
    assert read_feed(f"<rss><item><link>{link}</link></item></rss>".encode(), url=URL)[0].url is None


@pytest.mark.parametrize(
    ("feed", "charset"),
    [
        ("<rss><item><title>Cañete</title></item></rss>".encode(), None),
        ("<rss><item><title>Cañete</title></item></rss>".encode(), "utf-8"),
        ("<rss><item><title>Cañete</title></item></rss>".encode("cp1252"), None),
        ("<rss><item><title>Cañete</title></item></rss>".encode("cp1252"), "iso-8859-1"),
        ("<rss><item><title>Cañete</title></item></rss>".encode("cp1252"), "x-nobody-knows"),
        ("<rss><item><title>Cañete</title></item></rss>".encode("utf-16"), None),
        ("<?xml version='1.0' encoding='iso-8859-1'?><rss><item><title>Cañete</title></item></rss>".encode("cp1252"),
         "utf-8"),
        ("\n<?xml version='1.0'?><rss><item><title>Cañete</title></item></rss>".encode("cp437"), "cp437"),
    ],
)  # fmt: skip
def test_the_encoding_is_the_feeds_own_or_the_servers_or_seen(feed: bytes, charset: str | None) -> None:
    assert read_feed(feed, url=URL, charset=charset)[0].title == "Cañete"


def test_a_title_has_neither_markup_nor_what_steers_a_terminal() -> None:
    told = "<![CDATA[<b>Lima</b><script>x</script> &#27;]0;y&#7; \x9b2J&amp;lt;b&gt;]]>"
    (item,) = read_feed(f"<rss><item><title>{told}</title></item></rss>".encode(), url=URL)
    assert item.title == "Limax ]0;y 2J&lt;b>"


# Lists


def test_lists_are_lines_opml_or_addresses(tmp_path: Path) -> None:
    lines, opml = tmp_path / "feeds.txt", tmp_path / "feeds.opml"
    lines.write_text("# remark\nhttps://a.example/rss\n\n  http://b.example/rss \n", encoding="utf-8")
    opml.write_text(
        '<?xml version="1.0" encoding="utf-16"?><opml><body><outline text="Wires"><outline type="rss" xmlUrl="https://c.example/señal"/>'
        '<outline text="no feed"/></outline><outline xmlUrl="https://a.example/rss"/></body></opml>',
        encoding="utf-8",
    )
    assert read_feed_lists([str(lines), str(opml), "https://d.example/"]) == [
        "https://a.example/rss", "http://b.example/rss", "https://c.example/señal", "https://d.example/",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("https://a.example/\nfile:///etc/passwd\n", "line 2: 'file:///etc/passwd' is no address"),
        ("<opml><body><outline xmlUrl='gopher://a'/></body></opml>", "line 1: 'gopher://a' is no address"),
        ("# nothing\n", "no feed is named"),
        ("<opml>", "no feed is named"),
    ],
)
def test_what_is_no_list_is_told(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "feeds"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DragomanError, match=problem):
        read_feed_lists([str(path)])
    with pytest.raises(InputError, match="neither an address nor a file"):
        read_feed_lists([str(tmp_path / "none")])
