"""The asyncio tasks that wait when a test runs out of time, and for what."""

import asyncio
from collections.abc import Iterator
from types import FrameType
from typing import Any

from tests.objects_in_memory import objects_of

FRAME_ATTRIBUTES = ("cr_frame", "ag_frame", "gi_frame")
AWAITED_ATTRIBUTES = ("cr_await", "ag_await", "gi_yieldfrom")


def stacks() -> str:
    """The stack of each task that is not done, outermost frame first, as a traceback has it."""
    tasks: list[asyncio.Task[Any]] = objects_of(asyncio.Task)
    return "\n".join(_stack(task) for task in tasks if not task.done())


def _stack(task: asyncio.Task[Any]) -> str:
    lines = [
        f'  File "{frame.f_code.co_filename}", line {frame.f_lineno}, in {frame.f_code.co_qualname}'
        for frame in _frames(task.get_coro())
    ]
    return "\n".join([task.get_name(), *lines])


def _frames(awaited: object) -> Iterator[FrameType]:
    # A task's own get_stack() ends at its outermost coroutine where it is suspended.
    while awaited is not None:
        frame = _first(awaited, FRAME_ATTRIBUTES)
        if isinstance(frame, FrameType):
            yield frame
        awaited = _first(awaited, AWAITED_ATTRIBUTES)


def _first(awaited: object, names: tuple[str, ...]) -> object:
    return next((getattr(awaited, name) for name in names if hasattr(awaited, name)), None)
