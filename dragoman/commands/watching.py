"""Addresses of feeds and a case file go in; new articles are fetched and coded into it, round after round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile
from pathlib import Path
from typing import TypeVar

from dragoman.coder import Coder
from dragoman.commands.coding import Report, Summary, code_into
from dragoman.engines.work import Reading
from dragoman.errors import CaseError, FetchError, InputError
from dragoman.fetch.addresses import Host, is_private, target
from dragoman.fetch.connection import Answer
from dragoman.fetch.polite import Fetcher
from dragoman.read.feeds import FeedItem, read_feed
from dragoman.read.html import NoArticleError, fetched_document, found_document
from dragoman.records import Document, Skipped
from dragoman.store.database import open_case
from dragoman.store.feeds import (
    FeedState,
    ItemState,
    feed_state,
    forget_failures,
    record_feed,
    record_items,
    tries_of,
)

NO_PAGE = "what feeds name that is no web page"
# So many articles are in memory at a time; what a stopped run has fetched and not stored is fetched again.
_BATCH = 16
_MOST_TRIES = 3
# So many seconds of a round one feed's articles may take; the rest comes in the next, so that no feed holds up others.
_LONGEST_TURN = 600.0
_LONGEST_REST = 86_400.0
_FEED_TYPES = "application/atom+xml, application/rss+xml, application/rdf+xml, application/xml;q=0.9, */*;q=0.5"
_PAGE_TYPES = "text/html, application/xhtml+xml, */*;q=0.5"
_Item = TypeVar("_Item")


@dataclass(slots=True)
class Round:
    """What one round over the feeds found."""

    read: int = 0
    unchanged: int = 0
    resting: int = 0
    documents: int = 0
    claims: int = 0
    failures: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    def count(self, coded: Summary) -> None:
        """Add what was coded of some articles."""
        self.documents += coded.documents
        self.claims += coded.claims
        self.failures += coded.failures
        self.skipped.update(coded.skipped)


@dataclass(slots=True)
class Watcher:
    """Reads feeds into a case file.  What it knows of them is kept there, so that a round may be run by itself."""

    case: Path
    every: float = 900.0
    model: str = "en_core_web_sm"
    coder: Coder | None = None
    fetcher: Fetcher = field(default_factory=Fetcher)
    report: Report = lambda problem: None
    _private: dict[str, frozenset[Host]] = field(default_factory=dict)

    def round(self, feeds: Sequence[str]) -> Round:
        """Ask every feed that may be asked once; code what is new."""
        found = Round()
        for feed in feeds:
            with open_case(self.case) as case:
                state = feed_state(case, feed)
            if state.not_before > self.fetcher.clock():
                found.resting += 1
                continue
            try:
                after = self._read(feed, state, found)
            except InputError as problem:
                found.failures += 1
                self.report(problem)
                after = self._rest(state, problem)
                with open_case(self.case) as case:
                    case.add_failures([InputError(feed, problem.problem, problem.remedy)])
            with open_case(self.case) as case:
                record_feed(case, feed, after)
        return found

    def _read(self, feed: str, state: FeedState, found: Round) -> FeedState:
        """Read one feed and code its new articles; what is to be known of it next time."""
        allowed = self._allowed(feed)
        known = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
        headers = {name: value for name, value in known.items() if value}
        answer = self.fetcher.fetch(feed, allowed=allowed, headers={"Accept": _FEED_TYPES, **headers})
        if answer.status == 304:
            found.unchanged += 1
            return replace(state, troubles=0, not_before=0.0)
        items = read_feed(answer.body, url=answer.url, charset=answer.charset)
        found.read += 1
        with open_case(self.case, read_only=True) as case:
            tries = tries_of(case, feed, [(item.key, item.url) for item in items])
        new = [item for item in items if item.key in tries]
        turn_ends = self.fetcher.clock() + _LONGEST_TURN
        in_turn = takewhile(lambda item: self.fetcher.clock() < turn_ends, new)
        read = ((item, self._article(item, feed, allowed)) for item in in_turn)
        done = sum(self._code(feed, batch, tries, found) for batch in _batches(read))
        if done < len(new):  # the feed has to come again, for the sake of the articles that could not be had yet
            return FeedState()
        return FeedState(_header(answer, "etag"), _header(answer, "last-modified"))

    def _code(self, feed: str, batch: list[tuple[FeedItem, Reading]], tries: dict[str, int], found: Round) -> int:
        """Code what was read of some items; how many of these are done with."""
        self.coder = self.coder or Coder(self.model)
        readings = [reading for _, reading in batch]
        found.count(code_into(readings, self.case, model=self.model, coder=self.coder, report=self.report))
        states = [_after(item, reading, tries[item.key]) for item, reading in batch]
        with open_case(self.case) as case:
            record_items(case, feed, states)
            forget_failures(case, [i.url for i, reading in batch if i.url and not isinstance(reading, InputError)])
        return sum(state.done for state in states)

    def _article(self, item: FeedItem, feed: str, allowed: frozenset[Host]) -> Reading:
        """The article of an item: the feed's own, where that is whole, else the page's."""
        try:
            if item.article and (document := _own_article(item, feed)):
                return document
            if not item.url:
                named = " ".join(item.key.split())[:80]
                raise InputError(f"{feed}, item {named}", "has no address", "Look for the article by its title")
            answer = self.fetcher.fetch(item.url, allowed=allowed, headers={"Accept": _PAGE_TYPES})
            if answer.kind not in ("text/html", "application/xhtml+xml", ""):
                return Skipped(item.url, NO_PAGE)
            document = fetched_document(
                answer.body,
                where=item.url,
                defaults={"published": item.published},
                url=answer.url,
                charset=answer.charset,
            )
            return replace(document, title=document.title or item.title)
        except FetchError as problem:
            place = item.url or feed
            return FetchError(place, problem.problem, problem.remedy, passing=problem.passing, wait=problem.wait)
        except InputError as problem:
            return problem

    def _allowed(self, feed: str) -> frozenset[Host]:
        """The feed's own host, where that was in a private network when it was first looked up."""
        if feed not in self._private:
            place = target(feed).place
            self._private[feed] = frozenset({place}) if is_private(place) else frozenset()
        return self._private[feed]

    def _rest(self, state: FeedState, problem: InputError) -> FeedState:
        """A feed in trouble rests twice as long each time, a day at most, or as long as its server wants."""
        wished = problem.wait if isinstance(problem, FetchError) else None
        rest = max(min(self.every * 2 ** min(state.troubles, 20), _LONGEST_REST), wished or 0.0)
        # A little less, so that the round that is due then finds it rested.
        return replace(state, troubles=state.troubles + 1, not_before=self.fetcher.clock() + rest - 1.0)


