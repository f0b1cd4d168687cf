"""An issuer inside the server, which signs tokens with a secret (HS256 of RFC 7518 §3.2)."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from typing import Any

from joserfc import jwt
from joserfc.jwk import OctKey

from intersessional.infra.auth.errors import InvalidToken
from intersessional.infra.auth.token import Token, TokenClaims, TokenRules
from intersessional.infra.postgres.pool import Pool

ALGORITHM = "HS256"

_SECRET_BYTES = 32
_TOKEN_ID_BYTES = 16


class HmacIssuer:
    """Signs tokens for one audience, and verifies them."""

    def __init__(self, secret: bytes, rules: TokenRules, *, clock: Callable[[], datetime]) -> None:
        self._key = OctKey.import_key(secret)
        self._rules = rules
        self._clock = clock

    def use(self, secret: bytes) -> None:
        """Sign and verify with another secret from now on."""
        self._key = OctKey.import_key(secret)

    def sign(
        self, subject: str, expires_at: datetime, claims: Mapping[str, Any] | None = None
    ) -> str:
        """A token for a subject, issued now, with further claims.

        No two are the same, so that one can be revoked.
        """
        registered = {
            "iss": self._rules.issuer,
            "aud": self._rules.audience,
            "sub": subject,
            "iat": int(self._clock().timestamp()),
            "exp": int(expires_at.timestamp()),
            "jti": secrets.token_urlsafe(_TOKEN_ID_BYTES),
        }
        return jwt.encode(
            {"alg": ALGORITHM}, {**(claims or {}), **registered}, self._key, algorithms=[ALGORITHM]
        )

    def verify(self, token: Token) -> TokenClaims:
        """The claims of a token of this issuer. Raises InvalidToken."""
        if token.algorithm != ALGORITHM:
            raise InvalidToken("The token is signed in a way that is not accepted here.")
        return token.verify(self._key, self._rules, self._clock())


class SecretTable(Enum):
    """The tables that hold one secret each."""

    DEVELOPMENT = "development_secret"
    SESSIONS = "session_secret"


async def stored_secret(pool: Pool, table: SecretTable) -> bytes:
    """The secret in a table; the first node makes it."""
    await pool.execute(
        f"INSERT INTO {table.value} (secret) VALUES ($1) ON CONFLICT DO NOTHING",
        secrets.token_bytes(_SECRET_BYTES),
    )
    secret: bytes = await pool.fetchval(f"SELECT secret FROM {table.value}")
    return secret
