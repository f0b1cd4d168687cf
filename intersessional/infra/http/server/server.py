"""The web server: uvicorn, with what it may take, and how it begins and ends."""

import signal
import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from intersessional.infra.http.server.http_protocol import HttpProtocol
from intersessional.infra.signals import on_first_signal
from intersessional.infra.websocket.raw_frames import RawFramesProtocol

SOCKET_MESSAGE_BYTES_MAX = 64 * 1024
GRACE_SECONDS = 3
"""How long requests in flight may take once the server is told to end."""


async def serve(
    app: ASGIApp,
    listener: socket.socket,
    *,
    ready: Callable[[], None],
    ending: Callable[[], None] = lambda: None,
) -> None:
    """Serve until the first SIGINT or SIGTERM; calls `ready` when requests are answered.

    Then it calls `ending`, and answers what was asked before; sockets are closed with 1012.
    """
    server = _Server(config(app), ready, ending)
    on_first_signal(server.end)
    await server.serve(sockets=[listener])


def config(app: ASGIApp) -> uvicorn.Config:
    """How uvicorn serves an application."""
    return uvicorn.Config(
        app,
        http=HttpProtocol,
        ws=RawFramesProtocol,
        ws_max_size=SOCKET_MESSAGE_BYTES_MAX,
        # Compressing each message anew for each watcher costs more than everything else together.
        ws_per_message_deflate=False,
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
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
        self._ready()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        # uvicorn would raise the signal once more when it has ended, and what is to be closed
        # after it would not be.
        yield

    def end(self, _: signal.Signals) -> None:
        self._ending()
        self.should_exit = True
