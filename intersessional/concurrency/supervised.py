"""Background work that is restarted when it ends."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import NoReturn, cast

from intersessional.concurrency.backoff import Backoff

logger = logging.getLogger(__name__)

_RESTART_MIN_S = 0.5
_RESTART_MAX_S = 30.0
REMINDER_S = 60.0
"""The time between two lines about temporary errors that go on."""


async def supervised(
    name: str,
    work: Callable[[], Awaitable[None]],
    *,
    temporary: tuple[type[Exception], ...] = (),
) -> NoReturn:
    """Run the work until cancelled; log a failure, and restart the work after a pause.

    A ``temporary`` error passes by itself: it is a line, and one more each ``REMINDER_S`` while it
    comes again. Every other one is logged with its stack.
    """
    backoff = Backoff(_RESTART_MIN_S, _RESTART_MAX_S)
    loop = asyncio.get_running_loop()
    reminded_at = float("-inf")
    while True:
        started_at, is_logged = loop.time(), True
        try:
            await work()
            logger.error("%s ended", name)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            # The work has cancelled itself, or awaited what was cancelled.
            logger.error("%s was cancelled from within", name)
        except Exception as error:
            # Other background work and the server go on, whatever the error is.
            if _is_temporary(error, temporary):
                is_logged = loop.time() - reminded_at >= REMINDER_S
                if is_logged:
                    reminded_at = loop.time()
                    logger.warning("%s failed for now: %s", name, error)
            else:
                logger.exception("%s failed", name)
        if loop.time() - started_at > _RESTART_MAX_S:
            backoff.reset()
        pause_s = backoff.next_s()
        if is_logged:
            logger.warning("%s restarts in %.1f s", name, pause_s)
        await asyncio.sleep(pause_s)


def _is_temporary(error: Exception, temporary: tuple[type[Exception], ...]) -> bool:
    """Whether an error, or each one of a group, is temporary."""
    if isinstance(error, ExceptionGroup):
        return cast("ExceptionGroup[Exception]", error).split(temporary)[1] is None
    return isinstance(error, temporary)
