"""What a machine can tell of a page: axe's rules, the size of targets, and what does not fit."""

import json
import shutil
from pathlib import Path
from typing import Any

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
_TARGETS = (HERE / "targets.js").read_text()
_WIDER = (HERE / "wider.js").read_text()
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
    found: Any = await page.evaluate("(chosen) => axe.run({ runOnly: chosen })", chosen)
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
