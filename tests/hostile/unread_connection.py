"""A connection whose client has a small buffer, from an address of its own."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from tests.graphql.server import WAIT_MAX_S, Server


@asynccontextmanager
async def open_unread(server: Server, address: str = "127.0.0.1") -> AsyncGenerator[socket.socket]:
    """A TCP connection that reads only when the test does."""
    at = urlsplit(server.url)
    with socket.socket() as plain:
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        plain.bind((address, 0))
        plain.setblocking(False)
        await asyncio.get_running_loop().sock_connect(plain, (at.hostname, at.port))
        yield plain


async def send(plain: socket.socket, *lines: str, body: bytes = b"") -> None:
    """Send a request."""
    text = "\r\n".join((*lines, "Host: here", "", "")).encode()
    await asyncio.get_running_loop().sock_sendall(plain, text + body)


async def receive_all(plain: socket.socket) -> bytes:
    """What the server sends until it closes the connection."""
    received = b""
    async with asyncio.timeout(WAIT_MAX_S):
        while True:
            try:
                more = await asyncio.get_running_loop().sock_recv(plain, 65_536)
            except ConnectionResetError:
                more = b""
            if not more:
                return received
            received += more


async def until_open(server: Server, count: int) -> None:
    """Wait until so many connections are open on a server."""
    async with asyncio.timeout(WAIT_MAX_S):
        while len(server.connections) != count:  # noqa: ASYNC110  Connections ring no bell.
            await asyncio.sleep(0.01)
