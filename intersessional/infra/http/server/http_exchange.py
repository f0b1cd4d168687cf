"""One HTTP request and its response, as the ASGI application sees them."""

import asyncio
import logging
from typing import Protocol

from starlette.types import ASGIApp, Message, Scope

from intersessional.infra.http.server.response_encoder import ResponseEncoder

logger = logging.getLogger(__name__)

JOINED_BYTES_MAX = 64 * 1024
"""A smaller beginning of a body is written together with the head."""
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class ExchangeConnection(Protocol):
    """What an exchange needs of its connection."""

    def write(self, data: bytes) -> None:
        """Write bytes, unless the connection is closing."""
        ...

    @property
    def writable(self) -> asyncio.Event:
        """Cleared while the client has much to read."""
        ...

    def body_awaited(self) -> None:
        """The application waits for more of the body."""
        ...

    def response_started(self) -> None:
        """The application has begun the response."""
        ...

    def response_complete(self) -> None:
        """The response was written to its end."""
        ...

    def abort(self) -> None:
        """Close at once; unsent data is lost."""
        ...


class HttpExchange:
    """Runs the application for one request: its ASGI ``receive`` and ``send``."""

    def __init__(
        self,
        scope: Scope,
        connection: ExchangeConnection,
        *,
        default_headers: list[tuple[bytes, bytes]],
    ) -> None:
        """``default_headers`` are those of every response."""
        self.scope = scope
        self.encoder = ResponseEncoder(scope["method"], scope["http_version"])
        self.expects_continue = False
        """Whether the client sends the body only when the application asks for it."""
        self.body_complete = False
        self.started = False
        self.complete = False
        self.disconnected = False
        self._connection = connection
        self._default_headers = default_headers
        self._head = b""
        self._body = bytearray()
        self._changed = asyncio.Event()

    @property
    def unread(self) -> int:
        """The number of bytes of the body that the application has not read."""
        return len(self._body)

    def body_received(self, data: bytes, *, complete: bool) -> None:
        """Pass on a part of the body."""
        self._body += data
        self.body_complete = complete
        if data or complete:
            self._changed.set()

    def disconnect(self) -> None:
        """End the exchange: what the application sends from now on is lost."""
        self.disconnected = True
        self._changed.set()

    async def run(self, app: ASGIApp) -> None:
        """Run the application; whatever it does, the exchange ends."""
        try:
            await app(self.scope, self.receive, self.send)
        except Exception:
            # The other connections go on.
            logger.exception("a request failed")
        if not self.complete and not self.disconnected:
            logger.error("a request was answered without an end")
            self._connection.abort()

    async def receive(self) -> Message:
        """The next part of the body, or ``http.disconnect``."""
        if self.expects_continue and not self.started and not self.disconnected:
            self._connection.write(CONTINUE)
        self.expects_continue = False
        while not (self._ended or self._changed.is_set()):
            self._connection.body_awaited()
            await self._changed.wait()
        self._changed.clear()
        if self._ended:
            return {"type": "http.disconnect"}
        body, self._body = bytes(self._body), bytearray()
        return {"type": "http.request", "body": body, "more_body": not self.body_complete}

    @property
    def _ended(self) -> bool:
        return self.disconnected or self.complete

    async def send(self, message: Message) -> None:
        """Send the head, or a part of the body, of the response."""
        if not self._connection.writable.is_set():
            await self._connection.writable.wait()
        if self.disconnected:
            return
        expected = "http.response.body" if self.started else "http.response.start"
        if self.complete or message["type"] != expected:
            raise RuntimeError(f"Unexpected ASGI message {message['type']}")
        if not self.started:
            self._send_head(message)
        else:
            self._send_body(message)

    def _send_head(self, message: Message) -> None:
        # The rest of a body is not awaited once there is an answer.
        self.encoder.closes = self.encoder.closes or not self.body_complete
        headers = [*self._default_headers, *message.get("headers", ())]
        self._head = self.encoder.head(message["status"], headers)
        self.started = True
        self._connection.response_started()
        # A body that follows at once is written with it: each write is a system call.
        asyncio.get_running_loop().call_soon(self._write_head)

    def _send_body(self, message: Message) -> None:
        more = bool(message.get("more_body"))
        data = self.encoder.body(message.get("body", b""), more=more)
        if len(data) < JOINED_BYTES_MAX:
            head, self._head = self._head, b""
            self._connection.write(head + data)
        else:
            self._write_head()
            self._connection.write(data)
        if not more:
            self.complete = True
            self._changed.set()
            self._connection.response_complete()

    def _write_head(self) -> None:
        head, self._head = self._head, b""
        self._connection.write(head)
