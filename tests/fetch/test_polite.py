"""How servers are asked: who we say we are, pauses, robots.txt, redirects, limits, and what is refused."""

from __future__ import annotations

import gzip
import socket
import time
from contextlib import suppress
from threading import Thread
from typing import Any

import pytest

import dragoman
from dragoman.errors import FetchError
from dragoman.fetch import connection, polite
from dragoman.fetch.polite import Fetcher


@pytest.fixture
def fetcher(clock: Any) -> Fetcher:
    return Fetcher(clock=clock, sleep=clock.sleep)


def problem_of(fetcher: Fetcher, url: str, **options: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(url, **options)
    return caught.value


def test_an_answer_and_who_asked_for_it(server: Any, fetcher: Fetcher) -> None:
    server.pages["/a"] = (200, {"Content-Type": 'Text/HTML; Charset="iso-8859-2"'}, b"Gda\xf1sk")
    answer = fetcher.fetch(server.url("/a"), allowed={server.place})
    assert (answer.status, answer.kind, answer.charset, answer.body) == (200, "text/html", "iso-8859-2", b"Gda\xf1sk")
    assert server.asked[-1][1]["user-agent"].startswith(f"dragoman/{dragoman.__version__} ")
    assert server.asked[-1][1]["host"] == f"127.0.0.1:{server.place[1]}"


def test_packed_answers_are_unpacked_and_bombs_are_not(server: Any, fetcher: Fetcher) -> None:
    server.pages["/a"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"page"))
    server.pages["/bomb"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"\0" * 100_000_000))
    server.pages["/long"] = (200, {}, b"x" * 17_000_000)
    server.pages["/lies"] = (200, {"Content-Encoding": "gzip"}, b"not packed")
    assert fetcher.fetch(server.url("/a"), allowed={server.place}).body == b"page"
    for path in ("/bomb", "/long"):
        assert "has more than 17 MB" in str(problem_of(fetcher, server.url(path), allowed={server.place}))
    assert "not packed as it says" in str(problem_of(fetcher, server.url("/lies"), allowed={server.place}))


def test_one_host_is_asked_with_pauses(server: Any, other_server: Any, fetcher: Fetcher, clock: Any) -> None:
    for each in (server, other_server):
        each.pages["/a"] = (200, {}, b"page")
        fetcher.fetch(each.url("/a"), allowed={each.place})
    assert clock.slept == [1.0, 1.0], "between robots.txt and the page of each, not from host to host"
    fetcher.fetch(server.url("/a"), allowed={server.place})
    assert len(clock.slept) == 2, "the other host took longer than the pause"


def test_a_wish_for_longer_pauses_is_heeded_within_reason(server: Any, fetcher: Fetcher, clock: Any) -> None:
    server.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 7\n")
    server.pages["/a"] = (200, {}, b"page")
    fetcher.fetch(server.url("/a"), allowed={server.place})
    assert clock.slept == [7.0]


@pytest.mark.parametrize(("wish", "pause"), [("1" + "0" * 400, 1.0), ("99999", 30.0), ("-5", 1.0), ("soon", 1.0)])
def test_an_odd_wish_for_pauses_stops_nothing(
    server: Any, fetcher: Fetcher, clock: Any, wish: str, pause: float
) -> None:
    server.pages["/robots.txt"] = (200, {}, f"User-agent: *\nCrawl-delay: {wish}\n".encode())
    server.pages["/a"] = (200, {}, b"page")
    fetcher.fetch(server.url("/a"), allowed={server.place})
    assert clock.slept == [pause]


def test_robots_txt_is_heeded_and_read_once(server: Any, fetcher: Fetcher) -> None:
    server.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private\nUser-agent: dragoman\nDisallow: /no\n")
    server.pages["/a"] = server.pages["/no"] = (200, {}, b"page")
    fetcher.fetch(server.url("/a"), allowed={server.place})
    refused = problem_of(fetcher, server.url("/no/way"), allowed={server.place})
    assert ("robots.txt does not allow" in str(refused), refused.passing) == (True, False)
    assert [path for path, _ in server.asked] == ["/robots.txt", "/a"]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_host_in_trouble_is_not_asked_for_pages(server: Any, fetcher: Fetcher, status: int) -> None:
    server.pages["/robots.txt"] = (status, {}, b"")
    server.pages["/a"] = (200, {}, b"page")
    assert problem_of(fetcher, server.url("/a"), allowed={server.place}).passing
    assert server.paths == []


def test_robots_txt_of_very_many_hosts_are_not_all_kept(
    server: Any, other_server: Any, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polite, "_ROBOTS_KEPT", 3_000)
    for each in (server, other_server):
        each.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /no\n" + b"# long\n" * 300)
        each.pages["/a"] = (200, {}, b"page")
    for each in (server, other_server, server, server):
        fetcher.fetch(each.url("/a"), allowed={each.place})
    assert [path for path, _ in server.asked] == ["/robots.txt", "/a", "/robots.txt", "/a", "/a"]


