"""What the desk's page does in a browser: every screen, keys, decisions, addresses, hostile text and failures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENS = ("desk", "map", "network", "threats", "sources")
PHONE = {"width": 390, "height": 844}
HOSTILE = "<img src=x onerror=window.pwned=1> \U0001f600 Moscow threatened <script>window.pwned=1</script> Washington."


def violations(page: Page, rules: list[str] = RULES) -> list[Any]:
    """What axe finds; page.evaluate goes through the debugger, so the page's policies don't stop it."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", rules)["violations"]
    return [
        (rule["id"], [node["html"][:160] + node.get("failureSummary", "")[:200] for node in rule["nodes"][:3]])
        for rule in found
    ]


def claims(server: str) -> dict[str, dict[str, Any]]:
    return {claim["id"]: claim for claim in httpx.get(server + "/api/desk", timeout=60).json()["claims"]}


def selected(page: Page) -> str:
    return str(page.evaluate("new URLSearchParams(location.hash.split('?')[1]).get('claim')"))


def sign_in(page: Page) -> None:
    page.evaluate("localStorage.setItem('dragoman.reviewer', 'A. Tester')")
    page.reload()
    page.locator(".triple").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_is_accessible(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    for screen in SCREENS:
        page.locator(f"nav a[href='#/{screen}']").click()
        page.locator("main h2").first.wait_for()
        expect(page.get_by_text("Reading")).to_have_count(0)
        found = violations(page, RULES if scheme == "light" else ["color-contrast"])
        assert not found, json.dumps([screen, *found], indent=1)
        assert page.url.split("#/")[1].startswith(screen)
    page.go_back()
    expect(page.locator("nav a[aria-current=page]")).to_have_text("Threats")


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_a_phone(page: Page) -> None:
    for screen in SCREENS:
        page.locator(f"nav a[href='#/{screen}']").click()
        page.locator("main h2").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], screen
        assert not (found := violations(page)), json.dumps([screen, *found], indent=1)
    page.locator("nav a[href='#/desk']").click()
    page.locator(".led button").first.click()
    page.locator(".reader.open").wait_for()
    page.locator(".text p").first.wait_for()
    assert not (found := violations(page)), json.dumps(found, indent=1)
    page.get_by_role("button", name="Close report").click()
    assert page.locator(".reader.open").count() == 0


def test_a_decision_asks_for_a_name_once(page: Page, server: str) -> None:
    page.locator(".triple").wait_for()
    page.keyboard.press("j")
    claim = selected(page)
    page.keyboard.press("a")
    expect(page.get_by_role("alert")).to_contain_text("Who decides?")
    assert claims(server)[claim]["review"] is None
    page.get_by_label("Your name").fill("A. Tester")
    page.get_by_label("Your name").press("Enter")
    page.locator(".st.accept").wait_for()
    assert claims(server)[claim]["review"] == "accept"
    page.keyboard.press("u")
    page.locator(".st.machine").wait_for()
    page.keyboard.press("r")
    page.locator(".st.reject").wait_for()
    history = httpx.get(f"{server}/api/claims/{claim}", timeout=60).json()["history"]
    assert {entry["reviewer"] for entry in history} == {"A. Tester"}


def test_a_correction_sends_what_was_changed(page: Page, server: str) -> None:
    sign_in(page)
    claim = selected(page)
    before = claims(server)[claim]
    page.keyboard.press("c")
    page.get_by_role("button", name="Save correction").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing is changed")
    assert not (found := violations(page)), json.dumps(found, indent=1)
    page.locator("dialog select[name=type]").select_option("REQUEST")
    page.locator("dialog input[name=place_name]").fill("Damascus")
    page.get_by_role("button", name="Save correction").click()
    page.locator(".st.correct").wait_for()
    expect(page.locator(".triple")).to_contain_text("request")
    after = claims(server)[claim]
    assert (after["type"], after["place"], after["status"]) == ("REQUEST", "Damascus", before["status"])


