"""Equal subscriptions cost one execution an event; those that depend on a caller are not shared."""

import asyncio
import gc
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import pytest
from graphql.execution.collect_fields import CollectedFields

from intersessional.domain.kernel.act import Role
from tests.graphql.server import WAIT_MAX_S
from tests.graphql.socket import Socket, open_socket
from tests.graphql.subscriptions.subscription_node import (
    SubscriptionNode,
    next_positions,
    until_started,
)
from tests.objects_in_memory import objects_of

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_equal_subscriptions_cost_one_execution_an_event(any_node: SubscriptionNode) -> None:
    node = any_node
    async with AsyncExitStack() as stack:
        sockets = await node.subscribed_sockets(stack, 20, after=node.start)
        for socket in sockets:
            await until_started(socket)
        await node.record_events(30)

        for socket in sockets:
            assert await next_positions(socket, 30) == node.positions(1, 30)

    assert node.executed == dict.fromkeys(range(1, 31), 1)


async def test_equal_subscriptions_are_shared_wherever_they_begin(node: SubscriptionNode) -> None:
    await node.record_events(20)
    await node.until_read()
    async with AsyncExitStack() as stack:
        sockets = [await stack.enter_async_context(node.server.socket()) for _ in range(20)]
        for after, socket in enumerate(sockets):
            await socket.subscribe("w", node.trail, after=node.start + after)
        for after, socket in enumerate(sockets):
            assert await next_positions(socket, 20 - after) == node.positions(after + 1, 20)
        await node.record_events(5)

        for socket in sockets:
            assert await next_positions(socket, 5) == node.positions(21, 25)

    assert max(node.executed.values()) == 1


LITERAL = "subscription { auditTrail(after: AT) { position COUNTED } }"
DEFAULT = "subscription ($at: Position = AT) { auditTrail(after: $at) { position COUNTED } }"
IN_A_FRAGMENT = """subscription ($at: Position = AT) { ...F }
    fragment F on Subscription { ... { auditTrail(after: $at) { position COUNTED } } }"""
MERGED = """subscription {
    auditTrail(after: AT) { position } auditTrail(after: AT) { COUNTED } }"""


@pytest.mark.parametrize("query", [LITERAL, DEFAULT, IN_A_FRAGMENT, MERGED])
async def test_position_can_be_given_in_every_form_and_nothing_is_skipped(
    node: SubscriptionNode, query: str
) -> None:
    await node.record_events(4)
    await node.until_read()
    async with AsyncExitStack() as stack:
        query = query.replace("AT", str(node.start + 2)).replace("COUNTED", node.counted)
        sockets = await node.subscribed_sockets(stack, 3, query)
        for socket in sockets:
            assert await next_positions(socket, 2) == node.positions(3, 4)
        await node.record_events(2)

        for socket in sockets:
            assert await next_positions(socket, 2) == node.positions(5, 6)

    assert set(node.executed.values()) == {1}


@pytest.mark.parametrize("variables", [{}, {"after": None}])
async def test_subscription_without_a_position_gets_only_later_events(
    node: SubscriptionNode, variables: dict[str, Any]
) -> None:
    async with AsyncExitStack() as stack:
        sockets = await node.subscribed_sockets(stack, 3, **variables)
        for socket in sockets:
            await until_started(socket)
        await node.record_events(2)

        for socket in sockets:
            assert await next_positions(socket, 2) == node.positions(1, 2)

    assert node.executed == {1: 1, 2: 1}


async def test_operation_that_uses_the_position_twice_is_not_shared(node: SubscriptionNode) -> None:
    query = """subscription ($after: Position!) {
        auditTrail(after: $after) { position distance(of: $after) } }"""
    await node.record_events(3)
    async with AsyncExitStack() as stack:
        sockets = [await stack.enter_async_context(node.server.socket()) for _ in range(2)]
        for after, socket in enumerate(sockets):
            await socket.subscribe("w", query, after=node.start + after)

        answers = [(await socket.next("w"))["auditTrail"] for socket in sockets]

    assert [answer["position"] for answer in answers] == node.positions(1, 2)
    assert [answer["distance"] for answer in answers] == [1, 1]


@pytest.mark.parametrize(
    ("field", "executions"), [("counted", 1), ("declared", 1), ("undeclared", 3)]
)
async def test_operation_that_may_depend_on_its_caller_is_not_shared(
    node: SubscriptionNode, field: str, executions: int
) -> None:
    query = node.trail.replace("counted", field)
    await node.record_events(2)
    await node.until_read()
    async with AsyncExitStack() as stack:
        sockets = await node.subscribed_sockets(stack, 3, query, after=node.start)
        for socket in sockets:
            assert await next_positions(socket, 2) == node.positions(1, 2)
        await node.record_events(2)

        for socket in sockets:
            assert await next_positions(socket, 2) == node.positions(3, 4)

    assert node.executed == dict.fromkeys(range(1, 5), executions)


async def test_operations_with_other_variables_are_not_shared(node: SubscriptionNode) -> None:
    query = """subscription ($after: Position, $with: Boolean!) {
        auditTrail(after: $after) { position distance(of: 0) @include(if: $with) } }"""
    await node.record_events(1)
    async with node.server.socket() as socket:
        await socket.subscribe("yes", query, **{"after": node.start, "with": True})
        await socket.subscribe("no", query, **{"after": node.start, "with": False})

        received = await results_by_id(socket, 2)

    [position] = node.positions(1, 1)
    assert received == {
        "yes": {"position": position, "distance": position},
        "no": {"position": position},
    }


