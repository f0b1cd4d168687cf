"""GraphQL over HTTP, and over Server-Sent Events: the endpoint, as the two specifications say."""

import logging
import random
from typing import Any

from graphql import GraphQLError, OperationDefinitionNode, OperationType
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from intersessional.graphql.execution.documents import PreparedDocument
from intersessional.graphql.execution.public_errors import log_and_mask
from intersessional.graphql.execution.requests import RequestError
from intersessional.graphql.subscriptions.membership import Membership
from intersessional.graphql.subscriptions.sink import Sink
from intersessional.infra.auth import InvalidToken, Principal
from intersessional.infra.connections.authenticated_sessions import TooManySessions
from intersessional.infra.connections.client_connections import RECONNECT_MS_MAX
from intersessional.infra.http import status_codes
from intersessional.infra.http.authentication import CHALLENGE, RETRY, authenticate
from intersessional.infra.http.body_limit import RequestBodyTooLarge
from intersessional.infra.http.content_negotiation import EVENT_STREAM, JSON, RESPONSE_JSON, Accept
from intersessional.infra.http.cors import METHODS, CorsOrigins, options
from intersessional.infra.http.errors import HttpError
from intersessional.infra.http.graphql_request import GraphQLRequest
from intersessional.infra.http.request_reader import last_event_id, read_request
from intersessional.infra.http.responses import answer, answer_error
from intersessional.infra.sse.sse_format import comment, only_event, retry
from intersessional.infra.sse.sse_streams import SseStreams
from intersessional.infra.websocket.server_context import ServerContext

logger = logging.getLogger(__name__)

OFFERS = (JSON, RESPONSE_JSON, EVENT_STREAM)
REFUSALS = (RESPONSE_JSON, JSON, EVENT_STREAM)
"""Who takes either is told what is wrong in the media type that has statuses for it."""


class GraphQLEndpoint:
    """Answers queries and mutations; a subscription is answered with a stream of events."""

    def __init__(self, host: ServerContext, streams: SseStreams) -> None:
        """``streams`` owns what goes on after its answer has begun."""
        self._host = host
        self._streams = streams
        self._origins = CorsOrigins(host.settings.origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; who leaves before it is sent whole gets no answer."""
        request = Request(scope, receive)
        accept = Accept.of(request.headers)
        media = accept.best(REFUSALS) or JSON
        try:
            response = await self._respond(request, accept)
        except HttpError as refused:
            response = answer_error(
                refused.status, refused.code, str(refused), media, refused.headers
            )
        except (RequestError, GraphQLError) as error:
            response = _refusal(RequestError.of(error), media)
        except ClientDisconnect:
            return
        except RequestBodyTooLarge:
            raise
        except Exception as error:  # noqa: BLE001  It is logged.
            # The next request goes on; what happened is for whoever runs the server.
            fault = log_and_mask(logger, "a request failed", error)
            status = 500 if fault.ours else 503
            response = answer_error(status, fault.code, fault.message, media)
        response.headers.update(self._origins.headers(request))
        await response(scope, receive, send)

    async def _respond(self, request: Request, accept: Accept) -> Response:
        if not self._origins.allow(request):
            raise HttpError(403, "ORIGIN_REFUSED", "Pages of this origin may not ask here.")
        if request.method == "OPTIONS":
            return options(request)
        if request.method not in ("GET", "HEAD", "POST"):
            message = f"The API answers to {METHODS}."
            raise HttpError(405, "METHOD_NOT_ALLOWED", message, {"Allow": METHODS})
        media = accept.best(OFFERS)
        if media is None:
            message = f"The API answers with {RESPONSE_JSON}, {JSON} or {EVENT_STREAM}."
            raise HttpError(406, "NOT_ACCEPTABLE", message)
        asked = await read_request(request)
        who = await authenticate(self._host.authenticator, request)
        return await self._answer(request, asked, who, accept, media)

    async def _answer(
        self, request: Request, asked: GraphQLRequest, who: Principal, accept: Accept, media: str
    ) -> Response:
        prepared = self._host.find_document(asked.query, asked.extensions)
        if prepared.errors:
            raise RequestError(*prepared.errors)
        operation = prepared.operation(asked.operation_name)
        if operation.operation is OperationType.MUTATION and request.method != "POST":
            message = "A mutation is sent by POST."
            raise HttpError(405, "METHOD_NOT_ALLOWED", message, {"Allow": "POST"})
        if operation.operation is OperationType.SUBSCRIPTION:
            if media != EVENT_STREAM and not accept.names(EVENT_STREAM):
                message = f"A subscription is answered with {EVENT_STREAM}, or over a WebSocket."
                raise HttpError(406, "SUBSCRIPTION_NEEDS_STREAM", message)
            return self._stream(request, prepared, operation, asked.variables, who)
        context = self._host.room.context.for_operation(who.caller)
        body = await self._host.execute(prepared, asked.operation_name, asked.variables, context)
        if media == EVENT_STREAM:
            return answer(only_event(body), media=media)
        return answer(body, status_codes.of_result(body, media), media)

    def _stream(
        self,
        request: Request,
        prepared: PreparedDocument,
        operation: OperationDefinitionNode,
        variables: dict[str, Any],
        who: Principal,
    ) -> Response:
        resumed = last_event_id(request)
        if request.method == "HEAD":
            return answer(b"", media=EVENT_STREAM)

        async def watch(sink: Sink) -> Membership:
            return await self._host.room.watch(
                prepared, operation, variables, who.caller, sink, resumed=resumed
            )

        try:
            return self._streams.open(watch, who)
        except TooManySessions as full:
            if request.method == "GET":
                # A browser that is told of an error never comes back by itself.
                later = retry(RECONNECT_MS_MAX + random.randrange(RECONNECT_MS_MAX))
                return answer(comment(f"TOO_MANY_STREAMS {full}") + later, media=EVENT_STREAM)
            raise HttpError(503, "TOO_MANY_STREAMS", str(full), RETRY) from None
        except InvalidToken as refused:
            raise HttpError(401, refused.code, str(refused), CHALLENGE) from None


def _refusal(refused: RequestError, media: str) -> Response:
    """What is wrong with a request that was understood; to those who watch, it is an event."""
    body = b'{"errors":%b}' % refused.body
    if media == EVENT_STREAM:
        return answer(only_event(body), media=media)
    return answer(body, status_codes.of_refusal(refused, media), media)
