"""Who sends a request, and what is told of a token that is not accepted (RFC 6750)."""

from starlette.requests import Request

from intersessional.infra.auth import Authenticator, InvalidToken, IssuerUnavailable, Principal
from intersessional.infra.http.errors import HttpError

CHALLENGE = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
RETRY = {"Retry-After": "5"}


async def authenticate(authenticator: Authenticator, request: Request) -> Principal:
    """Who sends a request. Raises HttpError."""
    try:
        return await authenticator.authenticate(request.headers.get("authorization"))
    except IssuerUnavailable as refused:
        raise HttpError(503, refused.code, str(refused), RETRY) from None
    except InvalidToken as refused:
        raise HttpError(401, refused.code, str(refused), CHALLENGE) from None
