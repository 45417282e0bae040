"""How tests of the desk look at a page: what axe finds on it, and the size of a phone."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Page

PHONE = {"width": 390, "height": 844}
_AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def accessible(page: Page, *within: str) -> None:
    """Fail with what axe finds, by WCAG 2.2 AA, on the page or in parts of it.

    page.evaluate goes through the debugger, so that the page's policies don't stop it.
    """
    page.evaluate(_AXE)
    where = {"include": [[part] for part in within]} if within else None
    found = page.evaluate("([where, rules]) => axe.run(where ?? document, {runOnly: rules})", [where, _RULES])
    told = [
        (rule["id"], [node["html"][:160] + node.get("failureSummary", "")[:200] for node in rule["nodes"][:3]])
        for rule in found["violations"]
    ]
    assert not told, json.dumps([page.url, *told], indent=1)


def accessible_by_day_and_night(page: Page, *within: str) -> None:
    """The same in the dark and in the light theme."""
    page.emulate_media(color_scheme="dark")
    accessible(page, *within)
    page.emulate_media(color_scheme="light")
    accessible(page, *within)
