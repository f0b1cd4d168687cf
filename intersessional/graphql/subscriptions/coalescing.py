"""Batches of payloads that follow each other quickly, so that they take one write each sink."""

import asyncio
from collections.abc import AsyncGenerator, Callable

from intersessional.graphql.subscriptions.payload import Payload

PAYLOADS_MAX = 64
BYTES_MAX = 16 * 1024
"""Writing a larger batch costs more than the system call that it saves."""
HOLD_MAX_S = 0.05
_POLL_S = 0.001


async def coalesce(
    payloads: AsyncGenerator[Payload],
    *,
    hold_s: Callable[[], float],
    more: Callable[[int], bool],
) -> AsyncGenerator[list[Payload]]:
    """Yield the payloads in order, in batches; a single payload is never delayed.

    A batch grows while ``more`` reports that events after its last position may become payloads,
    for at most ``hold_s`` seconds. The next payload is made while the consumer handles a batch.
    """
    loop = asyncio.get_running_loop()
    following = asyncio.ensure_future(anext(payloads))
    try:
        while True:
            try:
                batch = [await following]
            except StopAsyncIteration:
                return
            following = asyncio.ensure_future(anext(payloads))
            until = loop.time() + min(hold_s(), HOLD_MAX_S)
            while not _is_full(batch) and more(batch[-1].position) and loop.time() < until:
                await asyncio.wait((following,), timeout=_POLL_S)
                if not following.done():
                    continue
                if following.exception() is not None:
                    break
                batch.append(following.result())
                following = asyncio.ensure_future(anext(payloads))
            yield batch
            # Nothing of it is held until the next payload.
            del batch
    finally:
        following.cancel()
        await asyncio.wait((following,))
        if not following.cancelled():
            following.exception()
        await payloads.aclose()


def _is_full(batch: list[Payload]) -> bool:
    return len(batch) >= PAYLOADS_MAX or sum(len(one.body) for one in batch) >= BYTES_MAX
