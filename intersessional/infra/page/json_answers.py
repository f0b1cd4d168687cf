"""Answers to scripts, which accept JSON: that of the API as it is, and errors in its form."""

import orjson
from starlette.requests import Request
from starlette.responses import Response

from intersessional.infra.accept import Accept
from intersessional.infra.page.errors import ScreenError

_JSON = "application/json"


def accepts_json(request: Request) -> bool:
    """Whether a request comes from a script: it prefers JSON to HTML."""
    return Accept.from_headers(request.headers).best(("text/html", _JSON)) == _JSON


def json_answer(body: bytes) -> Response:
    """An answer of the API."""
    return Response(body, media_type=_JSON)


def json_error(error: ScreenError) -> Response:
    """An error, as the API has them."""
    extensions = {"code": error.code, **error.facts}
    body = {"errors": [{"message": str(error), "extensions": extensions}]}
    return Response(orjson.dumps(body), error.status, dict(error.headers), media_type=_JSON)
