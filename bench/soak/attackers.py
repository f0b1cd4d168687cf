"""Attackers of a server: what tests/hostile tries once, again and again."""

import asyncio
import os
import random
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import orjson
from websockets.exceptions import ConnectionClosed

from bench.http_load import request
from tests.graphql.socket import open_socket

_CYCLES = "cycles(first: 100) { nodes { year } }"
COSTLY = "{ " + " ".join(f"a{n}: {_CYCLES}" for n in range(45)) + " }"
LARGEST = "{ cycles(first: 100) { nodes { groups(first: 100) { nodes { id name { text } } } } } }"


@dataclass(frozen=True)
class Attackers:
    """The attackers of one server; each method is one attack, which ends by itself."""

    url: str

    async def send_wrong_documents(self) -> None:
        """Documents that are long, wrong and never the same."""
        name = random.randbytes(4).hex()
        fields = " ".join(f"f{n}_{name}" for n in range(200))
        await self._send(request(self.url, orjson.dumps({"query": f"{{ {fields} }}"})))

    async def ask_for_much(self) -> None:
        """Queries that cost as much as is allowed, or more."""
        query = random.choice((COSTLY, LARGEST)) + f" # {random.random()}"
        await self._send(request(self.url, orjson.dumps({"query": query})))

    async def offer_another_protocol(self) -> None:
        """A body that looks like a request, behind an offer to upgrade."""
        body = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
        offer = ("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMA")
        await self._send(request(self.url, body, *offer))

    async def send_trailers(self) -> None:
        """A chunked body whose trailers do not end."""
        at = urlsplit(self.url)
        head = (
            f"POST {at.path} HTTP/1.1\r\nHost: {at.netloc}\r\nContent-Type: application/json\r\n"
            "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"
        )
        await self._send(head.encode() + b"X-T: aaaaaaaa\r\n" * 2_000)

    async def connect_and_wait(self) -> None:
        """A connection on which half a request comes, and then nothing."""
        await self._send(b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Le", wait_s=3)

    async def never_read(self) -> None:
        """A query whose large answer is never read."""
        at = urlsplit(self.url)
        _, writer = await asyncio.open_connection(at.hostname, at.port, limit=1024)
        writer.write(20 * request(self.url, orjson.dumps({"query": LARGEST})))
        await asyncio.sleep(3)
        writer.transport.abort()

    async def flood_with_pings(self) -> None:
        """Frames that need no answer worth the work."""
        with suppress(ConnectionClosed, AssertionError):
            async with open_socket(self.url) as socket:
                await socket.introduce()
                for _ in range(2_000):
                    await socket.connection.pong()
                    await socket.send(type="pong")

    async def rename_operations(self) -> None:
        """Subscriptions that differ in their names alone."""
        with suppress(ConnectionClosed, AssertionError):
            async with open_socket(self.url) as socket:
                await socket.introduce()
                for number in range(100):
                    name = f"n{os.urandom(4).hex()}"
                    query = f"subscription {name} {{ auditTrail {{ position }} }}"
                    await socket.subscribe(str(number), query)
                await asyncio.sleep(1)

    async def _send(self, data: bytes, *, wait_s: float = 0.5) -> None:
        at = urlsplit(self.url)
        reader, writer = await asyncio.open_connection(at.hostname, at.port)
        try:
            writer.write(data)
            with suppress(TimeoutError, ConnectionError):
                async with asyncio.timeout(wait_s):
                    while await reader.read(65_536):
                        pass
        finally:
            writer.transport.abort()
        await asyncio.sleep(0.5)
