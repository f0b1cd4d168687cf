"""Who asks: the one place where a token becomes a caller."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from intersessional.domain.caller import NOBODY, OPERATOR, Caller
from intersessional.infra.door import RecordDoor
from intersessional.infra.identity import bearer, development
from intersessional.infra.identity.development import DevelopmentIssuer
from intersessional.infra.identity.issuer_keys import IssuerKeys
from intersessional.infra.identity.oidc import OidcIssuer
from intersessional.infra.identity.persons import Persons
from intersessional.infra.identity.refused import TokenRefused
from intersessional.infra.identity.token import Token
from intersessional.infra.settings import Mode, Settings

OPERATOR_SUBJECT = "OPERATOR"
"""Whom a development token names when it is the operator's, who is no person."""


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """Who asks, and until when the token says so; nobody, when there was no token."""

    caller: Caller = NOBODY
    expires_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Tokens to callers. Whom it accepts tokens of depends on the settings alone."""

    oidc: OidcIssuer | None
    development: DevelopmentIssuer | None
    persons: Persons
    door: RecordDoor
    clock: Callable[[], datetime]

    async def caller(self, authorization: str | None) -> SignedIn:
        """Who sends this ``Authorization`` header. Raises TokenRefused."""
        return await self._signed_in(bearer.from_header(authorization))

    async def from_init(self, params: object) -> SignedIn:
        """Who opens a socket with this ``connection_init`` payload. Raises TokenRefused."""
        return await self._signed_in(bearer.from_init(params))

    async def _signed_in(self, text: str | None) -> SignedIn:
        if text is None:
            return SignedIn()
        if self.oidc is None and self.development is None:
            raise TokenRefused("Sign-in is not configured on this server.")
        token = Token.read(text)
        if self.development is not None and token.algorithm == development.ALGORITHM:
            return await self._of_development(self.development, token)
        if self.oidc is None:
            raise TokenRefused("Only development tokens are accepted on this server.")
        claims = await self.oidc.check(token)
        person = await self.persons.known_as(self.oidc.name, claims.subject)
        return SignedIn(caller=Caller(person=person.id), expires_at=claims.expires_at)

    async def _of_development(self, issuer: DevelopmentIssuer, token: Token) -> SignedIn:
        claims = issuer.check(token)
        if claims.subject == OPERATOR_SUBJECT:
            return SignedIn(caller=OPERATOR, expires_at=claims.expires_at)
        person = await self.persons.known_as(development.ISSUER, claims.subject)
        return SignedIn(caller=Caller(person=person.id), expires_at=claims.expires_at)


async def open_identity(
    settings: Settings, pool: asyncpg.Pool, door: RecordDoor, *, clock: Callable[[], datetime]
) -> Identity:
    """Identity as the settings want it. The secret of development is read in development only."""
    oidc = None
    if settings.oidc_issuer and settings.oidc_audience and settings.oidc_jwks_url:
        oidc = OidcIssuer(
            issuer=settings.oidc_issuer,
            audience=settings.oidc_audience,
            keys=IssuerKeys(settings.oidc_jwks_url),
            clock=clock,
        )
    in_development = settings.mode is Mode.DEVELOPMENT
    return Identity(
        oidc=oidc,
        development=await DevelopmentIssuer.open(pool, clock=clock) if in_development else None,
        persons=Persons(pool, clock=clock),
        door=door,
        clock=clock,
    )
