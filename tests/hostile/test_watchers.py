"""What watchers cost a node while events come, however many they are."""

from uuid import uuid4

import pytest

from tests.graphql.scenario import ForumScenario
from tests.graphql.server import Server
from tests.graphql.socket import Socket
from tests.graphql.statements import counted_statements

pytestmark = pytest.mark.asyncio(loop_scope="session")

COMMENTS = "subscription ($draft: ID!) { commentEvents(draft: $draft) { position node { body } } }"


async def until_started(socket: Socket) -> None:
    """Wait until everything that was subscribed has started: messages are handled in order."""
    await socket.subscribe("last", "subscription { nothing }")
    while (await socket.receive())["id"] != "last":
        pass


async def test_watchers_of_other_drafts_read_nothing_for_a_comment(
    scenario: ForumScenario, server: Server
) -> None:
    group = await scenario.establish()
    draft, other = await scenario.publish(group), await scenario.publish(group)
    async with counted_statements(server.backend) as alone:
        await scenario.comment(other, "Nobody watches.")
        await server.caught_up()
    async with server.socket() as socket:
        await socket.subscribe("it", COMMENTS, draft=draft)
        for number in range(30):
            await socket.subscribe(str(number), COMMENTS, draft=str(uuid4()))
        await until_started(socket)
        async with counted_statements(server.backend) as watched:
            await scenario.comment(other, "Not theirs.")
            posted = await scenario.comment(draft, "Theirs.")
            change = (await socket.next("it"))["commentEvents"]
            await server.caught_up()

    assert change == {"position": posted["position"], "node": {"body": "Theirs."}}
    # The one watcher of the draft reads the comment and its text; the other thirty read nothing.
    assert len(watched) <= 2 * len(alone) + 2


async def test_event_without_the_id_is_read_once_for_all_watchers(
    scenario: ForumScenario, server: Server
) -> None:
    draft = await scenario.publish(await scenario.establish())
    comment = (await scenario.comment(draft, "Taken back soon."))["comment"]["id"]
    async with server.socket() as socket:
        await socket.subscribe("it", COMMENTS, draft=draft)
        for number in range(30):
            await socket.subscribe(str(number), COMMENTS, draft=str(uuid4()))
        await until_started(socket)
        async with counted_statements(server.backend) as statements:
            await scenario.commenter.do("withdrawComment", comment=comment)
            await scenario.comment(draft, "Another.")
            bodies = [(await socket.next("it"))["commentEvents"]["node"]["body"] for _ in range(2)]

    assert bodies == [None, "Another."]
    # Two changes of the watcher, the two answers, and one that all watchers share.
    assert len([one for one in statements if "documents_at" in one]) <= 8
