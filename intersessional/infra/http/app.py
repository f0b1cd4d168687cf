"""The ASGI application."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute

from intersessional.concurrency.supervised import supervised
from intersessional.concurrency.tasks import Tasks
from intersessional.graphql.execution.requests import execute
from intersessional.graphql.query_cache.caching_executor import CachingExecutor
from intersessional.graphql.query_cache.single_flight import SingleFlight
from intersessional.graphql.query_cache.view_changes import ViewChanges
from intersessional.graphql.subscriptions.shared_subscriptions import SharedSubscriptions
from intersessional.graphql.subscriptions.subscription_hub import SubscriptionHub
from intersessional.graphql.subscriptions.subscription_plan import SubscriptionPlanner
from intersessional.infra.backend import Backend
from intersessional.infra.connections.authenticated_sessions import AuthenticatedSessions
from intersessional.infra.connections.client_connections import ClientConnections
from intersessional.infra.http.body_limit import BodyLimit
from intersessional.infra.http.documents import open_persisted_documents
from intersessional.infra.http.graphql_endpoint import GraphQLEndpoint
from intersessional.infra.http.responses import answer_error
from intersessional.infra.http.security_headers import SecurityHeaders
from intersessional.infra.http.websocket_endpoint import WebSocketEndpoint
from intersessional.infra.sse.sse_streams import SseStreams
from intersessional.infra.websocket.graphql_sockets import GraphQLSockets
from intersessional.infra.websocket.server_context import ServerContext


@asynccontextmanager
async def open_app(backend: Backend) -> AsyncGenerator[Starlette]:
    """The application over a running backend, with its live room.

    Its ``state.drain`` sends everyone who watches elsewhere, for a server that is about to end;
    its ``state.sessions`` are what is open.
    """
    library = open_persisted_documents(backend.schema, backend.settings)
    sessions = AuthenticatedSessions(
        backend.authenticator.revocations,
        backend.clock,
        open_max=backend.settings.sockets_max,
        person_max=backend.settings.person_sockets_max,
    )
    async with (
        _results(backend) as results,
        SharedSubscriptions(groups_max=backend.settings.operations_max) as groups,
    ):
        room = SubscriptionHub(
            schema=backend.schema,
            plans=SubscriptionPlanner(backend.schema),
            groups=groups,
            feed=backend.feed,
            context=backend.context(),
        )
        host = ServerContext(
            room=room,
            sessions=sessions,
            authenticator=backend.authenticator,
            find_document=library.find,
            execute=results.answer,
            settings=backend.settings,
        )
        guests = ClientConnections(
            lambda: backend.feed.position, heartbeat_s=backend.settings.heartbeat_seconds
        )
        with backend.authenticator.revocations.notifying(sessions.end_revoked):
            async with guests:
                app = _app(
                    backend,
                    host,
                    GraphQLEndpoint(host, SseStreams(guests, sessions)),
                    WebSocketEndpoint(GraphQLSockets(host, guests), backend.settings.origins),
                )
                app.state.drain = guests.drain
                app.state.sessions = sessions
                yield app


@asynccontextmanager
async def _results(backend: Backend) -> AsyncGenerator[CachingExecutor]:
    changes = ViewChanges(backend.composition.views, backend.feed.position)
    async with Tasks() as tasks:
        following = tasks.create_task(supervised("results", partial(changes.follow, backend.feed)))
        yield CachingExecutor(
            execute=partial(execute, backend.schema),
            shown=SingleFlight(backend.reader.readable_state),
            changes=changes,
        )
        following.cancel()


def _app(
    backend: Backend, host: ServerContext, http: GraphQLEndpoint, sockets: WebSocketEndpoint
) -> Starlette:
    async def health(_: Request) -> Response:
        """Whether the record can be read and every view moves on; how much goes on here."""
        position = await backend.record.head()
        heads = await backend.reader.checkpoints()
        stopped = sorted({head.view for head in heads if not head.is_running})
        body = {
            "status": "stopped views" if stopped else "ok",
            "headPosition": position,
            "viewPosition": await backend.reader.position(),
            "stoppedViews": stopped,
            "open": len(host.sessions),
            "watched": len(host.room.groups),
        }
        return JSONResponse(body, status_code=503 if stopped else 200)

    async def not_found(_: Request, __: Exception) -> Response:
        return answer_error(404, "NOT_FOUND", "The API is at /graphql, the health at /health.")

    return Starlette(
        routes=[
            Route("/graphql", http),
            WebSocketRoute("/graphql", sockets),
            Route("/health", health),
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(BodyLimit, bytes_max=backend.settings.body_bytes_max),
        ],
        exception_handlers={404: not_found},
    )