async def test_operations_of_one_document_are_not_shared(node: SubscriptionNode) -> None:
    query = """
        subscription A($after: Position) { auditTrail(after: $after) { version } }
        subscription B($after: Position) { auditTrail(after: $after) { topic } }"""
    await node.record_events(1)
    async with node.server.socket() as socket:
        for name in ("A", "B"):
            variables = {"after": node.start}
            payload = {"query": query, "operationName": name, "variables": variables}
            await socket.send(id=name, type="subscribe", payload=payload)

        received = await results_by_id(socket, 2)

    assert received == {"A": {"version": 1}, "B": {"topic": "note.made.v1"}}


async def results_by_id(socket: Socket, count: int) -> dict[str, Any]:
    """The audit trail's part of the next payloads, by operation id."""
    messages = [await socket.receive() for _ in range(count)]
    return {one["id"]: one["payload"]["data"]["auditTrail"] for one in messages}


async def test_operation_that_depends_on_its_caller_follows_their_roles(
    node: SubscriptionNode,
) -> None:
    query = "subscription ($after: Position) { auditTrail(after: $after) { position myRoles } }"
    server = node.server
    # Other tests share the commenter of the node, who has no further role.
    secretariat, commenter = (
        await server.token(Role.SECRETARIAT),
        await server.token(Role.COMMENTER, f"Ann {uuid4()}"),
    )
    start = await server.caught_up()
    async with (
        server.socket(secretariat.text) as hers,
        server.socket(commenter.text) as his,
        server.socket() as nobodys,
        await server.client(Role.OPERATOR) as operator,
    ):
        sockets = (hers, his, nobodys)
        for socket in sockets:
            await socket.subscribe("w", query, after=start - 1)
        before = [(await socket.next("w"))["auditTrail"]["myRoles"] for socket in sockets]

        await operator.do(
            "grantRole", participant=str(commenter.person), role="MAG_MEMBER", since="2018-01-01"
        )
        after = [(await socket.next("w"))["auditTrail"]["myRoles"] for socket in sockets]

    assert before == [["SECRETARIAT"], [], []]
    assert after == [["SECRETARIAT"], ["MAG_MEMBER"], []]


async def test_state_is_read_anew_for_each_event(node: SubscriptionNode) -> None:
    query = "subscription ($after: Position) { auditTrail(after: $after) { position latest } }"
    async with node.server.socket() as socket:
        await socket.subscribe("w", query, after=node.start)
        for _ in range(2):
            await node.record_events(1)
            entry = (await socket.next("w"))["auditTrail"]
            assert entry["latest"] >= entry["position"]


def remembered_selections() -> int:
    """How many collected selections exist in this process."""
    gc.collect()
    return len(objects_of(CollectedFields))


async def test_subscription_remembers_nothing_of_an_event_after_it(node: SubscriptionNode) -> None:
    query = "subscription ($after: Position) { auditTrail(after: $after) { position } }"
    async with node.server.socket() as socket:
        await socket.subscribe("w", query, after=node.start)
        await node.record_events(1)
        await next_positions(socket, 1)
        before = remembered_selections()

        await node.record_events(50)
        await next_positions(socket, 50)

        # Those of other tests may be executing.
        async with asyncio.timeout(WAIT_MAX_S):
            while remembered_selections() > before + 10:  # noqa: ASYNC110  Memory rings no bell.
                await asyncio.sleep(0.01)


async def test_thousand_simultaneous_reconnects_cost_one_execution_an_event(
    node: SubscriptionNode,
) -> None:
    await node.record_events(15)
    await node.until_read()
    async with AsyncExitStack() as stack:
        # Ten of them share a socket: it is not measured how fast sockets open.
        sockets = [await stack.enter_async_context(node.server.socket()) for _ in range(100)]
        for number in range(10):
            for socket in sockets:
                await socket.subscribe(str(number), node.trail, after=node.start + 5)

        async def receive_all(socket: Socket, first: int, last: int) -> None:
            received: dict[str, list[int]] = {}
            for _ in range(10 * (last + 1 - first)):
                message = await socket.receive()
                position = message["payload"]["data"]["auditTrail"]["position"]
                received.setdefault(message["id"], []).append(position)
            assert list(received.values()) == [node.positions(first, last)] * 10

        await asyncio.gather(*(receive_all(socket, 6, 15) for socket in sockets))
        # An event without meaning may close a text: what is not read yet would be executed again.
        await node.record_events(5)
        await asyncio.gather(*(receive_all(socket, 16, 20) for socket in sockets))

    assert node.executed == dict.fromkeys(range(6, 21), 1)


async def test_client_that_leaves_does_not_disturb_the_others(node: SubscriptionNode) -> None:
    async with AsyncExitStack() as stack:
        sockets = await node.subscribed_sockets(stack, 3, after=node.start)
        async with open_socket(node.server.url) as leaver:
            await leaver.introduce()
            await leaver.subscribe("w", node.trail, after=node.start)
            for socket in (*sockets, leaver):
                await until_started(socket)
            await node.record_events(2)
            assert await next_positions(leaver, 2) == node.positions(1, 2)
            leaver.cut()
        await node.record_events(2)

        for socket in sockets:
            assert await next_positions(socket, 4) == node.positions(1, 4)

    assert max(node.executed.values()) == 1
