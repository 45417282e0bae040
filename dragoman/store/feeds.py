"""An open case file and a feed's address go in, what is known of the feed comes out; what a round found is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.store.database import CaseFile


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the server told of a feed, how often running it could not be had, and when it may be asked for again."""

    etag: str | None = None
    modified: str | None = None
    troubles: int = 0
    not_before: float = 0.0


@dataclass(frozen=True, slots=True)
class ItemState:
    """An item that was tried; ``done`` ones are never asked for again."""

    item: str
    url: str | None
    tries: int
    done: bool


def feed_state(case: CaseFile, address: str) -> FeedState:
    """What is known of a feed."""
    rows = case.rows("SELECT etag, modified, troubles, not_before FROM feeds WHERE address = $it", {"it": address})
    return FeedState(**rows[0]) if rows else FeedState()


def tries_of(case: CaseFile, address: str, items: Sequence[tuple[str, str | None]]) -> dict[str, int]:
    """Of these items (key, address of the page) those that are not done, with how often they were tried in vain.

    One whose page another feed has brought already is done.
    """
    tried = {
        row["item"]: row
        for row in case.rows(
            "SELECT item, tries, done FROM feed_items WHERE feed = $feed AND item IN (SELECT unnest($keys))",
            {"feed": address, "keys": [key for key, _ in items]},
        )
    }
    pages = {
        row["url"]
        for row in case.rows(
            "SELECT DISTINCT url FROM feed_items WHERE done AND url IN (SELECT unnest($urls))",
            {"urls": [url for _, url in items if url]},
        )
    }
    return {
        key: tried[key]["tries"] if key in tried else 0
        for key, url in items
        if not (key in tried and tried[key]["done"]) and url not in pages
    }


def record_items(case: CaseFile, address: str, items: Iterable[ItemState]) -> None:
    """Record what became of items."""
    with case.transaction():
        for each in items:
            case.connection.execute(
                "INSERT OR REPLACE INTO feed_items VALUES (?, ?, ?, ?, ?)",
                [address, each.item, each.url, each.tries, each.done],
            )


def record_feed(case: CaseFile, address: str, state: FeedState) -> None:
    """Record what a round found of a feed; one that was had is no failure any more."""
    with case.transaction():
        case.connection.execute(
            "INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?, ?)",
            [address, state.etag, state.modified, state.troubles, state.not_before],
        )
        if not state.troubles:
            forget_failures(case, [address])


def forget_failures(case: CaseFile, places: Sequence[str]) -> None:
    """Take back failures at these places, since what failed there has been had."""
    case.connection.execute("DELETE FROM failures WHERE place IN (SELECT unnest($places))", {"places": list(places)})
