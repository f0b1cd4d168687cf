"""Plugins fill the places of the core's screens; the core does without them."""

from acknowledgement import plugin as acknowledgement

from intersessional.domain.kernel.act import Role
from intersessional.plugins.composition import Composition, installed_plugins
from tests.graphql.client import Client
from tests.graphql.server import CORE_ONLY, serving
from tests.page.browser import browser
from tests.page.every_screen import addresses
from tests.recorded import Recorded


async def test_every_screen_of_the_core_is_shown_without_plugins(recorded: Recorded) -> None:
    async with serving(recorded.url, composition=CORE_ONLY) as server, browser(server) as reader:
        await server.caught_up()
        shown = {
            path: (await reader.get(path)).status_code for path in await addresses(server, recorded)
        }

    assert len(shown) == len(server.app.state.screens.page.screens) >= 17
    assert {path: status for path, status in shown.items() if status != 200} == {}


async def test_comment_that_its_group_has_read_says_so(recorded: Recorded) -> None:
    plugins = Composition((*installed_plugins().plugins, acknowledgement))
    async with (
        serving(recorded.url, composition=plugins) as server,
        Client(server.url, token=recorded.token) as commenter,
        await server.client(Role.SECRETARIAT) as secretariat,
        browser(server) as reader,
    ):
        posted = await commenter.do(
            "postComment",
            "... on CommentPosted { comment { id } }",
            draft=str(recorded.draft),
            body="Has anyone read this?",
        )
        path = f"/comments/{posted['comment']['id']}"
        before = await reader.get(path)
        await secretariat.do("acknowledgeComment", comment=posted["comment"]["id"])
        after = await reader.get(path)

    assert "Read by the group on" not in before.text
    assert "Read by the group on" in after.text
