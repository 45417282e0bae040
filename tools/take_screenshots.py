"""The bundled crisis goes in, the pictures of the desk in the README come out.

python tools/take_screenshots.py        (needs playwright and Debian's chromium)
"""

from __future__ import annotations

import socket
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from dragoman.commands.telling import run_demo
from dragoman.web.app import create_app

FOLDER = Path(__file__).resolve().parents[1] / "docs"
# Name, address and colours of each picture.
PICTURES = (("desk.png", "#/desk", "light"), ("sources.png", "#/sources", "dark"))


def main() -> None:
    """Code the sample, serve it, and take each picture."""
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "demo.duckdb"
        run_demo(case)
        listening = socket.create_server(("127.0.0.1", 0))
        running = uvicorn.Server(uvicorn.Config(create_app(case), log_level="warning"))
        threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True).start()
        while not running.started:
            time.sleep(0.02)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            for name, place, colours in PICTURES:
                page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme=colours)
                page.goto(address + place)
                page.get_by_role("heading", name="demo").wait_for()
                page.wait_for_timeout(800)
                page.screenshot(path=FOLDER / name)
            browser.close()
        running.should_exit = True


if __name__ == "__main__":
    main()
