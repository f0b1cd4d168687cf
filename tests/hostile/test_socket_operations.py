"""One socket prepares one operation at a time, and executes a few."""

import asyncio

import pytest

from intersessional.infra.connections.graphql_services import GraphQLServices
from intersessional.infra.websocket import socket_operations
from intersessional.infra.websocket.socket_operations import SocketOperations
from tests.graphql.server import WAIT_MAX_S, Server, serving
from tests.graphql.subscriptions.scenarios import run_ready_tasks

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_queries_in_flight_on_one_socket_are_executed_a_few_at_a_time(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    executed, most, execute = 0, 0, GraphQLServices.execute
    full, go_on = asyncio.Event(), asyncio.Event()

    async def counting_execute(*arguments: object) -> bytes:
        nonlocal executed, most
        executed += 1
        most = max(most, executed)
        if executed == socket_operations.EXECUTIONS_MAX:
            full.set()
        try:
            await go_on.wait()
            return await execute(*arguments)  # type: ignore[arg-type]
        finally:
            executed -= 1

    monkeypatch.setattr(GraphQLServices, "execute", counting_execute)
    started, start = 0, SocketOperations.start

    async def counting_start(*arguments: object) -> None:
        nonlocal started
        started += 1
        await start(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(SocketOperations, "start", counting_start)
    async with server.socket() as socket:
        for number in range(50):
            await socket.subscribe(str(number), "{ __typename }")
        async with asyncio.timeout(WAIT_MAX_S):
            await full.wait()
        await run_ready_tasks()
        assert started <= 3 * socket_operations.EXECUTIONS_MAX
        go_on.set()
        answers = [await socket.receive() for _ in range(100)]

    assert most == socket_operations.EXECUTIONS_MAX
    assert sorted(answer["type"] for answer in answers) == ["complete"] * 50 + ["next"] * 50


async def test_operations_that_end_before_they_are_executed_make_room(server: Server) -> None:
    async with server.socket() as socket:
        for number in range(3 * socket_operations.EXECUTIONS_MAX):
            await socket.subscribe(str(number), "{ headPosition }")
            await socket.send(id=str(number), type="complete")
        await socket.subscribe("last", "{ __typename }")
        while (message := await socket.receive())["id"] != "last":
            assert message["type"] in {"next", "complete"}

        assert message["payload"]["data"] == {"__typename": "Query"}


async def test_client_whose_answer_waits_behind_its_own_messages_is_not_taken_for_gone(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute, go_on = GraphQLServices.execute, asyncio.Event()

    async def waiting_execute(*arguments: object) -> bytes:
        await go_on.wait()
        return await execute(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(GraphQLServices, "execute", waiting_execute)
    count = socket_operations.EXECUTIONS_MAX + 2
    async with serving(database, pong_s=0.05) as server, server.socket() as socket:
        [connection] = server.sockets_of(socket.connection.local_address)
        for number in range(count):
            await socket.subscribe(str(number), "{ __typename }")
        async with asyncio.timeout(WAIT_MAX_S):
            while not connection.read_paused:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            connection.send_keepalive_ping()
            asked = connection.pong_timer
            # However slow the machine is then, the answer comes in time once it can be read.
            connection.ping_timeout = WAIT_MAX_S
            while connection.pong_timer is asked:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        go_on.set()
        answers = [await socket.receive() for _ in range(2 * count)]

    assert {answer["id"] for answer in answers} == set(map(str, range(count)))
