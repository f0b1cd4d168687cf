"""Who asks: the one place where a token becomes a caller."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from intersessional.infra.auth import bearer
from intersessional.infra.auth.development_issuer import ALGORITHM, DevelopmentIssuer
from intersessional.infra.auth.errors import InvalidToken, RevocationError
from intersessional.infra.auth.jwks_cache import JwksCache
from intersessional.infra.auth.oidc import OidcIssuer
from intersessional.infra.auth.persons import Persons
from intersessional.infra.auth.principal import Principal
from intersessional.infra.auth.revocations import Revocations
from intersessional.infra.auth.token import Token
from intersessional.infra.event_store.command_bus import EventStoreCommandBus
from intersessional.infra.postgres.pool import Pool
from intersessional.infra.settings import Mode, Settings


@dataclass(frozen=True, kw_only=True)
class Authenticator:
    """Tokens to callers. Whose tokens it believes depends on the settings alone."""

    oidc: OidcIssuer | None
    development: DevelopmentIssuer | None
    persons: Persons
    revocations: Revocations
    command_bus: EventStoreCommandBus
    clock: Callable[[], datetime]

    async def caller(self, authorization: str | None) -> Principal:
        """Who sends this ``Authorization`` header. Raises InvalidToken."""
        return await self._signed_in(bearer.from_header(authorization))

    async def from_init(self, params: object) -> Principal:
        """Who opens a socket with this ``connection_init`` payload. Raises InvalidToken."""
        return await self._signed_in(bearer.from_init(params))

    async def revoke(self, text: str) -> None:
        """Accept a token no more, on any node. Raises RevocationError for what is no token."""
        try:
            token = Token.read(text)
        except InvalidToken as refused:
            raise RevocationError(str(refused)) from None
        await self.revocations.revoke_token(token.digest)

    async def sign_out(self, person: UUID) -> None:
        """Accept no token more that a person was given until now, on any node.

        Raises RevocationError for a person whom nobody has seen.
        """
        if not await self.persons.is_known(person):
            raise RevocationError(f"Nobody who ever signed in has the id {person}.")
        await self.revocations.revoke_person(person)

    async def _signed_in(self, text: str | None) -> Principal:
        if text is None:
            return Principal()
        signed_in = await self._checked(text)
        self.revocations.check(signed_in)
        return signed_in

    async def _checked(self, text: str) -> Principal:
        if self.oidc is None and self.development is None:
            raise InvalidToken("Sign-in is not configured on this server.")
        token = Token.read(text)
        if self.development is not None and token.algorithm == ALGORITHM:
            return self.development.signed_in(token)
        if self.oidc is None:
            raise InvalidToken("Only development tokens are accepted on this server.")
        return await self.oidc.signed_in(token)


async def open_authenticator(
    settings: Settings,
    pool: Pool,
    command_bus: EventStoreCommandBus,
    revocations: Revocations,
    *,
    clock: Callable[[], datetime],
    timer: Callable[[], float] = time.monotonic,
) -> Authenticator:
    """Identity as the settings want it. The secret of development is read in development only."""
    persons = Persons(pool, clock=clock)
    oidc = None
    if settings.oidc_issuer and settings.oidc_audience and settings.oidc_jwks_url:
        oidc = OidcIssuer(
            issuer=settings.oidc_issuer,
            audience=settings.oidc_audience,
            keys=JwksCache(settings.oidc_jwks_url, timer=timer),
            persons=persons,
            clock=clock,
        )
    in_development = settings.mode is Mode.DEVELOPMENT
    return Authenticator(
        oidc=oidc,
        development=await DevelopmentIssuer.open(pool, clock=clock) if in_development else None,
        persons=persons,
        revocations=revocations,
        command_bus=command_bus,
        clock=clock,
    )
