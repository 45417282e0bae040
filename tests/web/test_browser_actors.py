"""What the screens of actors and of the network do in a browser: list, page, links, addresses, names that fit."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from looking import PHONE, accessible, accessible_by_day_and_night
from playwright.sync_api import Locator, Page, expect

from dragoman.export.rows import claim_row, flat_row
from dragoman.records import Claim, Document
from dragoman.store.database import Added, open_case

HOSTILE = "<img src=x onerror=window.pwned=1> Lima/Callao > Front"


def panel(page: Page, heading: str) -> Locator:
    return page.get_by_role("region", name=heading, exact=True)


def open_russia(page: Page) -> None:
    page.locator("nav a[href='#/actors']").click()
    page.locator(".actrow", has_text="Russia").first.click()
    expect(page.get_by_role("heading", name="Russia", exact=True)).to_be_visible()
    panel(page, "Latest claims").locator(".evt tbody tr").first.wait_for()
    expect(page.get_by_role("main").get_by_text("Reading…")).to_have_count(0)


@pytest.fixture
def hostile(crisis: Path, claim_in: Callable[..., Claim]) -> None:
    """A party whose name is markup, and one document that tells of it."""
    document = Document(id="odd", text="The Front struck Quito.", published="2018-04-20", publisher="Post")
    claim: Any = claim_in(document, "struck", actor=("Front", HOSTILE, None), recipient=("Quito", "Ecuador", "ECU"))
    with open_case(crisis) as case:
        case.add([Added(document, (), [flat_row(claim_row(claim, document.text))])], run="r_1")


def test_the_page_of_an_actor(page: Page, server: str) -> None:
    russia = httpx.get(f"{server}/api/actors/RUS", timeout=60).json()
    open_russia(page)
    expect(page.locator(".actor .sub")).to_contain_text(f"RUS · {russia['claims']} claims")
    expect(page.locator(".a-facts")).to_contain_text(f"{russia['acts']} claims")
    expect(panel(page, "What moved").locator(".card")).to_have_count(len(russia["shifts"]))
    said = panel(page, "What it threatened, promised, asked and denied")
    expect(said.get_by_role("heading", name="Towards it")).to_be_visible()
    assert said.locator(".led.full > li").count() > 1
    kinds = panel(page, "What it does and what is done to it")
    first = russia["types"][0]
    expect(kinds.locator("tbody tr").first).to_contain_text(first["type"].lower())
    assert kinds.locator("tbody tr").first.locator(".n").all_inner_texts() == [
        str(first["received"] or ""),
        str(first["given"] or ""),
    ]
    expect(panel(page, "Who tells of it").locator("li").first).to_contain_text(russia["origins"][0]["name"])
    expect(panel(page, "Who acts and speaks for it").locator("li").first).to_contain_text(russia["people"][0]["name"])
    accessible_by_day_and_night(page)
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    expect(page.get_by_role("heading", name="Russia", exact=True)).to_be_visible()


def test_from_an_actor_to_claims_pairs_incidents_and_back(page: Page, server: str) -> None:
    russia = httpx.get(f"{server}/api/actors/RUS", timeout=60).json()
    open_russia(page)
    row = panel(page, "Latest claims").locator(".evt tbody tr").last
    row.get_by_role("button").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("id => location.hash.includes(id)", arg=russia["latest"][-1]["id"])
    page.locator(".ref.on").wait_for()
    panel(page, "Towards whom").get_by_role("link", name="United States", exact=True).click()
    expect(page.get_by_role("heading", name="United States", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Russia", exact=True)).to_be_visible()
    usa = next(partner for partner in russia["partners"] if partner["code"] == "USA")
    panel(page, "Towards whom").get_by_role("button", name="United States → Russia").click()
    expect(page.locator(".chip")).to_contain_text("United States → Russia")
    expect(page.locator(".sub")).to_contain_text(f"{usa['received']} of ")
    page.go_back()
    panel(page, "Most widely told").get_by_role("button").first.click()
    expect(page.locator(".inc.on .told")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="All actors").click()
    page.locator(".actrow").first.wait_for()


def test_the_list_is_searched_where_the_case_is(page: Page, server: str) -> None:
    total = httpx.get(f"{server}/api/actors", timeout=60).json()["total"]
    page.locator("nav a[href='#/actors']").click()
    expect(page.locator(".actrow")).to_have_count(min(60, total))
    accessible_by_day_and_night(page)
    page.get_by_label("Search claims").fill("syrreb")
    expect(page.locator(".actrow")).to_have_count(1)
    expect(page.locator(".actrow")).to_contain_text("Syria, rebels")
    page.reload()
    expect(page.locator(".actrow")).to_have_count(1)
    page.get_by_label("Search claims").fill("Atlantis")
    expect(page.get_by_text("No actor fits the search.")).to_be_visible()


def test_more_actors_than_the_list_holds(page: Page, server: str) -> None:
    listed = httpx.get(f"{server}/api/actors", timeout=60).json() | {"found": 9_000, "total": 9_000}
    page.route("**/api/actors?q=*", lambda route: route.fulfill(json=listed))
    page.locator("nav a[href='#/actors']").click()
    expect(page.locator(".actors .foot")).to_contain_text("of 9,000 that fit")


def test_a_failure_that_is_tried_again(page: Page, server: str) -> None:
    answer = httpx.get(f"{server}/api/actors/RUS?part=deeds", timeout=60).json()
    fails = {"on": True}
    page.route(
        "**/api/actors/RUS?part=deeds",
        lambda route: route.fulfill(json=answer) if not fails["on"] else route.fulfill(body="broken"),
    )
    page.evaluate("location.hash = '#/actors?actor=RUS'")
    alert = page.get_by_role("main").get_by_role("alert")
    expect(alert).to_contain_text("The actor could not be read.")
    fails["on"] = False
    alert.get_by_role("button", name="Try again").click()
    panel(page, "Towards whom").locator(".partners li").first.wait_for()


def test_a_hostile_name_is_text(hostile: None, page: Page) -> None:
    page.locator("nav a[href='#/actors']").click()
    page.get_by_label("Search claims").fill("callao")
    expect(page.locator(".actrow")).to_have_count(1)
    page.locator(".actrow").click()
    expect(page.get_by_role("heading", name=HOSTILE)).to_be_visible()
    expect(panel(page, "Towards whom").locator(".partners li")).to_have_count(1)
    assert page.locator("main img").count() == 0
    assert page.evaluate("window.pwned") is None


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_an_actor_on_a_phone(page: Page) -> None:
    open_russia(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    accessible(page)
    panel(page, "Latest claims").locator(".evt button").first.click()
    page.locator(".reader.open").wait_for()


NAMES = """() => {
  const box = e => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  const svg = document.querySelector('.net svg[role=group]');
  const all = sought => [...svg.querySelectorAll(sought)].map(box);
  return { frame: box(svg), circles: all('.node circle'), names: all('.node:not(.tight) .nlab'), html: svg.outerHTML,
    left: svg.querySelectorAll('.node.tight').length }; }"""


def overlap(a: list[float], b: list[float], by: float = 1.0) -> bool:
    return min(a[2], b[2]) - max(a[0], b[0]) > by and min(a[3], b[3]) - max(a[1], b[1]) > by


def covers(name: list[float], circle: list[float]) -> bool:
    """Whether a name's box reaches into a circle, which is given by the box around it."""
    x, y, r = (circle[0] + circle[2]) / 2, (circle[1] + circle[3]) / 2, (circle[2] - circle[0]) / 2
    return math.hypot(x - min(max(x, name[0]), name[2]), y - min(max(y, name[1]), name[3])) < r - 1


