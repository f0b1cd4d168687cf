"""Handles SIGINT and SIGTERM."""

import asyncio
import signal
from collections.abc import Callable

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def on_first_signal(end: Callable[[signal.Signals], None]) -> None:
    """Call ``end`` at the first SIGINT or SIGTERM; replaces an earlier handler.

    A second signal ends the process at once; the kernel then releases all it holds.
    """
    loop = asyncio.get_running_loop()

    def first(number: signal.Signals) -> None:
        for each in _SIGNALS:
            loop.remove_signal_handler(each)
            signal.signal(each, signal.SIG_DFL)
        end(number)

    for each in _SIGNALS:
        loop.add_signal_handler(each, first, each)
