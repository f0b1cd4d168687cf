"""Every screen is well-formed HTML that the policy of the page allows."""

import re
from typing import Any

import html5lib
import pytest

from tests.graphql.server import Server
from tests.page.browser import browser
from tests.page.every_screen import addresses
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

FORBIDDEN = {
    "a script in the page": r"<script(?![^>]* src=)",
    "an event handler": r"<[^>]*\son[a-z]+\s*=",
    "a style in an element": r"<[^>]*\sstyle\s*=",
    "a javascript link": r"(?i)javascript:",
    "another origin": r"(?:src|action)=\"https?:",
}


async def test_screens_have_no_errors_and_nothing_that_the_policy_forbids(
    node: Server, record: Recorded
) -> None:
    faults: list[tuple[str, object]] = []
    paths = await addresses(node, record)
    async with browser(node) as reader:
        for path in (*paths, "/sign-in", "/nothing"):
            html = (await reader.get(path)).text
            parser: Any = html5lib.HTMLParser()
            parser.parse(html)
            faults += [(path, error) for error in parser.errors]
            ids = re.findall(r'\sid="([^"]+)"', html)
            faults += [(path, one) for one in set(ids) if ids.count(one) > 1]
            faults += [(path, name) for name, one in FORBIDDEN.items() if re.search(one, html)]

    assert len(paths) >= 8
    assert faults == []


async def test_assets_and_templates_name_no_other_origin(node: Server) -> None:
    page = node.app.state.screens.page
    texts = {**page.templates.texts, **page.assets.texts}

    named = {
        (name, address)
        for name, text in texts.items()
        for address in re.findall(r"https?://[^\s\"'`)>]+", text)
    }

    # The namespace of SVG is a name, and loads nothing.
    assert {one for one in named if one[1] != "http://www.w3.org/2000/svg"} == set()


async def test_policy_names_the_style_by_its_hash_and_requires_trusted_types(
    node: Server,
) -> None:
    async with browser(node) as reader:
        policy = (await reader.get("/")).headers["content-security-policy"]

    assert "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-" in policy
    assert "require-trusted-types-for 'script'; trusted-types page" in policy
    assert "unsafe" not in policy
