"""Verifies the tokens of an OpenID Connect issuer."""

from collections.abc import Callable
from datetime import datetime

from intersessional.domain.kernel.caller import Caller
from intersessional.infra.auth.errors import InvalidToken
from intersessional.infra.auth.oidc.jwks_cache import JwksCache
from intersessional.infra.auth.principal import Principal
from intersessional.infra.auth.pseudonyms import Pseudonyms
from intersessional.infra.auth.token import Token, TokenRules

LEEWAY_S = 30
ALGORITHMS = frozenset(
    ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519")
)
"""The accepted values of ``alg``: public-key signatures only, never a shared secret or ``none``."""


class OidcIssuer:
    """The one issuer whose tokens are accepted."""

    def __init__(
        self,
        *,
        issuer: str,
        audience: str,
        jwks: JwksCache,
        pseudonyms: Pseudonyms,
        clock: Callable[[], datetime],
    ) -> None:
        self._rules = TokenRules(issuer=issuer, audience=audience, leeway_s=LEEWAY_S)
        self._jwks = jwks
        self._pseudonyms = pseudonyms
        self._clock = clock

    async def principal(self, token: Token) -> Principal:
        """Verify a token; its principal has the subject's pseudonym. Raises InvalidToken."""
        if token.algorithm not in ALGORITHMS:
            raise InvalidToken("The bearer token is signed in a way that is not accepted here.")
        key = await self._jwks.key(token.algorithm, token.key_id)
        claims = token.verify(key, self._rules, self._clock())
        pseudonym = await self._pseudonyms.get_or_create(self._rules.issuer, claims.subject)
        return Principal(
            caller=Caller(person=pseudonym.id),
            token=token.digest,
            issued_at=claims.issued_at,
            expires_at=claims.expires_at,
        )
