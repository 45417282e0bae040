"""What tests of the desk share: copies of the sample crisis, a server, a browser page that may reach nothing else."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from dragoman.coder import Coder
from dragoman.store.database import open_case
from dragoman.web.app import create_app

CHROMIUM = os.environ.get("DRAGOMAN_CHROMIUM", "/usr/bin/chromium")
expect.set_options(timeout=30_000)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture
def crisis(sample: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    path = tmp_path / "demo.duckdb"
    path.write_bytes(sample.read_bytes())
    return path


@pytest.fixture(scope="session")
def crowd(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of over 100,000 claims: the sample crisis again and again, three days later each time."""
    path = tmp_path_factory.mktemp("crowd") / "crowd.duckdb"
    path.write_bytes(sample.read_bytes())
    later = {
        "documents": "own(id, r) AS id, published + CAST(r * 3 AS INTEGER) AS published",
        "claims": "own(id, r) AS id, own(document, r) AS document, own(about, r) AS about, CASE WHEN "
        "date_granularity = 'day' THEN CAST(TRY_CAST(date_value AS DATE) + CAST(r * 3 AS INTEGER) AS VARCHAR) "
        "ELSE date_value END AS date_value",
        "sources": "own(claim, r) AS claim",
        "sentences": "own(document, r) AS document",
    }
    with open_case(path) as case:
        case.connection.execute("CREATE TEMP MACRO own(id, r) AS left(id, 2) || left(md5(id || r), 16)")
        times = 100_000 // case.rows("SELECT count(*) AS n FROM claims")[0]["n"] + 1
        for table, changes in later.items():
            case.connection.execute(
                f"INSERT INTO {table} SELECT {table}.* REPLACE ({changes}) FROM {table}, range(1, {times}) AS t(r)"
            )
    return path


@pytest.fixture
def server(crisis: Path, coder: Coder) -> Iterator[str]:
    """The desk on it, on a free port."""
    with serving(crisis, coder) as address:
        yield address


@contextmanager
def serving(case: Path, coder: Coder) -> Iterator[str]:
    """The desk on a case file, on a free port."""
    listening = socket.create_server(("127.0.0.1", 0))
    running = uvicorn.Server(uvicorn.Config(create_app(case, coder=coder), log_level="warning"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    running.should_exit = True
    thread.join(5)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium; it is missed loudly, since tests that are passed over look green."""
    if not os.path.exists(CHROMIUM):
        pytest.fail(f"no chromium at {CHROMIUM}. Install it with: apt-get install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on the desk of the sample crisis."""
    with watching(browser, server, getattr(request, "param", {"width": 1440, "height": 900})) as opened:
        opened.goto(server)
        opened.get_by_role("heading", name="demo").wait_for()
        yield opened


@contextmanager
def watching(browser: Browser, server: str, size: Any) -> Iterator[Page]:
    """A page that is nowhere yet; an error in its console, or a request to elsewhere, fails the test at its end."""
    context = browser.new_context(viewport=size, reduced_motion="reduce")
    opened, wrong = context.new_page(), []

    def gate(route: Route) -> None:
        if route.request.url.startswith((server, "data:")):
            route.continue_()
        else:
            wrong.append(f"a request to {route.request.url}")
            route.abort()

    context.route("**/*", gate)
    opened.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    opened.on("pageerror", lambda problem: wrong.append(str(problem)))
    yield opened
    context.close()
    assert not wrong, wrong


@pytest.fixture(scope="session")
def served() -> Any:
    """served(case, coder): the desk on a case file, as a block that gives its address."""
    return serving


@pytest.fixture(scope="session")
def watched() -> Any:
    """watched(browser, server, size): a page that is nowhere yet, as a block."""
    return watching
