"""An issuer's keys, kept: looked up without asking the issuer, and never asked for in a flood."""

import asyncio
import logging
import math
import time
from collections.abc import Callable, Sequence

from joserfc.jwk import Key

from intersessional.infra.auth.errors import InvalidToken, IssuerUnavailable
from intersessional.infra.auth.jwks import TIMEOUT_S, JwksUnavailable, fetch_jwks

logger = logging.getLogger(__name__)

FRESH_S = 300.0
"""Keys older than this are fetched again: what the issuer withdraws is not accepted for longer."""

KEPT_S = 3600.0
"""While the issuer cannot be reached, its keys are used until they are older than this."""

PAUSE_S = 10.0
"""How long after a fetch an unknown key is believed to be unknown."""

RETRY_MIN_S = 1.0
RETRY_MAX_S = 60.0

WAIT_MAX_S = 2 * TIMEOUT_S
"""How long anyone waits for a fetch; looking up a host's name may take longer than a timeout."""

_KINDS = {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}

_Fetching = asyncio.Future[Sequence[Key]]


class JwksCache:
    """The keys of one issuer. Whoever needs a fetch at the same time shares it."""

    def __init__(
        self,
        url: str,
        *,
        timer: Callable[[], float] = time.monotonic,
        wait_max_s: float = WAIT_MAX_S,
    ) -> None:
        """``timer`` counts seconds and never goes back. Nobody waits longer than ``wait_max_s``."""
        self._url = url
        self._timer = timer
        self._wait_max_s = wait_max_s
        self._keys: Sequence[Key] = ()
        self._fetched_at = -math.inf
        self._fetching: _Fetching | None = None
        self._next_at = -math.inf
        self._retry_s = 0.0

    async def key(self, algorithm: str, key_id: str | None) -> Key:
        """The key with this id, fit for the algorithm; without an id, the only one that is.

        Raises InvalidToken when there is none, and IssuerUnavailable when nobody can tell.
        """
        key = self._find(algorithm, key_id)
        if key is None or self._age > FRESH_S:
            fetching = self._fetch()
            # While the issuer is known to be away, who has a key does not wait for it.
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
        if self._age > KEPT_S:
            return None
        fit = [
            key
            for key in self._keys
            if key.key_type == _KINDS.get(algorithm[:2])
            and key.get("alg", algorithm) == algorithm
            and key_id in (None, key.kid)
        ]
        return fit[0] if len(fit) == 1 or (fit and key_id is not None) else None

    def _fetch(self) -> _Fetching | None:
        """The fetch that is under way or begins now; None while it is too early for another."""
        if self._fetching is None and self._timer() >= self._next_at:
            loop = asyncio.get_running_loop()
            self._fetching = loop.run_in_executor(None, fetch_jwks, self._url)
            self._fetching.add_done_callback(self._settle)
        return self._fetching

    def _settle(self, fetched: _Fetching) -> None:
        """Take over what was fetched, once: who waited for it may come before the callback."""
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
            logger.warning("the issuer's keys could not be fetched from %s: %s", self._url, error)
        finally:
            self._next_at = self._timer() + (self._retry_s or PAUSE_S)
