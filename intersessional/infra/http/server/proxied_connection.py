"""Connections from proxies that say, by the PROXY protocol, for whom they are."""

import asyncio
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from intersessional.infra.connections.open_connection import OpenConnection
from intersessional.infra.connections.open_connections import OpenConnections
from intersessional.infra.http.server.proxy_header import ProxyHeaderError, parse_proxy_header

HEADER_S = 5.0
"""The time in which a proxy must send the header."""

_FORWARDED = {b"x-forwarded-for", b"x-forwarded-proto", b"x-request-id", b"traceparent"}

Begin = Callable[[bytes], None]
"""Goes on with a connection, and what was received after the header."""


class ProxiedConnection(asyncio.Protocol):
    """Reads the header, and hands the connection on."""

    def __init__(
        self, connection: OpenConnection, connections: OpenConnections, begin: Begin
    ) -> None:
        self._connection = connection
        self._connections = connections
        self._begin = begin
        self._received = b""
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(HEADER_S, connection.transport.abort)

    def data_received(self, data: bytes) -> None:
        """Read the header. A connection that begins otherwise is aborted, as nobody's."""
        self._received += data
        try:
            header = parse_proxy_header(self._received)
        except ProxyHeaderError:
            self._connection.transport.abort()
            return
        if header is not None:
            self._timer.cancel()
            self._connection.client = header.client
            self._begin(self._received[header.size :])

    def connection_lost(self, exc: Exception | None) -> None:
        """Count the connection no more."""
        self._timer.cancel()
        self._connections.remove(self._connection)


class ProxiedClients:
    """Middleware that puts the client of the PROXY protocol in the place of the proxy.

    Where the protocol names none, a proxy that passes on TCP connections has written no header
    either: what stands in the headers of proxies is the client's word, and is dropped.
    """

    def __init__(self, app: ASGIApp, connections: OpenConnections) -> None:
        self._app = app
        self._connections = connections

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with its client."""
        peer = scope.get("client")
        if client := self._connections.client_of(peer):
            scope["client"] = client
        elif self._connections.is_trusted(peer):
            scope["headers"] = [one for one in scope["headers"] if one[0] not in _FORWARDED]
        await self._app(scope, receive, send)
