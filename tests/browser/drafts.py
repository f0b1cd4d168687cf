"""The draft screen as tests use it: its paragraphs, their forms, and what is on record of them."""

from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.browser.watched_pages import WAIT_MAX_MS
from tests.graphql.client import Client
from tests.recorded import Recorded

expect.set_options(timeout=WAIT_MAX_MS)

LIVE = "live-line[data-state=live]"

COMMENTS = """
query Comments($draft: ID!, $block: ID!) {
  draft(id: $draft) {
    revision
    block(id: $block) { plainText }
    comments(block: $block, first: 100) {
      nodes { id body revision blocks passages { block start end quote } }
    }
  }
}
"""


class DraftScreen:
    """A draft in a page."""

    def __init__(self, page: Page, record: Recorded) -> None:
        self.page = page
        self.path = f"/drafts/{record.draft}"

    async def open(self) -> None:
        """Load it, and wait until it is live."""
        await self.page.goto(self.path)
        await self.page.wait_for_selector(LIVE)

    async def sign_in(self, name: str) -> None:
        """Sign in as a participant who comments, and open the draft."""
        await sign_in(self.page, name)
        await self.open()

    def block(self, block: str) -> Locator:
        """A paragraph with its margin."""
        return self.page.locator(f"#b-{block}")

    def comments(self, block: str) -> Locator:
        """The comments on a paragraph that are on record."""
        return self.block(block).locator("[data-list] > article[data-comment]")

    def pending(self) -> Locator:
        """The comments that wait on the device."""
        return self.page.locator("article[data-command]")

    async def write(self, block: str, text: str) -> Locator:
        """Open the comments on a paragraph, and put a text into their form."""
        details = self.block(block).locator("details")
        if await details.get_attribute("open") is None:
            await details.locator("summary").click()
        field = self.block(block).locator("details > form.composer textarea")
        await field.fill(text)
        return field

    async def send(self, block: str) -> None:
        """Send what is in the form of a paragraph."""
        await self.block(block).locator("details > form.composer .primary").click()


async def sign_in(page: Page, name: str, role: str = "COMMENTER") -> None:
    """Send the form that signs a participant in; what it shows is a test of its own."""
    answer = await page.context.request.post(
        "/sign-in",
        form={"role": role, "name": name},
        headers={"Sec-Fetch-Site": "same-origin"},
        max_redirects=0,
    )
    assert answer.status == 303


async def free_blocks(client: Client, record: Recorded, count: int) -> list[str]:
    """Ids of blocks on which nobody has commented: paragraphs first, headings last."""
    data = await client.ask(
        "query ($draft: ID!) { draft(id: $draft) { blocks { blockId kind commentCount } } }",
        draft=str(record.draft),
    )
    kinds = ("PARAGRAPH", "BULLET_ITEM", "HEADING")
    blocks = sorted(data["draft"]["blocks"], key=lambda one: kinds.index(one["kind"]))
    free = [one["blockId"] for one in blocks if one["commentCount"] == 0]
    assert len(free) >= count
    return free[:count]


async def recorded_on(client: Client, record: Recorded, block: str) -> list[dict[str, Any]]:
    """The comments on a paragraph that are on record, oldest first."""
    data = await client.ask(COMMENTS, draft=str(record.draft), block=block)
    nodes: list[dict[str, Any]] = data["draft"]["comments"]["nodes"]
    return nodes
