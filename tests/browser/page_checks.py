"""What a machine can tell of a page: axe's rules, the size of targets, and what does not fit."""

import json
import shutil
from pathlib import Path
from typing import Any, Literal
from weakref import WeakKeyDictionary

import pytest
from playwright.async_api import Page, ViewportSize

HERE = Path(__file__).parent
PACKAGES = json.loads((HERE / "package.json").read_text())["dependencies"]
NODE = shutil.which("node")

needs_packages = pytest.mark.skipif(
    NODE is None or not all((HERE / "node_modules" / name).exists() for name in PACKAGES),
    reason="Node or what checks pages is not here: run npm install in tests/browser.",
)

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
_RUN_AXE = """(runOnly) => window.axe
  && axe.run({ runOnly, reporter: "no-passes", iframes: false, preload: false })"""
"""Screens have no frames; what axe would load first is for rules that are not asked for."""
_TARGETS = (HERE / "targets.js").read_text()
_WIDER = (HERE / "wider.js").read_text()
_FORCED_COLOURS = (HERE / "forced_colours.js").read_text()
_PSEUDO_LOCALE = (HERE / "pseudo_locale.js").read_text()
_WIDER_IN_EVERY_STATE = f"""(spacing) => {{
  const wider = {_WIDER};
  const lengthen = {_PSEUDO_LOCALE};
  const found = wider();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(spacing);
  document.adoptedStyleSheets = [sheet];
  found.push(...wider());
  document.adoptedStyleSheets = [];
  lengthen();
  return [...found, ...wider()];
}}"""
WIDE: ViewportSize = {"width": 1280, "height": 800}
_NARROW_PX = 360
_NARROWEST_PX = 320
_SESSIONS: WeakKeyDictionary[Page, Any] = WeakKeyDictionary()
TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""
"""The spacing that WCAG 2.2 §1.4.12 asks for."""


async def violations(page: Page, *rules: str) -> list[str]:
    """What axe finds, by all its rules or by these."""
    chosen = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": _TAGS}
    found: Any = await page.evaluate(_RUN_AXE, chosen)
    if found is None:
        # Those that are opened in this page after this one have it from the start.
        await page.add_init_script(path=_AXE)
        await page.evaluate(_AXE.read_text())
        found = await page.evaluate(_RUN_AXE, chosen)
    return [
        f"{one['id']}: {node['target']} {_messages(node)}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def _messages(node: Any) -> str:
    """What axe's checks say of an element: any of the first would do, none of the last may be."""
    checks = [check for kind in ("any", "all", "none") for check in node[kind]]
    return "; ".join(check["message"] for check in checks)


async def small_targets(page: Page) -> list[str]:
    """What can be pressed and is smaller than 24 pixels, but for links in a sentence."""
    found: list[str] = await page.evaluate(_TARGETS)
    return found


async def wider_than_the_page(page: Page) -> list[str]:
    """What makes the page scroll sideways: as it is, spaced, and at last with longer words."""
    found: list[str] = await page.evaluate(_WIDER_IN_EVERY_STATE, TEXT_SPACING)
    return found


async def unseen_marks(page: Page) -> list[str]:
    """Marks that are missing in forced colours; the page must have been opened in them."""
    found: list[str] = await page.evaluate(_FORCED_COLOURS)
    return found


async def faults(page: Page, scheme: Literal["light", "dark"]) -> list[str]:
    """What a machine finds in a wide page: in a colour scheme first, and what is seen in the other.

    A page that was opened in that scheme is not painted again. At last its words are longer: the
    page is not one to go on with.
    """
    other: Literal["light", "dark"] = "light" if scheme == "dark" else "dark"
    await page.emulate_media(color_scheme=scheme)
    found = await violations(page)
    await page.emulate_media(color_scheme=other)
    found += await violations(page, "color-contrast")
    found += await small_targets(page)
    await _show(page, _NARROW_PX)
    found += await small_targets(page)
    await _show(page, _NARROWEST_PX)
    found += await wider_than_the_page(page)
    await _show(page, WIDE["width"])
    return found


async def _show(page: Page, width: int) -> None:
    """Make the page so wide. Its window stays: Playwright changes that too, and paints it again."""
    if page not in _SESSIONS:
        # What it sets lasts as long as the session.
        _SESSIONS[page] = await page.context.new_cdp_session(page)
    size = {"width": width, "height": WIDE["height"], "deviceScaleFactor": 1, "mobile": False}
    await _SESSIONS[page].send("Emulation.setDeviceMetricsOverride", size)
