"""The endpoint of GraphQL over HTTP and GraphQL over Server-Sent Events."""

import logging
import random
from collections.abc import Callable

from graphql import GraphQLError, OperationType
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from intersessional.graphql.execution import points
from intersessional.graphql.execution.coerced_operation import CoercedOperation
from intersessional.graphql.execution.public_errors import log_and_mask
from intersessional.graphql.execution.requests import RequestError
from intersessional.graphql.subscriptions.sink import Sink
from intersessional.graphql.subscriptions.sink_membership import SinkMembership
from intersessional.infra.accept import Accept
from intersessional.infra.auth import InvalidToken
from intersessional.infra.connections.body_sizes import RequestBodyTooLarge, raise_limit
from intersessional.infra.connections.client_address import limit_key_of
from intersessional.infra.connections.client_connections import RECONNECT_MS_MAX
from intersessional.infra.connections.graphql_services import GraphQLServices
from intersessional.infra.connections.places import TooManySessions
from intersessional.infra.connections.sender import Sender
from intersessional.infra.connections.subscribers import subscriber_of
from intersessional.infra.http import status_codes
from intersessional.infra.http.authentication import CHALLENGE, authenticate
from intersessional.infra.http.errors import RETRY, HttpError
from intersessional.infra.http.graphql_request import GraphQLRequest
from intersessional.infra.http.json_response import (
    error_response,
    graphql_response,
    masked_response,
)
from intersessional.infra.http.media_types import EVENT_STREAM, JSON, RESPONSE_JSON
from intersessional.infra.http.middleware.cors import METHODS, ORIGIN_REFUSED, CorsOrigins, options
from intersessional.infra.http.request_reader import last_event_id, read_request
from intersessional.infra.page.routes import is_browser
from intersessional.infra.rate_limits.request_limits import RateLimited
from intersessional.infra.sse.sse_format import comment, only_event, retry
from intersessional.infra.sse.sse_streams import SseStreams

logger = logging.getLogger(__name__)

RESULT_MEDIA_TYPES = (JSON, RESPONSE_JSON, EVENT_STREAM)
ERROR_MEDIA_TYPES = (RESPONSE_JSON, JSON, EVENT_STREAM)
"""A client that accepts both kinds of JSON gets errors in the one that has status codes."""


