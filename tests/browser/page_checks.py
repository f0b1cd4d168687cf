"""What a machine can tell of a page: axe's rules, the size of targets, and what does not fit."""

import json
import shutil
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.async_api import Page

HERE = Path(__file__).parent
PACKAGES = json.loads((HERE / "package.json").read_text())["dependencies"]
NODE = shutil.which("node")

needs_packages = pytest.mark.skipif(
    NODE is None or not all((HERE / "node_modules" / name).exists() for name in PACKAGES),
    reason="Node or what checks pages is not here: run npm install in tests/browser.",
)

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
_RUN_AXE = "(runOnly) => axe.run({ runOnly, resultTypes: ['violations'] })"
_TARGETS = (HERE / "targets.js").read_text()
_WIDER = (HERE / "wider.js").read_text()
_FORCED_COLOURS = (HERE / "forced_colours.js").read_text()
_PSEUDO_LOCALE = (HERE / "pseudo_locale.js").read_text()
_SPACE = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = css ? [sheet] : [];
}"""
TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""
"""The spacing that WCAG 2.2 §1.4.12 asks for."""


async def violations(page: Page, *rules: str) -> list[str]:
    """What axe finds, by all its rules or by these."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_AXE.read_text())
    chosen = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": _TAGS}
    found: Any = await page.evaluate(_RUN_AXE, chosen)
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


async def small_targets(page: Page) -> list[str]:
    """What can be pressed and is smaller than 24 pixels, but for links in a sentence."""
    found: list[str] = await page.evaluate(_TARGETS)
    return found


async def wider_than_the_page(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    found: list[str] = await page.evaluate(_WIDER)
    return found


async def unseen_marks(page: Page) -> list[str]:
    """Marks that are missing in forced colours; the page must have been opened in them."""
    found: list[str] = await page.evaluate(_FORCED_COLOURS)
    return found


async def faults(page: Page, scheme: Literal["light", "dark"]) -> list[str]:
    """What a machine finds in a page: in a colour scheme first, and what is seen in the other.

    At last its words are longer: the page is not one to go on with.
    """
    other: Literal["light", "dark"] = "light" if scheme == "dark" else "dark"
    await page.emulate_media(color_scheme=scheme)
    found = await violations(page)
    await page.emulate_media(color_scheme=other)
    found += await violations(page, "color-contrast")
    for width in (1280, 360):
        await page.set_viewport_size({"width": width, "height": 800})
        found += await small_targets(page)
    await page.set_viewport_size({"width": 320, "height": 800})
    found += await wider_than_the_page(page)
    await page.evaluate(_SPACE, TEXT_SPACING)
    found += await wider_than_the_page(page)
    await page.evaluate(_SPACE, "")
    await page.evaluate(_PSEUDO_LOCALE)
    found += await wider_than_the_page(page)
    await page.set_viewport_size({"width": 1280, "height": 800})
    return found
