"""Background work that is started again when it fails, loudly."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import NoReturn

logger = logging.getLogger(__name__)

_PAUSE_MIN_S = 0.5
_PAUSE_MAX_S = 30.0


async def supervised(name: str, work: Callable[[], Awaitable[None]]) -> NoReturn:
    """Run the work for ever; after a failure, log it whole and begin again after a pause."""
    pause = _PAUSE_MIN_S
    loop = asyncio.get_running_loop()
    while True:
        began = loop.time()
        try:
            await work()
            logger.error("%s came to an end", name)
        except Exception:
            # Whatever went wrong, the other background work and the server go on.
            logger.exception("%s failed", name)
        if loop.time() - began > _PAUSE_MAX_S:
            pause = _PAUSE_MIN_S
        logger.warning("%s begins again in %.1f s", name, pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, _PAUSE_MAX_S)
