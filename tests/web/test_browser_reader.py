"""What the reader does in a browser: a report by itself, its sources as a tree, and words that become a claim."""

from __future__ import annotations

import itertools
from typing import Any

import httpx
import pytest
from looking import PHONE, accessible_by_day_and_night
from playwright.sync_api import Page, Route, expect

# The second paragraph: emoji before, inside and after; two claims whose sentences and words cross.
WORDS = "\U0001f680 Lima expelled ten Dutch \U0001f600 diplomats, Quito said. Then Tumbes was shelled."
TITLE = "Diplomats leave"
# Selects characters [from, to) of the text that a reader sees in a paragraph, from the end or from the start.
SELECT = """([p, from, to, back]) => {
  const walk = document.createTreeWalker(document.querySelector(`.text p[data-p="${p}"]`), NodeFilter.SHOW_TEXT);
  const points = []; let node, at = 0;
  while ((node = walk.nextNode())) if (!node.parentElement.closest('.ref, .tag')) {
    for (const place of [from, to])
      if (at <= place && place <= at + node.length) points.push([place, node, place - at]);
    at += node.length;
  }
  const [, a, i] = points.findLast(x => x[0] === from), [, b, j] = points.find(x => x[0] === to);
  back ? getSelection().setBaseAndExtent(b, j, a, i) : getSelection().setBaseAndExtent(a, i, b, j); }"""


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def desk(server: str) -> dict[str, Any]:
    answer: dict[str, Any] = httpx.get(server + "/api/desk", timeout=60).json()
    return answer


def open_at(page: Page, address: str) -> None:
    page.goto("about:blank")
    page.goto(address)
    page.locator(".r-head h2").wait_for()


def span(claim: str, role: str, words: str) -> dict[str, Any]:
    start = units(WORDS[: WORDS.index(words)])
    return {"claim": claim, "role": role, "start": start, "end": start + units(words)}


@pytest.fixture
def report(page: Page, server: str) -> dict[str, Any]:
    """A report of our own, open at the first of its two claims; its title, the first paragraph, is not shown."""
    one, two = desk(server)["claims"][:2]
    spans = [
        span(one["id"], "sentence", WORDS.partition(" Then")[0]), span(one["id"], "actor", "Lima"),
        span(one["id"], "trigger", "expelled"), span(one["id"], "recipient", "Dutch \U0001f600 diplomats"),
        span(two["id"], "sentence", WORDS), span(two["id"], "trigger", "shelled"),
    ]  # fmt: skip
    document = {
        "id": one["document"], "title": TITLE, "publisher": "Andean Post", "published": "2018-04-12", "url": None,
        "paragraphs": [{"text": TITLE, "spans": []}, {"text": WORDS, "spans": spans},
                       {"text": "Quito slept.", "spans": []}],
        "claims": [one, two | {"document": one["document"]}],
    }  # fmt: skip
    page.route(f"**/api/documents/{one['document']}", lambda route: route.fulfill(json=document))
    open_at(page, f"{server}/#/desk?claim={one['id']}")
    page.locator(".seg.r-trigger").wait_for()
    return document


def refuse(page: Page, address: str, status: int, detail: str) -> None:
    """The next request to an address is refused, inside the page: the browser's console complains of a real one."""
    page.evaluate(
        """([address, status, detail]) => { const ask = window.fetch; window.fetch = (url, options) => {
        if (!url.endsWith(address)) return ask(url, options);
        window.fetch = ask; return Promise.resolve(new Response(JSON.stringify({detail}), {status})); }; }""",
        [address, status, detail],
    )


