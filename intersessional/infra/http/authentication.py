"""Authentication of HTTP requests by bearer token (RFC 6750)."""

from starlette.requests import Request

from intersessional.infra.auth import Authenticator, InvalidToken, IssuerUnavailable, Principal
from intersessional.infra.http.errors import RETRY, HttpError

CHALLENGE = {"WWW-Authenticate": 'Bearer error="invalid_token"'}


async def authenticate(authenticator: Authenticator, request: Request) -> Principal:
    """The principal of a request. Raises HttpError."""
    try:
        return await authenticator.authenticate(request.headers.get("authorization"))
    except IssuerUnavailable as error:
        raise HttpError(503, error.code, str(error), RETRY) from None
    except InvalidToken as error:
        raise HttpError(401, error.code, str(error), CHALLENGE) from None
