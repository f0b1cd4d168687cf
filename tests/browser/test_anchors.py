"""A passage is painted where its quote stands; one that is lost is listed with its text."""

from typing import Any

import pytest

from intersessional.domain.kernel.act import Role
from tests.browser.drafts import DraftScreen
from tests.browser.watched_pages import WatchedPages
from tests.graphql.client import Client
from tests.graphql.server import Server
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

PASSAGES = """
query ($draft: ID!) {
  draft(id: $draft) {
    comments(first: 100) {
      nodes { id blocks passages { block start end quote state now { start end } } }
    }
  }
}
"""
BLOCKS = "query ($draft: ID!) { draft(id: $draft) { blocks { id: blockId text kind level } } }"
PAINTED = """() => ["commented", "mine"].flatMap((name) => [...CSS.highlights.get(name)])
  .map((range) => {
    const live = document.createRange();
    live.setStart(range.startContainer, range.startOffset);
    live.setEnd(range.endContainer, range.endOffset);
    const text = range.startContainer.parentElement.closest("[data-block]");
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    return [text.dataset.block, [...before.toString()].length, live.toString()];
  })"""


async def passages_of(client: Client, record: Recorded) -> list[dict[str, Any]]:
    """The passages of all comments on the draft."""
    nodes = (await client.ask(PASSAGES, draft=str(record.draft)))["draft"]["comments"]["nodes"]
    return [passage for one in nodes for passage in one["passages"]]


async def put_before(client: Client, record: Recorded, block: str, words: str) -> None:
    """Revise the draft: a paragraph begins with these words."""
    blocks = (await client.ask(BLOCKS, draft=str(record.draft)))["draft"]["blocks"]
    written = [
        one | ({"text": words + one["text"]} if one["id"] == block else {}) for one in blocks
    ]
    fields = {"draft": str(record.draft), "blocks": written}
    revised = await client.send("reviseDraft", fields)
    assert revised["__typename"] == "DraftRevised", revised


async def test_passages_are_painted_on_their_quotes_and_lost_ones_are_listed(
    pages: WatchedPages, node: Server, record: Recorded
) -> None:
    async with await node.client(Role.SECRETARIAT, "Secretariat") as client:
        standing_first = next(one for one in await passages_of(client, record) if one["now"])
        await put_before(client, record, standing_first["block"], "Since then: ")
        passages = await passages_of(client, record)
    screen = DraftScreen(await pages.open(), record)
    await screen.open()

    painted = {tuple(one) for one in await screen.page.evaluate(PAINTED)}

    standing = {(one["block"], one["now"]["start"], one["quote"]) for one in passages if one["now"]}
    lost = [one for one in passages if one["state"] == "ORPHANED"]
    assert {one["state"] for one in passages} == {"IN_PLACE", "MOVED", "ORPHANED"}
    assert painted == standing
    for one in lost:
        await screen.page.goto(f"{screen.path}/{one['block']}")
        listed = screen.page.locator("blockquote[data-state=orphaned]")
        assert one["quote"] in await listed.all_text_contents()
