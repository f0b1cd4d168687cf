"""Background work that is restarted when it ends."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import NoReturn, cast

from intersessional.concurrency.backoff import Backoff
from intersessional.concurrency.outage import Outage

logger = logging.getLogger(__name__)

_RESTART_MIN_S = 0.5
_RESTART_MAX_S = 30.0
_STEADY_S = 30.0
"""The time after which work that goes on has recovered."""


async def supervised(
    name: str,
    work: Callable[[], Awaitable[None]],
    *,
    temporary: tuple[type[Exception], ...] = (),
) -> NoReturn:
    """Run the work until cancelled; log a failure, and restart the work after a pause.

    A ``temporary`` error is an outage of the database, which passes by itself. Every other one is
    logged with its stack. The pause doubles, until the work goes on for ``_STEADY_S``.
    """
    outage = Outage(logger, name)
    backoff = Backoff(_RESTART_MIN_S, _RESTART_MAX_S)

    def recover() -> None:
        backoff.reset()
        outage.ended()

    while True:
        recovery = asyncio.get_running_loop().call_later(_STEADY_S, recover)
        is_outage = False
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
            is_outage = _is_temporary(error, temporary)
            if is_outage:
                outage.failed(error)
            else:
                logger.exception("%s failed", name)
        finally:
            recovery.cancel()
        pause_s = backoff.next_s()
        if not is_outage:
            logger.warning("%s restarts in %.1f s", name, pause_s)
        await asyncio.sleep(pause_s)


def _is_temporary(error: Exception, temporary: tuple[type[Exception], ...]) -> bool:
    """Whether an error, or each one of a group, is temporary."""
    if isinstance(error, ExceptionGroup):
        return cast("ExceptionGroup[Exception]", error).split(temporary)[1] is None
    return isinstance(error, temporary)
