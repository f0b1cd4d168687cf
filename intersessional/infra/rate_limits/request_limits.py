"""Limits on the cost of the requests of a person, of an address, and of a node."""

import math
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from intersessional.graphql.request.context import BadRequest
from intersessional.infra.connections.client_address import LimitKey
from intersessional.infra.rate_limits.token_buckets import TokenBuckets

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


@dataclass(frozen=True, slots=True)
class Account:
    """What pays for a request: the bucket of its sender first, then that of the node."""

    buckets: tuple[tuple[TokenBuckets, str], ...]

    def charge(self, points: int) -> None:
        """Pay for what is about to be done. Raises RateLimited where no points are left.

        The last points pay for anything: the sender then waits until what it cost has come in.
        """
        wait_s = max(buckets.wait_s(key) for buckets, key in self.buckets)
        if wait_s:
            raise RateLimited(wait_s)
        self.charge_done(points)

    def charge_done(self, points: int) -> None:
        """Pay for what was done already."""
        for buckets, key in self.buckets:
            buckets.take(key, points)


class RequestLimits:
    """Accounts of a node: signed-in persons have their own, others share that of their address.

    The node's own bucket is for those who have not signed in, so that they leave something to
    those who have.
    """

    def __init__(
        self, *, person_points_max: int, address_points_max: int, anonymous_points_max: int
    ) -> None:
        """The limits are in points a minute; a point is some 10 µs of processor time."""
        self._persons = _buckets(person_points_max)
        self._addresses = _buckets(address_points_max)
        self._anonymous = _buckets(anonymous_points_max)

    def account(self, person: UUID | None, address: LimitKey | None) -> Account:
        """The account of a sender; senders without an address, on local sockets, share one."""
        if person is not None:
            return Account(((self._persons, str(person)),))
        return Account(((self._addresses, str(address)), (self._anonymous, "all")))


def _buckets(points_max: int) -> TokenBuckets:
    return TokenBuckets(per_minute=points_max, burst=max(points_max * BURST_S // 60, 1))
