"""`dragoman watch` against a server of the tests' own: what is fetched, what never again, what fails and what rests."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dragoman.cli import main
from dragoman.coder import Coder
from dragoman.commands.watching import Round, Watcher, watch_feeds
from dragoman.errors import CaseError, InputError
from dragoman.fetch.polite import Fetcher
from dragoman.store.database import open_case, sole_writer

Run = Callable[..., Result]
XML = {"Content-Type": "application/rss+xml"}
STORY = "<p>Ankara expelled ten Dutch diplomats on Monday, the foreign ministry of {} said in a statement.</p>"


def page(town: str) -> bytes:
    told = STORY.format(town) + f"<p>Talks about the bridge of {town} were to follow on Friday, officials said.</p>" * 3
    return f"<html><head><title>News of {town}</title></head><body><article>{told}</article></body></html>".encode()


def feed(*items: str) -> bytes:
    return f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>".encode()


def item(name: str, *, link: str | None = None, more: str = "") -> str:
    day = "<pubDate>Mon, 03 Feb 2020 08:00:00 GMT</pubDate>"
    return f"<item><guid isPermaLink='false'>{name}</guid><link>{link or '/' + name}</link>{day}{more}</item>"


@pytest.fixture
def problems() -> list[InputError]:
    return []


@pytest.fixture
def watcher(tmp_path: Path, coder: Coder, clock: Any, problems: list[InputError]) -> Watcher:
    fetcher = Fetcher(clock=clock, sleep=clock.sleep)
    return Watcher(tmp_path / "case.duckdb", coder=coder, fetcher=fetcher, report=problems.append)


def rows(watcher: Watcher, sql: str) -> list[tuple[Any, ...]]:
    with open_case(watcher.case, read_only=True) as case:
        return [tuple(row.values()) for row in case.rows(sql)]


def test_new_articles_are_coded_once(server: Any, watcher: Watcher) -> None:
    server.pages["/rss"] = (200, XML, feed(item("lima"), item("quito")))
    server.pages["/lima"], server.pages["/quito"] = (200, {}, page("Lima")), (200, {}, page("Quito"))
    first = watcher.round([server.url("/rss")])
    assert (first.read, first.documents, first.failures) == (1, 2, 0)
    assert first.claims > 0
    server.pages["/rss"] = (200, XML, feed(item("cusco"), item("lima"), item("quito", link="/quito?again")))
    server.pages["/cusco"] = (200, {}, page("Cusco"))
    assert watcher.round([server.url("/rss")]).documents == 1
    assert server.paths == ["/rss", "/lima", "/quito", "/rss", "/cusco"]
    assert rows(watcher, "SELECT title, published::VARCHAR, publisher, url FROM documents ORDER BY title") == [
        (f"News of {town}", "2020-02-03", "127.0.0.1", server.url(f"/{town.lower()}"))
        for town in ("Cusco", "Lima", "Quito")
    ]


def test_a_feed_is_sent_again_only_if_it_has_changed(server: Any, watcher: Watcher) -> None:
    server.pages["/rss"] = (200, {**XML, "ETag": '"7"', "Last-Modified": "Mon, 03 Feb 2020 08:00:00 GMT"}, feed())
    watcher.round([server.url("/rss")])
    later = Watcher(watcher.case, coder=watcher.coder, fetcher=Fetcher(clock=watcher.fetcher.clock, sleep=id))
    assert later.round([server.url("/rss")]) == Round(unchanged=1)
    assert server.asked[-1][1]["if-none-match"] == '"7"'
    assert server.asked[-1][1]["if-modified-since"] == "Mon, 03 Feb 2020 08:00:00 GMT"


def test_an_article_that_the_feed_has_whole_is_not_fetched(server: Any, watcher: Watcher) -> None:
    whole = f"<content:encoded><![CDATA[{STORY.format('Lima') * 12}]]></content:encoded>"
    opened = "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
    more = f"<title>Whole</title>{whole}"
    server.pages["/rss"] = (200, XML, f"{opened}{item('lima', more=more)}</channel></rss>".encode())
    assert watcher.round([server.url("/rss")]).documents == 1
    assert server.paths == ["/rss"]
    assert rows(watcher, "SELECT title, url FROM documents") == [("Whole", server.url("/lima"))]


def test_a_page_that_two_feeds_name_is_fetched_once(server: Any, watcher: Watcher) -> None:
    server.pages["/a"] = server.pages["/b"] = (200, XML, feed(item("lima")))
    server.pages["/lima"] = (200, {}, page("Lima"))
    assert watcher.round([server.url("/a"), server.url("/b")]).documents == 1
    assert server.paths.count("/lima") == 1


def test_failures_are_told_and_kept_and_the_rest_goes_on(
    server: Any, other_server: Any, watcher: Watcher, problems: list[InputError]
) -> None:
    server.pages["/rss"] = (
        200,
        XML,
        feed(item("gone"), item("empty"), item("x", link=other_server.url("/x")), "<item/>", item("lima")),
    )
    server.pages["/empty"] = (200, {}, b"<html><body>Menu</body></html>")
    server.pages["/lima"] = (200, {}, page("Lima"))
    assert watcher.round([server.url("/none"), server.url("/rss")]).failures == len(problems) == 5
    assert rows(watcher, "SELECT count(*) FROM documents") == [(1,)]
    kept = dict(rows(watcher, "SELECT place, problem FROM failures"))
    assert kept[server.url("/gone")] == kept[server.url("/none")] == "the server answers 404"
    assert "no article" in kept[server.url("/empty")]
    assert "private network" in kept[other_server.url("/x")]
    assert all(problem.remedy for problem in problems)
    before = list(server.paths)
    watcher.round([server.url("/rss")])
    assert server.paths == [*before, "/rss"], "what failed for good is not asked for again"
    assert other_server.asked == []


def test_what_fails_for_now_is_tried_again_three_times_and_forgotten_when_it_comes(
    server: Any, watcher: Watcher
) -> None:
    server.pages["/rss"] = (200, {**XML, "ETag": '"7"'}, feed(item("down"), item("slow")))
    server.pages["/down"] = (500, {}, b"")
    server.pages["/slow"] = [(502, {}, b""), (200, {}, page("Lima"))]
    found = [watcher.round([server.url("/rss")]) for _ in range(4)]
    assert [each.documents for each in found] == [0, 1, 0, 0]
    assert [each.unchanged for each in found] == [0, 0, 0, 1], "until nothing is missing the feed has to come again"
    assert (server.paths.count("/down"), server.paths.count("/slow")) == (3, 2)
    assert [place for (place,) in rows(watcher, "SELECT place FROM failures")] == [server.url("/down")]


def test_a_server_that_wants_a_pause_gets_it_and_no_try_is_lost(server: Any, watcher: Watcher, clock: Any) -> None:
    server.pages["/rss"] = (200, XML, feed(item("a"), item("b")))
    server.pages["/a"] = [(429, {"Retry-After": "5000"}, b""), (200, {}, page("Lima"))]
    server.pages["/b"] = (200, {}, page("Quito"))
    assert watcher.round([server.url("/rss")]).documents == 0
    watcher.round([server.url("/rss")])
    assert server.paths == ["/rss", "/a"], "neither the other page nor the feed is asked for meanwhile"
    clock.now += 5001
    assert watcher.round([server.url("/rss")]).documents == 2


def test_a_feed_in_trouble_rests_longer_each_time(server: Any, watcher: Watcher, clock: Any) -> None:
    server.pages["/rss"] = [(500, {}, b""), (500, {}, b""), (200, XML, feed())]
    asked = []
    for _ in range(6):
        watcher.round([server.url("/rss")])
        asked.append(len(server.paths))
        clock.now += watcher.every
    assert asked == [1, 2, 2, 3, 4, 5]
    assert rows(watcher, "SELECT * FROM failures") == [], "it works again"


def test_no_feed_takes_the_whole_round(server: Any, other_server: Any, watcher: Watcher) -> None:
    slow = [f"n{number}" for number in range(30)]
    server.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 30\n")
    server.pages["/rss"] = (200, {**XML, "ETag": '"7"'}, feed(*map(item, slow)))
    server.pages |= {f"/{name}": (200, {}, page(f"Quito, part {name}")) for name in slow}
    other_server.pages["/rss"] = (200, XML, feed(item("lima")))
    other_server.pages["/lima"] = (200, {}, page("Lima"))
    feeds = [server.url("/rss"), other_server.url("/rss")]
    first = watcher.round(feeds)
    assert (first.documents, other_server.paths) == (21, ["/rss", "/lima"]), "20 pages in ten minutes, and the other's"
    assert watcher.round(feeds).documents == 10, "the rest of the slow one"
    assert watcher.round(feeds).unchanged == 1
    assert len(server.paths) == len({*server.paths}) + 2, "no page was fetched twice"


def test_what_is_no_page_or_not_in_english_is_passed_over(server: Any, watcher: Watcher) -> None:
    server.pages["/rss"] = (200, XML, feed(item("film"), item("wien")))
    server.pages["/film"] = (200, {"Content-Type": "video/mp4"}, b"\0")
    german = (
        "<p>Die Regierung in Wien hat am Montag zehn Diplomaten ausgewiesen, weil sie nach ihren Angaben der Stadt "
        "schaden. Der Botschafter sprach von einem Irrtum und wird noch im Laufe der Woche nach Hause reisen.</p>"
    )
    server.pages["/wien"] = (200, {}, f"<html><body><article>{german}</article></body></html>".encode())
    found = watcher.round([server.url("/rss")])
    assert (found.documents, found.failures, sum(found.skipped.values())) == (0, 0, 2)
    assert sorted(reason for (reason,) in rows(watcher, "SELECT reason FROM skipped")) == [
        "not in English (German)",
        "what feeds name that is no web page",
    ]


def test_rounds_follow_one_another_and_survive_another_writer(server: Any, watcher: Watcher, clock: Any) -> None:
    server.pages["/rss"] = (200, XML, feed(item("lima")))
    server.pages["/lima"] = (200, {}, page("Lima"))
    told: list[int] = []
    troubles: list[str] = []
    lock = sole_writer(watcher.case)
    lock.__enter__()

    def trouble(problem: CaseError) -> None:
        troubles.append(str(problem))
        lock.__exit__(None, None, None)

    def tell(done: Round) -> None:
        told.append(done.documents)
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watch_feeds(watcher, [server.url("/rss")], tell=tell, trouble=trouble)
    assert told == [1, 0]
    assert "another dragoman is adding to it" in troubles[0]
    assert [rest for rest in clock.slept if rest > 1] == [898.0, 899.0], "a round is as long as it should be"


# The command


@pytest.fixture
def run(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr("dragoman.commands.watching.Coder", lambda model: coder)
    return lambda *arguments: CliRunner().invoke(main, ["watch", *map(str, arguments)])


def test_once_is_one_round(run: Run, server: Any, tmp_path: Path) -> None:
    server.pages["/robots.txt"] = (200, {}, b"")
    server.pages["/rss"] = (200, XML, feed(item("lima")))
    server.pages["/lima"] = (200, {}, page("Lima"))
    feeds = tmp_path / "feeds.txt"
    feeds.write_text(f"# the wires\n{server.url('/rss')}\n", encoding="utf-8")
    result = run(feeds, "--into", tmp_path / "case.duckdb", "--once")
    assert result.exit_code == 0, result.stderr
    assert "1 feeds read, 0 unchanged, 0 resting: 1 documents" in result.stderr
    assert run(server.url("/none"), "--into", tmp_path / "case.duckdb", "--once").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["none.txt"], "neither an address nor a file"),
        (["http://a.example/", "--every", "soon"], "no length of time"),
        (["http://a.example/", "--every", "5s"], "no way to treat a server"),
        (["http://a.example/", "--into", "case.csv"], "ends in .duckdb"),
    ],
)
def test_wrong_use_is_told(run: Run, tmp_path: Path, arguments: list[str], problem: str) -> None:
    result = run("--into", tmp_path / "case.duckdb", *arguments)
    assert (result.exit_code, problem in result.stderr) == (2, True), result.stderr
    assert not (tmp_path / "case.duckdb").exists()


def test_ctrl_c_ends_it_cleanly(server: Any, tmp_path: Path) -> None:
    server.pages["/rss"] = (200, XML, feed())
    heeds = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"  # a job in the background may not
    program = f"{heeds}; from dragoman.cli import main; main()"
    command = [sys.executable, "-c", program, "watch", server.url("/rss")]
    case = tmp_path / "case.duckdb"
    started = subprocess.Popen([*command, "--into", str(case)], stderr=subprocess.PIPE, text=True)
    assert started.stderr is not None
    first = started.stderr.readline()
    os.kill(started.pid, signal.SIGINT)
    try:
        _, told = started.communicate(timeout=60)
    finally:
        started.kill()
    assert "1 feeds read" in first
    assert (started.returncode, "stopped; what was coded is in" in told, "Traceback" in told) == (0, True, False)
    with open_case(case, read_only=True) as opened:
        assert opened.rows("SELECT troubles FROM feeds") == [{"troubles": 0}]
