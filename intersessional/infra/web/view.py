"""GraphQL over HTTP and over WebSocket."""

import json
from datetime import timedelta
from typing import Any

import orjson
from cross_web import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http import GraphQLHTTPResponse
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL

from intersessional.graphql.context import Context
from intersessional.graphql.schema import ComposedSchema
from intersessional.infra.identity import Identity, TokenRefused
from intersessional.infra.settings import Settings
from intersessional.infra.web.answers import answer_error

_CODES = {400: "BAD_REQUEST", 405: "METHOD_NOT_ALLOWED", 415: "UNSUPPORTED_MEDIA_TYPE"}


class GraphQLView(GraphQL[Context, None]):
    """One endpoint for queries, mutations and subscriptions."""

    def __init__(
        self, schema: ComposedSchema, context: Context, identity: Identity, settings: Settings
    ) -> None:
        """``context`` is what every request starts from."""
        super().__init__(
            schema,
            graphql_ide=None,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
            connection_init_wait_timeout=timedelta(seconds=settings.init_seconds_max),
            max_subscriptions_per_connection=settings.subscriptions_max,
            allowed_origins=settings.origins,
        )
        self._context = context
        self._identity = identity

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or serve a socket."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        request = Request(scope, receive)
        if not self._origin_allowed(request):
            response = answer_error(403, "ORIGIN_REFUSED", "Pages of this origin may not ask here.")
            await response(scope, receive, send)
            return
        try:
            response = await self.run(request)
        except TokenRefused as refused:
            response = answer_error(
                401, refused.code, str(refused), **{"WWW-Authenticate": "Bearer"}
            )
        except HTTPException as error:
            code = _CODES.get(error.status_code, "BAD_REQUEST")
            response = answer_error(error.status_code, code, error.reason)
        await response(scope, receive, send)

    def _origin_allowed(self, request: Request) -> bool:
        """Whether the page that asks is ours or allowed; who is no browser sends no origin."""
        origin = request.headers.get("origin")
        own = f"{request.url.scheme}://{request.headers.get('host')}"
        return origin is None or origin == own or origin in self.allowed_origins

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> Context:
        """What a request starts from; a socket introduces itself later."""
        if isinstance(request, WebSocket):
            return self._context.for_operation()
        signed_in = await self._identity.caller(request.headers.get("authorization"))
        return self._context.for_operation(signed_in.caller)

    async def on_ws_connect(self, context: Context) -> Any:
        """Who is on the socket: told by the token in ``connection_init``."""
        try:
            signed_in = await self._identity.from_init(context.connection_params)
        except TokenRefused as refused:
            raise ConnectionRejectionError({"code": refused.code}) from None
        context.caller = signed_in.caller
        return {"headPosition": await context.position()}

    def decode_json(self, data: str | bytes) -> object:
        """Read JSON; what is not JSON is refused with a sentence."""
        try:
            return orjson.loads(data)
        except orjson.JSONDecodeError as error:
            raise json.JSONDecodeError(error.msg, error.doc, error.pos) from None

    def encode_json(self, data: object) -> str:
        """Write JSON. Text, for the protocol's frames are text."""
        return orjson.dumps(data).decode()

    def create_response(
        self, response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse], sub_response: Response
    ) -> Response:
        """The answer: never cached, never taken for another type."""
        response = super().create_response(response_data, sub_response)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
