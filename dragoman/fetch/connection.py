"""A target and headers go in, one answer of the server comes out, within limits of time and size."""

from __future__ import annotations

import http.client
import socket
import ssl
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
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
    """One request.  Raises FetchError where there is no whole answer, or one of over ``limit`` bytes (or cuts it)."""
    try:
        connection = _connect(where, allowed)
        with closing(connection), _broken_off_after(_DEADLINE, connection.sock):
            connection.request("GET", where.path, headers={"User-Agent": AGENT, "Accept-Encoding": "gzip", **headers})
            response = connection.getresponse()
            told = {name.lower(): value for name, value in response.getheaders()}
            data = response.read(limit + 1) if response.status == 200 else b""
            if response.status == 200 and response.length and len(data) <= limit:
                raise http.client.IncompleteRead(data, response.length)  # half an article is none
    except (OSError, http.client.HTTPException, ValueError) as problem:
        found = " ".join(str(problem).split()) or type(problem).__name__  # it may hold the server's own words
        raise FetchError(where.url, f"can't be fetched ({found[:200]})", _AGAIN, passing=True) from None
    return Answer(where.url, response.status, told, _body(data, told, where, limit, cut=cut))


@contextmanager
def _broken_off_after(seconds: float, connected: socket.socket) -> Iterator[None]:
    """Raise TimeoutError where what is done inside takes longer, and end the connection, so that nobody waits for it.

    The library lets go of its socket where a server says that it will close, so this one is held here.
    """
    late = Event()

    def stop() -> None:
        late.set()
        with suppress(OSError):
            connected.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if late.is_set():
            raise TimeoutError(f"no whole answer within {seconds:.0f} seconds")


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
    raise FetchError(where.url, f"can't be reached ({problem})", _AGAIN, passing=True)


def _body(data: bytes, headers: Mapping[str, str], where: Target, limit: int, *, cut: bool) -> bytes:
    coding = headers.get("content-encoding", "").strip().lower()
    if len(data) <= limit and coding in ("gzip", "x-gzip", "deflate"):
        try:
            unpacking = zlib.decompressobj(wbits=47)
            data = unpacking.decompress(data, limit + 1)
            if len(data) <= limit and not unpacking.eof:
                raise zlib.error("it ends too soon")
        except zlib.error as problem:
            raise FetchError(where.url, f"is not packed as it says ({problem})", _AGAIN, passing=True) from None
    if len(data) > limit and not cut:
        raise FetchError(where.url, f"has more than {limit / 1e6:.0f} MB", "It is left out")
    return data[:limit]