def test_reports_that_the_desk_does_not_hold(page: Page, server: str) -> None:
    whole = desk(server)
    page.route("**/api/desk", lambda route: route.fulfill(json=whole | {"claims": whole["claims"][:1]}))
    page.evaluate("localStorage.setItem('dragoman.reviewer', 'A. Tester')")
    open_at(page, f"{server}/#/sources?report=s13")
    expect(page.locator(".prog")).to_have_text("3 claims · 0 reviewed")
    expect(page.locator(".ref.on")).to_have_text("1")
    page.wait_for_function("location.hash.includes('claim=') && !location.hash.includes('report=')")
    types = {claim["id"]: claim["type"].lower() for claim in whole["claims"]}
    for ref in page.locator(".ref").all():
        assert types[str(ref.get_attribute("data-ref"))] in str(ref.get_attribute("aria-label"))
        assert any(name in str(ref.get_attribute("class")) for name in ("COOP", "CONF"))
    page.get_by_role("button", name="Accept").click()
    page.locator(".st.accept").wait_for()
    expect(page.locator(".prog")).to_have_text("3 claims · 1 reviewed", timeout=1_000)
    page.locator(".ref").last.click()
    page.locator(".st.machine").wait_for()
    page.get_by_role("button", name="Reject").click()
    page.locator(".st.reject").wait_for()
    expect(page.locator(".ref.on")).to_have_class("ref {} on rej".format(page.locator(".pill").last.evaluate(
        "pill => pill.className.replace('pill ', '')")), timeout=1_000)  # fmt: skip
    expect(page.locator(".prog")).to_have_text("3 claims · 2 reviewed")

    # the others of an incident
    incident = next(row for row in httpx.get(server + "/api/incidents", timeout=60).json() if row["claims"] > 2)
    told = httpx.get(f"{server}/api/incidents/{incident['id']}", timeout=60).json()["told"]
    claim = told[0]["id"]
    others = httpx.get(f"{server}/api/claims/{claim}", timeout=60).json()["others"]
    page.evaluate("id => import('/static/app/state.js').then(state => state.pick(id))", claim)
    page.get_by_role("button", name=f"{len(told) - 1} more claims").click()
    page.wait_for_function("claim => location.hash.includes(claim)", arg=others[0])
    page.locator(f".ref.on[data-ref={others[0]}]").wait_for()


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_a_report_without_a_claim_can_be_read(page: Page, server: str) -> None:
    text = {"text": "Lima slept and \U0001f600 dreamt.", "title": "A quiet night"}
    page.wait_for_load_state("networkidle")  # the case file is written by one, and read by nobody meanwhile
    (quiet,) = httpx.post(server + "/api/documents", json={"documents": [text]}, timeout=60).json()["documents"]
    assert quiet["claims"] == 0
    page.evaluate("id => import('/static/app/state.js').then(state => state.read(id))", quiet["id"])
    page.locator(".reader.open .text p").wait_for()
    expect(page.locator(".reader.open h2")).to_have_text("A quiet night")
    expect(page.locator(".prog")).to_contain_text("No claim was found in this report")
    assert page.locator(".coding").count() == 0
    accessible_by_day_and_night(page, ".reader", "dialog")
    open_at(page, page.url)
    expect(page.locator(".reader.open h2")).to_have_text("A quiet night")
    assert f"report={quiet['id']}" in page.url
    assert "claim=" not in page.url
    refuse(page, "/api/documents/s13", 404, "there is no document 's13'")
    page.evaluate("import('/static/app/state.js').then(state => state.read('s13'))")
    failed = page.locator(".reader").get_by_role("alert")
    expect(failed).to_contain_text("The report could not be read. there is no document 's13'")
    failed.get_by_role("button", name="Try again").click()
    page.locator(".ref.on").wait_for()

    # the sources, and a claim added
    page.evaluate("import('/static/app/state.js').then(state => state.read('s25'))")
    page.locator(".reader.open .from-tree").wait_for()
    text = httpx.get(server + "/api/documents/s25", timeout=60).json()["paragraphs"][-1]["text"]
    page.locator(".text p").last.wait_for()
    page.evaluate("() => getSelection().selectAllChildren([...document.querySelectorAll('.text p')].at(-1))")
    expect(page.locator(".adder q")).to_have_text(text)
    button = page.get_by_role("button", name="Add a claim on these words")
    box, panel = button.bounding_box(), page.locator(".coding").bounding_box()
    assert box and panel and box["y"] + box["height"] <= panel["y"] + 1, "it stands above the coding, not over the text"
    accessible_by_day_and_night(page, ".reader", "dialog")
    page.evaluate("getSelection().removeAllRanges()")  # as a finger on the button does before it presses
    button.click()
    expect(page.get_by_role("dialog", name="Add a claim").locator("mark")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.evaluate("document.querySelector('.r-scroll').scrollWidth") <= PHONE["width"]


def test_according_to_whom(page: Page, server: str) -> None:
    told = httpx.get(server + "/api/documents/s11", timeout=60).json()["claims"]
    open_at(page, f"{server}/#/desk?report=s11")
    page.locator(".ref.on").wait_for()
    expect(page.locator(".from")).to_have_attribute("open", "")
    for depth, path in ((1, "Kremlin"), (2, "Vladimir Putin"), (1, "Harbour Wire"), (2, "Russia's envoy")):
        row = page.locator(f".from-tree{' ul' * depth} > li > .from-row", has_text=path).last
        count = sum(path in claim["chain"] for claim in told)
        expect(row).to_contain_text(f"{count} claim")
    own = [claim["id"] for claim in told if not claim["chain"]]
    pressed = page.locator(".from-n", has_text="on its own word")
    expect(pressed).to_contain_text(f"{len(own)} claims on its own word")
    seen = []
    for _ in own:
        pressed.focus()
        page.keyboard.press("Enter")
        expect(pressed).to_have_attribute("aria-current", "true")
        seen.append(page.evaluate("new URLSearchParams(location.hash.split('?')[1]).get('claim')"))
    assert sorted(seen) == sorted(own)
    page.get_by_role("button", name="according to Vladimir Putin").click()
    expect(page.locator(".from-tree .on > .from-row .from-name")).to_have_text(
        ["Old Quay Review", "Kremlin", "Vladimir Putin"]
    )
    expect(page.locator(".from-tree .last > .from-row .from-name")).to_have_text("Vladimir Putin")
    accessible_by_day_and_night(page, ".reader", "dialog")
    page.locator(".from summary").click()
    expect(page.locator(".from summary .chain")).to_have_text(
        "Old Quay Review‹, which has it from Kremlin‹, which has it from Vladimir Putin"
    )


def test_offsets_of_a_selection(page: Page, report: dict[str, Any]) -> None:
    chosen = (
        "Lima expelled ten Dutch \U0001f600",
        "ten",
        "\U0001f680 Lima",
        "Dutch \U0001f600 diplomats, Quito",
        WORDS,
        "Tumbes was",
    )
    for words, back in itertools.product(chosen, (False, True)):
        start = units(WORDS[: WORDS.index(words)])
        page.evaluate(SELECT, [1, start, start + units(words), back])
        expect(page.locator(".adder q")).to_have_text(words)
        found = page.evaluate("import('/static/app/spans.js').then(spans => spans.selection())")
        assert found == {"paragraph": 1, "start": start, "end": start + units(words)}
    page.evaluate(SELECT, [1, units(WORDS) - 8, units(WORDS), False])
    assert page.evaluate("getSelection().toString()") == "shelled."
    page.evaluate(SELECT, [1, 2, 8, False])  # with the blank after the word
    found = page.evaluate("import('/static/app/spans.js').then(spans => spans.selection())")
    assert found == {"paragraph": 1, "start": 3, "end": 7}


def test_selecting_by_mouse_chooses_no_claim_and_three_clicks_a_paragraph(page: Page, report: dict[str, Any]) -> None:
    before = page.url
    first, last = page.locator(".ref").first.bounding_box(), page.locator(".ref").last.bounding_box()
    assert first and last
    page.mouse.move(first["x"] + first["width"] + 60, first["y"] + 10)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] + 30, last["y"] + 10, steps=4)
    assert page.locator(".adder").count() == 0, "nothing moves while the mouse selects"
    page.mouse.up()
    expect(page.locator(".adder q")).to_be_visible()
    assert page.url == before
    assert page.locator(".adder q").inner_text().strip("“”") in WORDS
    page.locator(".text p").last.click(click_count=3)
    expect(page.locator(".adder q")).to_have_text("Quito slept.")
    page.evaluate(
        "() => { const [a, b] = document.querySelectorAll('.text p'); getSelection().setBaseAndExtent(a, 0, b, 1); }"
    )
    expect(page.locator(".adder")).to_contain_text("words of one paragraph")
    page.keyboard.press("n")
    assert page.locator("dialog[open]").count() == 0
    page.locator(".text p").last.click()
    expect(page.locator(".adder")).to_have_count(0)


