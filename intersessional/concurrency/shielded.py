"""Work that is not cut off in its midst."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")

PATIENCE_S = 5.0


async def run_to_completion(work: Awaitable[T]) -> T:
    """Do it to its end. Who is cancelled meanwhile ends when it is done, or it takes too long.

    An execution that is cut off leaves behind what its fields had begun to resolve.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=PATIENCE_S)
        if not task.done():
            task.cancel()
        elif not task.cancelled():
            task.exception()
        raise
