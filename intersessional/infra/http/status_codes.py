"""Status codes of GraphQL responses (GraphQL over HTTP, Status Codes).

Clients that accept ``application/json`` only expect 200 for every well-formed response.
"""

from intersessional.graphql.execution.requests import RequestError, is_partial
from intersessional.infra.http.media_types import RESPONSE_JSON

PARTIAL = 294
"""Partial Success, defined by the specification."""

_UNPROCESSABLE = {"NO_SUCH_OPERATION"}


def of_result(body: bytes, media: str) -> int:
    """The status of an encoded result."""
    return PARTIAL if media == RESPONSE_JSON and is_partial(body) else 200


def of_request_error(error: RequestError, media: str) -> int:
    """The status of a well-formed request that was refused before execution."""
    if media != RESPONSE_JSON:
        return 200
    return 422 if error.codes <= _UNPROCESSABLE else 400
