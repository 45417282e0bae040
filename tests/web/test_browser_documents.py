"""The screens Documents and Export in a browser: the list, files dropped, how soon a text is there, files kept."""

from __future__ import annotations

import json
import time
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest
from looking import PHONE, accessible_by_day_and_night
from playwright.sync_api import Page, expect

from dragoman.records import Document
from dragoman.store.database import Added, open_case

# Sentences of a commentary; with other towns in them each time they make a long one.
SAID = (
    "The president of {0} accused {1} on Tuesday of closing the river to its ships. ",
    "A spokesman for {1} denied this, according to the {2} Gazette, and offered talks in {2}. ",
    "It would be wrong to think that the quarrel began last week, since fishermen remember an older one. ",
    "Officials in {0} said that {1} had threatened to recall its ambassador, but nobody in {2} would confirm it. ",
    "What the two governments need is patience, and perhaps a bridge. ",
    "On Friday {1} and {0} signed an agreement on customs in {2}.\n\n",
)
TOWNS = (("Peru", "Chile", "Lima"), ("Ecuador", "Colombia", "Quito"), ("Bolivia", "Paraguay", "La Paz"))


def go(page: Page, address: str) -> None:
    page.evaluate("address => { location.hash = address; }", address)
    page.locator("main h2").first.wait_for()


def titles(page: Page) -> list[str]:
    return page.locator(".doclist .d-title").all_inner_texts()


@pytest.fixture
def many(crisis: Path) -> None:
    """Sixty documents without a claim, and one with a hostile title, before the desk opens."""
    with open_case(crisis) as case:
        run = case.start_run(version="1", codebook="none", model="none")
        notes = [Document(id=f"n{n:02}", text=f"Note {n} of Quito.", title=f"Note {n:02}") for n in range(60)]
        hostile = Document(
            id="h", text="Lima.", title="<img src=x onerror=window.pwned=1>", url="javascript:window.pwned=1"
        )
        case.add([Added(each, (), ()) for each in [*notes, hostile]], run=run)


def test_documents_are_searched_ordered_and_opened(many: None, page: Page, server: str) -> None:
    page.locator("nav a[href='#/documents']").click()
    expect(page.locator(".doclist li")).to_have_count(50)
    page.get_by_role("button", name="Show 38 more of 88").click()
    expect(page.locator(".doclist li")).to_have_count(88)
    assert page.get_by_role("button", name="Show").count() == 0
    page.get_by_role("button", name="No claim first").click()
    expect(page.locator(".doclist li").first).to_contain_text("no claim found")
    page.get_by_role("button", name="Most claims first").click()
    expect(page.locator(".doclist li").first).to_contain_text("13 claims")
    assert "order=claims" in page.url
    page.get_by_label("Search documents").fill("harbour")
    expect(page.locator(".docs .hint").first).to_contain_text("with “harbour”")
    wanted = httpx.get(f"{server}/api/documents", params={"q": "harbour", "order": "claims"}).json()["documents"]
    assert titles(page) == [row["title"] for row in wanted]
    address = page.url
    chosen = page.locator(f"[data-document={wanted[-1]['id']}]")
    chosen.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".r-head h2")).to_have_text(wanted[-1]["title"])
    expect(chosen).to_have_attribute("aria-current", "true")
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator(".doclist li")).to_have_count(len(wanted))
    assert titles(page) == [row["title"] for row in wanted]
    page.get_by_label("Search documents").fill("no such title")
    expect(page.locator(".docs .empty")).to_have_text("No document fits the search.")
    page.get_by_label("Search documents").fill("onerror")
    expect(page.locator(".doclist li")).to_have_count(1)
    assert titles(page) == ["<img src=x onerror=window.pwned=1>"]
    assert page.locator(".docs :is(img, a)").count() == 0
    assert page.evaluate("window.pwned") is None
    accessible_by_day_and_night(page)


def test_the_list_tells_a_failure_and_tries_again(page: Page) -> None:
    page.evaluate("""() => { const ask = window.fetch; window.broken = true;
        const refused = () => new Response('{"detail": "the file is open elsewhere: close it"}', {status: 409});
        window.fetch = (url, options) => window.broken && String(url).startsWith('/api/documents?')
        ? Promise.resolve(refused()) : ask(url, options); }""")
    page.locator("nav a[href='#/documents']").click()
    expect(page.locator(".docs").get_by_role("alert")).to_contain_text("the file is open elsewhere: close it")
    page.evaluate("window.broken = false")
    page.locator(".docs").get_by_role("button", name="Try again").click()
    expect(page.locator(".doclist li")).to_have_count(27)


def drop(page: Page, *paths: Path) -> None:
    """What the browser does when somebody drops these on the middle of the screen."""
    debugger = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        debugger.send("Input.dispatchDragEvent", {"type": kind, "x": 600, "y": 600, "data": data})
        if kind == "dragOver":
            expect(page.locator(".drop.over")).to_have_count(1)


