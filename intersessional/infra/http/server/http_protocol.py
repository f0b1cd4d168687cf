"""The HTTP/1 connections of a node, on uvicorn's server and with its WebSocket protocol.

A request is read when the one before it was answered: until then its bytes wait, of which there are
few. A connection that does not go on after a response sends ``Connection: close`` and lingers: it
reads a little of what the client is still sending, else the client could not read the response
(RFC 9112 §9.6). ``connection_state.py`` has the states of a connection and their times.
"""

import asyncio
from typing import Any, cast

from starlette.types import ASGIApp, Scope
from uvicorn import Config
from uvicorn.protocols.utils import get_local_addr, get_remote_addr
from uvicorn.server import ServerState

from intersessional.infra.connections.abort import EXTENSION as ABORT
from intersessional.infra.http.errors import HttpError
from intersessional.infra.http.middleware.refusals import refuse
from intersessional.infra.http.server.connection_state import ConnectionState, State
from intersessional.infra.http.server.http_exchange import HttpExchange
from intersessional.infra.http.server.request_body import RequestBody, body_of
from intersessional.infra.http.server.request_head import (
    RequestHead,
    RequestHeadReader,
    bad_request,
)
from intersessional.infra.http.server.request_scope import request_scope
from intersessional.infra.http.server.websocket_handover import hand_over

LINGER_BYTES_MAX = 1024 * 1024
BUFFER_BYTES_MAX = 64 * 1024
"""The bytes of a connection that wait to be read by the application; then reading pauses."""
READ_BYTES = 32 * 1024
"""After a read of so many bytes, the other connections have a turn."""


