"""Many who watch the same cost one execution an event, and never see what is another's."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import pytest

from intersessional.domain.kernel.act import Role
from tests.graphql.socket import Socket, open_socket
from tests.graphql.subscriptions.ground import Ground, begun, seen

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_watchers_of_the_same_cost_one_execution_an_event(either: Ground) -> None:
    ground = either
    async with AsyncExitStack() as stack:
        sockets = await ground.watchers(stack, 20, after=ground.start)
        await ground.note(30)

        for socket in sockets:
            assert await seen(socket, 30) == ground.positions(1, 30)

    assert ground.executed == dict.fromkeys(range(1, 31), 1)


async def test_they_do_from_wherever_they_begin(ground: Ground) -> None:
    await ground.note(20)
    async with AsyncExitStack() as stack:
        sockets = [await stack.enter_async_context(ground.node.socket()) for _ in range(20)]
        for after, socket in enumerate(sockets):
            await socket.subscribe("w", ground.trail, after=ground.start + after)
        await ground.note(5)

        for after, socket in enumerate(sockets):
            assert await seen(socket, 25 - after) == ground.positions(after + 1, 25)

    assert max(ground.executed.values()) == 1


LITERAL = "subscription { auditTrail(after: AT) { position COUNTED } }"
DEFAULT = "subscription ($at: Position = AT) { auditTrail(after: $at) { position COUNTED } }"
IN_A_FRAGMENT = """subscription ($at: Position = AT) { ...F }
    fragment F on Subscription { ... { auditTrail(after: $at) { position COUNTED } } }"""
MERGED = """subscription {
    auditTrail(after: AT) { position } auditTrail(after: AT) { COUNTED } }"""


@pytest.mark.parametrize("query", [LITERAL, DEFAULT, IN_A_FRAGMENT, MERGED])
async def test_however_the_position_is_told_nothing_is_skipped(ground: Ground, query: str) -> None:
    await ground.note(4)
    async with AsyncExitStack() as stack:
        query = query.replace("AT", str(ground.start + 2)).replace("COUNTED", ground.counted)
        sockets = await ground.watchers(stack, 3, query)
        await ground.note(2)

        for socket in sockets:
            assert await seen(socket, 4) == ground.positions(3, 6)

    assert set(ground.executed.values()) == {1}


@pytest.mark.parametrize("variables", [{}, {"after": None}])
async def test_without_a_position_only_what_is_to_come_is_seen(
    ground: Ground, variables: dict[str, Any]
) -> None:
    async with AsyncExitStack() as stack:
        sockets = await ground.watchers(stack, 3, **variables)
        for socket in sockets:
            await begun(socket)
        await ground.note(2)

        for socket in sockets:
            assert await seen(socket, 2) == ground.positions(1, 2)

    assert ground.executed == {1: 1, 2: 1}


async def test_who_uses_the_position_twice_gets_what_is_theirs(ground: Ground) -> None:
    query = """subscription ($after: Position!) {
        auditTrail(after: $after) { position distance(of: $after) } }"""
    await ground.note(3)
    async with AsyncExitStack() as stack:
        sockets = [await stack.enter_async_context(ground.node.socket()) for _ in range(2)]
        for after, socket in enumerate(sockets):
            await socket.subscribe("w", query, after=ground.start + after)

        answers = [(await socket.next("w"))["auditTrail"] for socket in sockets]

    assert [answer["position"] for answer in answers] == ground.positions(1, 2)
    assert [answer["distance"] for answer in answers] == [1, 1]


@pytest.mark.parametrize(
    ("field", "executions"), [("counted", 1), ("declared", 1), ("undeclared", 3)]
)
async def test_what_may_not_be_the_same_is_executed_for_each_on_the_same_wire(
    ground: Ground, field: str, executions: int
) -> None:
    query = ground.trail.replace("counted", field)
    await ground.note(2)
    async with AsyncExitStack() as stack:
        sockets = await ground.watchers(stack, 3, query, after=ground.start)
        await ground.note(2)

        for socket in sockets:
            assert await seen(socket, 4) == ground.positions(1, 4)

    assert ground.executed == dict.fromkeys(range(1, 5), executions)


async def test_the_same_document_with_other_variables_is_something_else(ground: Ground) -> None:
    query = """subscription ($after: Position, $with: Boolean!) {
        auditTrail(after: $after) { position distance(of: 0) @include(if: $with) } }"""
    await ground.note(1)
    async with ground.node.socket() as socket:
        await socket.subscribe("yes", query, **{"after": ground.start, "with": True})
        await socket.subscribe("no", query, **{"after": ground.start, "with": False})

        told = await told_by_id(socket, 2)

    [position] = ground.positions(1, 1)
    assert told == {
        "yes": {"position": position, "distance": position},
        "no": {"position": position},
    }


async def test_two_operations_of_one_document_do_not_mix(ground: Ground) -> None:
    query = """
        subscription A($after: Position) { auditTrail(after: $after) { version } }
        subscription B($after: Position) { auditTrail(after: $after) { topic } }"""
    await ground.note(1)
    async with ground.node.socket() as socket:
        for name in ("A", "B"):
            variables = {"after": ground.start}
            payload = {"query": query, "operationName": name, "variables": variables}
            await socket.send(id=name, type="subscribe", payload=payload)

        told = await told_by_id(socket, 2)

    assert told == {"A": {"version": 1}, "B": {"topic": "note.made.v1"}}


async def told_by_id(socket: Socket, count: int) -> dict[str, Any]:
    """What the next payloads tell of the trail, by their operations."""
    messages = [await socket.receive() for _ in range(count)]
    return {one["id"]: one["payload"]["data"]["auditTrail"] for one in messages}


async def test_what_is_ones_own_is_never_anothers_and_follows_ones_roles(ground: Ground) -> None:
    query = "subscription ($after: Position) { auditTrail(after: $after) { position myRoles } }"
    node = ground.node
    secretariat, commenter = await node.token(Role.SECRETARIAT), await node.token(Role.COMMENTER)
    start = await node.caught_up()
    async with (
        node.socket(secretariat.text) as hers,
        node.socket(commenter.text) as his,
        node.socket() as nobodys,
        await node.client(Role.OPERATOR) as operator,
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


async def test_what_was_read_for_one_event_is_read_anew_for_the_next(ground: Ground) -> None:
    query = "subscription ($after: Position) { auditTrail(after: $after) { position latest } }"
    async with ground.node.socket() as socket:
        await socket.subscribe("w", query, after=ground.start)
        for _ in range(2):
            await ground.note(1)
            entry = (await socket.next("w"))["auditTrail"]
            assert entry["latest"] >= entry["position"]


async def test_a_thousand_who_come_back_at_once_cost_one_execution_an_event(
    ground: Ground,
) -> None:
    await ground.note(15)
    async with AsyncExitStack() as stack:
        # Ten of them share a socket: it is not measured how fast sockets open.
        sockets = [await stack.enter_async_context(ground.node.socket()) for _ in range(100)]
        for number in range(10):
            for socket in sockets:
                await socket.subscribe(str(number), ground.trail, after=ground.start + 5)
        await ground.note(5)

        async def all_of_it(socket: Socket) -> None:
            told: dict[str, list[int]] = {}
            for _ in range(150):
                message = await socket.receive()
                position = message["payload"]["data"]["auditTrail"]["position"]
                told.setdefault(message["id"], []).append(position)
            assert list(told.values()) == [ground.positions(6, 20)] * 10

        await asyncio.gather(*map(all_of_it, sockets))

    assert ground.executed == dict.fromkeys(range(6, 21), 1)


async def test_who_leaves_takes_nothing_with_them(ground: Ground) -> None:
    async with AsyncExitStack() as stack:
        sockets = await ground.watchers(stack, 3, after=ground.start)
        async with open_socket(ground.node.url) as leaver:
            await leaver.introduce()
            await leaver.subscribe("w", ground.trail, after=ground.start)
            await ground.note(2)
            assert await seen(leaver, 2) == ground.positions(1, 2)
            leaver.cut()
        await ground.note(2)

        for socket in sockets:
            assert await seen(socket, 4) == ground.positions(1, 4)

    assert max(ground.executed.values()) == 1
