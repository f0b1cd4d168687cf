"""The web server: uvicorn, with its limits, start and stop."""

import signal
import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from intersessional.infra.connections.open_connections import OpenConnections
from intersessional.infra.connections.server_config import ServerConfig
from intersessional.infra.http.server.capped_http_protocol import CappedHttpProtocol
from intersessional.infra.http.server.listener import BACKLOG
from intersessional.infra.http.server.proxied_connection import ProxiedClients
from intersessional.infra.signals import on_first_signal
from intersessional.infra.websocket.raw_frames import RawFramesProtocol

SOCKET_MESSAGE_BYTES_MAX = 64 * 1024
ACCEPTS_PER_TURN = 64
"""Connections that are accepted before those that are refused give their files back."""
GRACE_S = 3
"""The time limit of requests after a signal to stop."""


async def serve(
    app: ASGIApp,
    listener: socket.socket,
    connections: OpenConnections,
    *,
    ready: Callable[[], None],
    ending: Callable[[], None] = lambda: None,
) -> None:
    """Serve until the first SIGINT or SIGTERM; ``ready`` is called when requests are accepted.

    Then ``ending`` is called, and the requests in progress are completed.
    """
    server = _Server(config(app, connections), ready, ending)
    on_first_signal(server.end)
    await server.serve(sockets=[listener])


def config(app: ASGIApp, connections: OpenConnections) -> ServerConfig:
    """The configuration of uvicorn."""
    return ServerConfig(
        ProxiedClients(app, connections) if connections.proxy_protocol else app,
        connections,
        http=CappedHttpProtocol,
        backlog=ACCEPTS_PER_TURN,
        ws=RawFramesProtocol,
        ws_max_size=SOCKET_MESSAGE_BYTES_MAX,
        # Compression is stateful for each socket: it would cost more than the rest of a fan-out.
        ws_per_message_deflate=False,
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
    )


class _Server(uvicorn.Server):
    def __init__(
        self, config: uvicorn.Config, ready: Callable[[], None], ending: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._ready = ready
        self._ending = ending

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in sockets or ():
            # uvicorn has given it the backlog that is meant for a turn.
            listener.listen(BACKLOG)
        self._ready()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        # uvicorn would raise the signal again after it has stopped, before resources are closed.
        yield

    def end(self, _: signal.Signals) -> None:
        self._ending()
        self.should_exit = True