def test_redirects_are_followed_within_what_is_allowed(server: Any, other_server: Any, fetcher: Fetcher) -> None:
    server.pages["/a"] = (302, {"Location": "b?x=1"}, b"")
    server.pages["/b?x=1"] = (200, {}, b"page")
    server.pages["/out"] = (301, {"Location": other_server.url("/secret")}, b"")
    server.pages["/file"] = (301, {"Location": "file:///etc/passwd"}, b"")
    server.pages["/round"] = (307, {"Location": "/round"}, b"")
    server.pages["/none"] = (302, {}, b"")
    assert fetcher.fetch(server.url("/a"), allowed={server.place}).url == server.url("/b?x=1")
    assert "private network" in str(problem_of(fetcher, server.url("/out"), allowed={server.place}))
    assert other_server.asked == [], "not even for its robots.txt"
    assert "no address of the web" in str(problem_of(fetcher, server.url("/file"), allowed={server.place}))
    for path in ("/round", "/none"):
        assert "redirect to redirect" in str(problem_of(fetcher, server.url(path), allowed={server.place}))


def test_a_private_host_that_nobody_gave_is_not_asked(server: Any, fetcher: Fetcher) -> None:
    assert "private network" in str(problem_of(fetcher, server.url("/a")))
    assert server.asked == []


@pytest.mark.parametrize(("status", "passing"), [(404, False), (410, False), (403, False), (500, True), (502, True)])
def test_refusals_tell_whether_to_try_again(server: Any, fetcher: Fetcher, status: int, passing: bool) -> None:
    server.pages["/a"] = (status, {}, b"")
    refused = problem_of(fetcher, server.url("/a"), allowed={server.place})
    assert (f"answers {status}" in str(refused), refused.passing) == (True, passing)


def test_a_server_that_wants_a_pause_gets_it(server: Any, fetcher: Fetcher, clock: Any) -> None:
    server.pages["/busy"] = (429, {"Retry-After": "120"}, b"")
    server.pages["/a"] = (200, {}, b"page")
    assert problem_of(fetcher, server.url("/busy"), allowed={server.place}).wait == 120.0
    again = problem_of(fetcher, server.url("/a"), allowed={server.place})
    assert (again.passing, again.wait) == (True, 120.0)
    assert server.paths == ["/busy"]
    clock.now += 121
    assert fetcher.fetch(server.url("/a"), allowed={server.place}).body == b"page"


def test_a_server_that_trickles_is_left(monkeypatch: pytest.MonkeyPatch, fetcher: Fetcher) -> None:
    monkeypatch.setattr(connection, "_DEADLINE", 0.3)
    listening = socket.create_server(("127.0.0.1", 0))

    def trickle() -> None:
        talking, _ = listening.accept()
        with talking:
            try:
                for _ in range(10_000):
                    talking.sendall(b"H")
                    time.sleep(0.01)
            except OSError:
                pass

    Thread(target=trickle, daemon=True).start()
    place = ("127.0.0.1", listening.getsockname()[1])
    refused = problem_of(fetcher, f"http://127.0.0.1:{place[1]}/a", allowed={place})
    assert refused.passing
    listening.close()


def test_nobody_there_is_told(fetcher: Fetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    refused = problem_of(fetcher, f"http://127.0.0.1:{port}/", allowed={("127.0.0.1", port)})
    assert ("can't be reached" in str(refused), refused.passing) == (True, True)


def told_by(answer: bytes, *, drip: bytes = b"") -> tuple[str, int]:
    """A server that answers these bytes to whoever asks, and then goes on to drip."""
    listening = socket.create_server(("127.0.0.1", 0))

    def talk() -> None:
        while True:
            talking, _ = listening.accept()
            with talking, suppress(OSError):
                robots = talking.recv(65536).startswith(b"GET /robots.txt")
                talking.sendall(b"HTTP/1.1 404 None\r\nContent-Length: 0\r\n\r\n" if robots else answer)
                while drip and not robots:
                    talking.sendall(drip)
                    time.sleep(0.01)

    Thread(target=talk, daemon=True).start()
    return ("127.0.0.1", listening.getsockname()[1])


@pytest.mark.parametrize("head", [b"", b"Connection: close\r\n", b"Content-Length: 9000000\r\n"])
def test_an_answer_that_never_ends_is_left(monkeypatch: pytest.MonkeyPatch, fetcher: Fetcher, head: bytes) -> None:
    monkeypatch.setattr(connection, "_DEADLINE", 0.3)
    place = told_by(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n<rss>", drip=b" ")
    refused = problem_of(fetcher, f"http://127.0.0.1:{place[1]}/a", allowed={place})
    assert ("no whole answer within" in str(refused), refused.passing) == (True, True)


def test_a_servers_own_words_are_told_in_one_line(fetcher: Fetcher) -> None:
    place = told_by(b"evil\r\n\r\n")
    refused = problem_of(fetcher, f"http://127.0.0.1:{place[1]}/a", allowed={place})
    assert ("(evil)" in str(refused), len(str(refused).splitlines())) == (True, 1)


def test_half_an_answer_is_none(fetcher: Fetcher) -> None:
    packed = gzip.compress(b"page " * 500)[:-20]
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    for answer in (b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n<p>Ankara expelled", head + packed):
        place = told_by(answer)
        assert problem_of(fetcher, f"http://127.0.0.1:{place[1]}/a", allowed={place}).passing
