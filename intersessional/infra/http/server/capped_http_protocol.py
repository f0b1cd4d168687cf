"""HTTP connections that are counted, and refused where there are too many."""

import asyncio
from typing import Any, cast

from intersessional.infra.connections.client_address import parse_address
from intersessional.infra.connections.open_connection import OpenConnection
from intersessional.infra.connections.server_config import ServerConfig
from intersessional.infra.http.json_response import error_body
from intersessional.infra.http.server.http_protocol import HttpProtocol

_BODY = error_body("TOO_MANY_CONNECTIONS", "This server has as many connections as it allows.")
REFUSAL = (
    b"HTTP/1.1 503 Service Unavailable\r\n"
    b"content-type: application/json; charset=utf-8\r\n"
    b"content-length: %d\r\nretry-after: 5\r\nconnection: close\r\n\r\n%b" % (len(_BODY), _BODY)
)


class CappedHttpProtocol(HttpProtocol):
    """Counts a connection from its first byte to its last, before any request is read."""

    _connection: OpenConnection

    def __init__(self, config: ServerConfig, *arguments: Any, **options: Any) -> None:
        """The parameters are uvicorn's."""
        super().__init__(config, *arguments, **options)
        self._open_connections = config.connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count the connection, or refuse it."""
        tcp = cast("asyncio.Transport", transport)
        peer = tcp.get_extra_info("peername")
        connection = self._open_connections.admit(tcp, parse_address(peer[0]) if peer else None)
        if connection is None:
            # The request is not read: the client may see a reset connection instead.
            tcp.set_protocol(asyncio.Protocol())
            tcp.write(REFUSAL)
            tcp.close()
        else:
            self._connection = connection
            super().connection_made(tcp)

    def connection_lost(self, exc: Exception | None) -> None:
        """Count it no more."""
        self._open_connections.remove(self._connection)
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Many bytes wait for the client."""
        self._connection.writing_paused()
        super().pause_writing()

    def resume_writing(self) -> None:
        """The client has read."""
        self._connection.reads()
        super().resume_writing()
