"""Payloads that come in quick succession, so that a watcher is written to once for all of them."""

import asyncio
from collections.abc import AsyncGenerator, Callable

from intersessional.graphql.subscriptions.payload import Payload

PAYLOADS_MAX = 64
BYTES_MAX = 16 * 1024
"""Of what is larger, writing it costs more than asking the operating system to."""
HOLD_MAX_S = 0.05
_LOOK_S = 0.001


async def coalesce(
    payloads: AsyncGenerator[Payload],
    *,
    hold_s: Callable[[], float],
    more: Callable[[int], bool],
) -> AsyncGenerator[list[Payload]]:
    """The payloads in order, in lists; one that comes alone is never held back.

    A list is filled for as long as there is ``more`` after its last position that may become a
    payload, but for ``hold_s`` at most. While a list is dealt with, the next payload is made.
    """
    loop = asyncio.get_running_loop()
    following = asyncio.ensure_future(anext(payloads))
    try:
        while True:
            try:
                burst = [await following]
            except StopAsyncIteration:
                return
            following = asyncio.ensure_future(anext(payloads))
            until = loop.time() + min(hold_s(), HOLD_MAX_S)
            while _has_room(burst) and more(burst[-1].position) and loop.time() < until:
                await asyncio.wait((following,), timeout=_LOOK_S)
                if not following.done():
                    continue
                if following.exception() is not None:
                    break
                burst.append(following.result())
                following = asyncio.ensure_future(anext(payloads))
            yield burst
    finally:
        following.cancel()
        await asyncio.wait((following,))
        if not following.cancelled():
            following.exception()
        await payloads.aclose()


def _has_room(burst: list[Payload]) -> bool:
    return len(burst) < PAYLOADS_MAX and sum(len(one.body) for one in burst) < BYTES_MAX