def test_files_and_folders_are_dropped(page: Page, server: str, tmp_path: Path) -> None:
    article, table, folder, large = (tmp_path / name for name in ("a.txt", "b.parquet", "cuttings", "d.txt"))
    article.write_text("Peru expelled ten Dutch diplomats on Monday.")
    table.write_bytes(b"PAR1\x00\xff")
    folder.mkdir()
    with large.open("wb") as file:
        file.truncate(21_000_000)
    page.locator("nav a[href='#/documents']").click()
    expect(page.locator(".doclist li")).to_have_count(27)
    drop(page, article, table, folder, large)
    chosen = page.get_by_label("Files chosen").locator("li")
    expect(chosen).to_have_count(4)
    expect(chosen.nth(1)).to_contain_text("binary")
    expect(chosen.nth(1)).to_contain_text("dragoman code b.parquet --to demo.duckdb")
    expect(chosen.nth(2)).to_contain_text("this is a folder")
    expect(chosen.nth(3)).to_contain_text("it has 21 MB; the page takes 20 MB")
    assert chosen.nth(0).locator(".wrong").count() == 0
    accessible_by_day_and_night(page)
    page.evaluate("""() => { window.read = []; const own = Blob.prototype.text;
        Blob.prototype.text = function () { window.read.push(this.name); return own.call(this); }; }""")
    page.get_by_role("button", name="Code it").click()
    failed = page.locator(".bad").first.locator("tbody tr")
    expect(failed).to_have_count(3, timeout=60_000)
    assert page.evaluate("window.read") == ["a.txt"]
    assert [row.split("\t")[0] for row in failed.all_inner_texts()] == ["b.parquet", "cuttings", "d.txt"]
    expect(page.locator(".docs .hint").first).to_have_text("28 documents in this case")
    coded = page.get_by_role("region", name="Documents coded").get_by_role("row")
    assert coded.count() == 2
    assert page.url.startswith(server)


def test_how_soon_a_pasted_commentary_is_in_the_reader(page: Page, record_property: Any) -> None:
    text = "".join(line.format(*TOWNS[n % 3]) for n in range(18) for line in SAID)
    text = text[: text.index("\n\n", 7_700)]
    page.locator("nav a[href='#/documents']").click()
    expect(page.locator(".doclist li")).to_have_count(27)
    page.get_by_label("Or paste a text").fill(text)
    page.get_by_label("Title").fill("A quarrel about a river")
    start = time.monotonic()
    page.get_by_role("button", name="Code it").click()
    expect(page.locator(".r-head h2")).to_have_text("A quarrel about a river", timeout=60_000)
    page.locator(".ref.on").wait_for()
    took = time.monotonic() - start
    record_property("measured", f"a pasted text of 8,000 characters is in the reader, coded, after {took:.2f} s")
    expect(page.locator(".docs .hint").first).to_have_text("28 documents in this case", timeout=60_000)
    row = page.locator(".doc.on")
    expect(row).to_contain_text("A quarrel about a river")
    assert int(row.locator("b").inner_text().split()[0]) == page.locator(".ref").count() > 20


def kept(page: Page) -> Path:
    with page.expect_download() as waiting:
        page.locator(".exp-go").click()
    path = Path(waiting.value.path())
    return path.rename(path.with_name(waiting.value.suggested_filename))


def test_a_file_is_exported(page: Page, server: str) -> None:
    go(page, "#/export?dyad=RUS>USA&span=2018-04-09_2018-04-13")
    file = page.locator(".exp-file")
    pair = [
        claim["id"]
        for claim in httpx.get(f"{server}/api/desk").json()["claims"]
        if (claim["actor"], claim["recipient"]) == ("RUS", "USA")
        and "2018-04-09" <= (claim["day"] or "") < "2018-04-13"
    ]
    expect(file).to_contain_text(f"{len(pair)} claims, Russia → United States, 9–12 Apr 2018")
    page.get_by_label("JSON Lines").check()
    expect(file.get_by_role("listitem")).to_have_count(1)
    path = kept(page)
    assert path.name == "demo-claims.jsonl"
    assert {json.loads(line)["id"] for line in path.read_text().splitlines()} == set(pair)
    expect(page.get_by_role("status").get_by_text("is being made")).to_be_visible()
    page.get_by_label("GDELT").check()
    expect(file).to_contain_text("The chain of sources is lost")
    assert "form=gdelt" in page.url
    page.locator(".exp-go").focus()
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert zipfile.ZipFile(waiting.value.path()).namelist() == ["demo-gdelt.export.CSV", "demo-gdelt.mentions.CSV"]
    page.get_by_label("All claims").check()
    expect(file).to_contain_text("183 claims, the whole case")
    assert page.url.startswith(f"{server}/#/export") and "all=1" in page.url
    accessible_by_day_and_night(page)


def test_what_is_exported_is_told_before(page: Page) -> None:
    page.locator("nav a[href='#/export']").click()
    filtered = page.get_by_label("Only what fits the desk’s filters")
    expect(filtered).to_be_disabled()
    page.get_by_label("Search claims").fill("no such words")
    expect(filtered).to_be_checked()
    expect(page.locator(".exp-file .empty")).to_contain_text("No claim fits these filters")
    assert page.locator(".exp-go").count() == 0
    page.get_by_label("Search claims").fill("kommersant")
    expect(page.locator(".exp-go")).to_have_attribute("href", "/api/export/csv?q=kommersant")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator(".exp-file")).to_contain_text("the whole case")


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_on_a_phone(page: Page) -> None:
    for address in ("#/documents?order=claims", "#/export?form=stix&q=missiles"):
        go(page, address)
        page.locator(".doclist li, .exp-go").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address
        accessible_by_day_and_night(page)
    go(page, "#/documents")
    page.locator(".docbtn").first.click()
    page.locator(".reader.open .text p").first.wait_for()
