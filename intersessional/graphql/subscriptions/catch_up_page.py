"""The payloads of one range of positions, for subscribers that are behind."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass

from intersessional.graphql.execution.requests import RequestError
from intersessional.graphql.subscriptions.payload import Payload
from intersessional.graphql.subscriptions.subscription_execution import SubscriptionExecution

BYTES_MAX = 256 * 1024
"""A page ends with the payload that exceeds this size."""
PAYLOADS_MAX = 500
"""A page ends after so many payloads: the others wait for it."""

_OBJECT_BYTES = 1_536
"""What a page takes besides its payloads, with its task and its future."""


@dataclass(frozen=True, slots=True)
class CatchUpPage:
    """All payloads up to position ``end``, from where the page begins."""

    payloads: Sequence[Payload]
    end: int
    held_bytes: int


async def execute_page(execution: SubscriptionExecution, begin: int, end: int) -> CatchUpPage:
    """Execute the operation for the events after ``begin``, up to ``end`` or the bounds of a page.

    Raises what the execution raises.
    """
    made: list[Payload] = []
    size = _OBJECT_BYTES
    async with aclosing(execution.payloads(begin, end)) as payloads:
        try:
            async for payload in payloads:
                made.append(payload)
                size += payload.held_bytes
                if size > BYTES_MAX or len(made) == PAYLOADS_MAX:
                    return CatchUpPage(made, payload.position, size)
                # Other tasks get a turn, also where nothing is awaited.
                await asyncio.sleep(0)
        except RequestError:
            if not made:
                raise
            # What can be shown is sent first.
            return CatchUpPage(made, made[-1].position, size)
    return CatchUpPage(made, end, size)