def test_n_is_obeyed_however_soon_it_follows_the_selection(page: Page, report: dict[str, Any]) -> None:
    press = "dispatchEvent(new KeyboardEvent('keydown', { key: 'n' }))"  # before the browser tells of the selection
    page.evaluate(f"words => {{ ({SELECT})(words); {press}; }}", [1, units(WORDS) - 8, units(WORDS), False])
    expect(page.get_by_role("dialog", name="Add a claim").locator("mark")).to_have_text("shelled.")


def test_a_missed_claim_is_added(page: Page, server: str, report: dict[str, Any]) -> None:
    sent: list[Any] = []
    new = report["claims"][0] | {
        "id": "c_added", "type": "ASSAULT", "quad": "MCONF", "review": "add",
        "actor": "PER", "actor_name": "Peru",
        "others": [], "explanation": "added by A. Tester", "history": [
            {"action": "add", "reviewer": "A. Tester", "reviewed_at": "2026-01-02T03:04:05", "changes": None,
             "reason": "", "stands": True}],
    }  # fmt: skip

    def add(route: Route) -> None:
        sent.append(route.request.post_data_json)
        report["claims"].append(new)
        report["paragraphs"][1]["spans"] += [
            span("c_added", "trigger", "shelled"),
            span("c_added", "sentence", "Then Tumbes was shelled."),
        ]
        route.fulfill(json=new)

    page.route("**/api/documents/*/claims", add)
    page.route("**/api/claims/c_added", lambda route: route.fulfill(json=new))
    page.keyboard.press("n")
    expect(page.locator(".adder")).to_contain_text("Select words in the report first")
    start = units(WORDS[: WORDS.index("Tumbes was")])
    page.evaluate(SELECT, [1, start, start + 10, False])
    page.get_by_role("button", name="Add a claim on these words").click()
    form = page.get_by_role("dialog", name="Add a claim")
    expect(form.locator("mark")).to_have_text("Tumbes was")
    form.get_by_role("button", name="Save claim").click()
    expect(form.get_by_role("alert")).to_contain_text("in the field Did")
    form.get_by_label("Did").select_option("ASSAULT")
    form.get_by_role("button", name="Save claim").click()
    expect(form.get_by_role("alert")).to_contain_text("Your name is missing")
    assert not sent
    accessible_by_day_and_night(page, ".reader", "dialog")
    form.get_by_label("Your name").fill("A. Tester")
    form.get_by_label("To whom", exact=True).fill("Tumbes")
    form.get_by_label("According to").fill("Andean Post > envoys")
    form.get_by_label("Reason").fill("it was missed")
    refuse(page, "/claims", 409, "no such day: write 2018-04-12")
    form.get_by_role("button", name="Save claim").click()
    expect(form.get_by_role("alert")).to_contain_text("Not saved. no such day: write 2018-04-12")
    assert form.get_by_label("To whom", exact=True).input_value() == "Tumbes"
    form.get_by_role("button", name="Save claim").click()
    expect(form).to_have_count(0)
    assert sent == [{
        "paragraph": 1, "start": start, "end": start + 10, "type": "ASSAULT",
        "reason": "it was missed", "reviewer": "A. Tester",
        "fields": {"recipient_name": "Tumbes", "sources": "Andean Post > envoys", "status": "actual"},
    }]  # fmt: skip
    page.locator(".ref.on[data-ref=c_added]").wait_for()
    expect(page.locator(".st.add")).to_have_text("Added")
    expect(page.locator(".prog")).to_have_text("3 claims · 1 reviewed")
    expect(page.locator(".sub")).to_contain_text(f"{desk(server)['total'] + 1} claims")
    expect(page.locator(".vh[role=status]")).to_have_text("The claim is added")
    assert page.evaluate("document.activeElement.className") == "r-scroll"
    page.get_by_text("History, 1 decision").click()
    expect(page.locator(".past")).to_contain_text("Added by A. Tester")

    # its adding is taken back: the claim is gone, the report stays
    report["claims"].pop()
    del report["paragraphs"][1]["spans"][-2:]
    gone = {"id": "c_added", "gone": True}
    page.route("**/api/claims/c_added/decision", lambda route: route.fulfill(json=gone))
    page.keyboard.press("u")
    expect(page.locator(".prog")).to_have_text("2 claims · 0 reviewed")
    expect(page.locator(".ref.on")).to_have_text("1")
    expect(page.locator(".sub")).to_contain_text(f"{desk(server)['total']} claims")


