"""An address goes in, where to connect comes out: only the web, and no private network by a stranger's link.

Names are looked up once, and the connection goes to the address that was checked, so that a name can't change its mind.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

from dragoman.errors import FetchError
from dragoman.read.limits import LONGEST_ADDRESS

Host = tuple[str, int]
_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9._:%-]+")
# Of the addresses of a name, so many are tried.
_MOST = 3
# IPv4 addresses inside IPv6 ones.
_TRANSLATED = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be asked for, in its parts."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def place(self) -> Host:
        """The host and port, which are what a private address is allowed by."""
        return (self.host, self.port)


def target(url: str) -> Target:
    """The parts of an address of the web. Raises FetchError for any other.

    >>> target("https://Andes.example/a b?q=ñ#end").path
    '/a%20b?q=%C3%B1'
    """
    remedy = "Give an address that begins with http:// or https://"
    if len(url) > LONGEST_ADDRESS:  # before anything that takes time by its length
        raise FetchError(url[:200], f"is longer than {LONGEST_ADDRESS:,} characters", remedy)
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
        host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
    except (ValueError, UnicodeError):
        raise FetchError(url[:200], "is no address of the web", remedy) from None
    if parts.scheme not in _PORTS or not _HOST.fullmatch(host):
        raise FetchError(url[:200], "is no address of the web", remedy)
    if parts.username is not None or parts.password is not None:
        raise FetchError(url[:200], "holds a user name or password", "Leave out what stands before the @")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]") if parts.query else ""
    return Target(url, parts.scheme, host, port, path + query)


def is_private(place: Host) -> bool:
    """Does a host stand in a private network, or is it this machine? Raises FetchError where it is not known."""
    return any(not _is_public(found) for found in _look_up(place))


def checked_addresses(place: Host, *, allowed: Collection[Host]) -> list[str]:
    """The numeric addresses of a host, to connect to. Raises FetchError where it is private and not ``allowed``."""
    found = _look_up(place)
    if place not in allowed and not all(map(_is_public, found)):
        raise FetchError(
            place[0], "is an address of this machine or a private network", "Give it as a feed, if you mean it"
        )
    return [str(each) for each in found[:_MOST]]


def _look_up(place: Host) -> list[IPv4Address | IPv6Address]:
    host, port = place
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        remedy = "Check the name and the connection"
        raise FetchError(host, f"there is no such host ({problem})", remedy, passing=True) from None
    return list(dict.fromkeys(ip_address(str(sockaddr[0]).partition("%")[0]) for *_, sockaddr in found))


def _is_public(found: IPv4Address | IPv6Address) -> bool:
    if isinstance(found, IPv6Address):
        inside = found.ipv4_mapped or found.sixtofour
        if found in _TRANSLATED:
            inside = IPv4Address(int(found) & 0xFFFFFFFF)
        if inside is not None:
            return _is_public(inside)
        if found.teredo or found.is_site_local:
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved
