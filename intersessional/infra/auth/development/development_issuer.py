"""An issuer inside the server, for development only."""

from collections.abc import Callable
from datetime import datetime
from typing import Self
from uuid import UUID

from intersessional.domain.kernel.caller import OPERATOR, Caller
from intersessional.infra.auth.hmac_issuer import HmacIssuer, SecretTable, stored_secret
from intersessional.infra.auth.principal import Principal
from intersessional.infra.auth.token import Token, TokenRules
from intersessional.infra.postgres.pool import Pool

ISSUER = "development"
"""The ``iss`` claim; that of an OpenID Connect issuer is a URL."""

_RULES = TokenRules(issuer=ISSUER, audience=ISSUER)
_OPERATOR = "operator"


class DevelopmentIssuer:
    """Signs and verifies tokens with a secret. A server in production has none."""

    def __init__(self, secret: bytes, *, clock: Callable[[], datetime]) -> None:
        self._issuer = HmacIssuer(secret, _RULES, clock=clock)

    @classmethod
    async def open(cls, pool: Pool, *, clock: Callable[[], datetime]) -> Self:
        """Open with the secret in the database; the first node makes it."""
        return cls(await stored_secret(pool, SecretTable.DEVELOPMENT), clock=clock)

    async def read_secret_again(self, pool: Pool) -> None:
        """Go on with the secret of the database, which may be another one than at the start."""
        self._issuer.use(await stored_secret(pool, SecretTable.DEVELOPMENT))

    def sign(self, person: UUID | None, expires_at: datetime) -> str:
        """A token for a person, or for the operator when ``person`` is None."""
        return self._issuer.sign(_OPERATOR if person is None else str(person), expires_at)

    def principal(self, token: Token) -> Principal:
        """Verify a token. Raises InvalidToken."""
        claims = self._issuer.verify(token)
        is_operator = claims.subject == _OPERATOR
        caller = OPERATOR if is_operator else Caller(person=UUID(claims.subject))
        return Principal(
            caller=caller,
            token=token.digest,
            issued_at=claims.issued_at,
            expires_at=claims.expires_at,
        )
