"""What the desk's page does in a browser: every screen, keys, decisions, addresses, hostile text and failures."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from looking import PHONE, accessible, accessible_by_day_and_night
from playwright.sync_api import Page, expect

SCREENS = ("desk", "map", "network", "threats", "sources", "incidents", "actors", "review", "documents", "export")
HOSTILE = "<img src=x onerror=window.pwned=1> \U0001f600 Moscow threatened <script>window.pwned=1</script> Washington."


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
        accessible(page)
        assert page.url.split("#/")[1].startswith(screen)
    page.go_back()
    expect(page.locator("nav a[aria-current=page]")).to_have_text("Documents")


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_a_phone(page: Page) -> None:
    for screen in SCREENS:
        page.locator(f"nav a[href='#/{screen}']").click()
        page.locator("main h2").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], screen
        accessible(page)
        expect(page.locator(f"nav a[href='#/{screen}']")).to_be_in_viewport()
    page.locator("nav a[href='#/desk']").click()
    page.locator(".led button").first.click()
    page.locator(".reader.open").wait_for()
    page.locator(".text p").first.wait_for()
    accessible(page)
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
    accessible(page)
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
        "url": "javascript:window.pwned=1", "claims": [],
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
    assert page.locator(".reader :is(script, img), .r-scroll a").count() == 0
    assert page.locator(".seg.r-actor").inner_text().endswith("Moscow")
    assert page.locator(".seg.r-recipient").inner_text().endswith("Washington")


def test_spans_that_overlap_and_cross(page: Page) -> None:
    found = page.evaluate("""async () => { const reader = await import('/static/app/spans.js');
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
    accessible(page)


def test_unknown_parties_and_undated_claims_are_told(page: Page, server: str) -> None:
    answer = httpx.get(server + "/api/desk", timeout=60).json()
    blank = {"day": None, "actor": None, "actor_name": None, "recipient": None, "recipient_name": None}
    answer["claims"] = answer["claims"][:-3] + [{**claim, **blank} for claim in answer["claims"][-3:]]  # undated: last
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


@pytest.mark.parametrize(("keys", "heading"), [("gi", "Incidents"), ("gr", "Review"), ("go", "Documents")])
def test_new_screens_by_keys_and_address(page: Page, keys: str, heading: str) -> None:
    for key in keys:
        page.keyboard.press(key)
    expect(page.get_by_role("main").get_by_role("heading", name=heading, exact=True)).to_be_visible()
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    expect(page.get_by_role("main").get_by_role("heading", name=heading, exact=True)).to_be_visible()
    expect(page.locator("nav a[aria-current=page]")).to_have_text(heading)


def test_incidents_show_who_agrees_and_who_denies(page: Page, server: str) -> None:
    everything = httpx.get(server + "/api/incidents", timeout=60).json()
    contested = [incident for incident in everything if incident["contested"]]
    assert 0 < len(contested) < len(everything)
    page.locator("nav a[href='#/incidents']").click()
    expect(page.locator(".incbtn").first).to_contain_text(f"{everything[0]['reports']} report")
    page.get_by_role("button", name="Contested only").click()
    expect(page.locator(".incbtn")).to_have_count(len(contested))
    page.locator(".incbtn").first.click()
    expect(page.locator(".i-sum")).to_contain_text("The reports contradict each other")
    expect(page.locator(".side.not h3")).to_contain_text("Denied")
    accessible_by_day_and_night(page)
    report = page.locator(".side.not .talebtn").first
    claim = report.get_attribute("data-claim")
    report.click()
    page.wait_for_function("claim => location.hash.includes(claim)", arg=claim)
    page.locator(f".ref.on[data-ref={claim}]").wait_for()
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator(".side.not .tale.on")).to_have_count(1)
    expect(page.get_by_role("button", name="Contested only")).to_have_attribute("aria-pressed", "true")


def test_review_by_keys_goes_into_the_case(page: Page, server: str) -> None:
    queue = [claim["id"] for claim in httpx.get(server + "/api/waiting", timeout=60).json()]
    sign_in(page)
    page.locator("nav a[href='#/review']").click()
    page.locator(".big mark").first.wait_for()
    shown = []
    for key, told in (("a", "1 claim judged"), ("r", "2 claims judged")):
        shown.append(selected(page))
        page.keyboard.press(key)
        expect(page.locator(".rev .head")).to_contain_text(told)
    assert shown == queue[:2]
    page.wait_for_function("claim => location.hash.includes(claim)", arg=queue[2])
    assert [claims(server)[claim]["review"] for claim in queue[:3]] == ["accept", "reject", None]
    page.keyboard.press("u")
    expect(page.locator(".rev .head")).to_contain_text("1 claim judged")
    page.wait_for_function("claim => location.hash.includes(claim)", arg=queue[1])
    page.keyboard.press("j")
    page.wait_for_function("claim => location.hash.includes(claim)", arg=queue[2])
    assert [claims(server)[claim]["review"] for claim in queue[:2]] == ["accept", None]
    page.keyboard.press("c")
    page.locator("dialog input[name=place_name]").fill("Damascus")
    page.get_by_role("button", name="Save correction").click()
    expect(page.locator(".rev .head")).to_contain_text("2 claims judged")
    assert claims(server)[queue[2]]["place"] == "Damascus"


