"""What a heartbeat says of the operations of a socket."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from intersessional.concurrency.tasks import Tasks
from intersessional.domain.kernel.act import Role
from intersessional.infra.auth import Principal
from intersessional.infra.connections.sender import Sender
from intersessional.infra.websocket.messages import read_subscribe
from intersessional.infra.websocket.send_buffer import RawSendBuffer
from intersessional.infra.websocket.socket_operations import SocketOperations
from tests.graphql.scenario import new_year
from tests.graphql.server import Server
from tests.infra.websocket.transports import open_transport

pytestmark = pytest.mark.asyncio(loop_scope="session")

TRAIL = "subscription ($after: Position) { auditTrail(after: $after) { position } }"


@asynccontextmanager
async def watching_from_the_past(
    server: Server, query: str = TRAIL
) -> AsyncGenerator[SocketOperations]:
    """The operations of a socket that has asked for what came after the first event."""
    services = server.app.state.screens.services
    sender = Sender(Principal(), services.limits.account(None, "127.0.0.1"))
    message = read_subscribe({"id": "t", "payload": {"query": query, "variables": {"after": 1}}})
    async with open_transport() as (raw, *_), Tasks() as tasks:
        operations = SocketOperations(services, RawSendBuffer(raw, stay_open), {})
        await operations.start(message, sender, tasks.create_task)
        yield operations
        operations.end_all()


async def test_subscription_that_has_not_begun_has_sent_nothing(server: Server) -> None:
    async with watching_from_the_past(server) as operations:
        assert operations.position == 0, "the head would be a position that it has not reached"


async def test_subscription_that_reads_its_past_may_have_sent_what_a_changed_record_lost(
    server: Server,
) -> None:
    async with await server.client(Role.SECRETARIAT, name="Watched") as secretariat:
        await secretariat.do("openCycle", year=new_year())
    await server.caught_up()
    # A subscription that runs already may remember the past.
    new = TRAIL.replace("position }", "position topic }")
    async with watching_from_the_past(server, new) as operations:
        while operations.position == 0:  # noqa: ASYNC110  It rings no bell.
            await asyncio.sleep(0)

        assert not operations.reads_past_of_another_epoch(server.backend.feed.epochs.present)
        assert operations.reads_past_of_another_epoch("000000000000")


def stay_open() -> None:
    """The buffer is never full here."""
