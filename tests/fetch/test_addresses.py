"""Which addresses may be asked for: the web only, and private networks never by a stranger's link."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from dragoman.errors import FetchError
from dragoman.fetch.addresses import checked_addresses, is_private, target


@pytest.mark.parametrize(
    ("url", "host", "port", "path"),
    [
        ("http://andes.example", "andes.example", 80, "/"),
        ("https://Andes.example:8443/a/../b?x=1&y=%20#z", "andes.example", 8443, "/a/../b?x=1&y=%20"),
        ("https://ñandú.example/ñ", "xn--and-6ma2c.example", 443, "/%C3%B1"),
        ("http://[2606:4700::1111]/x", "2606:4700::1111", 80, "/x"),
        ("http://a.example/x\r\nHost: evil", "a.example", 80, "/xHost:%20evil"),
    ],
)
def test_an_address_has_parts(url: str, host: str, port: int, path: str) -> None:
    found = target(url)
    assert (found.host, found.port, found.path) == (host, port, path)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/", "file:///etc/passwd", "//a.example/", "http://", "http:///x", "javascript:1", "",
        "http://a.example:99999/", "http://[::1", "http://me:secret@a.example/", "http://" + "a" * 70 + ".example/",
        "http://a.example/" + "x" * 3000, "http://a b.example/", "http://a\x7fb.example/", "http://a\x00b.example/",
        "http://" + "ñ." * 3_000_000 + "example/", "http://a<b.example/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(FetchError):
        target(url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "::1", "::ffff:127.0.0.1", "fe80::1", "fd00::1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "::",
    ],
)  # fmt: skip
def test_private_addresses_are_refused_unless_they_were_given(host: str) -> None:
    assert is_private((host, 80))
    with pytest.raises(FetchError, match="private network"):
        checked_addresses((host, 80), allowed={(host, 81), ("other", 80)})
    assert len(checked_addresses((host, 80), allowed={(host, 80)})) == 1


@pytest.mark.parametrize("host", ["93.184.216.34", "2606:4700:4700::1111", "64:ff9b::5db8:d822"])
def test_public_addresses_are_let_through(host: str) -> None:
    assert not is_private((host, 80))
    assert checked_addresses((host, 80), allowed=()) == [host]


def test_a_name_that_leads_to_both_is_private(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, 1, 6, "", (host, 80)) for host in ("93.184.216.34", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(FetchError, match="private network"):
        checked_addresses(("two-faced.example", 80), allowed=())
