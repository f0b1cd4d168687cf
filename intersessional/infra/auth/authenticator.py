"""Authentication: a bearer token becomes a principal here, and nowhere else."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from intersessional.domain.command_handling.command_bus import CommandBus
from intersessional.infra.auth import bearer
from intersessional.infra.auth.development.development_issuer import ALGORITHM, DevelopmentIssuer
from intersessional.infra.auth.errors import InvalidToken, RevocationError
from intersessional.infra.auth.oidc.jwks_cache import JwksCache
from intersessional.infra.auth.oidc.oidc_issuer import OidcIssuer
from intersessional.infra.auth.principal import Principal
from intersessional.infra.auth.pseudonyms import Pseudonyms
from intersessional.infra.auth.revocations import Revocations
from intersessional.infra.auth.token import Token
from intersessional.infra.postgres.pool import Pool
from intersessional.infra.settings import Mode, Settings


@dataclass(frozen=True, kw_only=True)
class Authenticator:
    """Verifies bearer tokens of the issuers that the settings trust."""

    oidc: OidcIssuer | None
    development: DevelopmentIssuer | None
    pseudonyms: Pseudonyms
    revocations: Revocations
    command_bus: CommandBus
    clock: Callable[[], datetime]

    async def authenticate(self, authorization: str | None) -> Principal:
        """The principal of an ``Authorization`` header. Raises InvalidToken."""
        return await self._authenticate(bearer.from_header(authorization))

    async def authenticate_init(self, payload: object) -> Principal:
        """The principal of a ``connection_init`` message's payload. Raises InvalidToken."""
        return await self._authenticate(bearer.from_init(payload))

    async def revoke(self, text: str) -> None:
        """Revoke one token on all nodes. Raises RevocationError for a text that is no token."""
        try:
            token = Token.parse(text)
        except InvalidToken as error:
            raise RevocationError(str(error)) from None
        await self.revocations.revoke_token(token.digest)

    async def sign_out(self, person: UUID) -> None:
        """Revoke every token that a person has been issued until now, on all nodes.

        Raises RevocationError for a person who has never signed in.
        """
        if not await self.pseudonyms.exists(person):
            raise RevocationError(f"Nobody who ever signed in has the id {person}.")
        await self.revocations.revoke_person(person)

    async def _authenticate(self, text: str | None) -> Principal:
        if text is None:
            return Principal()
        principal = await self._verify(text)
        self.revocations.check(principal)
        return principal

    async def _verify(self, text: str) -> Principal:
        if self.oidc is None and self.development is None:
            raise InvalidToken("Sign-in is not configured on this server.")
        token = Token.parse(text)
        if self.development is not None and token.algorithm == ALGORITHM:
            return self.development.principal(token)
        if self.oidc is None:
            raise InvalidToken("Only development tokens are accepted on this server.")
        return await self.oidc.principal(token)


async def open_authenticator(
    settings: Settings,
    pool: Pool,
    command_bus: CommandBus,
    revocations: Revocations,
    *,
    clock: Callable[[], datetime],
    timer: Callable[[], float] = time.monotonic,
) -> Authenticator:
    """The authenticator for these settings; only development mode reads the development secret."""
    pseudonyms = Pseudonyms(pool, clock=clock)
    oidc = None
    if settings.oidc_issuer and settings.oidc_audience and settings.oidc_jwks_url:
        oidc = OidcIssuer(
            issuer=settings.oidc_issuer,
            audience=settings.oidc_audience,
            jwks=JwksCache(settings.oidc_jwks_url, timer=timer),
            pseudonyms=pseudonyms,
            clock=clock,
        )
    in_development = settings.mode is Mode.DEVELOPMENT
    return Authenticator(
        oidc=oidc,
        development=await DevelopmentIssuer.open(pool, clock=clock) if in_development else None,
        pseudonyms=pseudonyms,
        revocations=revocations,
        command_bus=command_bus,
        clock=clock,
    )
