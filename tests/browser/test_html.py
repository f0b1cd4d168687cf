"""The HTML of every screen is without errors, as it was sent."""

import asyncio
import json
from pathlib import Path

import pytest

from tests.browser.page_checks import HERE, NODE, needs_packages
from tests.graphql.server import Server
from tests.page.browser import browser
from tests.page.every_screen import addresses_by_path, screens
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

SCRIPT = Path(__file__).with_name("validate_html.mjs")


async def validated(pages: dict[str, str]) -> list[str]:
    """What html-validate finds in these pages."""
    process = await asyncio.create_subprocess_exec(
        str(NODE), SCRIPT, cwd=HERE, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await process.communicate(json.dumps(pages).encode())
    found: list[str] = json.loads(printed)
    return found


@needs_packages
async def test_html_of_every_screen_has_no_errors(node: Server, record: Recorded) -> None:
    addresses = await addresses_by_path(node, record)
    async with browser(node) as reader:
        sent = {
            f"{screen} {language}": (
                await reader.get(addresses.get(screen, screen), params={"lang": language})
            ).text
            for screen in screens()
            for language in ("en", "ar")
        }

    found = await validated(sent)
    assert not found, "\n".join(found)
