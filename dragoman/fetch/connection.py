"""A target and headers go in, one answer of the server comes out, within limits of time and size."""

from __future__ import annotations

import http.client
import socket
import ssl
import zlib
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Timer

from dragoman import __version__
from dragoman.errors import FetchError
from dragoman.fetch.addresses import Host, Target, checked_addresses

AGENT = f"dragoman/{__version__} (codes news feeds; heeds robots.txt)"
# Seconds for one step, and for the whole of an answer, however slowly it trickles in.
_PATIENCE, _DEADLINE = 20.0, 60.0
_AGAIN = "It is tried again later"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; the names of headers are in small letters."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """The media type, such as ``text/html``."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the server tells."""
        for part in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'") or None
        return None


def ask(
    where: Target, headers: Mapping[str, str], *, allowed: Collection[Host], limit: int, cut: bool = False
) -> Answer:
    """One request. Raises FetchError where there is no answer, or one of more than ``limit`` bytes (or cuts it)."""
    connection = _connect(where, allowed)
    late = Event()

    def stop() -> None:
        late.set()
        if connection.sock is not None:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(_DEADLINE, stop)
    timer.daemon = True
    timer.start()
    try:
        connection.request(
            "GET", where.path, headers={"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate", **headers}
        )
        response = connection.getresponse()
        told = {name.lower(): value for name, value in response.getheaders()}
        body = _body(response.read(limit + 1), told, where, limit, cut=cut) if response.status == 200 else b""
        if late.is_set():
            raise FetchError(where.url, f"has not answered within {_DEADLINE:.0f} seconds", _AGAIN, passing=True)
        return Answer(where.url, response.status, told, body)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        found = str(problem) or type(problem).__name__
        raise FetchError(where.url, f"can't be fetched ({found[:200]})", _AGAIN, passing=True) from None
    finally:
        timer.cancel()
        connection.close()


def _connect(where: Target, allowed: Collection[Host]) -> http.client.HTTPConnection:
    """A connection to one of the addresses that were checked, whatever the name leads to later."""
    problem: OSError | None = None
    connection = http.client.HTTPConnection(where.host, where.port, timeout=_PATIENCE)
    connection.auto_open = 0  # it would look the name up again
    for address in checked_addresses(where.place, allowed=allowed):
        try:
            plain = socket.create_connection((address, where.port), timeout=_PATIENCE)
            if where.scheme == "https":
                connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=where.host)
                connection.default_port = 443
            else:
                connection.sock = plain
            return connection
        except OSError as failed:
            problem = failed
    raise FetchError(where.url, f"can't be reached ({problem})", "It is tried again later", passing=True)


def _body(data: bytes, headers: Mapping[str, str], where: Target, limit: int, *, cut: bool) -> bytes:
    coding = headers.get("content-encoding", "").strip().lower()
    if len(data) <= limit and coding in ("gzip", "x-gzip", "deflate"):
        try:
            data = zlib.decompressobj(wbits=47).decompress(data, limit + 1)
        except zlib.error as problem:
            raise FetchError(where.url, f"is not packed as it says ({problem})", _AGAIN, passing=True) from None
    if len(data) > limit and not cut:
        raise FetchError(where.url, f"has more than {limit / 1e6:.0f} MB", "It is left out")
    return data[:limit]
