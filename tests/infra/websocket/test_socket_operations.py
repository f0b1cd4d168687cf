"""What a heartbeat says of the operations of a socket."""

import pytest

from intersessional.concurrency.tasks import Tasks
from intersessional.infra.auth import Principal
from intersessional.infra.connections.sender import Sender
from intersessional.infra.websocket.messages import read_subscribe
from intersessional.infra.websocket.send_buffer import RawSendBuffer
from intersessional.infra.websocket.socket_operations import SocketOperations
from tests.graphql.server import Server
from tests.infra.websocket.transports import open_transport

pytestmark = pytest.mark.asyncio(loop_scope="session")

TRAIL = "subscription ($after: Position) { auditTrail(after: $after) { position } }"


async def test_subscription_that_has_not_begun_has_sent_nothing(server: Server) -> None:
    services = server.app.state.screens.services
    sender = Sender(Principal(), services.limits.account(None, "127.0.0.1"))
    message = read_subscribe({"id": "t", "payload": {"query": TRAIL, "variables": {"after": 1}}})
    async with open_transport() as (raw, *_), Tasks() as tasks:
        operations = SocketOperations(services, RawSendBuffer(raw, stay_open), {})

        await operations.start(message, sender, tasks.create_task)

        assert operations.position == 0, "the head would be a position that it has not reached"
        operations.end_all()


def stay_open() -> None:
    """The buffer is never full here."""
