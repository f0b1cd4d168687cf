"""Tokens of an OpenID Connect issuer."""

from collections.abc import Callable
from datetime import datetime

from intersessional.domain.kernel.caller import Caller
from intersessional.infra.auth.errors import InvalidToken
from intersessional.infra.auth.jwks_cache import JwksCache
from intersessional.infra.auth.persons import Persons
from intersessional.infra.auth.principal import Principal
from intersessional.infra.auth.token import Token, TokenRules

LEEWAY_S = 30

ALGORITHMS = frozenset(
    ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519")
)
"""Only such as are checked with a public key: a shared secret, or none, proves nothing here."""


class OidcIssuer:
    """The one issuer that is trusted to say who someone is."""

    def __init__(
        self,
        *,
        issuer: str,
        audience: str,
        keys: JwksCache,
        persons: Persons,
        clock: Callable[[], datetime],
    ) -> None:
        self._rules = TokenRules(issuer=issuer, audience=audience, leeway_s=LEEWAY_S)
        self._keys = keys
        self._persons = persons
        self._clock = clock

    async def signed_in(self, token: Token) -> Principal:
        """Whom the token names, by pseudonym. Raises InvalidToken."""
        if token.algorithm not in ALGORITHMS:
            raise InvalidToken("The bearer token is signed in a way that is not accepted here.")
        key = await self._keys.key(token.algorithm, token.key_id)
        claims = token.check(key, self._rules, self._clock())
        person = await self._persons.known_as(self._rules.issuer, claims.subject)
        return Principal(
            caller=Caller(person=person.id),
            token=token.digest,
            issued_at=claims.issued_at,
            expires_at=claims.expires_at,
        )
