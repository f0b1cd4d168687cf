"""A reader of the page learns of an outage with a status, and keeps what was typed into a form."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio

from intersessional.plugins.composition import installed_plugins
from tests.graphql.client import plain_http
from tests.graphql.server import Server, serving
from tests.hostile.database_proxy import DatabaseProxy, database_proxy
from tests.page.sent_forms import forms_in
from tests.page.visitor import Visitor, visiting
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

COMMENT = "The window was moved,\nand nobody told the list <b>why</b>."
HISTORY = b"format: 1\nhistory: a-file\nentries: []\n"


class Node:
    """A node whose database can be taken away, and somebody who has signed in there."""

    def __init__(
        self, proxy: DatabaseProxy, server: Server, visitor: Visitor, recorded: Recorded
    ) -> None:
        self.proxy = proxy
        self.server = server
        self.visitor = visitor
        self.comments = f"/drafts/{recorded.draft}/comments"
        self.draft = f"/drafts/{recorded.draft}"

    async def come_back(self) -> None:
        """Give the database back, and wait until the node has found it."""
        await self.proxy.come()
        await self.server.caught_up()


@pytest_asyncio.fixture(loop_scope="session")
async def node(postgres: str, template: Recorded) -> AsyncGenerator[Node]:
    async with (
        template.copied(postgres) as recorded,
        database_proxy(recorded.url) as proxy,
        serving(proxy.url, composition=installed_plugins()) as server,
        visiting(server) as visitor,
    ):
        await server.caught_up()
        signed_in = await visitor.post("/sign-in", {"role": "SECRETARIAT", "name": "Somebody"})
        assert signed_in.status_code == 303
        yield Node(proxy, server, visitor, recorded)


async def test_outage_is_503_everywhere_and_a_form_can_be_sent_again_from_its_page(
    node: Node,
) -> None:
    visitor = node.visitor
    await node.proxy.go_away()
    read = [
        await visitor.get(path)
        for path in ("/", node.draft, "/calendar.ics", "/cycles/2018", "/record", "/me")
    ]
    left = await visitor.post("/sign-out")
    sent = await visitor.post(node.comments, {"body": COMMENT, "seen": "7"})
    checked = await visitor.upload("/secretariat/import", "text", HISTORY)
    bad = await visitor.post(node.comments, {"body": COMMENT, "revision": "none"})
    async with plain_http() as http:
        asked = await http.post(node.server.url, json={"query": "{ cycles { totalCount } }"})
    await node.come_back()
    again = await visitor.post(node.comments, forms_in(sent.text)[node.comments])
    once_more = await visitor.post(node.comments, {"body": COMMENT, "seen": "7"})

    for answer in (*read, left, sent, checked, asked):
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5"), answer.url
        assert "UNAVAILABLE" in answer.text
    for answer in (*read, left):
        assert "you have written" not in answer.text, "nothing was written there"
    assert "Go back, and send it again" in left.text
    assert ">Try again</a>" in read[0].text
    assert ">Try again</a>" not in left.text, "nothing is at that address to be read"
    assert forms_in(sent.text)[node.comments] == {"body": COMMENT, "seen": "7"}
    assert "nobody told the list &lt;b&gt;why&lt;/b&gt;." in sent.text
    assert forms_in(checked.text)["/secretariat/import"]["text"] == HISTORY.decode()
    assert "multipart/form-data" in checked.text
    assert (bad.status_code, forms_in(bad.text)[node.comments]["body"]) == (400, COMMENT)
    assert "Send it again" not in bad.text
    assert again.status_code == once_more.status_code == 303
    assert again.headers["location"] == once_more.headers["location"]
