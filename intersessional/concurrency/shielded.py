"""Work that a cancellation of its caller does not interrupt."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")

GRACE_S = 5.0
"""The time in seconds for the work after its caller was cancelled."""


async def run_to_completion(work: Awaitable[T]) -> T:
    """Await the work to its end; a cancellation takes effect afterwards, or after ``GRACE_S``.

    A GraphQL execution that is interrupted leaves the tasks of its fields behind.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=GRACE_S)
        if not task.done():
            task.cancel()
        elif not task.cancelled():
            task.exception()
        raise
