"""A transient error is retried; a lasting one ends the operation before its event."""

import logging
from contextlib import AsyncExitStack

import asyncpg
import pytest

from intersessional.domain.command_handling.event_store import Unreachable
from intersessional.projections.kernel.view_errors import ViewBehind, ViewNotBuilt
from tests.graphql.scenario import forum_scenario
from tests.graphql.subscriptions.subscription_node import (
    SubscriptionNode,
    next_positions,
    until_started,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")

PASSING = [
    OSError("the line is gone"),
    Unreachable("starting up"),
    ViewNotBuilt("participants"),
    ViewBehind("participants", 7, 6, None),
]
LASTING = [
    (RuntimeError("a secret"), "INTERNAL"),
    (asyncpg.DataError("a secret"), "INTERNAL"),
    (ViewBehind("participants", 7, 6, "a secret"), "VIEW_STOPPED"),
]


@pytest.mark.parametrize("fault", PASSING, ids=repr)
async def test_transient_error_is_retried_and_no_subscriber_notices(
    node: SubscriptionNode, fault: Exception
) -> None:
    async with AsyncExitStack() as stack:
        sockets = await node.subscribed_sockets(stack, 3, after=node.start)
        for socket in sockets:
            await until_started(socket)
        [trouble] = node.positions(3, 3)
        node.probe.faults[node.name, trouble] = fault
        await node.record_events(5)

        for socket in sockets:
            assert await next_positions(socket, 5) == node.positions(1, 5)

    # Only what failed was executed again.
    assert node.executed == {1: 1, 2: 1, 3: 2, 4: 1, 5: 1}


@pytest.mark.parametrize("fault", PASSING[:2], ids=repr)
async def test_transient_error_is_retried_during_catch_up(
    node: SubscriptionNode, fault: Exception
) -> None:
    await node.record_events(5)
    [trouble] = node.positions(3, 3)
    node.probe.faults[node.name, trouble] = fault
    async with AsyncExitStack() as stack:
        sockets = await node.subscribed_sockets(stack, 3, after=node.start)

        for socket in sockets:
            assert await next_positions(socket, 5) == node.positions(1, 5)


@pytest.mark.parametrize(("fault", "code"), LASTING, ids=repr)
async def test_lasting_error_ends_the_operation_before_its_event_and_can_be_retried(
    node: SubscriptionNode, fault: Exception, code: str
) -> None:
    async with AsyncExitStack() as stack:
        sockets = await node.subscribed_sockets(stack, 3, after=node.start)
        for socket in sockets:
            await until_started(socket)
        [trouble] = node.positions(3, 3)
        node.probe.faults[node.name, trouble] = fault
        await node.record_events(5)

        for socket in sockets:
            assert await next_positions(socket, 2) == node.positions(1, 2)
            (error,) = await socket.error("w")
            assert error["extensions"]["code"] == code
            assert "secret" not in str(error)

            await socket.subscribe("w", node.trail, after=trouble - 1)
            assert await next_positions(socket, 3) == node.positions(3, 5)


async def test_failed_nullable_field_is_null_beside_the_other_fields(
    node: SubscriptionNode,
) -> None:
    query = node.trail.replace("counted", "perhaps")
    [trouble] = node.positions(1, 1)
    node.probe.faults[node.name, trouble] = RuntimeError("a secret")
    async with node.server.socket() as socket:
        await socket.subscribe("w", query, after=node.start)
        await node.record_events(2)

        received = (await socket.receive())["payload"]
        assert received["data"]["auditTrail"]["position"] == trouble
        assert received["data"]["auditTrail"]["perhaps"] is None
        assert [error["extensions"]["code"] for error in received["errors"]] == ["INTERNAL"]
        assert await next_positions(socket, 1) == node.positions(2, 2)


async def test_internal_error_is_logged_once_on_every_transport(
    node: SubscriptionNode, caplog: pytest.LogCaptureFixture
) -> None:
    fault = RuntimeError("a secret")
    async with forum_scenario(node.server) as scenario, node.server.socket() as socket:
        opened = await scenario.secretariat.ask(
            f"{{ cycle(year: {scenario.year}) {{ firstEvent {{ position }} }} }}"
        )
        position = opened["cycle"]["firstEvent"]["position"]
        query = (
            f'{{ cycle(year: {scenario.year}) {{ firstEvent {{ perhaps(by: "{node.name}") }} }} }}'
        )
        watch = node.trail.replace("counted", "perhaps")

        node.probe.faults[node.name, position] = fault
        await scenario.secretariat.answer(query)
        requested = _faults(caplog)
        node.probe.faults[node.name, position] = fault
        await socket.subscribe("q", query)
        await socket.receive()
        await socket.receive()
        sent_on_a_socket = _faults(caplog)
        node.probe.faults[node.name, position] = fault
        await socket.subscribe("w", watch, after=position - 1)
        await socket.receive()
        watched = _faults(caplog)

    assert requested == sent_on_a_socket == watched == [fault]


async def test_client_error_is_not_logged(
    node: SubscriptionNode, caplog: pytest.LogCaptureFixture
) -> None:
    mistakes = ["{", "{ nothing }", "subscription { auditTrail(after: -1) { position } }"]
    async with await node.server.client() as anonymous, node.server.socket() as socket:
        for mistake in mistakes:
            assert await anonymous.codes(mistake)
            await socket.subscribe("q", mistake)
            assert await socket.error("q")

    assert caplog.records == []


def _faults(caplog: pytest.LogCaptureFixture) -> list[BaseException | None]:
    """The errors that were logged since the last call."""
    logged = [record for record in caplog.records if record.levelno >= logging.ERROR]
    caplog.clear()
    return [record.exc_info[1] if record.exc_info else None for record in logged]
