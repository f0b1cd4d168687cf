"""The ASGI application."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from intersessional.answer_counts import request_errors
from intersessional.concurrency.supervised import supervised
from intersessional.concurrency.tasks import Tasks
from intersessional.graphql.execution.operation_executor import execute
from intersessional.graphql.query_cache.caching_executor import CachingExecutor
from intersessional.graphql.query_cache.single_flight import SingleFlight
from intersessional.graphql.query_cache.view_changes import ViewChanges
from intersessional.graphql.request.answer_size import AnswerSizes
from intersessional.graphql.subscriptions.shared_subscriptions import SharedSubscriptions
from intersessional.graphql.subscriptions.subscription_hub import (
    PAYLOAD_BYTES_MAX,
    SubscriptionHub,
)
from intersessional.graphql.subscriptions.subscription_plan import SubscriptionPlanner
from intersessional.infra.backend import Backend
from intersessional.infra.connections.authenticated_sessions import AuthenticatedSessions
from intersessional.infra.connections.client_address import trusted_hosts
from intersessional.infra.connections.client_connections import ClientConnections
from intersessional.infra.connections.graphql_services import GraphQLServices
from intersessional.infra.connections.places import Places
from intersessional.infra.http.composed_node import ComposedNode
from intersessional.infra.http.documents import open_persisted_documents
from intersessional.infra.http.graphql_endpoint import GraphQLEndpoint
from intersessional.infra.http.health_endpoint import health_routes
from intersessional.infra.http.json_response import error_response
from intersessional.infra.http.middleware.body_limit import BodyLimit
from intersessional.infra.http.middleware.cors import CorsHeaders, CorsOrigins
from intersessional.infra.http.middleware.refusals import Refusals
from intersessional.infra.http.middleware.request_context import RequestContext
from intersessional.infra.http.middleware.security_headers import SecurityHeaders
from intersessional.infra.http.middleware.unexpected_errors import UnexpectedErrors
from intersessional.infra.http.websocket_endpoint import WebSocketEndpoint
from intersessional.infra.metrics.node_collector import NodeCollector
from intersessional.infra.metrics.request_counts import RequestCounts
from intersessional.infra.page.api_page import api_page
from intersessional.infra.page.errors import ScreenError
from intersessional.infra.page.routes import is_browser, page_routes
from intersessional.infra.page.screens import ScreenRenderer
from intersessional.infra.postgres.connection_errors import CONNECTION_ERRORS
from intersessional.infra.rate_limits.request_limits import RequestLimits
from intersessional.infra.settings import Mode
from intersessional.infra.sse.sse_streams import SseStreams
from intersessional.infra.websocket.graphql_sockets import GraphQLSockets
from intersessional.projections.kernel.epochs import PositionInEpoch
from intersessional.projections.kernel.feed import Feed

_NOT_FOUND = (404, "NOT_FOUND", "The API is at /graphql, the health at /health.")


@asynccontextmanager
async def open_app(backend: Backend, node: ComposedNode) -> AsyncGenerator[Starlette]:
    """The ASGI application of a running backend of these plugins. Raises TrustedDocumentsError.

    ``state.drain`` closes all connections, for a server that is about to stop;
    ``state.sessions`` are the open connections, ``state.subscriptions`` what is executed for them,
    ``state.metrics`` the collector of the metrics, ``state.screens`` what shows the page.
    """
    settings = backend.settings
    documents = open_persisted_documents(node.schema, settings, node.documents)
    sessions = AuthenticatedSessions(
        backend.authenticator.revocations,
        backend.steady_clock,
        Places(places_max=settings.sockets_max, address_max=settings.address_sockets_max),
        person_max=settings.person_sockets_max,
    )
    async with (
        _query_cache(backend) as queries,
        SharedSubscriptions(subscriptions_max=settings.operations_max) as subscriptions,
    ):
        services = GraphQLServices(
            documents=documents,
            queries=queries,
            hub=SubscriptionHub(
                schema=node.schema,
                planner=SubscriptionPlanner(node.schema, cost_max=settings.subscription_cost_max),
                subscriptions=subscriptions,
                feed=backend.feed,
                context=backend.context(),
                payload_sizes=AnswerSizes(
                    answer_bytes_max=min(settings.answer_bytes_max, PAYLOAD_BYTES_MAX)
                ),
            ),
            authenticator=backend.authenticator,
            sessions=sessions,
            limits=RequestLimits(
                person_points_max=settings.person_points_per_minute_max,
                address_points_max=settings.address_points_per_minute_max,
                anonymous_points_max=settings.anonymous_points_per_minute_max,
            ),
            settings=settings,
        )
        backend.feed.on_loss(partial(subscriptions.end_all, backend.feed))
        with backend.authenticator.revocations.notifying(sessions.close_revoked):
            async with ClientConnections(
                partial(_log_position, backend.feed), heartbeat_s=settings.heartbeat_s
            ) as connections:
                origins = CorsOrigins(settings.origins)
                screens = ScreenRenderer(node.page, services)
                requests = RequestCounts()
                in_development = settings.mode is Mode.DEVELOPMENT
                app = _app(
                    backend,
                    services,
                    GraphQLEndpoint(
                        services,
                        SseStreams(connections, sessions),
                        origins,
                        partial(api_page, screens) if in_development else None,
                    ),
                    WebSocketEndpoint(GraphQLSockets(services, connections), origins),
                    origins,
                    screens,
                    requests,
                )
                app.state.drain = connections.drain
                app.state.sessions = sessions
                app.state.screens = screens
                app.state.subscriptions = subscriptions
                app.state.metrics = NodeCollector(
                    backend,
                    subscriptions=subscriptions,
                    connections=connections,
                    cache=queries.cache,
                    requests=requests,
                    pages=screens.rendered,
                )
                yield app


def _log_position(feed: Feed) -> PositionInEpoch:
    return PositionInEpoch(feed.position, feed.epochs.present)


@asynccontextmanager
async def _query_cache(backend: Backend) -> AsyncGenerator[CachingExecutor]:
    changes = ViewChanges(backend.composition.views, backend.feed.position)
    backend.feed.on_loss(changes.lose)
    async with Tasks() as tasks:
        following = tasks.create_task(
            supervised(
                "query cache", partial(changes.follow, backend.feed), temporary=CONNECTION_ERRORS
            )
        )
        yield CachingExecutor(
            execute=execute,
            readable_state=SingleFlight(backend.reader.readable_state),
            changes=changes,
            feed=backend.feed,
        )
        following.cancel()


def _app(
    backend: Backend,
    services: GraphQLServices,
    http: GraphQLEndpoint,
    sockets: WebSocketEndpoint,
    origins: CorsOrigins,
    screens: ScreenRenderer,
    requests: RequestCounts,
) -> Starlette:
    def counts() -> dict[str, int]:
        return {"open": len(services.sessions), "watched": len(services.hub.subscriptions)}

    async def not_found(request: Request, _: Exception) -> Response:
        if is_browser(request):
            request_errors["NOT_FOUND"] += 1
            return screens.error(request, ScreenError.absent())
        return error_response(*_NOT_FOUND)

    async def no_socket(websocket: WebSocket) -> None:
        await websocket.send_denial_response(error_response(*_NOT_FOUND))

    async def method_not_allowed(_: Request, error: Exception) -> Response:
        headers = getattr(error, "headers", None)
        message = "This path does not answer to the method."
        return error_response(405, "METHOD_NOT_ALLOWED", message, headers=headers)

    app = Starlette(
        routes=[
            Route("/graphql", http),
            WebSocketRoute("/graphql", sockets),
            *health_routes(backend.health, counts),
            *page_routes(screens),
            WebSocketRoute("/{path:path}", no_socket),
        ],
        middleware=[
            Middleware(
                RequestContext,
                proxies=backend.settings.trusted_proxies,
                access_log=backend.settings.access_log,
                counts=requests,
            ),
            Middleware(ProxyHeadersMiddleware, trusted_hosts(backend.settings.trusted_proxies)),
            Middleware(CorsHeaders, origins=origins),
            Middleware(SecurityHeaders),
            Middleware(UnexpectedErrors),
            Middleware(Refusals),
            Middleware(BodyLimit, bytes_max=backend.settings.body_bytes_max),
        ],
        exception_handlers={404: not_found, 405: method_not_allowed},
    )
    # A redirect would name the host that the request names, and http.
    app.router.redirect_slashes = False
    return app
