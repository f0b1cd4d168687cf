"""The issuer of session tokens: what the page's cookie holds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from intersessional.domain.kernel.caller import Caller
from intersessional.infra.auth.hmac_issuer import HmacIssuer, SecretTable, stored_secret
from intersessional.infra.auth.principal import Principal
from intersessional.infra.auth.token import Token, TokenRules
from intersessional.infra.postgres.pool import Pool

LIFETIME = timedelta(hours=12)

_ISSUER = "session"
_AUDIENCE = "page"
_SIGN_IN_AUDIENCE = "sign-in"


@dataclass(frozen=True, kw_only=True)
class SessionToken:
    """The token of a session, and its expiry."""

    text: str = field(repr=False)
    expires_at: datetime


class SessionIssuer:
    """Signs session tokens, which the page accepts from its cookie and the API accepts nowhere."""

    def __init__(self, secret: bytes, *, clock: Callable[[], datetime]) -> None:
        rules = TokenRules(issuer=_ISSUER, audience=_AUDIENCE)
        self._sessions = HmacIssuer(secret, rules, clock=clock)
        self._clock = clock
        rules = TokenRules(issuer=_ISSUER, audience=_SIGN_IN_AUDIENCE)
        self.sign_ins = HmacIssuer(secret, rules, clock=clock)
        """Signs what a browser keeps while its person is at the OpenID Connect issuer."""

    @classmethod
    async def open(cls, pool: Pool, *, clock: Callable[[], datetime]) -> Self:
        """Open with the secret in the database; the first node makes it."""
        return cls(await stored_secret(pool, SecretTable.SESSIONS), clock=clock)

    async def read_secret_again(self, pool: Pool) -> None:
        """Go on with the secret of the database, which may be another one than at the start."""
        secret = await stored_secret(pool, SecretTable.SESSIONS)
        self._sessions.use(secret)
        self.sign_ins.use(secret)

    def sign(self, person: UUID) -> SessionToken:
        """A new token for a person."""
        expires_at = (self._clock() + LIFETIME).replace(microsecond=0)
        text = self._sessions.sign(str(person), expires_at)
        return SessionToken(text=text, expires_at=expires_at)

    def principal(self, text: str) -> Principal:
        """Verify a session token. Raises InvalidToken."""
        token = Token.parse(text)
        claims = self._sessions.verify(token)
        return Principal(
            caller=Caller(person=UUID(claims.subject)),
            token=token.digest,
            issued_at=claims.issued_at,
            expires_at=claims.expires_at,
        )
