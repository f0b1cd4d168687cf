"""Hands a connection over to uvicorn's WebSocket protocol."""

import asyncio
from typing import Any

from uvicorn import Config
from uvicorn.server import ServerState

from intersessional.infra.http.server.request_head import RequestHead


def hand_over(
    transport: asyncio.Transport,
    head: RequestHead,
    *,
    config: Config,
    server_state: ServerState,
    app_state: dict[str, Any],
) -> None:
    """Let the protocol read the handshake; what follows is never read as HTTP again."""
    protocol_class: Any = config.ws_protocol_class
    protocol = protocol_class(config=config, server_state=server_state, app_state=app_state)
    target = b"?".join((head.path, head.query)) if head.query else head.path
    lines = [b"GET %b HTTP/1.1" % target, *(b"%b: %b" % header for header in head.headers)]
    protocol.connection_made(transport)
    transport.set_protocol(protocol)
    protocol.data_received(b"\r\n".join(lines) + b"\r\n\r\n")
