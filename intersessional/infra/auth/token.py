"""A bearer token, before and after its signature has been checked."""

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
"""OpenID Connect Core, 2: a subject is ASCII and no longer."""

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
    """What a token must say: who issued it and for whom; clocks may differ by the leeway."""

    issuer: str
    audience: str
    leeway_s: int = 0


@dataclass(frozen=True, kw_only=True)
class TokenClaims:
    """What a checked token says: who is signed in, since when, and until when.

    By the leeway it is read as issued a little earlier, and as good for a little longer.
    """

    subject: str
    issued_at: datetime | None
    expires_at: datetime


class _Registry(JWSRegistry):
    max_header_length = 4_096


@dataclass(frozen=True, kw_only=True)
class Token:
    """A token as it came. Its header tells how to check it; nothing in it is believed yet."""

    text: str = field(repr=False)
    algorithm: str
    key_id: str | None

    @property
    def digest(self) -> bytes:
        """Names the token for ever: what is signed, for a signature can be written differently."""
        return sha256(self.text.rpartition(".")[0].encode()).digest()

    @classmethod
    def read(cls, text: str) -> Self:
        """Read the header. Raises InvalidToken for what is no signed JSON Web Token."""
        header = _header(text)
        algorithm, key_id = header.get("alg"), header.get("kid")
        kind = header.get("typ", "jwt")
        if (
            not isinstance(algorithm, str)
            or not isinstance(key_id, str | None)
            or not isinstance(kind, str)
            or kind.lower() not in _TYPES
            or "crit" in header
        ):
            raise InvalidToken("The bearer token is of a kind that is not accepted here.")
        return cls(text=text, algorithm=algorithm, key_id=key_id)

    def check(self, key: Key, rules: TokenRules, now: datetime) -> TokenClaims:
        """What the token says, if this key signed it and it keeps the rules.

        Raises InvalidToken, and TokenExpired for one that is merely too old.
        """
        registry = _Registry(algorithms=[self.algorithm], strict_check_header=False)
        try:
            claims = jwt.decode(self.text, key, registry=registry).claims
        except (JoseError, ValueError):
            # What went wrong quotes the token.
            raise InvalidToken("The bearer token's signature does not hold.") from None
        asked = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=rules.leeway_s,
            iss={"essential": True, "value": rules.issuer},
            aud={"essential": True, "value": rules.audience},
            sub={"essential": True},
            exp={"essential": True},
        )
        try:
            asked.validate(claims)
            return TokenClaims(
                subject=_subject(claims),
                issued_at=_instant(claims, "iat", -rules.leeway_s) if "iat" in claims else None,
                expires_at=_instant(claims, "exp", rules.leeway_s),
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


def _instant(claims: Mapping[str, Any], name: str, later_s: int) -> datetime:
    try:
        return datetime.fromtimestamp(claims[name] + later_s, UTC)
    except (OverflowError, ValueError, OSError):
        raise InvalidClaimError(name) from None