@pytest.mark.parametrize("page", [{"width": 1440, "height": 900}, PHONE], indirect=True)
def test_names_in_the_network_fit(page: Page) -> None:
    page.locator("nav a[href='#/network']").click()
    page.locator(".node").first.wait_for()
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(100)
    drawn = page.evaluate(NAMES)
    names, frame = drawn["names"], drawn["frame"]
    assert len(names) > 5
    assert drawn["left"] <= len(names) / 4
    for place, name in enumerate(names):
        assert not any(overlap(name, other) for other in names[place + 1 :])
        assert not any(covers(name, circle) for circle in drawn["circles"])
    for box in names + drawn["circles"]:
        assert frame[0] - 1 <= box[0]
        assert frame[1] - 1 <= box[1]
        assert box[2] <= frame[2] + 1
        assert box[3] <= frame[3] + 1
    page.reload()
    page.locator(".node").first.wait_for()
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(100)
    assert page.evaluate(NAMES)["html"] == drawn["html"], "the same claims give the same picture"


def test_heads_are_broader_than_lines_and_circles_lead_to_actors(page: Page) -> None:
    page.locator("nav a[href='#/network']").click()
    page.locator(".edge").first.wait_for()
    thin = page.evaluate("""() => [...document.querySelectorAll('.edge .el')].filter(e => {
        const id = e.getAttribute('marker-end').slice(5, -1);
        const head = document.getElementById(id).markerWidth.baseVal.value;
        return head < 1.9 * e.getAttribute('stroke-width'); }).length""")
    assert thin == 0
    page.get_by_role("link", name=re.compile(r"^Russia, \d")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Russia", exact=True)).to_be_visible()
    page.go_back()
    page.locator(".node", has_text="Syria").first.locator(".spot").click()
    expect(page.locator(".actor h2")).to_contain_text("Syria")


def test_a_name_without_room_is_left_out_and_the_busiest_kept(page: Page) -> None:
    found = page.evaluate("""async () => { const { placeLabels, spread } = await import('/static/app/labels.js');
      const one = {x: 30, y: 30, r: 8, text: 'Lima, Quito'};
      const crowd = [0, 1, 2, 3, 4, 5, 6, 7, 8].map(i => ({...one, id: 'n' + i, deg: i}));
      const placed = placeLabels(crowd, [], 160, 60), alone = placeLabels(crowd.slice(0, 1), [], 20, 20);
      const [a, b] = [{x: 50, y: 50, r: 10}, {x: 50, y: 50, r: 10}]; spread([a, b], 200, 200, 8);
      return [[...placed.keys()], alone.size, Math.hypot(a.x - b.x, a.y - b.y)]; }""")
    assert "n8" in found[0]
    assert len(found[0]) < 9
    assert found[1] == 0
    assert found[2] > 27
