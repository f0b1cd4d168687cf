"""What SIGINT and SIGTERM ask of a process."""

import asyncio
import signal
from collections.abc import Callable

_ASKING = (signal.SIGINT, signal.SIGTERM)


def on_first_signal(end: Callable[[signal.Signals], None]) -> None:
    """At the first SIGINT or SIGTERM call `end`, in place of who asked for it before.

    A second one ends the process at once: whoever sends it waits no longer, and the kernel gives
    back whatever was held.
    """
    loop = asyncio.get_running_loop()

    def first(number: signal.Signals) -> None:
        for asking in _ASKING:
            loop.remove_signal_handler(asking)
            signal.signal(asking, signal.SIG_DFL)
        end(number)

    for asking in _ASKING:
        loop.add_signal_handler(asking, first, asking)
