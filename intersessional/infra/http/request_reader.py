"""Reads the GraphQL request of an HTTP request."""

from starlette.datastructures import Headers
from starlette.requests import Request

from intersessional.graphql.request.context import BadRequest
from intersessional.infra.accept import UTF_8, parse_media_type
from intersessional.infra.http.errors import HttpError
from intersessional.infra.http.graphql_request import GraphQLRequest
from intersessional.infra.http.media_types import JSON
from intersessional.projections.kernel.epochs import parse_cursor


async def read_request(request: Request) -> GraphQLRequest:
    """Read the GraphQL request of a GET, HEAD or POST. Raises HttpError."""
    try:
        if request.method != "POST":
            return GraphQLRequest.from_url(request.query_params.multi_items())
        _check_type(request.headers)
        return GraphQLRequest.from_body(await request.body())
    except BadRequest as error:
        code = (error.extensions or {})["code"]
        raise HttpError(400, code, error.message) from None


def _check_type(headers: Headers) -> None:
    """Require JSON: a page of another origin cannot send it without a CORS preflight."""
    media, parameters = parse_media_type(", ".join(headers.getlist("content-type")))
    if media != JSON or parameters.get("charset", "utf-8") not in UTF_8:
        message = "The Content-Type of a request is application/json, in UTF-8."
        raise HttpError(415, "UNSUPPORTED_MEDIA_TYPE", message, {"Accept-Post": JSON})
    if headers.get("content-encoding", "identity").lower() != "identity":
        message = "The body of a request is sent as it is, without a Content-Encoding."
        raise HttpError(415, "UNSUPPORTED_MEDIA_TYPE", message, {"Accept-Encoding": "identity"})


def last_event_id(request: Request) -> int | None:
    """The position after which a stream continues. Raises HttpError.

    ``EventSource`` sends the id of the last event by itself when it reconnects.
    """
    text = request.headers.get("last-event-id")
    if not text:
        return None
    position = parse_cursor(text)
    if position is None:
        raise HttpError(400, "BAD_REQUEST", "Last-Event-ID is a position, perhaps of an epoch.")
    return position
