"""Answers that are made outside of GraphQL's execution, in its shape."""

import orjson
from starlette.responses import Response


def answer_error(status: int, code: str, message: str, **headers: str) -> Response:
    """An error with a stable code, as a GraphQL response."""
    body = {"errors": [{"message": message, "extensions": {"code": code}}]}
    return Response(
        orjson.dumps(body), status_code=status, media_type="application/json", headers=headers
    )
