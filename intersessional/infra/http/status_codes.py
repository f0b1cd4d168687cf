"""Which status an answer of GraphQL has (GraphQL over HTTP, Status Codes).

Those who take `application/json` only were written for a time when every such answer was 200.
"""

from intersessional.graphql.execution.requests import RequestError, is_partial
from intersessional.infra.http.content_negotiation import RESPONSE_JSON

PARTIAL = 294
"""Partial Success, a status that the specification defines."""

_UNPROCESSABLE = {"NO_SUCH_OPERATION"}


def of_result(body: bytes, media: str) -> int:
    """The status of what was executed; ``body`` is encoded."""
    return PARTIAL if media == RESPONSE_JSON and is_partial(body) else 200


def of_refusal(refused: RequestError, media: str) -> int:
    """The status of a request that was understood, and of which nothing was executed."""
    if media != RESPONSE_JSON:
        return 200
    return 422 if refused.codes <= _UNPROCESSABLE else 400