def watch_feeds(
    watcher: Watcher, feeds: Sequence[str], *, tell: Callable[[Round], None], trouble: Callable[[CaseError], None]
) -> None:
    """Round after round, until the program is stopped; ``tell`` is told what each found."""
    while True:
        started = watcher.fetcher.clock()
        try:
            tell(watcher.round(feeds))
        except CaseError as problem:  # such as another command that is adding to the case file
            trouble(problem)
        watcher.fetcher.sleep(max(started + watcher.every - watcher.fetcher.clock(), 1.0))


def _after(item: FeedItem, reading: Reading, tried: int) -> ItemState:
    """What is to be known of an item that was read; only what may be had later is not done with."""
    if not (isinstance(reading, FetchError) and reading.passing):
        return ItemState(item.key, item.url, tried, done=True)
    if reading.wait is None:  # else the server was not asked in vain, it asked for a pause
        tried += 1
    return ItemState(item.key, item.url, tried, done=tried >= _MOST_TRIES)


def _own_article(item: FeedItem, feed: str) -> Document | None:
    page = f"<html><body><article>{item.article}</article></body></html>"
    try:
        document = found_document(
            page, where=item.url or feed, defaults={"published": item.published}, url=item.url or feed
        )
    except NoArticleError:
        return None
    return replace(document, title=item.title)


def _header(answer: Answer, name: str) -> str | None:
    """A header as it may be sent back; one that is odd is left out."""
    value = answer.headers.get(name, "")
    return value if value and len(value) <= 300 and value.isascii() and value.isprintable() else None


def _batches(items: Iterator[_Item]) -> Iterator[list[_Item]]:
    while batch := list(islice(items, _BATCH)):
        yield batch


def seconds(told: str) -> float:
    """How long "90s", "15m", "2h" or "1d" is. Raises ValueError for anything else.

    >>> seconds("15m")
    900.0
    """
    units = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
    number, unit = told.strip()[:-1], told.strip()[-1:]
    if unit not in units or not number.isdigit():
        raise ValueError(f"{told!r} is no length of time")
    return float(int(number) * units[unit])