def test_an_added_claim_goes_into_the_case_and_out_again(page: Page, server: str) -> None:
    before = desk(server)
    page.locator(".ref.on").wait_for()
    paragraph = page.locator(".text p").first
    number, words = int(paragraph.get_attribute("data-p") or ""), paragraph.locator(".seg").first.inner_text().split()
    page.evaluate(SELECT, [number, 0, len(words[0]), False])
    page.keyboard.press("n")
    form = page.get_by_role("dialog", name="Add a claim")
    form.get_by_label("Did").select_option("AID")
    form.get_by_label("Who", exact=True).fill("Lima")
    form.get_by_label("Your name").fill("A. Tester")
    form.get_by_role("button", name="Save claim").click()
    expect(page.locator(".st.add")).to_have_text("Added")
    added = [claim for claim in desk(server)["claims"] if claim["review"] == "add"]
    assert [(claim["type"], claim["actor_name"], claim["quad"]) for claim in added] == [("AID", "Lima", "MCOOP")]
    page.locator(f".ref.on[data-ref={added[0]['id']}]").wait_for()
    page.get_by_text("Why it was coded so").click()
    expect(page.locator(".why .words").first).to_contain_text("A. Tester")
    page.keyboard.press("u")
    expect(page.locator(".sub")).to_contain_text(f"{before['total']} claims")
    assert desk(server)["total"] == before["total"]


def test_an_event_that_others_coded_says_that_it_has_no_words(page: Page, server: str) -> None:
    one = desk(server)["claims"][0]
    bare = {"id": one["document"], "title": None, "publisher": None, "published": "2018-04-12", "url": None}
    page.route(
        f"**/api/documents/{one['document']}",
        lambda route: route.fulfill(json=bare | {"paragraphs": [], "claims": [one]}),
    )
    open_at(page, f"{server}/#/desk?claim={one['id']}")
    expect(page.locator(".text")).to_contain_text("It came without words")
    accessible_by_day_and_night(page, ".reader")
