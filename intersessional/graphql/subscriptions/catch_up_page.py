"""A stretch of the record as an operation shows it, made once for everyone who asks."""

import asyncio
from collections.abc import Hashable, Sequence
from contextlib import aclosing

from intersessional.graphql.subscriptions.payload import Payload
from intersessional.graphql.subscriptions.subscription_execution import SubscriptionExecution

BYTES_MAX = 1024 * 1024
"""How large a page becomes before the next one begins."""

_OVERHEAD_BYTES = 512


class CatchUpPage:
    """The payloads after ``begin`` and up to ``end``, once its task has made them."""

    task: asyncio.Task[None]

    def __init__(self, of: Hashable, begin: int, end: int) -> None:
        """``of`` is what is watched. It ends earlier when there is much in it."""
        self.of = of
        self.begin = begin
        self.end = end
        self.bytes = _OVERHEAD_BYTES
        self.payloads: asyncio.Future[Sequence[Payload]] = (
            asyncio.get_running_loop().create_future()
        )
        # Everyone who waited for it may have left when it fails.
        self.payloads.add_done_callback(lambda done: done.cancelled() or done.exception())

    async def make(self, watched: SubscriptionExecution) -> None:
        """Execute the operation over the stretch."""
        made: list[Payload] = []
        async with aclosing(watched.payloads(self.begin, self.end)) as payloads:
            async for payload in payloads:
                made.append(payload)
                self.bytes += len(payload.body)
                if self.bytes > BYTES_MAX:
                    self.end = payload.position
                    break
        self.payloads.set_result(made)
