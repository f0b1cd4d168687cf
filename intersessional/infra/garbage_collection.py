"""When the interpreter looks for garbage."""

import gc
from collections.abc import Generator
from contextlib import contextmanager

THRESHOLDS = (50_000, 20, 10)
"""Those of the interpreter double the cost of many concurrent queries."""


@contextmanager
def no_collection() -> Generator[None]:
    """Make many objects that stay, without looking for garbage among them meanwhile."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def tune_garbage_collection() -> None:
    """Exclude the objects of start-up from collection, which would pause the server for 0.2 s."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
