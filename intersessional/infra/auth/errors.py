"""Why someone is not signed in.

InvalidToken            the token is not one that this server accepts
├── TokenExpired        it was, and is no longer
├── TokenRevoked        whoever holds it was signed out
└── IssuerUnavailable   nobody can tell now, for the issuer's keys cannot be fetched
DevelopmentTokenError      a development token was asked for where there is none
RevocationError       who is to be signed out is nobody

No sentence repeats anything of the token.
"""

from typing import ClassVar

from intersessional.errors import OperatorError


class InvalidToken(Exception):
    """The token is not one that this server accepts; the message is a sentence."""

    code: ClassVar[str] = "TOKEN_REFUSED"


class TokenExpired(InvalidToken):
    """The token was accepted until it expired."""

    code: ClassVar[str] = "TOKEN_EXPIRED"

    def __str__(self) -> str:
        return "The bearer token has expired: sign in again."


class TokenRevoked(InvalidToken):
    """Whoever holds the token was signed out before it expired."""

    code: ClassVar[str] = "TOKEN_REVOKED"

    def __str__(self) -> str:
        return "You were signed out: sign in again."


class IssuerUnavailable(InvalidToken):
    """The issuer's keys cannot be fetched now, so its tokens cannot be checked."""

    code: ClassVar[str] = "ISSUER_UNAVAILABLE"

    def __str__(self) -> str:
        return "Who signs people in cannot be reached at the moment: try again a little later."


class DevelopmentTokenError(OperatorError):
    """A development token was asked for where there is none; the message is a sentence."""


class RevocationError(OperatorError):
    """Who is to be signed out is nobody; the message is a sentence."""