def test_the_end_of_the_queue(page: Page, server: str) -> None:
    last = httpx.get(server + "/api/waiting", timeout=60).json()[:1]
    sign_in(page)
    page.route("**/api/waiting", lambda route: route.fulfill(json=last))
    page.locator("nav a[href='#/review']").click()
    page.locator(".big").wait_for()
    page.route("**/api/waiting", lambda route: route.fulfill(json=[]))
    page.keyboard.press("a")
    expect(page.get_by_text("Every claim with words has been judged")).to_be_visible()
    page.keyboard.press("u")
    expect(page.locator(".big")).to_be_visible()
    assert claims(server)[last[0]["id"]]["review"] is None


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_review_on_a_phone_asks_for_the_name(page: Page, server: str) -> None:
    page.locator("nav a[href='#/review']").click()
    page.locator(".big").wait_for()
    claim = selected(page)
    page.locator(".rev").get_by_role("button", name="Accept").click()
    page.locator(".reader.open").get_by_label("Your name").fill("A. Tester")
    page.get_by_label("Your name").press("Enter")
    expect(page.locator(".rev .head")).to_contain_text("1 claim judged")
    expect(page.locator(".reader.open")).to_have_count(0)
    assert claims(server)[claim]["review"] == "accept"


def test_a_hostile_text_is_imported_as_text(page: Page, server: str) -> None:
    text = (
        "<script>window.pwned=1</script> \U0001f600 \u202eUnrest\u202c grew.\n\n"
        "\U0001f680 Lima expelled ten Dutch diplomats on Monday. <img src=x onerror=window.pwned=1>"
    )
    page.locator("nav a[href='#/documents']").click()
    page.get_by_role("button", name="Code it").click()
    expect(page.get_by_role("alert")).to_contain_text("There is nothing to code yet")
    page.get_by_label("Or paste a text").fill(text)
    page.get_by_label("Title").fill("<b>Lima</b>")
    page.get_by_label("Published").fill("2018-04-16")
    page.get_by_role("button", name="Code it").click()
    expect(page.locator(".r-head h2")).to_have_text("<b>Lima</b>", timeout=60_000)
    page.locator(".ref.on").wait_for()
    assert page.locator(".ref.on").inner_text() == "1"
    assert page.locator(".seg.r-actor").inner_text().endswith("Lima")
    assert page.locator(".seg.r-trigger").inner_text().endswith("expelled")
    assert page.locator(":is(.reader, main) :is(script, img, b b)").count() == 0
    assert page.evaluate("window.pwned") is None
    coded = claims(server)[selected(page)]
    assert (coded["type"], coded["published"]) == ("SANCTION", "2018-04-16")
    expect(page.locator(".sub")).to_contain_text("28 reports")
    accessible(page)


def test_files_are_imported_and_a_broken_line_says_its_remedy(page: Page, server: str) -> None:
    total = len(claims(server))
    page.locator("nav a[href='#/documents']").click()
    lines = '{"text": "Lima expelled ten Dutch diplomats."}\n{"text": \n'
    page.get_by_label("Files to code").set_input_files(
        [
            {"name": "a.jsonl", "mimeType": "application/json", "buffer": lines.encode()},
            {"name": "b.exe", "mimeType": "application/octet-stream", "buffer": b"x"},
        ]
    )
    expect(page.get_by_label("Files chosen")).to_contain_text("a.jsonl")
    page.get_by_role("button", name="Code it").click()
    failed = page.locator(".bad").first.locator("tbody tr")
    expect(failed).to_have_count(2, timeout=60_000)
    expect(failed.first).to_contain_text("a.jsonl, line 2")
    remedies = failed.locator("td:last-child").all_inner_texts()
    assert all(len(remedy) > 10 for remedy in remedies), remedies
    page.emulate_media(color_scheme="dark")
    accessible(page)
    assert len(claims(server)) > total
    page.get_by_role("region", name="Documents coded").get_by_role("button").first.click()
    expect(page.locator(".seg.r-actor")).to_contain_text("Lima")
