"""Server-Sent Events response."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from typing import ClassVar

from graphql import GraphQLError
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from intersessional.graphql.execution.errors import error_body_of
from intersessional.graphql.execution.public_errors import log_and_mask
from intersessional.graphql.execution.requests import RequestError
from intersessional.graphql.subscriptions.sink import Sink
from intersessional.graphql.subscriptions.sink_membership import SinkMembership
from intersessional.infra.connections.abort import abort
from intersessional.infra.connections.client_connections import ClientConnections
from intersessional.infra.sse import sse_format
from intersessional.infra.sse.sse_buffer import SseBuffer
from intersessional.projections.kernel.epochs import PositionInEpoch

logger = logging.getLogger(__name__)

CLOSE_S = 5.0
"""The time limit for sending the last events."""

Subscribe = Callable[[Sink], Awaitable[SinkMembership]]
"""Subscribes a sink to an operation."""


class SseResponse(Response):
    """Sends the events of one subscription until the client disconnects or the stream ends."""

    KIND: ClassVar[str] = "sse"

    def __init__(
        self,
        subscribe: Subscribe,
        buffer: SseBuffer,
        *,
        connections: ClientConnections,
        session: ExitStack,
    ) -> None:
        """``subscribe`` fills the buffer; ``session`` is closed when the stream ends."""
        super().__init__(headers={"X-Accel-Buffering": "no"})
        self.headers["Content-Type"] = f"{sse_format.MEDIA_TYPE}; charset=utf-8"
        del self.headers["Content-Length"]
        self._subscribe = subscribe
        self._buffer = buffer
        self._connections = connections
        self._session = session
        self._membership: SinkMembership | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the response."""
        buffer = self._buffer
        with self._session, self._connections.track(self):
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            async with asyncio.TaskGroup() as tasks:
                disconnect = tasks.create_task(_end_at_disconnect(receive, buffer))
                subscription = tasks.create_task(self._run_subscription())
                writer = tasks.create_task(_write(buffer, send))
                await buffer.ended.wait()
                subscription.cancel()
                if not buffer.too_slow:
                    await asyncio.wait([writer], timeout=CLOSE_S)
                if not writer.done():
                    writer.cancel()
                    if abort(scope):
                        await disconnect
                disconnect.cancel()

    @property
    def unsent_bytes(self) -> int:
        """The bytes in the buffer."""
        return self._buffer.unsent_bytes

    def send_heartbeat(self, log_position: PositionInEpoch) -> None:
        """Send a comment with the positions of the log and of this stream, if it is idle."""
        if self._buffer.is_empty:
            sent = None
            if self._membership is not None:
                sent = PositionInEpoch(self._membership.position, log_position.epoch)
            self._buffer.put(sse_format.heartbeat(log_position, sent))

    def close_for_restart(self, reconnect_ms: int) -> None:
        """Send when to reconnect, and end the stream."""
        self._buffer.put(sse_format.retry(reconnect_ms))
        self._buffer.end()

    async def _run_subscription(self) -> None:
        buffer = self._buffer
        try:
            self._membership = await self._subscribe(buffer)
        except (RequestError, GraphQLError) as error:
            buffer.fail(RequestError.from_error(error).body)
            return
        except Exception as error:  # noqa: BLE001  It is logged.
            # The other streams go on.
            log_and_mask(logger, "a stream of events failed", error)
            buffer.fail(error_body_of(error))
            return
        try:
            await buffer.ended.wait()
        finally:
            self._membership.leave()


async def _write(buffer: SseBuffer, send: Send) -> None:
    while chunk := await buffer.take():
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _end_at_disconnect(receive: Receive, buffer: SseBuffer) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    buffer.end()
