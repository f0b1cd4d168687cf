"""Operations over one socket, each under its own id."""

import pytest

from tests.graphql.scenario import ForumScenario, new_id
from tests.graphql.server import Server
from tests.graphql.socket import open_socket
from tests.graphql.subscription_documents import COMMENTS

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_connection_ack_has_the_head_position(
    scenario: ForumScenario, server: Server
) -> None:
    draft = await scenario.publish(await scenario.establish())
    before = await scenario.comment(draft, "before")
    async with open_socket(server.url) as socket:
        head = (await socket.introduce())["headPosition"]
        await socket.subscribe("c", COMMENTS, draft=draft, after=head)
        await scenario.comment(draft, "after")

        seen = (await socket.next("c"))["commentEvents"]["node"]["body"]

    assert head >= before["position"]
    assert seen == "after"


async def test_silent_subscription_stays_open_and_lets_others_send(
    scenario: ForumScenario, server: Server
) -> None:
    group = await scenario.establish()
    quiet, busy = await scenario.publish(group), await scenario.publish(group)
    async with server.socket() as socket:
        await socket.subscribe("quiet", COMMENTS, draft=quiet, after=0)
        await socket.subscribe("busy", COMMENTS, draft=busy, after=0)
        for number in range(5):
            await scenario.comment(busy, str(number))
            assert (await socket.next("busy"))["commentEvents"]["node"]["body"] == str(number)
        await scenario.comment(quiet, "At last.")

        assert (await socket.next("quiet"))["commentEvents"]["node"]["body"] == "At last."


async def test_completed_subscription_gets_nothing_more_and_frees_its_id(
    scenario: ForumScenario, server: Server
) -> None:
    draft = await scenario.publish(await scenario.establish())
    async with server.socket() as socket:
        await socket.subscribe("c", COMMENTS, draft=draft, after=0)
        await scenario.comment(draft, "1")
        first = (await socket.next("c"))["commentEvents"]
        await socket.send(id="c", type="complete")
        await socket.subscribe("q", "{ __typename }")
        await socket.next("q")
        await socket.receive()
        await scenario.comment(draft, "2")
        await socket.subscribe("c", COMMENTS, draft=draft, after=first["position"])

        again = (await socket.next("c"))["commentEvents"]["node"]["body"]

    assert again == "2"


async def test_queries_and_commands_go_over_the_socket_too(
    scenario: ForumScenario, server: Server
) -> None:
    draft = await scenario.publish(await scenario.establish())
    token = scenario.commenter.token
    async with server.socket(token) as socket:
        await socket.subscribe(
            "m",
            """mutation ($input: PostCommentInput!) { postComment(input: $input) {
                 __typename ... on CommentPosted { comment { body } } } }""",
            input={"commandId": new_id(), "draft": draft, "body": "!"},
        )
        answer = (await socket.next("m"))["postComment"]
        assert (await socket.receive())["type"] == "complete"
        await socket.subscribe("q", "{ viewer { participant { id } } }")
        viewer = (await socket.next("q"))["viewer"]

    assert answer == {"__typename": "CommentPosted", "comment": {"body": "!"}}
    assert viewer == {"participant": {"id": str(scenario.commenter.person)}}