def test_a_refused_correction_says_why_and_keeps_the_form(page: Page) -> None:
    sign_in(page)
    page.evaluate("""() => { const ask = window.fetch; window.fetch = (url, options) => options?.method === 'POST'
        ? Promise.resolve(new Response('{"detail": "no such day: write 2018-04-12"}', {status: 409}))
        : ask(url, options); }""")
    page.keyboard.press("c")
    page.locator("dialog input[name=date_value]").fill("yesterday")
    page.get_by_role("button", name="Save correction").click()
    expect(page.locator("dialog").get_by_role("alert")).to_contain_text("no such day: write 2018-04-12")
    assert page.locator("dialog input[name=date_value]").input_value() == "yesterday"


def test_why_it_was_coded_so(page: Page) -> None:
    page.locator(".why summary").first.click()
    expect(page.locator(".why .words").first).not_to_have_text("Reading…")
    assert len(page.locator(".why .words").first.inner_text()) > 40


def test_arrow_keys_move_in_the_timeline(page: Page) -> None:
    page.locator(".tl [role=option][tabindex='0']").focus()
    page.keyboard.press("Home")
    before = selected(page)
    page.keyboard.press("ArrowRight")
    page.wait_for_function("before => !location.hash.includes(before)", arg=before)
    assert page.evaluate("document.activeElement.getAttribute('aria-selected')") == "true"
    assert page.evaluate("document.activeElement.dataset.claim") == selected(page)


def test_the_period_by_mouse_and_keys(page: Page, server: str) -> None:
    total = len(claims(server))
    box = page.locator(".ovbg").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 20, steps=5)
    page.mouse.up()
    expect(page.locator(".sub")).to_contain_text(f"of {total} claims")
    handle = page.get_by_role("slider", name="Start of period")
    before = handle.get_attribute("aria-valuetext")
    handle.focus()
    page.keyboard.press("ArrowLeft")
    expect(handle).not_to_have_attribute("aria-valuetext", str(before))
    assert "span=" in page.url


def test_the_address_restores_every_filter(page: Page, server: str) -> None:
    everything = claims(server).values()
    pair = [claim for claim in everything if (claim["actor"], claim["recipient"]) == ("USA", "RUS")]
    page.locator(".c[aria-label^='United States toward Russia:']").click()
    page.get_by_role("button", name="Table").click()
    expect(page.locator(".sub")).to_contain_text(f"{len(pair)} of {len(everything)} claims")
    page.get_by_label("Search claims").fill("e")
    page.get_by_role("button", name="Verbal cooperation").click()
    told, address = page.locator(".sub").inner_text(), page.url
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator(".sub")).to_have_text(told)
    expect(page.get_by_role("button", name="Verbal cooperation")).to_have_attribute("aria-pressed", "false")
    page.locator(".evt tbody tr").first.wait_for()
    page.keyboard.press("Escape")
    expect(page.locator(".sub")).to_contain_text(f"{len(everything)} claims")


def test_outcomes_of_the_ledger_are_kept_in_the_address(page: Page, server: str) -> None:
    entries = httpx.get(server + "/api/ledger", timeout=60).json()
    outcome = entries[0]["outcome"]
    page.locator("nav a[href='#/threats']").click()
    expect(page.locator(".led.full > li")).to_have_count(len(entries))
    page.locator(".l-filter button", has_text=outcome).first.click()
    count = sum(entry["outcome"] == outcome for entry in entries)
    expect(page.locator(".led.full > li")).to_have_count(count)
    page.reload()
    expect(page.locator(".led.full > li")).to_have_count(count)


def test_hostile_text_is_inert_and_offsets_survive_emoji(page: Page) -> None:
    claim = selected(page)
    start = len(HOSTILE[: HOSTILE.index("Moscow")].encode("utf-16-le")) // 2
    stop = len(HOSTILE.encode("utf-16-le")) // 2
    document = {
        "id": "d", "title": HOSTILE, "publisher": HOSTILE, "published": "2018-04-12",
        "url": "javascript:window.pwned=1",
        "paragraphs": [{"text": HOSTILE, "spans": [
            {"claim": claim, "role": "sentence", "start": 0, "end": stop},
            {"claim": claim, "role": "actor", "start": start, "end": start + 6},
            {"claim": claim, "role": "recipient", "start": stop - 11, "end": stop - 1},
        ]}],
    }  # fmt: skip
    page.route("**/api/documents/*", lambda route: route.fulfill(json=document))
    page.reload()
    expect(page.locator(".r-head h2")).to_have_text(HOSTILE)
    assert page.evaluate("window.pwned") is None
    assert page.locator(".reader :is(script, img), .reader a").count() == 0
    assert page.locator(".seg.r-actor").inner_text().endswith("Moscow")
    assert page.locator(".seg.r-recipient").inner_text().endswith("Washington")


