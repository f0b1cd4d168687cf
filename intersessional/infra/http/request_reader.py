"""Reads what a client asks for out of an HTTP request."""

import asyncio

from starlette.datastructures import Headers
from starlette.requests import Request

from intersessional.graphql.request.context import BadRequest
from intersessional.infra.http.content_negotiation import JSON, UTF_8, read_media
from intersessional.infra.http.errors import HttpError
from intersessional.infra.http.graphql_request import GraphQLRequest

BODY_S = 30.0
"""How long the body of a request may take to arrive."""

POSITION_DIGITS_MAX = 16


async def read_request(request: Request) -> GraphQLRequest:
    """What a GET, HEAD or POST asks for. Raises HttpError."""
    try:
        if request.method != "POST":
            return GraphQLRequest.from_url(request.query_params.multi_items())
        _check_type(request.headers)
        async with asyncio.timeout(BODY_S):
            body = await request.body()
        return GraphQLRequest.from_body(body)
    except BadRequest as wrong:
        code = (wrong.extensions or {})["code"]
        raise HttpError(400, code, wrong.message) from None
    except TimeoutError:
        # What would come next on this connection is the rest of the body.
        close = {"Connection": "close"}
        raise HttpError(408, "TOO_SLOW", "The request did not arrive in time.", close) from None


def _check_type(headers: Headers) -> None:
    """A page of another site can send no JSON before it was asked whether it may."""
    media, given = read_media(", ".join(headers.getlist("content-type")))
    if media != JSON or given.get("charset", "utf-8") not in UTF_8:
        message = "The Content-Type of a request is application/json, in UTF-8."
        raise HttpError(415, "UNSUPPORTED_MEDIA_TYPE", message, {"Accept-Post": JSON})
    if headers.get("content-encoding", "identity").lower() != "identity":
        message = "The body of a request is sent as it is, without a Content-Encoding."
        raise HttpError(415, "UNSUPPORTED_MEDIA_TYPE", message, {"Accept-Encoding": "identity"})


def last_event_id(request: Request) -> int | None:
    """The position a stream of events goes on after, as its reader quotes it. Raises HttpError.

    Browsers do so by themselves with the id of the last event they had.
    """
    text = request.headers.get("last-event-id")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= POSITION_DIGITS_MAX):
        raise HttpError(400, "BAD_REQUEST", "Last-Event-ID is a position.")
    return int(text)