class HttpProtocol(asyncio.Protocol):
    """Reads the requests of a connection one after the other, and runs the application."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        """The parameters are uvicorn's."""
        self._config = config
        self._server = server_state
        self._app_state = app_state
        self._app = cast("ASGIApp", vars(config)["loaded_app"])
        self._loop = _loop or asyncio.get_running_loop()
        self._buffer = bytearray()
        self._reader = RequestHeadReader()
        self._body: RequestBody | None = None
        self._exchange: HttpExchange | None = None
        self._state = ConnectionState(close=self._close, refuse=self._refuse)
        self._turn: asyncio.Handle | None = None
        self._reading = True
        self.writable = asyncio.Event()
        """Cleared while the client has much to read."""
        self.writable.set()
        self._stopping = False
        self._lingered = 0
        self._head_bytes = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the first request."""
        self._transport = cast("asyncio.Transport", transport)
        self._addresses = {
            "server": get_local_addr(self._transport),
            "client": get_remote_addr(self._transport),
        }
        self._server.connections.add(self)  # type: ignore[arg-type]
        self._state.wait_for_request(first=True)

    def connection_lost(self, exc: Exception | None) -> None:
        """End the exchange."""
        self._server.connections.discard(self)
        self._end()
        if self._exchange is not None:
            self._exchange.disconnect()

    def data_received(self, data: bytes) -> None:
        """Read; after many bytes, not before the next turn of the event loop."""
        self._buffer += data
        if len(data) >= READ_BYTES:
            self._next_turn()
        elif self._turn is None:
            self._read()
        self._pause_or_resume()

    def pause_writing(self) -> None:
        """Many bytes wait for the client."""
        self.writable.clear()

    def resume_writing(self) -> None:
        """The client has read."""
        self.writable.set()

    def shutdown(self) -> None:
        """Close after the present response; uvicorn calls it when the node stops."""
        self._stopping = True
        if self._exchange is None:
            self._close()
        elif not self._exchange.started:
            self._exchange.encoder.closes = True

    # Reading.

    def _next_turn(self) -> None:
        if self._turn is None:
            self._turn = self._loop.call_soon(self._read_in_turn)

    def _read_in_turn(self) -> None:
        self._turn = None
        self._read()
        self._pause_or_resume()

    def _read(self) -> None:
        """Take what the present state needs out of the buffer; of requests, at most one."""
        try:
            if self._state.now in (State.IDLE, State.HEAD):
                self._read_head()
            if self._body is not None and not self._body.complete:
                self._read_body(self._body)
        except HttpError as error:
            self._refuse(error)
        if self._state.now in (State.LINGER, State.CLOSING):
            self._lingered += len(self._buffer)
            self._buffer.clear()
            if self._lingered > LINGER_BYTES_MAX:
                self._close()

    def _read_head(self) -> None:
        head = self._reader.read(self._buffer)
        if head is not None:
            self._head_bytes = head.size_bytes
            self._start_request(head)
        elif self._reader.begun and self._state.now is State.IDLE:
            self._state.wait_for_head()

    def _start_request(self, head: RequestHead) -> None:
        body = body_of(head)
        if body.complete and head.offers_websocket:
            if self._buffer:
                # The client must wait for the answer (RFC 6455 §4.1).
                raise bad_request()
            self._become_websocket(head)
            return
        exchange = self._new_exchange(head.headers, head)
        exchange.expects_continue = head.expects_continue and not body.complete
        exchange.encoder.closes = not head.keeps_alive or self._stopping
        self._body = body
        exchange.body_received(b"", complete=body.complete)
        self._run(exchange)

    def _read_body(self, body: RequestBody) -> None:
        exchange, buffered = self._exchange, len(self._buffer)
        if exchange is None or exchange.unread >= BUFFER_BYTES_MAX:
            return
        content = body.take(self._buffer)
        exchange.body_received(content, complete=body.complete)
        self._state.body_received(len(content), complete=body.complete)
        if not body.complete and 0 < len(self._buffer) < buffered:
            self._next_turn()

    def _pause_or_resume(self) -> None:
        reading = self._turn is None and len(self._buffer) < BUFFER_BYTES_MAX
        if reading != self._reading and not self._transport.is_closing():
            self._reading = reading
            if reading:
                self._transport.resume_reading()
            else:
                self._transport.pause_reading()
        self.count_held()

    @property
    def held_bytes(self) -> int:
        """The bytes of requests in memory, with the head of the one that is answered."""
        unread = 0 if self._exchange is None else self._exchange.unread
        return self._head_bytes + self._reader.parsed_bytes + len(self._buffer) + unread

    def count_held(self) -> None:
        """Called when ``held_bytes`` has changed."""

    def _become_websocket(self, head: RequestHead) -> None:
        self._end()
        self._server.connections.discard(self)
        hand_over(
            self._transport,
            head,
            config=self._config,
            server_state=self._server,
            app_state=self._app_state,
        )

    # The exchange.

    def _new_exchange(
        self, headers: list[tuple[bytes, bytes]], head: RequestHead | None = None
    ) -> HttpExchange:
        """An exchange for a request with a head, or for one that is refused without."""
        scope: Scope = {
            **request_scope(head, headers),
            "state": self._app_state.copy(),
            "extensions": {ABORT: self.abort},
            **self._addresses,
        }
        self._reader = RequestHeadReader()
        return HttpExchange(scope, self, default_headers=self._server.default_headers)

    def _run(self, exchange: HttpExchange) -> None:
        self._exchange = exchange
        self._state.execute()
        task = self._loop.create_task(exchange.run(self._app))
        self._server.tasks.add(task)
        task.add_done_callback(self._server.tasks.discard)

    def _refuse(self, error: HttpError) -> None:
        """Answer in the place of the application, and read no further request."""
        headers = self._reader.headers
        self._reader.close()
        if self._exchange is not None:
            if self._exchange.started:
                self.abort()
                return
            self._exchange.disconnect()
            headers = self._exchange.scope["headers"]
        exchange = self._new_exchange(headers)
        refuse(exchange.scope, error)
        exchange.encoder.closes = True
        self._body = None
        self._run(exchange)

    def write(self, data: bytes) -> None:
        """Write bytes, unless the connection is closing."""
        if data and not self._transport.is_closing():
            self._transport.write(data)

    def body_awaited(self) -> None:
        """The application waits for more of the body: the time of the client runs."""
        if self._body is not None and not self._body.complete:
            self._state.wait_for_body()
            if self._buffer:
                self._next_turn()

    def response_started(self) -> None:
        """The application has begun the response."""
        self._state.respond()

    def response_complete(self) -> None:
        """Wait for the next request, or close."""
        assert self._exchange is not None
        self._server.total_requests += 1
        arrived = self._body is not None and self._body.complete
        closes = self._exchange.encoder.closes or self._stopping
        self._exchange = self._body = None
        self._head_bytes = 0
        self.count_held()
        if not closes:
            self._state.wait_for_request()
            if self._buffer:
                self._next_turn()
        elif arrived and not self._buffer:
            self._close()
        else:
            self._linger()

    # States and their ends.

    def _linger(self) -> None:
        self._state.linger()
        try:
            if self._transport.can_write_eof() and not self._transport.is_closing():
                self._transport.write_eof()
        except OSError:
            # The client is gone.
            self.abort()
        else:
            self._next_turn()

    def _close(self) -> None:
        """Close when the client has read what was written."""
        self._state.end()
        self._transport.close()

    def abort(self) -> None:
        """Close at once; unsent data is lost."""
        self._transport.abort()

    def _end(self) -> None:
        self._state.end()
        self._reader.close()
        self.writable.set()
        if self._turn is not None:
            self._turn.cancel()
            self._turn = None
