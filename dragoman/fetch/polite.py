"""Addresses go in, answers come out: asked for one at a time, with pauses, as robots.txt and servers wish."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from dragoman.errors import FetchError
from dragoman.fetch.addresses import Host, Target, target
from dragoman.fetch.connection import Answer, ask
from dragoman.fetch.robots import Rules, read_rules
from dragoman.read.limits import LONGEST_LINE

_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 5
_BUSY = (429, 503)
# RFC 9309: so much of a robots.txt has to be read, and one that was read holds for a day.
_ROBOTS_LIMIT, _DAY = 500 * 1024, 86_400.0
# Of robots.txt files so many bytes are kept in mind, the latest: a hostile feed may name any number of hosts.
_ROBOTS_KEPT, _LEAST = 4_000_000, 200
_LONGEST_PAUSE = 30.0
_NAME = "dragoman"


@dataclass(frozen=True, slots=True)
class _Known:
    """What a robots.txt told: until when it holds, how many bytes it has, its rules."""

    until: float
    size: int
    rules: Rules


@dataclass(slots=True)
class Fetcher:
    """Asks servers, one request at a time; ``pause`` is the least number of seconds between two to one host."""

    pause: float = 1.0
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    _asked: dict[Host, float] = field(default_factory=dict)
    _not_before: dict[Host, float] = field(default_factory=dict)
    _robots: dict[tuple[str, Host], _Known] = field(default_factory=dict)

    def fetch(self, url: str, *, allowed: Collection[Host] = (), headers: Mapping[str, str] | None = None) -> Answer:
        """The answer of status 200 or 304, after redirects, each of which has to be allowed as well.

        Raises FetchError; ``passing`` tells whether to try later, ``wait`` the seconds that the server wants it to be.
        """
        where = target(url)
        for _ in range(_MOST_REDIRECTS + 1):
            self._check_robots(where, allowed)
            answer = self._ask(where, headers or {}, allowed, LONGEST_LINE)
            if answer.status in (200, 304):
                return answer
            if answer.status not in _REDIRECTS:
                raise self._refusal(where, answer)
            where = _redirected(where, answer)
        raise FetchError(url[:200], "leads from redirect to redirect", "Open it in a browser, and give where it ends")

    def _ask(
        self, where: Target, headers: Mapping[str, str], allowed: Collection[Host], limit: int, *, cut: bool = False
    ) -> Answer:
        now = self.clock()
        if (wait := self._not_before.get(where.place, 0) - now) > 0:
            raise FetchError(where.url, "its server asked for a pause", "It is tried again", passing=True, wait=wait)
        rest = self._asked.get(where.place, 0) + self._pause_for(where) - now
        if rest > 0:
            self.sleep(rest)
        try:
            return ask(where, headers, allowed=allowed, limit=limit, cut=cut)
        finally:
            self._asked[where.place] = self.clock()

    def _pause_for(self, where: Target) -> float:
        known = self._robots.get((where.scheme, where.place))
        wished = known.rules.delay if known else 0.0
        return max(self.pause, min(wished, _LONGEST_PAUSE))

    def _refusal(self, where: Target, answer: Answer) -> FetchError:
        """The error for an answer that is none; a server that wants a pause gets it."""
        status = answer.status
        wait = retry_after(answer.headers.get("retry-after", ""), now=self.clock())
        if status in _BUSY:
            self._not_before[where.place] = self.clock() + (wait or 60.0)
        passing = status in (408, 425, *_BUSY) or status >= 500
        remedy = "It is tried again later" if passing else "Open it in a browser; it may have moved, or need a login"
        return FetchError(where.url, f"the server answers {status}", remedy, passing=passing, wait=wait)

    def _check_robots(self, where: Target, allowed: Collection[Host]) -> None:
        """Raise FetchError where the host's robots.txt does not want this path to be read."""
        host = (where.scheme, where.place)
        known = self._robots.get(host)
        if known is None or known.until < self.clock():
            known = self._read_robots(where, allowed)
            self._robots.pop(host, None)
            self._robots[host] = known
            while sum(each.size for each in self._robots.values()) > _ROBOTS_KEPT:
                del self._robots[next(iter(self._robots))]
        if not known.rules.allow(where.path):
            raise FetchError(where.url, "the site's robots.txt does not allow it", "Ask the site, or take it elsewhere")

    def _read_robots(self, where: Target, allowed: Collection[Host]) -> _Known:
        """The rules of a host; none where it has none.  Raises FetchError where the host is in trouble."""
        port = "" if where.port in (80, 443) else f":{where.port}"
        host = f"[{where.host}]" if ":" in where.host else where.host
        asked = target(f"{where.scheme}://{host}{port}/robots.txt")
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._ask(asked, {}, allowed, _ROBOTS_LIMIT, cut=True)
            if answer.status not in _REDIRECTS:
                break
            asked = _redirected(asked, answer)
        if answer.status >= 500 or answer.status == 429:
            raise self._refusal(asked, answer)
        rules = read_rules(answer.body.decode("utf-8", errors="replace"), _NAME) if answer.status == 200 else Rules()
        return _Known(self.clock() + _DAY, max(len(answer.body), _LEAST), rules)


def retry_after(value: str, *, now: float) -> float | None:
    """The seconds that a server wants to be left alone: a number or a date, at most a day.

    >>> retry_after("120", now=0.0), retry_after("soon", now=0.0)
    (120.0, None)
    """
    try:
        wait = float(value) if value.strip().isdigit() else parsedate_to_datetime(value).timestamp() - now
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, 0.0), _DAY)


def _redirected(where: Target, answer: Answer) -> Target:
    try:
        return target(urljoin(where.url, answer.headers.get("location", "")))
    except ValueError:
        raise FetchError(where.url, "redirects to what is no address", "Open it in a browser") from None
