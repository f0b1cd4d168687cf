"""Test server: a node on a real socket, and tokens for its clients."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from typing import Any

import uvicorn
from starlette.applications import Starlette

from intersessional.domain.kernel.act import Role
from intersessional.infra.auth import DevelopmentToken, development_token
from intersessional.infra.backend import Backend
from intersessional.infra.clock import now
from intersessional.infra.connections.open_connections import OpenConnections
from intersessional.infra.http.app import open_app
from intersessional.infra.http.composed_node import ComposedNode
from intersessional.infra.http.server.listener import listen, url_of
from intersessional.infra.http.server.server import config
from intersessional.infra.settings import Settings
from intersessional.infra.websocket.raw_frames import RawFramesProtocol
from intersessional.plugins.composition import Composition, installed_plugins
from tests.composed import composed_node
from tests.databases import url_for_node
from tests.graphql.client import Client
from tests.graphql.socket import Socket, open_socket
from tests.without_rate_limits import WITHOUT_RATE_LIMITS

WAIT_MAX_S = 30.0
"""Nothing that a test waits for takes longer."""

CORE_ONLY = installed_plugins(without=["comment_window"])


class Server:
    """A running node with its URL."""

    def __init__(
        self,
        backend: Backend,
        composed: ComposedNode,
        app: Starlette,
        connections: OpenConnections,
        url: str,
        uvicorn: uvicorn.Server,
        dsn: str,
    ) -> None:
        """``dsn`` is the database's, as the one who owns its tables."""
        self.backend = backend
        self.composed = composed
        self.connections = connections
        self.app = app
        self.url = url
        self.dsn = dsn
        self._uvicorn = uvicorn

    async def token(
        self, role: Role, name: str | None = None, lifetime: timedelta = timedelta(hours=1)
    ) -> DevelopmentToken:
        """A token for the participant of a role, or of this name, once the views show them."""
        token = await development_token(
            self.backend.authenticator, role, name=name, lifetime=lifetime
        )
        await self.caught_up()
        return token

    async def client(self, role: Role | None = None, name: str | None = None) -> Client:
        """A client for the participant of a role, or of this name; or without a token."""
        if role is None:
            return Client(self.url)
        token = await self.token(role, name)
        return Client(self.url, token=token.text, person=token.person)

    @asynccontextmanager
    async def socket(self, token: str | None = None) -> AsyncGenerator[Socket]:
        """A socket after its ``connection_init``."""
        async with open_socket(self.url) as socket:
            await socket.introduce(token)
            yield socket

    async def caught_up(self) -> int:
        """The head, once every view has reached it."""
        head = await self.backend.record.head()
        async with asyncio.timeout(WAIT_MAX_S):
            await self.backend.reader.wait_until_reached(head)
        return head

    def sockets_of(self, client: tuple[str, int]) -> list[RawFramesProtocol]:
        """The open sockets of a client's address."""
        found = self._uvicorn.server_state.connections
        return [one for one in found if isinstance(one, RawFramesProtocol) and one.client == client]

    def stop(self) -> None:
        """Stop the server, as a signal would."""
        self.app.state.drain()
        self._uvicorn.should_exit = True


@asynccontextmanager
async def serving(
    dsn: str,
    *,
    composition: Composition = CORE_ONLY,
    clock: Callable[[], datetime] = now,
    mode: str = "development",
    plain: bool = False,
    pong_s: float | None = None,
    port: int = 0,
    **settings: Any,
) -> AsyncGenerator[Server]:
    """A node of the core over a database; ``settings`` are named as their variables.

    A ``plain`` one speaks to sockets as any ASGI server does, with nothing lent to it. A client
    must answer a ping within ``pong_s``; then none is sent but by the test.
    """
    database = {"DATABASE_URL": url_for_node(dsn), "INTERSESSIONAL_MODE": mode}
    given = WITHOUT_RATE_LIMITS | database | settings
    listener = listen("127.0.0.1", port)
    # A small kernel buffer, so that a client that does not read is noticed soon.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 32 * 1024)
    async with AsyncExitStack() as stack:
        opened = Backend.open(Settings.model_validate(given), composition=composition, clock=clock)
        backend = await stack.enter_async_context(opened)
        composed = composed_node(composition, backend.settings.mode)
        app = await stack.enter_async_context(open_app(backend, composed))
        connections = OpenConnections.of(backend.settings)
        app.state.metrics.open_connections = connections
        chosen = config(app, connections)
        if plain:
            chosen.ws = "websockets-sansio"
        if pong_s is not None:
            chosen.ws_ping_interval, chosen.ws_ping_timeout = 3600.0, pong_s
        server = Uvicorn(chosen)
        running = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            async with asyncio.timeout(WAIT_MAX_S):
                await server.ready.wait()
            yield Server(backend, composed, app, connections, url_of(listener), server, dsn)
        finally:
            server.should_exit = True
            # A server that does not end is a failure, not a hang.
            async with asyncio.timeout(WAIT_MAX_S):
                await running
                await stack.aclose()


class Uvicorn(uvicorn.Server):
    """A server that reports when it is ready, and leaves signals to pytest."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield
