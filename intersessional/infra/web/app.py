"""The ASGI application."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute

from intersessional.graphql.context import Context
from intersessional.infra.backend import Backend
from intersessional.infra.live.groups import Groups
from intersessional.infra.live.host import Host
from intersessional.infra.live.room import LiveRoom
from intersessional.infra.live.sockets import Sockets
from intersessional.infra.web.answers import answer_error
from intersessional.infra.web.body import BodyLimit
from intersessional.infra.web.documents import Documents, Prepared
from intersessional.infra.web.requests import encode, execute
from intersessional.infra.web.sockets import SocketEndpoint
from intersessional.infra.web.view import GraphQLView


@asynccontextmanager
async def open_app(backend: Backend) -> AsyncGenerator[Starlette]:
    """The application over a running backend, with its live room.

    Its ``state.drain`` sends everyone who watches elsewhere, for a server that is about to end.
    """
    documents = Documents(backend.schema, backend.settings)

    async def answer(
        prepared: Prepared, name: str | None, variables: dict[str, Any], context: Context
    ) -> bytes:
        return encode(await execute(backend.schema, prepared, name, variables, context))

    def find_document(query: str | None, _: dict[str, Any]) -> Prepared:
        return documents.prepare(query or "")

    async with Groups() as groups:
        room = LiveRoom(
            schema=backend.schema, groups=groups, feed=backend.feed, context=backend.context()
        )
        host = Host(
            room=room,
            identity=backend.identity,
            find_document=find_document,
            execute=answer,
            settings=backend.settings,
            clock=backend.clock,
        )
        async with Sockets(host) as sockets:
            app = _app(backend, SocketEndpoint(sockets, backend.settings.origins))
            app.state.drain = sockets.drain
            yield app


def _app(backend: Backend, sockets: SocketEndpoint) -> Starlette:
    view = GraphQLView(backend.schema, backend.context(), backend.identity, backend.settings)

    async def health(_: Request) -> Response:
        """Whether the record can be read and every view moves on."""
        position = await backend.record.head()
        heads = await backend.reader.heads()
        stopped = sorted({head.view for head in heads if not head.moves})
        body = {
            "status": "stopped views" if stopped else "ok",
            "headPosition": position,
            "viewPosition": await backend.reader.position(),
            "stoppedViews": stopped,
        }
        return JSONResponse(body, status_code=503 if stopped else 200)

    async def not_found(_: Request, __: Exception) -> Response:
        return answer_error(404, "NOT_FOUND", "The API is at /graphql, the health at /health.")

    return Starlette(
        routes=[
            Route("/graphql", view, methods=["GET", "POST"]),
            WebSocketRoute("/graphql", sockets),
            Route("/health", health),
        ],
        middleware=[Middleware(BodyLimit, bytes_max=backend.settings.body_bytes_max)],
        exception_handlers={404: not_found},
    )
