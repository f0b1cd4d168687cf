"""A draft says what came since the reader's last visit on this device."""

from typing import Any

import pytest
from playwright.async_api import expect

from intersessional.domain.kernel.act import Role
from tests.browser.drafts import DraftScreen
from tests.browser.watched_pages import WatchedPages
from tests.graphql.client import Client
from tests.graphql.server import Server
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

DRAFT = (
    "query ($draft: ID!) { draft(id: $draft) { revision blocks { id: blockId text kind level } } }"
)


async def revise(secretariat: Client, record: Recorded, **changed: str) -> int:
    """Publish a revision in which the first paragraph has this text; returns its number."""
    draft: dict[str, Any] = (await secretariat.ask(DRAFT, draft=str(record.draft)))["draft"]
    first, *others = draft["blocks"]
    fields = {"draft": str(record.draft), "blocks": [first | changed, *others]}
    assert (await secretariat.send("reviseDraft", fields))["__typename"] == "DraftRevised"
    return int(draft["revision"]) + 1


async def test_draft_says_what_came_since_the_last_visit(
    pages: WatchedPages, node: Server, record: Recorded
) -> None:
    async with await node.client(Role.SECRETARIAT, "Secretariat") as secretariat:
        screen = DraftScreen(await pages.open(service_workers="block"), record)
        since = screen.page.locator("[data-since]")
        await screen.open()
        await expect(since.locator("visible=true")).to_have_count(0)
        await screen.page.goto("/keys")

        await revise(secretariat, record, text="What this draft asks")
        number = await revise(secretariat, record, text="What this draft answers")
        fields = {"draft": str(record.draft), "body": "While nobody read."}
        await secretariat.send("postComment", fields)

    await screen.open()
    words = f"Revision {number} was published since your last visit here, when you read revision"
    await expect(since.first).to_contain_text(f"{words} {number - 2}.")
    await expect(since.last).to_have_text("Comments since your last visit here: 1.")
    await since.get_by_role("link").click()
    await expect(screen.page.locator("h1")).to_have_text(
        f"What changed from revision {number - 2} to revision {number}"
    )
    await expect(screen.page.locator("main ins").first).to_contain_text("answers")
    await screen.open()
    await expect(since.locator("visible=true")).to_have_count(0)
