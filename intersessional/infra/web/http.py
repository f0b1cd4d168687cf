"""GraphQL over HTTP, and over Server-Sent Events: the endpoint, as the two specifications say."""

import logging
import random
from typing import Any

from graphql import GraphQLError, OperationDefinitionNode, OperationType
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from intersessional.infra.execution.documents import Prepared
from intersessional.infra.execution.faults import logged
from intersessional.infra.execution.requests import RequestRefused
from intersessional.infra.identity import SignedIn, TokenRefused
from intersessional.infra.live.event_streams import EventStreams
from intersessional.infra.live.events import comment, only_event, retry
from intersessional.infra.live.guests import RECONNECT_MS_MAX
from intersessional.infra.live.host import Host
from intersessional.infra.live.seat import Seat
from intersessional.infra.live.sessions import TooMany
from intersessional.infra.live.sink import Sink
from intersessional.infra.web import statuses
from intersessional.infra.web.answers import answer, answer_error
from intersessional.infra.web.asked import Asked
from intersessional.infra.web.body import BodyTooLarge
from intersessional.infra.web.caller import CHALLENGE, RETRY, signed_in
from intersessional.infra.web.media import EVENT_STREAM, JSON, RESPONSE_JSON, Accept
from intersessional.infra.web.origins import METHODS, Origins, options
from intersessional.infra.web.received import last_event_id, read_request
from intersessional.infra.web.refused import HttpRefused

logger = logging.getLogger(__name__)

OFFERS = (JSON, RESPONSE_JSON, EVENT_STREAM)
REFUSALS = (RESPONSE_JSON, JSON, EVENT_STREAM)
"""Who takes either is told what is wrong in the media type that has statuses for it."""


class HttpEndpoint:
    """Answers queries and mutations; a subscription is answered with a stream of events."""

    def __init__(self, host: Host, streams: EventStreams) -> None:
        """``streams`` owns what goes on after its answer has begun."""
        self._host = host
        self._streams = streams
        self._origins = Origins(host.settings.origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; who leaves before it is sent whole gets no answer."""
        request = Request(scope, receive)
        accept = Accept.of(request.headers)
        media = accept.best(REFUSALS) or JSON
        try:
            response = await self._respond(request, accept)
        except HttpRefused as refused:
            response = answer_error(
                refused.status, refused.code, str(refused), media, refused.headers
            )
        except (RequestRefused, GraphQLError) as error:
            response = _refusal(RequestRefused.of(error), media)
        except ClientDisconnect:
            return
        except BodyTooLarge:
            raise
        except Exception as error:  # noqa: BLE001  It is logged.
            # The next request goes on; what happened is for whoever runs the server.
            fault = logged(logger, "a request failed", error)
            status = 500 if fault.ours else 503
            response = answer_error(status, fault.code, fault.message, media)
        response.headers.update(self._origins.headers(request))
        await response(scope, receive, send)

    async def _respond(self, request: Request, accept: Accept) -> Response:
        if not self._origins.allow(request):
            raise HttpRefused(403, "ORIGIN_REFUSED", "Pages of this origin may not ask here.")
        if request.method == "OPTIONS":
            return options(request)
        if request.method not in ("GET", "HEAD", "POST"):
            message = f"The API answers to {METHODS}."
            raise HttpRefused(405, "METHOD_NOT_ALLOWED", message, {"Allow": METHODS})
        media = accept.best(OFFERS)
        if media is None:
            message = f"The API answers with {RESPONSE_JSON}, {JSON} or {EVENT_STREAM}."
            raise HttpRefused(406, "NOT_ACCEPTABLE", message)
        asked = await read_request(request)
        who = await signed_in(self._host.identity, request)
        return await self._answer(request, asked, who, accept, media)

    async def _answer(
        self, request: Request, asked: Asked, who: SignedIn, accept: Accept, media: str
    ) -> Response:
        prepared = self._host.find_document(asked.query, asked.extensions)
        if prepared.errors:
            raise RequestRefused(*prepared.errors)
        operation = prepared.operation(asked.operation_name)
        if operation.operation is OperationType.MUTATION and request.method != "POST":
            message = "A mutation is sent by POST."
            raise HttpRefused(405, "METHOD_NOT_ALLOWED", message, {"Allow": "POST"})
        if operation.operation is OperationType.SUBSCRIPTION:
            if media != EVENT_STREAM and not accept.names(EVENT_STREAM):
                message = f"A subscription is answered with {EVENT_STREAM}, or over a WebSocket."
                raise HttpRefused(406, "SUBSCRIPTION_NEEDS_STREAM", message)
            return self._stream(request, prepared, operation, asked.variables, who)
        context = self._host.room.context.for_operation(who.caller)
        body = await self._host.execute(prepared, asked.operation_name, asked.variables, context)
        if media == EVENT_STREAM:
            return answer(only_event(body), media=media)
        return answer(body, statuses.of_result(body, media), media)

    def _stream(
        self,
        request: Request,
        prepared: Prepared,
        operation: OperationDefinitionNode,
        variables: dict[str, Any],
        who: SignedIn,
    ) -> Response:
        resumed = last_event_id(request)
        if request.method == "HEAD":
            return answer(b"", media=EVENT_STREAM)

        async def watch(sink: Sink) -> Seat:
            return await self._host.room.watch(
                prepared, operation, variables, who.caller, sink, resumed=resumed
            )

        try:
            return self._streams.open(watch, who)
        except TooMany as full:
            if request.method == "GET":
                # A browser that is told of an error never comes back by itself.
                later = retry(RECONNECT_MS_MAX + random.randrange(RECONNECT_MS_MAX))
                return answer(comment(f"TOO_MANY_STREAMS {full}") + later, media=EVENT_STREAM)
            raise HttpRefused(503, "TOO_MANY_STREAMS", str(full), RETRY) from None
        except TokenRefused as refused:
            raise HttpRefused(401, refused.code, str(refused), CHALLENGE) from None


def _refusal(refused: RequestRefused, media: str) -> Response:
    """What is wrong with a request that was understood; to those who watch, it is an event."""
    body = b'{"errors":%b}' % refused.body
    if media == EVENT_STREAM:
        return answer(only_event(body), media=media)
    return answer(body, statuses.of_refusal(refused, media), media)
