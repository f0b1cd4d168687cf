"""Finds the endpoints and the keys of an issuer by its address alone."""

import asyncio
import logging
import math
import time
from collections.abc import Callable
from typing import Any

from intersessional.infra.auth.errors import IssuerUnavailable
from intersessional.infra.auth.oidc.issuer_json import IssuerJsonUnavailable, fetch_json
from intersessional.infra.auth.oidc.issuer_metadata import PATH, IssuerMetadata
from intersessional.infra.auth.oidc.jwks_cache import JwksCache

logger = logging.getLogger(__name__)

REFRESH_S = 3600.0
"""The age at which the metadata is fetched again."""
RETRY_S = 2.0
"""The time after a failure in which no other fetch is tried."""


class Discovery:
    """The metadata of one issuer, fetched when it is first needed; callers share one fetch."""

    def __init__(self, issuer: str, *, timer: Callable[[], float] = time.monotonic) -> None:
        """``timer`` is a monotonic clock in seconds."""
        self._issuer = issuer
        self._timer = timer
        self._metadata: IssuerMetadata | None = None
        self._keys: JwksCache | None = None
        self._next_at = -math.inf
        self._fetching: asyncio.Future[Any] | None = None

    async def metadata(self) -> IssuerMetadata:
        """The metadata, an older one where it cannot be fetched. Raises IssuerUnavailable."""
        if self._timer() >= self._next_at:
            await self._fetch()
        if self._metadata is None:
            raise IssuerUnavailable
        return self._metadata

    async def keys(self) -> JwksCache:
        """The keys of the issuer. Raises IssuerUnavailable."""
        url = (await self.metadata()).jwks_uri
        if self._keys is None or self._keys.url != url:
            self._keys = JwksCache(url, timer=self._timer)
        return self._keys

    async def _fetch(self) -> None:
        if self._fetching is None:
            url = self._issuer.rstrip("/") + PATH
            loop = asyncio.get_running_loop()
            self._fetching = loop.run_in_executor(None, fetch_json, url)
        fetching = self._fetching
        await asyncio.wait([fetching])
        if self._fetching is not fetching:
            return  # Another caller took the result over.
        self._fetching = None
        try:
            self._metadata = IssuerMetadata.of(fetching.result(), self._issuer)
            self._next_at = self._timer() + REFRESH_S
        except (IssuerJsonUnavailable, ValueError) as error:
            logger.warning("the metadata of %s could not be fetched: %s", self._issuer, error)
            self._next_at = self._timer() + RETRY_S
