"""What tests of the desk share: a coded sample crisis, a server on it, a browser page that may reach nothing else."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Route, sync_playwright

from dragoman.coder import Coder
from dragoman.commands.telling import run_demo
from dragoman.web.app import create_app

CHROMIUM = os.environ.get("DRAGOMAN_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def coded(coder: Coder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled sample crisis, coded once."""
    path = tmp_path_factory.mktemp("desk") / "demo.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dragoman.commands.coding.Coder", lambda model: coder)
        run_demo(path)
    return path


@pytest.fixture
def crisis(coded: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    path = tmp_path / "demo.duckdb"
    path.write_bytes(coded.read_bytes())
    return path


@pytest.fixture
def server(crisis: Path, coder: Coder) -> Iterator[str]:
    """The desk on it, on a free port."""
    listening = socket.create_server(("127.0.0.1", 0))
    running = uvicorn.Server(uvicorn.Config(create_app(crisis, coder=coder), log_level="warning"))
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
    """A page on the desk; an error in its console, or a request to elsewhere, fails the test."""
    size = getattr(request, "param", {"width": 1440, "height": 900})
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
    opened.goto(server)
    opened.get_by_role("heading", name="demo").wait_for()
    yield opened
    context.close()
    assert not wrong, wrong
