"""Reads the bearer token of a request (RFC 6750 §2.1)."""

from collections.abc import Mapping
from typing import cast

from intersessional.infra.auth.errors import InvalidToken

_SCHEME = "bearer"
_FORM = "Authorization must be the word Bearer, a space and the token."


def from_header(authorization: str | None) -> str | None:
    """The token in an ``Authorization`` header; None without one. Raises InvalidToken."""
    if authorization is None:
        return None
    scheme, _, token = authorization.strip().partition(" ")
    if scheme.lower() != _SCHEME or not token.strip():
        raise InvalidToken(_FORM)
    return token.strip()


def from_init(payload: object) -> str | None:
    """The token in the payload of a ``connection_init``; None without one. Raises InvalidToken."""
    if payload is None:
        return None
    if not isinstance(payload, Mapping):
        raise InvalidToken("The payload of connection_init must be an object.")
    values = [
        value
        for key, value in cast("Mapping[object, object]", payload).items()
        if isinstance(key, str) and key.lower() == "authorization" and value is not None
    ]
    if len(values) > 1:
        raise InvalidToken("The payload of connection_init gives the authorization twice.")
    if values and not isinstance(values[0], str):
        raise InvalidToken(_FORM)
    return from_header(cast("str", values[0])) if values else None
