"""Signing in with an OpenID Connect issuer: the authorization code flow with PKCE.

OpenID Connect Core 1.0 §3.1, RFC 7636, RFC 9207, RFC 9700 (best current practice).
"""

import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from intersessional.infra.auth.errors import InvalidToken, IssuerUnavailable, SignInRefused
from intersessional.infra.auth.hmac_issuer import HmacIssuer
from intersessional.infra.auth.oidc.discovery import Discovery
from intersessional.infra.auth.oidc.issuer_metadata import IssuerMetadata
from intersessional.infra.auth.oidc.oidc_issuer import ALGORITHMS, LEEWAY_S
from intersessional.infra.auth.oidc.token_client import TokenClient
from intersessional.infra.auth.pseudonyms import Pseudonyms
from intersessional.infra.auth.revocations import Revocations
from intersessional.infra.auth.token import Token, TokenClaims, TokenRules

LIFETIME = timedelta(minutes=15)
"""How long a person may take at the issuer."""

_SUBJECT = "sign-in"
_RANDOM_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class SignInRequest:
    """Where a browser goes to sign in, and what it holds until it comes back."""

    url: str
    transaction: str = field(repr=False)
    """A signed token, for a cookie: it binds the response to this browser."""
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class AuthorizationCodeFlow:
    """Sends browsers to one issuer, and learns from it who came back."""

    issuer: str
    client: TokenClient
    discovery: Discovery
    sign_ins: HmacIssuer
    pseudonyms: Pseudonyms
    revocations: Revocations
    clock: Callable[[], datetime]

    async def begin(self, redirect_uri: str, next_path: str) -> SignInRequest:
        """A request of a new sign-in. Raises IssuerUnavailable."""
        metadata = await self.discovery.metadata()
        state, nonce, verifier = (secrets.token_urlsafe(_RANDOM_BYTES) for _ in range(3))
        expires_at = self.clock() + LIFETIME
        claims = {"state": state, "nonce": nonce, "verifier": verifier, "next": next_path}
        return SignInRequest(
            url=self.client.authorization_url(
                metadata, redirect_uri, state=state, nonce=nonce, verifier=verifier
            ),
            transaction=self.sign_ins.sign(_SUBJECT, expires_at, claims),
            expires_at=expires_at,
        )

    async def finish(
        self, redirect_uri: str, response: Mapping[str, str], transaction: str | None
    ) -> tuple[UUID, str]:
        """The person who has signed in, and the path to go on with.

        ``response`` are the parameters with which the issuer sent the browser back. A transaction
        is used once. Raises SignInRefused, and IssuerUnavailable.
        """
        token, claims = self._verify(transaction)
        begun = claims.claims
        metadata = await self.discovery.metadata()
        code = self._code(response, begun, metadata)
        id_token = await self.client.id_token(
            metadata, redirect_uri, code=code, verifier=str(begun["verifier"])
        )
        subject = await self._subject(id_token, str(begun["nonce"]))
        await self.revocations.revoke_token(token.digest, claims.expires_at)
        pseudonym = await self.pseudonyms.get_or_create(self.issuer, subject)
        return pseudonym.id, str(begun["next"])

    def _verify(self, transaction: str | None) -> tuple[Token, TokenClaims]:
        try:
            token = Token.parse(transaction or "")
            claims = self.sign_ins.verify(token)
        except InvalidToken:
            raise SignInRefused(
                "This sign-in was not begun in this browser, or long ago."
            ) from None
        if self.revocations.is_revoked(token.digest):
            raise SignInRefused("This sign-in was used already.")
        return token, claims

    def _code(
        self, response: Mapping[str, str], begun: Mapping[str, Any], metadata: IssuerMetadata
    ) -> str:
        """The code in the issuer's response, if it is the response to this browser's request."""
        if not _equal(response.get("state"), begun["state"]):
            raise SignInRefused("This response belongs to another sign-in.")
        issuer = response.get("iss")
        if issuer != self.issuer and (issuer is not None or metadata.names_itself):
            raise SignInRefused("This response comes from another issuer.")
        code = response.get("code")
        if "error" in response or not code:
            raise SignInRefused("The sign-in service did not sign you in.")
        return code

    async def _subject(self, id_token: str, nonce: str) -> str:
        """Who the ID token says has signed in (OpenID Connect Core 1.0 §3.1.3.7)."""
        client_id = self.client.client_id
        rules = TokenRules(issuer=self.issuer, audience=client_id, leeway_s=LEEWAY_S)
        try:
            token = Token.parse(id_token)
            if token.algorithm not in ALGORITHMS:
                raise InvalidToken("The ID token is signed in a way that is not accepted here.")
            key = await (await self.discovery.keys()).key(token.algorithm, token.key_id)
            verified = token.verify(key, rules, self.clock())
        except IssuerUnavailable:
            raise
        except InvalidToken as error:
            raise SignInRefused(f"The sign-in service's response does not hold: {error}") from None
        if not _equal(verified.claims.get("nonce"), nonce):
            raise SignInRefused("This response belongs to another sign-in.")
        if verified.claims.get("azp", client_id) != client_id:
            raise SignInRefused("This response is meant for another client.")
        return verified.subject


def _equal(given: object, expected: object) -> bool:
    return isinstance(given, str) and hmac.compare_digest(given.encode(), str(expected).encode())
