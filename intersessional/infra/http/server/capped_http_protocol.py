"""HTTP connections that are counted, and refused where there are too many."""

import asyncio
from typing import Any, cast

from intersessional.infra.connections.open_connection import OpenConnection
from intersessional.infra.connections.server_config import ServerConfig
from intersessional.infra.http.server.http_protocol import HttpProtocol
from intersessional.infra.http.server.proxied_connection import ProxiedConnection
from intersessional.infra.http.server.refused_connection import refuse

SMALL_BYTES = 8 * 1024
"""A connection that holds no more of its requests is not counted: almost all hold less."""


class CappedHttpProtocol(HttpProtocol):
    """Counts a connection from its first byte to its last, before any request is read."""

    _connection: OpenConnection

    def __init__(self, config: ServerConfig, *arguments: Any, **options: Any) -> None:
        """The parameters are uvicorn's."""
        super().__init__(config, *arguments, **options)
        self._open_connections = config.connections
        self._counts = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count the connection, or refuse it."""
        tcp = cast("asyncio.Transport", transport)
        connection = self._open_connections.admit(tcp)
        if connection is None:
            refuse(tcp, self._open_connections.lingering)
            return
        self._connection = connection
        if self._open_connections.proxy_protocol and self._open_connections.is_proxy(connection):
            header = ProxiedConnection(connection, self._open_connections, self._begin)
            tcp.set_protocol(header)
        else:
            super().connection_made(tcp)

    def _begin(self, received: bytes) -> None:
        """Go on with the connection of a proxy, after its header."""
        tcp = self._connection.transport
        if not self._open_connections.admit_client(self._connection):
            self._open_connections.remove(self._connection)
            refuse(tcp, self._open_connections.lingering, received)
            return
        tcp.set_protocol(self)
        super().connection_made(tcp)
        if received:
            self.data_received(received)

    def connection_lost(self, exc: Exception | None) -> None:
        """Count it no more."""
        self._open_connections.remove(self._connection)
        super().connection_lost(exc)

    def count_held(self) -> None:
        """Count what it holds for the node; beyond the bound, those that stand still end."""
        held = self.held_bytes
        if held > SMALL_BYTES or self._counts:
            self._counts = held > SMALL_BYTES
            self._open_connections.requests.hold(self._connection, held if self._counts else 0)

    def pause_writing(self) -> None:
        """Many bytes wait for the client."""
        self._connection.writing_paused()
        super().pause_writing()

    def resume_writing(self) -> None:
        """The client has read."""
        self._connection.reads()
        super().resume_writing()
