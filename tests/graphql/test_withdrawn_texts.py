"""The law of withdrawn texts: nobody reads them, in any state, on any wire, at any node."""

import json
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.comment.commands import PostComment, WithdrawComment
from intersessional.domain.kernel.caller import Caller
from tests.databases import fresh_database
from tests.graphql.client import Client
from tests.graphql.events import events
from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import Server, serving
from tests.graphql.socket import Socket

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

MARKER = "a text that its author took back"
REASON = "It was a mistake."
SPOKEN = {"channel": "IN_SESSION", "attribution": {"speaker": MARKER, "source": MARKER}}

COMMENT = """
    query ($comment: ID!, $asOf: AsOfInput) { comment(id: $comment, asOf: $asOf) {
        body bodyStatus withdrawn attribution { speaker source }
        history(first: 100) { nodes { name data } }
        replies { nodes { body inReplyTo { body } } } } }
"""
DRAFT = """
    query ($draft: ID!, $asOf: AsOfInput) { draft(id: $draft, asOf: $asOf) {
        comments(first: 100) { nodes { body attribution { speaker source } } }
        history(first: 100) { nodes { data } } } }
"""
NODE = """
    query ($comment: ID!) {
        node(id: $comment) { ... on Comment { body attribution { speaker source } } } }
"""
NODE_AS_OF = """
    query ($comment: ID!, $asOf: AsOfInput!) {
        nodeAsOf(id: $comment, asOf: $asOf) {
            ... on Comment { body attribution { speaker source } } } }
"""
TRAIL = """
    query ($asOf: AsOfInput) { auditTrail(first: 100, asOf: $asOf) { nodes { data } } }
"""
STREAM = """
    query ($comment: ID!, $asOf: AsOfInput) {
        auditTrail(first: 100, stream: $comment, asOf: $asOf) { nodes { data } } }
"""
QUERIES = (COMMENT, DRAFT, NODE, NODE_AS_OF, TRAIL, STREAM)
COMMENTS_LIVE = """
    subscription ($draft: ID!, $after: Position) { commentEvents(draft: $draft, after: $after) {
        position event { data }
        node { body attribution { speaker source } inReplyTo { body } } } }
"""
TRAIL_LIVE = "subscription ($after: Position) { auditTrail(after: $after) { position data } }"


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """A comment with the marker in each of its texts, on two nodes of one record."""

    nodes: list[Server]
    forum: ForumScenario
    readers: list[Client]
    """Nobody who has signed in, the author and an official, at each node."""
    author: Client
    draft: str
    comment: str
    posted_at: int

    async def answers(self) -> list[str]:
        """What every query answers to everybody, in every state, at every node."""
        head = await self.caught_up()
        found: list[str] = []
        for reader in self.readers:
            for query in QUERIES:
                for position in (None, *range(self.posted_at, head + 1)):
                    as_of = None if position is None else {"position": position}
                    if as_of is None and query is NODE_AS_OF:
                        continue
                    used = {"comment": self.comment, "draft": self.draft, "asOf": as_of}
                    variables = {name: one for name, one in used.items() if f"${name}:" in query}
                    answer = await reader.answer(query, **variables)
                    assert "errors" not in answer, answer
                    found.append(json.dumps(answer))
        return found

    async def replays(self, comment_events: int) -> list[str]:
        """What both subscriptions replay from the beginning, over both wires, at both nodes."""
        head = await self.caught_up()
        found: list[str] = []
        for node, reader in zip(self.nodes, self.readers[::3], strict=True):
            async with node.socket() as socket:
                await socket.subscribe("trail", TRAIL_LIVE, after=0)
                found += [json.dumps(await socket.next("trail")) for _ in range(head)]
            async with node.socket() as socket:
                await socket.subscribe("comments", COMMENTS_LIVE, draft=self.draft, after=0)
                found += [json.dumps(await socket.next("comments")) for _ in range(comment_events)]
            async with events(reader, TRAIL_LIVE, after=0) as stream:
                found += [json.dumps(await stream.next()) for _ in range(head)]
            async with events(reader, COMMENTS_LIVE, draft=self.draft, after=0) as stream:
                found += [json.dumps(await stream.next()) for _ in range(comment_events)]
        return found

    async def caught_up(self) -> int:
        """The head, once both nodes show it."""
        return [await node.caught_up() for node in self.nodes][-1]

    async def withdraw(self) -> None:
        """Withdraw the comment; both nodes know it."""
        await self.author.do("withdrawComment", comment=self.comment, reason=REASON)
        await self.caught_up()


@pytest_asyncio.fixture(loop_scope="session", params=["online", "in a session"])
async def withdrawal(
    postgres: str, template: str, request: pytest.FixtureRequest
) -> AsyncGenerator[Withdrawal]:
    """A comment that can be withdrawn."""
    async with withdrawal_scenario(
        postgres, template, in_session=request.param == "in a session"
    ) as scenario:
        yield scenario


