"""A signed JSON Web Token (RFC 7519), before and after its verification."""

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Self, cast

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidClaimError, JoseError, MissingClaimError
from joserfc.jwk import Key
from joserfc.jws import JWSRegistry

from intersessional.infra.auth.errors import InvalidToken, TokenExpired

TOKEN_CHARS_MAX = 16_384
SUBJECT_CHARS_MAX = 255
"""A subject is ASCII and at most this long (OpenID Connect Core §2)."""

_COMPACT = re.compile(r"([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_TYPES = ("jwt", "at+jwt", "application/at+jwt")

_CLAIMS = {
    "iss": "The bearer token comes from another issuer than the one trusted here.",
    "aud": "The bearer token is meant for another audience.",
    "nbf": "The bearer token is not valid yet.",
    "iat": "The bearer token was issued in the future.",
    "exp": "The bearer token does not say when it expires.",
    "sub": "The bearer token does not say who is signed in.",
}


@dataclass(frozen=True, kw_only=True)
class TokenRules:
    """The required ``iss`` and ``aud``; clocks may differ by the leeway."""

    issuer: str
    audience: str
    leeway_s: int = 0


@dataclass(frozen=True, kw_only=True)
class TokenClaims:
    """The claims of a verified token: ``sub``, ``iat`` and ``exp``, and all of them as they are.

    The leeway is subtracted from ``iat`` and added to ``exp``.
    """

    subject: str
    issued_at: datetime | None
    expires_at: datetime
    claims: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False, compare=False)


class _Registry(JWSRegistry):
    max_header_length = 4_096


@dataclass(frozen=True, kw_only=True)
class Token:
    """A token that is not verified yet; only its header is read."""

    text: str = field(repr=False)
    algorithm: str
    key_id: str | None

    @property
    def digest(self) -> bytes:
        """SHA-256 of the signed part, without the signature, which has several encodings."""
        return sha256(self.text.rpartition(".")[0].encode()).digest()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the header. Raises InvalidToken for a text that is no signed JSON Web Token."""
        header = _header(text)
        algorithm, key_id = header.get("alg"), header.get("kid")
        token_type = header.get("typ", "jwt")
        if (
            not isinstance(algorithm, str)
            or not isinstance(key_id, str | None)
            or not isinstance(token_type, str)
            or token_type.lower() not in _TYPES
            or "crit" in header
        ):
            raise InvalidToken("The bearer token is of a kind that is not accepted here.")
        return cls(text=text, algorithm=algorithm, key_id=key_id)

    def verify(self, key: Key, rules: TokenRules, now: datetime) -> TokenClaims:
        """The claims, if this key signed the token and they keep the rules.

        Raises InvalidToken, and TokenExpired for a token that is only too old.
        """
        registry = _Registry(algorithms=[self.algorithm], strict_check_header=False)
        try:
            claims = jwt.decode(self.text, key, registry=registry).claims
        except (JoseError, ValueError):
            # The error quotes the token.
            raise InvalidToken("The bearer token's signature does not hold.") from None
        required = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=rules.leeway_s,
            iss={"essential": True, "value": rules.issuer},
            aud={"essential": True, "value": rules.audience},
            sub={"essential": True},
            exp={"essential": True},
        )
        try:
            required.validate(claims)
            return TokenClaims(
                subject=_subject(claims),
                issued_at=_instant(claims, "iat", -rules.leeway_s) if "iat" in claims else None,
                expires_at=_instant(claims, "exp", rules.leeway_s),
                claims=claims,
            )
        except ExpiredTokenError:
            raise TokenExpired from None
        except (InvalidClaimError, MissingClaimError) as error:
            claim = (error.claim or "").split(",")[0]
            raise InvalidToken(_CLAIMS.get(claim, "The bearer token is refused.")) from None


def _header(text: str) -> Mapping[str, Any]:
    compact = _COMPACT.fullmatch(text) if len(text) <= TOKEN_CHARS_MAX else None
    if compact is None:
        raise InvalidToken("The bearer token is not a signed JSON Web Token.")
    try:
        header: object = json.loads(urlsafe_b64decode(compact[1] + "=="))
    except (ValueError, RecursionError):
        header = None
    if not isinstance(header, dict):
        raise InvalidToken("The bearer token is not a signed JSON Web Token.")
    return cast("dict[str, Any]", header)


def _subject(claims: Mapping[str, Any]) -> str:
    subject = str(claims["sub"])
    if len(subject) > SUBJECT_CHARS_MAX or not (subject.isascii() and subject.isprintable()):
        raise InvalidClaimError("sub")
    return subject


def _instant(claims: Mapping[str, Any], name: str, offset_s: int) -> datetime:
    try:
        return datetime.fromtimestamp(claims[name] + offset_s, UTC)
    except (OverflowError, ValueError, OSError):
        raise InvalidClaimError(name) from None
