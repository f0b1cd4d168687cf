"""The ASGI application."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute

from intersessional.infra.backend import Backend
from intersessional.infra.web.answers import answer_error
from intersessional.infra.web.body import BodyLimit
from intersessional.infra.web.view import GraphQLView


def make_app(backend: Backend) -> Starlette:
    """The application over a running backend."""
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
            WebSocketRoute("/graphql", view),
            Route("/health", health),
        ],
        middleware=[Middleware(BodyLimit, bytes_max=backend.settings.body_bytes_max)],
        exception_handlers={404: not_found},
    )
