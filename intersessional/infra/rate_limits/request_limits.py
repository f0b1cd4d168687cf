"""Limits on the cost of the requests of a person, of an address, and of a node."""

import asyncio
import logging
import math
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar
from uuid import UUID

from intersessional.graphql.request.context import BadRequest
from intersessional.infra.connections.client_address import LimitKey
from intersessional.infra.rate_limits.token_bucket import TokenBucket
from intersessional.infra.rate_limits.token_buckets import TokenBuckets

logger = logging.getLogger(__name__)

ACCOUNTS_MAX = 4_096
BURST_S = 20
"""A sender who was idle may spend at once what is allowed in this time."""


class RateLimited(BadRequest):
    """The sender has spent the points that are allowed; there are enough again a little later."""

    code: ClassVar[str] = "RATE_LIMITED"

    def __init__(self, retry_s: float) -> None:
        """``retry_s`` is the time until there are enough points again."""
        self.retry_after_s = max(math.ceil(retry_s), 1)
        super().__init__(
            self.code,
            f"This is more than is allowed at present; send it again in {self.retry_after_s} s.",
            retryAfterMs=math.ceil(retry_s * 1_000),
        )


class PointLimit(TokenBuckets):
    """The points a minute of each sender of one kind; refusals are a line in the log a minute."""

    def __init__(self, points_max: int, hint: str) -> None:
        """``hint`` tells the operator what may be set."""
        super().__init__(per_minute=points_max, burst=max(points_max * BURST_S // 60, 1))
        self._hint = hint
        self._log = TokenBucket(burst=1, per_s=1 / 60)
        self._refused = 0

    def refuse(self, key: str) -> None:
        """Count a refusal."""
        self._refused += 1
        now_s = time.monotonic()
        if not self._log.wait_s(now_s):
            self._log.take(now_s)
            logger.warning("%s is refused requests, %d since: %s", key, self._refused, self._hint)
            self._refused = 0


@dataclass(frozen=True, slots=True)
class Account:
    """What pays for a request: the bucket of its sender first, then that of the node."""

    limits: tuple[tuple[PointLimit, str], ...]

    def charge(self, points: int) -> None:
        """Pay for what is about to be done. Raises RateLimited where no points are left.

        The last points pay for anything: the sender then waits until what it cost has come in.
        """
        for limit, key in self.limits:
            wait_s = limit.wait_s(key)
            if wait_s:
                limit.refuse(key)
                raise RateLimited(wait_s)
        self.charge_done(points)

    def charge_done(self, points: int) -> None:
        """Pay for what was done already."""
        for limit, key in self.limits:
            limit.take(key, points)

    async def until_paid(self) -> None:
        """Wait until half of what may be spent at once is there: requests go on meanwhile."""
        while wait_s := max(limit.half_full_s(key) for limit, key in self.limits):  # noqa: ASYNC110
            await asyncio.sleep(wait_s)


class RequestLimits:
    """Accounts of a node: signed-in persons have their own, others share that of their address.

    The node's own bucket is for those who have not signed in, so that they leave something to
    those who have.
    """

    def __init__(
        self, *, person_points_max: int, address_points_max: int, anonymous_points_max: int
    ) -> None:
        """The limits are in points a minute; a point is some 10 µs of processor time."""
        self._persons = PointLimit(
            person_points_max, "INTERSESSIONAL_PERSON_POINTS_PER_MINUTE_MAX is its limit"
        )
        self._addresses = PointLimit(
            address_points_max,
            "INTERSESSIONAL_ADDRESS_POINTS_PER_MINUTE_MAX is its limit;"
            " a proxy is named in INTERSESSIONAL_TRUSTED_PROXIES",
        )
        self._anonymous = PointLimit(
            anonymous_points_max, "INTERSESSIONAL_ANONYMOUS_POINTS_PER_MINUTE_MAX is their limit"
        )
        self.account = lru_cache(ACCOUNTS_MAX)(self._account)
        """The account of a sender, mostly the same object each time."""

    def _account(self, person: UUID | None, address: LimitKey | None) -> Account:
        """The account of a sender; senders without an address, on local sockets, share one."""
        if person is not None:
            return Account(((self._persons, f"person {person}"),))
        return Account(
            ((self._addresses, _of_address(address)), (self._anonymous, "who has not signed in"))
        )


@lru_cache(maxsize=4_096)
def _of_address(address: LimitKey | None) -> str:
    return f"address {address}"
