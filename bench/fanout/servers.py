"""The servers that are compared, each in a process of its own.

Usage: ``python -m bench.fanout.servers NAME``. It prints its URL and what a watcher sends, as JSON.
For each line on standard input, a number of messages, it publishes so many, and prints when it
began, on the monotonic clock.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import asyncpg
import strawberry
import uvicorn
import uvloop
from strawberry.asgi import GraphQL
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from websockets.asyncio.server import ServerConnection, broadcast
from websockets.asyncio.server import serve as serve_websockets
from websockets.typing import Subprotocol

from bench.servers import unlimited
from intersessional.domain.comment.commands import PostComment
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.caller import Caller
from intersessional.infra.auth import development_token
from intersessional.infra.backend import Backend
from intersessional.infra.garbage_collection import tune_garbage_collection
from intersessional.infra.http.app import open_app
from intersessional.infra.http.composed_node import compose_node
from intersessional.infra.http.server.listener import listen
from intersessional.infra.http.server.server import config
from intersessional.infra.settings import Mode, Settings
from intersessional.plugins.composition import installed_plugins
from tests.recorded import record_all

TEXT = (
    "Those that depended on one person were not there any more after five years, nor was he. " * 2
)
INIT = json.dumps({"type": "connection_init"})


@dataclass(frozen=True)
class Serving:
    """A running server: its URL, the first messages of a watcher, and how to publish."""

    url: str
    messages: list[str]
    publish: Callable[[int], Awaitable[None]]


def subscribe(query: str) -> str:
    """The message by which a watcher subscribes."""
    return json.dumps({"id": "$ID", "type": "subscribe", "payload": {"query": query}})


def payload(number: int) -> str:
    """A message like one of ours, for servers that only pass a text on."""
    node = {"id": str(uuid4()), "body": TEXT, "channel": "ONLINE", "revision": 1, "blocks": ["b4"]}
    data = {
        "commentEvents": {"position": number, "event": {"name": "Comment.Posted"}, "node": node}
    }
    message = {"id": str(uuid4()), "type": "next", "payload": {"data": data}}
    return json.dumps(message, separators=(",", ":"))


QUERY = """subscription { commentEvents(draft: "$DRAFT") {
  position event { name } node { id body channel revision blocks } } }"""


@asynccontextmanager
async def ours() -> AsyncGenerator[Serving]:
    """The whole system: a comment is recorded, folded, executed and delivered."""
    dsn = os.environ["DATABASE_URL"]
    recorded = await record_all(dsn)
    settings = Settings(
        DATABASE_URL=dsn,
        INTERSESSIONAL_MODE=Mode.DEVELOPMENT,
        # All watchers come from one address.
        INTERSESSIONAL_SOCKETS_MAX=100_000,
        INTERSESSIONAL_ADDRESS_SOCKETS_MAX=100_000,
    )
    node = compose_node(installed_plugins(), settings.mode)
    async with Backend.open(settings, composition=node.composition) as backend:
        token = await development_token(backend.authenticator, Role.COMMENTER)
        caller = Caller(person=token.person)

        async def publish(count: int) -> None:
            # As many at once as a burst would bring: they are recorded in one commit.
            async with asyncio.TaskGroup() as tasks:
                for _ in range(count):
                    comment = PostComment(command_id=uuid4(), draft=recorded.draft, body=TEXT)
                    tasks.create_task(backend.command_bus.submit(comment, caller))

        listener = listen("127.0.0.1", 0)
        async with open_app(backend, node) as app, _uvicorn(config(app, unlimited()), listener):
            tune_garbage_collection()
            port = listener.getsockname()[1]
            query = QUERY.replace("$DRAFT", str(recorded.draft))
            yield Serving(f"ws://127.0.0.1:{port}/graphql", [INIT, subscribe(query)], publish)


@asynccontextmanager
async def stock() -> AsyncGenerator[Serving]:
    """Strawberry as it comes, with its caches on: a queue a subscriber, an execution a delivery."""
    queues: set[asyncio.Queue[int]] = set()

    @strawberry.type
    class Event:
        name: str

    @strawberry.type
    class Comment:
        id: strawberry.ID
        body: str
        channel: str
        revision: int
        blocks: list[str]

    @strawberry.type
    class Change:
        position: int
        event: Event
        node: Comment

    @strawberry.type
    class Query:
        nothing: int = 0

    @strawberry.type
    class Subscription:
        @strawberry.subscription
        async def comment_events(self, draft: strawberry.ID) -> AsyncGenerator[Change, None]:
            queue: asyncio.Queue[int] = asyncio.Queue()
            queues.add(queue)
            try:
                while True:
                    number = await queue.get()
                    comment = Comment(
                        id=strawberry.ID(str(uuid4())),
                        body=TEXT,
                        channel="ONLINE",
                        revision=1,
                        blocks=["b4"],
                    )
                    yield Change(position=number, event=Event(name="Comment.Posted"), node=comment)
            finally:
                queues.discard(queue)

    async def publish(count: int) -> None:
        for number in range(count):
            for queue in queues:
                queue.put_nowait(number)

    schema = strawberry.Schema(
        Query, subscription=Subscription, extensions=[ParserCache, ValidationCache]
    )
    app: Any = GraphQL(schema, subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,))
    listener = listen("127.0.0.1", 0)
    plain = uvicorn.Config(app, ws_per_message_deflate=False, log_config=None, lifespan="off")
    async with _uvicorn(plain, listener):
        port = listener.getsockname()[1]
        yield Serving(f"ws://127.0.0.1:{port}/", [INIT, subscribe(QUERY)], publish)


@asynccontextmanager
async def broadcasting() -> AsyncGenerator[Serving]:
    """``websockets.broadcast``: one identical text for everyone, and nothing else."""
    connections: set[ServerConnection] = set()

    async def publish(count: int) -> None:
        for number in range(count):
            broadcast(connections, payload(number))
            await asyncio.sleep(0)

    async with _websockets(connections) as port:
        yield Serving(f"ws://127.0.0.1:{port}/", [], publish)


@asynccontextmanager
async def notifying() -> AsyncGenerator[Serving]:
    """A row inserted with NOTIFY, heard by LISTEN, passed on with ``websockets.broadcast``."""
    connections: set[ServerConnection] = set()
    writer = await asyncpg.connect(os.environ["DATABASE_URL"])
    reader = await asyncpg.connect(os.environ["DATABASE_URL"])
    await writer.execute("CREATE TABLE IF NOT EXISTS messages (text text)")
    await reader.add_listener("messages", lambda *got: broadcast(connections, str(got[-1])))

    async def publish(count: int) -> None:
        for number in range(count):
            text = payload(number)
            async with writer.transaction():
                await writer.execute("INSERT INTO messages VALUES ($1)", text)
                await writer.execute("SELECT pg_notify('messages', $1)", text)

    async with _websockets(connections) as port:
        yield Serving(f"ws://127.0.0.1:{port}/", [], publish)
    await writer.close()
    await reader.close()


SERVERS = {"ours": ours, "stock": stock, "broadcast": broadcasting, "notify": notifying}


@asynccontextmanager
async def _uvicorn(config: uvicorn.Config, listener: Any) -> AsyncGenerator[None]:
    # The watchers answer no pings, so uvicorn would close them.
    config.ws_ping_interval = None
    server = uvicorn.Server(config)
    running = asyncio.create_task(server._serve(sockets=[listener]))
    while not server.started:  # noqa: ASYNC110  uvicorn has no event.
        await asyncio.sleep(0.01)
    yield
    server.should_exit = server.force_exit = True
    await running


@asynccontextmanager
async def _websockets(connections: set[ServerConnection]) -> AsyncGenerator[int]:
    async def hold(connection: ServerConnection) -> None:
        connections.add(connection)
        await connection.wait_closed()

    async with serve_websockets(
        hold,
        "127.0.0.1",
        0,
        compression=None,
        ping_interval=None,
        subprotocols=[Subprotocol("graphql-transport-ws")],
    ) as server:
        yield next(iter(server.sockets)).getsockname()[1]


async def main(name: str) -> None:
    """Serve, and publish for each line on standard input."""
    loop, reader = asyncio.get_running_loop(), asyncio.StreamReader()
    async with SERVERS[name]() as serving:
        print(json.dumps([serving.url, serving.messages]), flush=True)
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        while line := await reader.readline():
            began = time.monotonic()
            await serving.publish(int(line))
            print(began, flush=True)


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1]))
