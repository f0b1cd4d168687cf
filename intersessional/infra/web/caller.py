"""Who sends a request, and what is told of a token that is not accepted (RFC 6750)."""

from starlette.requests import Request

from intersessional.infra.identity import Identity, IssuerUnavailable, SignedIn, TokenRefused
from intersessional.infra.web.refused import HttpRefused

CHALLENGE = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
RETRY = {"Retry-After": "5"}


async def signed_in(identity: Identity, request: Request) -> SignedIn:
    """Who sends a request. Raises HttpRefused."""
    try:
        return await identity.caller(request.headers.get("authorization"))
    except IssuerUnavailable as refused:
        raise HttpRefused(503, refused.code, str(refused), RETRY) from None
    except TokenRefused as refused:
        raise HttpRefused(401, refused.code, str(refused), CHALLENGE) from None
