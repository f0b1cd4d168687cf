"""An answer that goes on: what is watched, as events, until its reader leaves or nothing comes."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import ExitStack

from graphql import GraphQLError
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from intersessional.graphql.execution.errors import error_body_of
from intersessional.graphql.execution.public_errors import log_and_mask
from intersessional.graphql.execution.requests import RequestError
from intersessional.graphql.subscriptions.membership import Membership
from intersessional.graphql.subscriptions.sink import Sink
from intersessional.infra.connections.abort import abort
from intersessional.infra.sse import sse_format
from intersessional.infra.sse.sse_buffer import SseBuffer

logger = logging.getLogger(__name__)

CLOSE_S = 5.0
"""How long the last events may wait for a reader."""

Watch = Callable[[Sink], Awaitable[Membership]]
"""Lets a sink watch."""


class SseResponse(Response):
    """The events of one subscription."""

    def __init__(self, watch: Watch, sink: SseBuffer, session: ExitStack) -> None:
        """``sink`` is filled by ``watch``; ``session`` is closed when the stream ends."""
        super().__init__(headers={"X-Accel-Buffering": "no"})
        self.headers["Content-Type"] = f"{sse_format.MEDIA}; charset=utf-8"
        del self.headers["Content-Length"]
        self._watch = watch
        self._sink = sink
        self._session = session

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send events until the reader leaves, cannot follow, or nothing more comes."""
        sink = self._sink
        with self._session:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            async with asyncio.TaskGroup() as tasks:
                leaving = tasks.create_task(_until_left(receive, sink))
                watching = tasks.create_task(self._fill(sink))
                writing = tasks.create_task(_write(sink, send))
                await sink.ended.wait()
                watching.cancel()
                if not sink.too_slow:
                    await asyncio.wait([writing], timeout=CLOSE_S)
                if not writing.done():
                    writing.cancel()
                    if abort(scope):
                        await leaving
                leaving.cancel()

    async def _fill(self, sink: SseBuffer) -> None:
        try:
            sink.seat = await self._watch(sink)
        except (RequestError, GraphQLError) as error:
            sink.failed(RequestError.of(error).body)
            return
        except Exception as fault:  # noqa: BLE001  It is logged.
            # It is one reader's; all the others go on.
            log_and_mask(logger, "a stream of events failed", fault)
            sink.failed(error_body_of(fault))
            return
        try:
            await sink.ended.wait()
        finally:
            sink.seat.leave()


async def _write(sink: SseBuffer, send: Send) -> None:
    while chunk := await sink.taken():
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _until_left(receive: Receive, sink: SseBuffer) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    sink.end()
