"""Answers as HTTP carries them."""

from collections.abc import Mapping

import orjson
from starlette.responses import Response

from intersessional.infra.http.content_negotiation import EVENT_STREAM, JSON


def answer(
    body: bytes,
    status: int = 200,
    media: str = JSON,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An answer in JSON, or in events, which are both in UTF-8."""
    response = Response(body, status_code=status, headers=dict(headers or {}))
    response.headers["Content-Type"] = f"{media}; charset=utf-8"
    return response


def answer_error(
    status: int,
    code: str,
    message: str,
    media: str = JSON,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An error with a stable code, as a GraphQL response. It is never one of the events."""
    media = JSON if media == EVENT_STREAM else media
    return answer(error_body(code, message), status, media, headers)


def error_body(code: str, message: str) -> bytes:
    """A GraphQL response that is nothing but an error with a stable code."""
    return orjson.dumps({"errors": [{"message": message, "extensions": {"code": code}}]})