def test_spans_that_overlap_and_cross(page: Page) -> None:
    found = page.evaluate("""async () => { const reader = await import('/static/app/reader.js');
      const spans = [{start: 0, end: 6, claim: 1}, {start: 4, end: 10, claim: 2}, {start: 5, end: 6, claim: 3}];
      const cut = reader.segments('0123456789ab', spans), slots = reader.slots(spans);
      return [cut.map(g => g.text + ':' + g.spans.map(s => s.claim).join('')), spans.map(s => slots.get(s))]; }""")
    assert found == [["0123:1", "4:12", "5:123", "6789:2", "ab:"], [0, 1, 2]]


def test_claims_are_numbered_by_report(page: Page) -> None:
    page.locator(".ref").first.wait_for()
    shown = [int(text) for text in page.locator(".ref").all_inner_texts()]
    assert shown == list(range(1, len(shown) + 1))
    page.locator(".ref").first.click()
    assert page.locator(".ref.on").get_attribute("data-ref") == selected(page)


def test_a_case_without_claims_or_shifts(page: Page, server: str) -> None:
    answer = httpx.get(server + "/api/desk", timeout=60).json()
    page.route("**/api/shifts", lambda route: route.fulfill(json=[]))
    page.reload()
    expect(page.get_by_text("Too little is told to say that a position moved.")).to_be_visible()
    page.route("**/api/desk", lambda route: route.fulfill(json={**answer, "claims": [], "total": 0, "parties": {}}))
    page.goto("about:blank")
    page.goto(server)
    expect(page.get_by_role("heading", name="No claims yet")).to_be_visible()
    assert not (found := violations(page)), json.dumps(found, indent=1)


def test_unknown_parties_and_undated_claims_are_told(page: Page, server: str) -> None:
    answer = httpx.get(server + "/api/desk", timeout=60).json()
    blank = {"day": None, "actor": None, "actor_name": None, "recipient": None, "recipient_name": None}
    answer["claims"] = [{**claim, **blank} if i < 3 else claim for i, claim in enumerate(answer["claims"])]
    page.route("**/api/desk", lambda route: route.fulfill(json={**answer, "total": 9_000}))
    page.reload()
    expect(page.locator(".sub")).to_contain_text(f"{len(answer['claims'])} of 9,000 claims")
    expect(page.locator(".timeline .foot")).to_contain_text("in the table")
    page.get_by_role("button", name="Table").click()
    expect(page.locator(".evt tbody tr").last).to_contain_text("unknown")
    expect(page.locator(".evt tbody tr").last).to_contain_text("no date")


def test_a_failure_is_told_and_tried_again(browser: Any, server: str) -> None:
    context = browser.new_context()
    page, fails = context.new_page(), {"on": True}
    page.route(
        "**/api/ledger",
        lambda route: (
            route.fulfill(status=409, json={"detail": "the case is being written"})
            if fails["on"]
            else route.continue_()
        ),
    )
    page.goto(server + "/#/threats")
    alert = page.get_by_role("main").get_by_role("alert")
    expect(alert).to_contain_text("The ledger could not be read. the case is being written")
    fails["on"] = False
    alert.get_by_role("button", name="Try again").click()
    page.locator(".led.full > li").first.wait_for()
    page.route("**/api/desk", lambda route: route.abort())
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("The case could not be read.")
    page.unroute("**/api/desk")
    page.get_by_role("button", name="Try again").click()
    page.locator(".led.full > li").first.wait_for()
    context.close()


@pytest.mark.parametrize("screen", ["map", "network", "sources"])
def test_screens_lead_to_claims(page: Page, screen: str) -> None:
    before = selected(page)
    page.locator(f"nav a[href='#/{screen}']").click()
    page.locator({"map": ".site[role=button]", "network": ".edge", "sources": ".tree .link"}[screen]).last.focus()
    page.keyboard.press("Enter")
    if screen == "network":
        expect(page.locator(".chip")).to_be_visible()
    else:
        page.wait_for_function("before => !location.hash.includes(before)", arg=before)
