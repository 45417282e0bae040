"""The desk on a case of over 100,000 claims: marks stand for many, filters and reader work, and how long it takes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from dragoman.coder import Coder

Served = Callable[[Path, Coder], AbstractContextManager[str]]
Watched = Callable[[Browser, str, Any], AbstractContextManager[Page]]
STEPS = 10


@pytest.fixture
def large(crowd: Path, coder: Coder, served: Served) -> Iterator[str]:
    with served(crowd, coder) as address:
        yield address


@pytest.fixture
def opened(browser: Browser, large: str, watched: Watched) -> Iterator[Page]:
    with watched(browser, large, {"width": 1440, "height": 900}) as page:
        yield page


def test_first_marks_and_steps(opened: Page, large: str, record_property: Callable[[str, str], None]) -> None:
    """Nothing of what is measured is asserted: how fast it is tells the machine too."""
    start = time.perf_counter()
    opened.goto(large)
    opened.locator(".tl .ev").first.wait_for()
    record_property("measured", f"desk, 100,000 claims: first marks after {time.perf_counter() - start:.2f} s")
    opened.locator(".text p").first.wait_for()
    expect(opened.get_by_text("Reading")).to_have_count(0)
    key = "dispatchEvent(new KeyboardEvent('keydown', {key: 'k', bubbles: true}))"
    taken = [step(opened, key, "location.hash") for _ in range(STEPS)]
    record_property("measured", f"desk, 100,000 claims: a step by key {median(taken):.0f} ms (median of {STEPS})")
    cells = opened.locator(".matrix .c:not(.nil)").count()
    press = "document.querySelectorAll('.matrix .c:not(.nil)')[{}].click()"
    taken = [
        step(opened, press.format(n), "document.querySelector('.sub').innerText") for n in range(min(STEPS, cells))
    ]
    record_property("measured", f"desk, 100,000 claims: a choice of pair {median(taken):.0f} ms (median of {STEPS})")


def step(page: Page, act: str, shows: str) -> float:
    """How long after an act what it changes is shown, in ms, as the page itself measures it."""
    return float(
        page.evaluate(
            f"""() => new Promise(done => {{
              const start = performance.now(), before = {shows};
              const look = () => {shows} !== before
                ? requestAnimationFrame(() => done(performance.now() - start)) : requestAnimationFrame(look);
              {act}; look(); }})"""
        )
    )


def median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def test_marks_lead_to_claims(opened: Page, large: str) -> None:
    opened.goto(large)
    total = httpx.get(large + "/api/claims?limit=1", timeout=60).json()["found"]
    expect(opened.locator(".sub")).to_contain_text(f"{total:,} claims")
    mark = opened.locator(".tl .ev[aria-label*=' claims, ']").first
    mark.wait_for()
    mark.click(force=True)
    expect(opened.locator(".sub")).to_contain_text(f"of {total:,} claims")
    assert "dyad=" in opened.url
    assert "span=" in opened.url
    address, told = opened.url, opened.locator(".sub").inner_text()
    opened.goto("about:blank")
    opened.goto(address)
    expect(opened.locator(".sub")).to_have_text(told)
    opened.keyboard.press("Escape")
    expect(opened.locator(".sub")).to_have_text(re.compile(f"^{total:,} claims"))
    opened.get_by_label("Search claims").fill("Damascus")
    found = httpx.get(large + "/api/claims?limit=1&q=damascus", timeout=60).json()["found"]
    expect(opened.locator(".sub")).to_contain_text(f"{found:,} of {total:,} claims")


def test_every_screen_counts_all_claims(opened: Page, large: str) -> None:
    drawn = httpx.get(large + "/api/marks", timeout=60).json()
    opened.goto(large + "/#/map")
    most = max(drawn["places"], key=lambda place: place["n"] if place["precision"] != "country" else 0)
    here = [p for p in drawn["places"] if (p.get("latitude"), p["place"]) == (most["latitude"], most["place"])]
    opened.locator(f".site[aria-label='{sum(p['n'] for p in here):,} claims, {most['place']}']").wait_for()
    opened.goto(large + "/#/network")
    opened.locator(".edge").first.wait_for()
    pair = drawn["ties"][0]
    opened.goto(large + "/#/desk?table=1")
    opened.locator(".evt tbody tr").nth(299).wait_for()
    opened.get_by_role("button", name="Show 300 earlier").click()
    expect(opened.locator(".evt tbody tr")).to_have_count(600)
    towards = sum(tie["n"] for tie in drawn["pairs"] if (tie["src"], tie["tgt"]) == (pair["src"], pair["tgt"]))
    expect(opened.locator(".matrix .c", has_text=str(towards)).first).to_be_visible()
