"""Caches the key set of an issuer, and limits how often it is fetched."""

import asyncio
import logging
import math
import time
from collections.abc import Callable, Sequence

from joserfc.jwk import Key

from intersessional.infra.auth.errors import InvalidToken, IssuerUnavailable
from intersessional.infra.auth.oidc.issuer_json import TIMEOUT_S
from intersessional.infra.auth.oidc.jwks import JwksUnavailable, fetch_jwks

logger = logging.getLogger(__name__)

REFRESH_S = 300.0
"""The age at which keys are fetched again: a withdrawn key is not accepted for longer."""

STALE_MAX_S = 3600.0
"""The age up to which keys are used while the issuer cannot be reached."""

COOLDOWN_S = 10.0
"""The time after a fetch in which an unknown key causes no other fetch."""

RETRY_MIN_S = 1.0
RETRY_MAX_S = 60.0

WAIT_MAX_S = 2 * TIMEOUT_S
"""The longest wait for a fetch; resolving a host name may take longer than its timeout."""

_KEY_TYPES = {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}

_Fetching = asyncio.Future[Sequence[Key]]


class JwksCache:
    """The keys of one issuer; concurrent callers share one fetch."""

    def __init__(
        self,
        url: str,
        *,
        timer: Callable[[], float] = time.monotonic,
        wait_max_s: float = WAIT_MAX_S,
    ) -> None:
        """``timer`` is a monotonic clock in seconds. No call waits longer than ``wait_max_s``."""
        self.url = url
        self._timer = timer
        self._wait_max_s = wait_max_s
        self._keys: Sequence[Key] = ()
        self._fetched_at = -math.inf
        self._fetching: _Fetching | None = None
        self._next_at = -math.inf
        self._retry_s = 0.0

    async def key(self, algorithm: str, key_id: str | None) -> Key:
        """The key for this ``kid`` and ``alg``; without a ``kid``, the only key for the ``alg``.

        Raises InvalidToken when there is none, and IssuerUnavailable when the fetch fails.
        """
        key = self._find(algorithm, key_id)
        if key is None or self._age > REFRESH_S:
            fetching = self._fetch()
            # While the issuer is unreachable, a caller whose key is cached does not wait.
            if fetching is not None and (key is None or not self._retry_s):
                await asyncio.wait([fetching], timeout=self._wait_max_s)
                if fetching.done():
                    self._settle(fetching)
                key = self._find(algorithm, key_id)
        if key is not None:
            return key
        if self._retry_s or self._fetching is not None:
            raise IssuerUnavailable
        raise InvalidToken(
            "The bearer token is signed with a key that its issuer does not publish."
        )

    @property
    def _age(self) -> float:
        return self._timer() - self._fetched_at

    def _find(self, algorithm: str, key_id: str | None) -> Key | None:
        if self._age > STALE_MAX_S:
            return None
        matching = [
            key
            for key in self._keys
            if key.key_type == _KEY_TYPES.get(algorithm[:2])
            and key.get("alg", algorithm) == algorithm
            and key_id in (None, key.kid)
        ]
        return matching[0] if len(matching) == 1 or (matching and key_id is not None) else None

    def _fetch(self) -> _Fetching | None:
        """The running fetch, or a new one; None while it is too early for another."""
        if self._fetching is None and self._timer() >= self._next_at:
            loop = asyncio.get_running_loop()
            self._fetching = loop.run_in_executor(None, fetch_jwks, self.url)
            self._fetching.add_done_callback(self._settle)
        return self._fetching

    def _settle(self, fetched: _Fetching) -> None:
        """Take over the result once: a waiting caller may run before the callback."""
        if self._fetching is not fetched:
            return
        self._fetching = None
        if fetched.cancelled():
            return
        self._retry_s = min(max(2 * self._retry_s, RETRY_MIN_S), RETRY_MAX_S)
        try:
            self._keys = fetched.result()
            self._fetched_at, self._retry_s = self._timer(), 0.0
        except JwksUnavailable as error:
            logger.warning("the issuer's keys could not be fetched from %s: %s", self.url, error)
        finally:
            self._next_at = self._timer() + (self._retry_s or COOLDOWN_S)