class GraphQLEndpoint:
    """Executes queries and mutations; subscriptions are answered with a stream of events."""

    def __init__(
        self,
        services: GraphQLServices,
        streams: SseStreams,
        origins: CorsOrigins,
        introduction: Callable[[Request], Response] | None = None,
    ) -> None:
        """``introduction`` is what a browser gets that asks nothing; None to refuse it."""
        self._introduction = introduction
        self._services = services
        self._streams = streams
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the response to a request; none where the client disconnects first."""
        request = Request(scope, receive)
        accept = Accept.from_headers(request.headers)
        media = accept.best(ERROR_MEDIA_TYPES) or JSON
        if self._introduction and _asks_nothing(request):
            await self._introduction(request)(scope, receive, send)
            return
        try:
            response = await self._respond(request, accept)
        except HttpError as error:
            response = error_response(error.status, error.code, str(error), media, error.headers)
        except RateLimited as error:
            response = _rate_limited(error, request, media)
        except (RequestError, GraphQLError) as error:
            response = _request_error(RequestError.from_error(error), media)
        except ClientDisconnect:
            return
        except RequestBodyTooLarge:
            raise
        except Exception as error:  # noqa: BLE001  It is logged.
            # The next request goes on.
            public = log_and_mask(logger, "a request failed", error)
            response = masked_response(public, media)
        await response(scope, receive, send)

    async def _respond(self, request: Request, accept: Accept) -> Response:
        if not self._origins.allow(request):
            raise HttpError(*ORIGIN_REFUSED)
        if request.method == "OPTIONS":
            return options(request)
        if request.method not in ("GET", "HEAD", "POST"):
            message = f"The API answers to {METHODS}."
            raise HttpError(405, "METHOD_NOT_ALLOWED", message, {"Allow": METHODS})
        media = accept.best(RESULT_MEDIA_TYPES)
        if media is None:
            message = f"The API answers with {RESPONSE_JSON}, {JSON} or {EVENT_STREAM}."
            raise HttpError(406, "NOT_ACCEPTABLE", message)
        sender = await self._sign_in(request)
        if sender.caller.person is not None:
            raise_limit(request.scope, self._services.settings.mutation_bytes_max)
        graphql_request = await read_request(request)
        body = await request.body() if request.method == "POST" else b""
        sender.account.charge(points.of_bytes(len(request.url.query) + len(body)))
        return await self._execute(request, graphql_request, sender, accept, media)

    async def _sign_in(self, request: Request) -> Sender:
        """The sender of a request. Raises HttpError, and RateLimited."""
        limits, address = self._services.limits, limit_key_of(request.scope)
        try:
            principal = await authenticate(self._services.authenticator, request)
        except HttpError:
            limits.account(None, address).charge(points.REQUEST)
            raise
        account = limits.account(principal.caller.person, address)
        account.charge(points.REQUEST)
        return Sender(principal, account)

    async def _execute(
        self,
        request: Request,
        graphql_request: GraphQLRequest,
        sender: Sender,
        accept: Accept,
        media: str,
    ) -> Response:
        services, name = self._services, graphql_request.operation_name
        prepared = await services.find_document(
            graphql_request.query, graphql_request.extensions, sender.account
        )
        kind = prepared.operation(name).operation
        if kind is OperationType.MUTATION and request.method != "POST":
            message = "A mutation is sent by POST."
            raise HttpError(405, "METHOD_NOT_ALLOWED", message, {"Allow": "POST"})
        if kind is not OperationType.MUTATION:
            await self._check_size(request)
        operation = services.coerce(prepared, name, graphql_request.variables, sender.caller)
        if kind is OperationType.SUBSCRIPTION:
            if media != EVENT_STREAM and not accept.names(EVENT_STREAM):
                message = f"A subscription is answered with {EVENT_STREAM}, or over a WebSocket."
                raise HttpError(406, "SUBSCRIPTION_NEEDS_STREAM", message)
            return self._stream(request, operation, sender)
        body = await services.execute(operation, sender)
        if media == EVENT_STREAM:
            return graphql_response(only_event(body), media=media)
        return graphql_response(body, status_codes.of_result(body, media), media)

    async def _check_size(self, request: Request) -> None:
        """Refuse a body that only a mutation may have: queries and their variables are cached."""
        bytes_max = self._services.settings.body_bytes_max
        if request.method == "POST" and len(await request.body()) > bytes_max:
            raise RequestBodyTooLarge(bytes_max)

    def _stream(self, request: Request, operation: CoercedOperation, sender: Sender) -> Response:
        last_position = last_event_id(request)
        if request.method == "HEAD":
            return graphql_response(b"", media=EVENT_STREAM)

        async def subscribe(sink: Sink) -> SinkMembership:
            return await self._services.hub.subscribe(
                operation,
                sender.caller,
                sink,
                subscriber=subscriber_of(request.scope, sender, object()),
                last_position=last_position,
            )

        try:
            address = limit_key_of(request.scope)
            return self._streams.open(subscribe, sender.principal, address)
        except TooManySessions as error:
            if request.method == "GET":
                return _later("TOO_MANY_STREAMS", error, RECONNECT_MS_MAX)
            raise HttpError(503, "TOO_MANY_STREAMS", str(error), RETRY) from None
        except InvalidToken as error:
            raise HttpError(401, error.code, str(error), CHALLENGE) from None


def _asks_nothing(request: Request) -> bool:
    """Whether a person has opened the address of the API in a browser."""
    return request.method == "GET" and not request.url.query and is_browser(request)


def _later(code: str, error: Exception, least_ms: int) -> Response:
    """The end of a stream, after which its client reconnects, not before the given time.

    An EventSource does not reconnect after a response with an error status.
    """
    reconnect = retry(least_ms + random.randrange(RECONNECT_MS_MAX))
    return graphql_response(comment(f"{code} {error}") + reconnect, media=EVENT_STREAM)


def _rate_limited(error: RateLimited, request: Request, media: str) -> Response:
    if media == EVENT_STREAM and request.method == "GET":
        return _later(error.code, error, error.retry_after_s * 1_000)
    headers = {"Retry-After": str(error.retry_after_s)}
    body = b'{"errors":%b}' % RequestError.from_error(error).body
    return graphql_response(body, 429, JSON if media == EVENT_STREAM else media, headers)


def _request_error(error: RequestError, media: str) -> Response:
    """The response to a request that was refused before execution; an event in a stream."""
    body = b'{"errors":%b}' % error.body
    if media == EVENT_STREAM:
        return graphql_response(only_event(body), media=media)
    return graphql_response(body, status_codes.of_request_error(error, media), media)
