"""HTTP responses with a GraphQL response in JSON, or with Server-Sent Events."""

from collections.abc import Mapping

import orjson
from starlette.responses import Response

from intersessional.answer_counts import request_errors
from intersessional.graphql.execution.public_errors import PublicError
from intersessional.infra.http.errors import RETRY
from intersessional.infra.http.media_types import EVENT_STREAM, JSON


def graphql_response(
    body: bytes,
    status: int = 200,
    media: str = JSON,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A response in a media type that is encoded in UTF-8."""
    response = Response(body, status_code=status, headers=dict(headers or {}))
    response.headers["Content-Type"] = f"{media}; charset=utf-8"
    return response


def error_response(
    status: int,
    code: str,
    message: str,
    media: str = JSON,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An error with a stable code, as a GraphQL response in JSON, never as an event."""
    request_errors[code] += 1
    media = JSON if media == EVENT_STREAM else media
    return graphql_response(error_body(code, message), status, media, headers)


def masked_response(error: PublicError, media: str = JSON) -> Response:
    """A fault: 500 where it is a bug, else 503 with the time to come back."""
    if error.is_bug:
        return error_response(500, error.code, error.message, media)
    return error_response(503, error.code, error.message, media, RETRY)


def error_body(code: str, message: str) -> bytes:
    """A GraphQL response that consists of one error with a stable code."""
    return orjson.dumps({"errors": [{"message": message, "extensions": {"code": code}}]})
