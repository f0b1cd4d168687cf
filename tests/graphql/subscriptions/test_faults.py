"""What goes wrong for a moment is waited for, and what stays wrong is told, before its event."""

import logging
from contextlib import AsyncExitStack

import asyncpg
import pytest

from intersessional.domain.kernel.event_store import Unreachable
from intersessional.projections.kernel.view_errors import ViewBehind, ViewNotBuilt
from tests.graphql.story import a_story
from tests.graphql.subscriptions.ground import Ground, seen

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
async def test_while_the_record_cannot_be_read_watchers_wait_and_notice_nothing(
    ground: Ground, fault: Exception
) -> None:
    async with AsyncExitStack() as stack:
        sockets = await ground.watchers(stack, 3, after=ground.start)
        [trouble] = ground.positions(3, 3)
        ground.probe.faults[ground.name, trouble] = fault
        await ground.note(5)

        for socket in sockets:
            assert await seen(socket, 5) == ground.positions(1, 5)

    # Only what failed was executed again.
    assert ground.executed == {1: 1, 2: 1, 3: 2, 4: 1, 5: 1}


@pytest.mark.parametrize("fault", PASSING[:2], ids=repr)
async def test_who_catches_up_waits_too(ground: Ground, fault: Exception) -> None:
    await ground.note(5)
    [trouble] = ground.positions(3, 3)
    ground.probe.faults[ground.name, trouble] = fault
    async with AsyncExitStack() as stack:
        sockets = await ground.watchers(stack, 3, after=ground.start)

        for socket in sockets:
            assert await seen(socket, 5) == ground.positions(1, 5)


@pytest.mark.parametrize(("fault", "code"), LASTING, ids=repr)
async def test_what_cannot_be_shown_ends_the_operation_before_its_event_and_can_be_asked_again(
    ground: Ground, fault: Exception, code: str
) -> None:
    async with AsyncExitStack() as stack:
        sockets = await ground.watchers(stack, 3, after=ground.start)
        [trouble] = ground.positions(3, 3)
        ground.probe.faults[ground.name, trouble] = fault
        await ground.note(5)

        for socket in sockets:
            assert await seen(socket, 2) == ground.positions(1, 2)
            (error,) = await socket.error("w")
            assert error["extensions"]["code"] == code
            assert "secret" not in str(error)

            await socket.subscribe("w", ground.trail, after=trouble - 1)
            assert await seen(socket, 3) == ground.positions(3, 5)


async def test_a_field_that_fails_where_it_may_be_null_is_told_beside_the_rest(
    ground: Ground,
) -> None:
    query = ground.trail.replace("counted", "perhaps")
    [trouble] = ground.positions(1, 1)
    ground.probe.faults[ground.name, trouble] = RuntimeError("a secret")
    async with ground.node.socket() as socket:
        await socket.subscribe("w", query, after=ground.start)
        await ground.note(2)

        told = (await socket.receive())["payload"]
        assert told["data"]["auditTrail"]["position"] == trouble
        assert told["data"]["auditTrail"]["perhaps"] is None
        assert [error["extensions"]["code"] for error in told["errors"]] == ["INTERNAL"]
        assert await seen(socket, 1) == ground.positions(2, 2)


async def test_whatever_the_wire_a_fault_is_logged_once_and_whole(
    ground: Ground, caplog: pytest.LogCaptureFixture
) -> None:
    fault = RuntimeError("a secret")
    async with a_story(ground.node) as story, ground.node.socket() as socket:
        opened = await story.secretariat.ask(
            f"{{ cycle(year: {story.year}) {{ begun {{ position }} }} }}"
        )
        position = opened["cycle"]["begun"]["position"]
        query = f'{{ cycle(year: {story.year}) {{ begun {{ perhaps(by: "{ground.name}") }} }} }}'
        watch = ground.trail.replace("counted", "perhaps")

        ground.probe.faults[ground.name, position] = fault
        await story.secretariat.answer(query)
        asked = _faults(caplog)
        ground.probe.faults[ground.name, position] = fault
        await socket.subscribe("q", query)
        await socket.receive()
        await socket.receive()
        asked_on_a_socket = _faults(caplog)
        ground.probe.faults[ground.name, position] = fault
        await socket.subscribe("w", watch, after=position - 1)
        await socket.receive()
        watched = _faults(caplog)

    assert asked == asked_on_a_socket == watched == [fault]


async def test_a_mistake_of_a_client_is_logged_by_nobody(
    ground: Ground, caplog: pytest.LogCaptureFixture
) -> None:
    mistakes = ["{", "{ nothing }", "subscription { auditTrail(after: -1) { position } }"]
    async with await ground.node.client() as nobody, ground.node.socket() as socket:
        for mistake in mistakes:
            assert await nobody.codes(mistake)
            await socket.subscribe("q", mistake)
            assert await socket.error("q")

    assert caplog.records == []


def _faults(caplog: pytest.LogCaptureFixture) -> list[BaseException | None]:
    """What was logged as an error since this was asked last, by whomever."""
    logged = [record for record in caplog.records if record.levelno >= logging.ERROR]
    caplog.clear()
    return [record.exc_info[1] if record.exc_info else None for record in logged]
