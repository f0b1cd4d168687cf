"""Who asks: the one place where a token becomes a caller."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from intersessional.infra.door import RecordDoor
from intersessional.infra.identity import bearer, development
from intersessional.infra.identity.development import DevelopmentIssuer
from intersessional.infra.identity.issuer_keys import IssuerKeys
from intersessional.infra.identity.oidc import OidcIssuer
from intersessional.infra.identity.persons import Persons
from intersessional.infra.identity.refused import RevocationRefused, TokenRefused
from intersessional.infra.identity.revocations import Revocations
from intersessional.infra.identity.signed_in import SignedIn
from intersessional.infra.identity.token import Token
from intersessional.infra.settings import Mode, Settings


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Tokens to callers. Whose tokens it believes depends on the settings alone."""

    oidc: OidcIssuer | None
    development: DevelopmentIssuer | None
    persons: Persons
    revocations: Revocations
    door: RecordDoor
    clock: Callable[[], datetime]

    async def caller(self, authorization: str | None) -> SignedIn:
        """Who sends this ``Authorization`` header. Raises TokenRefused."""
        return await self._signed_in(bearer.from_header(authorization))

    async def from_init(self, params: object) -> SignedIn:
        """Who opens a socket with this ``connection_init`` payload. Raises TokenRefused."""
        return await self._signed_in(bearer.from_init(params))

    async def revoke(self, text: str) -> None:
        """Accept a token no more, on any node. Raises RevocationRefused for what is no token."""
        try:
            token = Token.read(text)
        except TokenRefused as refused:
            raise RevocationRefused(str(refused)) from None
        await self.revocations.revoke_token(token.digest)

    async def sign_out(self, person: UUID) -> None:
        """Accept no token more that a person was given until now, on any node.

        Raises RevocationRefused for a person whom nobody has seen.
        """
        if not await self.persons.is_known(person):
            raise RevocationRefused(f"Nobody who ever signed in has the id {person}.")
        await self.revocations.revoke_person(person)

    async def _signed_in(self, text: str | None) -> SignedIn:
        if text is None:
            return SignedIn()
        signed_in = await self._checked(text)
        self.revocations.check(signed_in)
        return signed_in

    async def _checked(self, text: str) -> SignedIn:
        if self.oidc is None and self.development is None:
            raise TokenRefused("Sign-in is not configured on this server.")
        token = Token.read(text)
        if self.development is not None and token.algorithm == development.ALGORITHM:
            return self.development.signed_in(token)
        if self.oidc is None:
            raise TokenRefused("Only development tokens are accepted on this server.")
        return await self.oidc.signed_in(token)


async def open_identity(
    settings: Settings,
    pool: asyncpg.Pool,
    door: RecordDoor,
    revocations: Revocations,
    *,
    clock: Callable[[], datetime],
    timer: Callable[[], float] = time.monotonic,
) -> Identity:
    """Identity as the settings want it. The secret of development is read in development only."""
    persons = Persons(pool, clock=clock)
    oidc = None
    if settings.oidc_issuer and settings.oidc_audience and settings.oidc_jwks_url:
        oidc = OidcIssuer(
            issuer=settings.oidc_issuer,
            audience=settings.oidc_audience,
            keys=IssuerKeys(settings.oidc_jwks_url, timer=timer),
            persons=persons,
            clock=clock,
        )
    in_development = settings.mode is Mode.DEVELOPMENT
    return Identity(
        oidc=oidc,
        development=await DevelopmentIssuer.open(pool, clock=clock) if in_development else None,
        persons=persons,
        revocations=revocations,
        door=door,
        clock=clock,
    )