@asynccontextmanager
async def withdrawal_scenario(
    postgres: str, template: str, *, in_session: bool
) -> AsyncGenerator[Withdrawal]:
    async with AsyncExitStack() as stack:
        dsn = await stack.enter_async_context(fresh_database(postgres, template))
        nodes = [await stack.enter_async_context(serving(dsn)) for _ in range(2)]
        forum = await stack.enter_async_context(forum_scenario(nodes[0]))
        draft = await forum.publish(await forum.establish())
        author = forum.secretariat if in_session else forum.commenter
        done = await author.do(
            "postComment",
            "position ... on CommentPosted { comment { id } }",
            draft=draft,
            body=MARKER,
            **(SPOKEN if in_session else {}),
        )
        callers = [Client(nodes[0].url), forum.commenter, forum.secretariat]
        readers = [
            await stack.enter_async_context(
                Client(node.url, token=caller.token, person=caller.person)
            )
            for node in nodes
            for caller in callers
        ]
        yield Withdrawal(
            nodes=nodes,
            forum=forum,
            readers=readers,
            author=author,
            draft=draft,
            comment=done["comment"]["id"],
            posted_at=done["position"],
        )


def with_marker(answers: list[str]) -> list[str]:
    return [answer for answer in answers if MARKER in answer]


async def test_withdrawn_text_is_read_by_nobody_in_any_state_on_any_wire(
    withdrawal: Withdrawal,
) -> None:
    reply = await withdrawal.forum.comment(
        withdrawal.draft, "I agree.", inReplyTo=withdrawal.comment
    )
    before = await withdrawal.answers()
    assert all(MARKER in answer for answer in before if '"body"' in answer)
    assert with_marker(await withdrawal.replays(2))

    await withdrawal.withdraw()

    assert with_marker(await withdrawal.answers()) == []
    assert with_marker(await withdrawal.replays(3)) == []
    data = await withdrawal.readers[0].ask(COMMENT, comment=withdrawal.comment)
    posted, withdrawn = data["comment"]["history"]["nodes"]
    assert data["comment"]["body"] is None
    assert data["comment"]["bodyStatus"] == "WITHDRAWN"
    assert data["comment"]["replies"]["nodes"] == [
        {"body": "I agree.", "inReplyTo": {"body": None}}
    ]
    assert posted["data"]["body"] == withdrawn["data"]["body"]
    assert posted["data"]["body"]["text"] is None
    assert posted["data"]["attribution"] == withdrawn["data"]["attribution"]
    assert withdrawn["data"]["reason"]["text"] == REASON
    assert data["comment"]["attribution"] in (None, {"speaker": None, "source": None})
    data = await withdrawal.readers[0].ask(
        COMMENT, comment=withdrawal.comment, asOf={"position": reply["position"]}
    )
    assert data["comment"]["withdrawn"] is False
    assert (data["comment"]["body"], data["comment"]["bodyStatus"]) == (None, "WITHDRAWN")


async def test_late_joiner_of_a_running_subscription_does_not_get_a_withdrawn_text(
    withdrawal: Withdrawal,
) -> None:
    forum, draft = withdrawal.forum, withdrawal.draft
    async with AsyncExitStack() as stack:
        early: list[Socket] = []
        for node in withdrawal.nodes:
            socket = await stack.enter_async_context(node.socket())
            await socket.subscribe("trail", TRAIL_LIVE)
            await socket.subscribe("comments", COMMENTS_LIVE, draft=draft, after=0)
            assert MARKER in json.dumps(await socket.next("comments"))
            early.append(socket)
        # What comes now is in the replay buffers of the subscriptions that run.
        another = await forum.comment(draft, MARKER)
        for socket in early:
            assert {(await marked(socket))["id"] for _ in range(2)} == {"trail", "comments"}
        await forum.commenter.do("withdrawComment", comment=another["comment"]["id"])
        await withdrawal.withdraw()
        head = await withdrawal.caught_up()

        for node in withdrawal.nodes:
            for after in (0, withdrawal.posted_at, another["position"] - 1):
                late = await stack.enter_async_context(node.socket())
                await late.subscribe("late", TRAIL_LIVE, after=after)
                for _ in range(head - after):
                    assert MARKER not in json.dumps(await late.next("late"))


async def marked(socket: Socket) -> Json:
    """The next message, which has the marker."""
    message = await socket.receive()
    assert MARKER in json.dumps(message)
    return message


async def test_text_that_was_posted_and_withdrawn_in_one_append_is_read_by_nobody(
    withdrawal: Withdrawal,
) -> None:
    bus = withdrawal.nodes[0].backend.command_bus
    author = Caller(person=withdrawal.forum.commenter.person)
    post = PostComment(command_id=uuid4(), draft=UUID(withdrawal.draft), body=MARKER)
    withdraw = WithdrawComment(command_id=uuid4(), comment=post.derived_id)
    await bus.submit_all([CommandEnvelope(one, author) for one in (post, withdraw)])
    await withdrawal.withdraw()

    assert with_marker(await withdrawal.answers()) == []
    assert with_marker(await withdrawal.replays(4)) == []
