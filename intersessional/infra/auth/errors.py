"""Errors of authentication.

InvalidToken            the token is not one that this server accepts
├── TokenExpired        it has expired
├── TokenRevoked        it was revoked, or its person was signed out
└── IssuerUnavailable   the keys of the issuer cannot be fetched now
SignInRefused           the answer of the issuer is not one that this server accepts
DevelopmentTokenError   no development token can be made
RevocationError         there is no such token or person to revoke

No message repeats a part of the token.
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
    """The token was revoked before it expired."""

    code: ClassVar[str] = "TOKEN_REVOKED"

    def __str__(self) -> str:
        return "You were signed out: sign in again."


class IssuerUnavailable(InvalidToken):
    """The issuer's keys cannot be fetched now, so its tokens cannot be checked."""

    code: ClassVar[str] = "ISSUER_UNAVAILABLE"

    def __str__(self) -> str:
        return "The sign-in service cannot be reached at the moment: try again a little later."


class SignInRefused(Exception):
    """Nobody is signed in; the message is a sentence for the person at the browser."""

    code: ClassVar[str] = "SIGN_IN_REFUSED"


class DevelopmentTokenError(OperatorError):
    """No development token can be made; the message is a sentence."""


class RevocationError(OperatorError):
    """There is no such token or person to revoke; the message is a sentence."""
