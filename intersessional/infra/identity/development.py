"""Tokens that the process signs itself, for development only."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Self

import asyncpg
from joserfc import jwt
from joserfc.jwk import OctKey

from intersessional.infra.identity.token import Claims, Rules, Token

ISSUER = "development"
"""No OpenID Connect issuer has this name, for theirs are URLs."""

ALGORITHM = "HS256"

_RULES = Rules(issuer=ISSUER, audience=ISSUER)
_SECRET_BYTES = 32


class DevelopmentIssuer:
    """Signs tokens and accepts them again. A server in production has none of these."""

    def __init__(self, secret: bytes, *, clock: Callable[[], datetime]) -> None:
        self._key = OctKey.import_key(secret)
        self._clock = clock

    @classmethod
    async def open(cls, pool: asyncpg.Pool, *, clock: Callable[[], datetime]) -> Self:
        """With the secret that lies in the database, made by whoever comes first."""
        await pool.execute(
            "INSERT INTO development_secret (secret) VALUES ($1) ON CONFLICT DO NOTHING",
            secrets.token_bytes(_SECRET_BYTES),
        )
        return cls(await pool.fetchval("SELECT secret FROM development_secret"), clock=clock)

    def sign(self, claims: Claims) -> str:
        """A token that says this."""
        said = {
            "iss": _RULES.issuer,
            "aud": _RULES.audience,
            "sub": claims.subject,
            "exp": int(claims.expires_at.timestamp()),
        }
        return jwt.encode({"alg": ALGORITHM}, said, self._key, algorithms=[ALGORITHM])

    def check(self, token: Token) -> Claims:
        """What the token says. Raises TokenRefused."""
        return token.check(self._key, _RULES, self._clock())
