"""Authentication: a bearer token becomes a principal here, and nowhere else."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from intersessional.domain.command_handling.command_bus import CommandBus
from intersessional.domain.command_handling.event_store import ClockDiffers
from intersessional.infra.auth import bearer
from intersessional.infra.auth.development.development_issuer import DevelopmentIssuer
from intersessional.infra.auth.errors import InvalidToken, RevocationError
from intersessional.infra.auth.hmac_issuer import ALGORITHM
from intersessional.infra.auth.oidc.authorization_code import AuthorizationCodeFlow
from intersessional.infra.auth.oidc.discovery import Discovery
from intersessional.infra.auth.oidc.jwks_cache import JwksCache
from intersessional.infra.auth.oidc.oidc_issuer import OidcIssuer
from intersessional.infra.auth.oidc.token_client import TokenClient
from intersessional.infra.auth.principal import Principal
from intersessional.infra.auth.pseudonyms import Pseudonyms
from intersessional.infra.auth.revocations import Revocations
from intersessional.infra.auth.session_issuer import SessionIssuer
from intersessional.infra.auth.token import Token
from intersessional.infra.postgres.pool import Pool
from intersessional.infra.settings import Mode, Settings


@dataclass(frozen=True, kw_only=True)
class Authenticator:
    """Verifies bearer tokens of the issuers that the settings trust, and the page's own."""

    oidc: OidcIssuer | None
    development: DevelopmentIssuer | None
    sessions: SessionIssuer
    sign_in: AuthorizationCodeFlow | None
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

    def authenticate_session(self, text: str) -> Principal:
        """The principal of a session token, which is no bearer token. Raises InvalidToken."""
        principal = self.sessions.principal(text)
        self.revocations.check(principal)
        return principal

    async def read_secrets_again(self, pool: Pool) -> None:
        """Go on with what signs tokens in the database, of another record than at the start."""
        for issuer in (self.sessions, self.development):
            if issuer is not None:
                await issuer.read_secret_again(pool)

    async def end_session(self, principal: Principal) -> None:
        """Revoke the session token of a principal on all nodes; none where there is none."""
        if principal.token is not None:
            await self.revocations.revoke_token(principal.token, principal.expires_at)

    async def revoke(self, text: str) -> None:
        """Revoke one token on all nodes. Raises RevocationError for a text that is no token."""
        try:
            token = Token.parse(text)
        except InvalidToken as error:
            raise RevocationError(str(error)) from None
        await self.revocations.revoke_token(token.digest)

    async def sign_out(self, person: UUID) -> None:
        """Revoke every token that a person has been issued until now, on all nodes.

        Raises RevocationError for a person who has never signed in, and while the clocks differ.
        """
        if not await self.pseudonyms.exists(person):
            raise RevocationError(f"Nobody who ever signed in has the id {person}.")
        try:
            await self.revocations.revoke_person(person)
        except ClockDiffers as error:
            raise RevocationError(f"{error} Nobody is signed out by such a clock.") from error

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
    sessions = await SessionIssuer.open(pool, clock=clock)
    sign_in = None
    if settings.oidc_issuer and settings.oidc_client_id:
        sign_in = AuthorizationCodeFlow(
            issuer=settings.oidc_issuer,
            client=_token_client(settings.oidc_client_id, settings),
            discovery=Discovery(settings.oidc_issuer, timer=timer),
            sign_ins=sessions.sign_ins,
            pseudonyms=pseudonyms,
            revocations=revocations,
            clock=clock,
        )
    in_development = settings.mode is Mode.DEVELOPMENT
    return Authenticator(
        oidc=oidc,
        development=await DevelopmentIssuer.open(pool, clock=clock) if in_development else None,
        sessions=sessions,
        sign_in=sign_in,
        pseudonyms=pseudonyms,
        revocations=revocations,
        command_bus=command_bus,
        clock=clock,
    )


def _token_client(client_id: str, settings: Settings) -> TokenClient:
    secret = settings.oidc_client_secret
    return TokenClient(
        client_id=client_id, client_secret=secret.get_secret_value() if secret else None
    )
