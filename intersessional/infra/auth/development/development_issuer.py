"""An issuer inside the server, for development only."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Self
from uuid import UUID

from joserfc import jwt
from joserfc.jwk import OctKey

from intersessional.domain.kernel.caller import OPERATOR, Caller
from intersessional.infra.auth.principal import Principal
from intersessional.infra.auth.token import Token, TokenRules
from intersessional.infra.postgres.pool import Pool

ISSUER = "development"
"""The ``iss`` claim; that of an OpenID Connect issuer is a URL."""

ALGORITHM = "HS256"

_RULES = TokenRules(issuer=ISSUER, audience=ISSUER)
_OPERATOR = "operator"
_SECRET_BYTES = 32


class DevelopmentIssuer:
    """Signs and verifies tokens with a secret. A server in production has none."""

    def __init__(self, secret: bytes, *, clock: Callable[[], datetime]) -> None:
        self._key = OctKey.import_key(secret)
        self._clock = clock

    @classmethod
    async def open(cls, pool: Pool, *, clock: Callable[[], datetime]) -> Self:
        """Open with the secret in the database; the first node makes it."""
        await pool.execute(
            "INSERT INTO development_secret (secret) VALUES ($1) ON CONFLICT DO NOTHING",
            secrets.token_bytes(_SECRET_BYTES),
        )
        return cls(await pool.fetchval("SELECT secret FROM development_secret"), clock=clock)

    def sign(self, person: UUID | None, expires_at: datetime) -> str:
        """A token for a person, or for the operator when ``person`` is None."""
        claims = {
            "iss": _RULES.issuer,
            "aud": _RULES.audience,
            "sub": _OPERATOR if person is None else str(person),
            "iat": int(self._clock().timestamp()),
            "exp": int(expires_at.timestamp()),
        }
        return jwt.encode({"alg": ALGORITHM}, claims, self._key, algorithms=[ALGORITHM])

    def principal(self, token: Token) -> Principal:
        """Verify a token. Raises InvalidToken."""
        claims = token.verify(self._key, _RULES, self._clock())
        is_operator = claims.subject == _OPERATOR
        caller = OPERATOR if is_operator else Caller(person=UUID(claims.subject))
        return Principal(
            caller=caller,
            token=token.digest,
            issued_at=claims.issued_at,
            expires_at=claims.expires_at,
        )
