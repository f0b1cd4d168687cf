"""A task group for background tasks."""

import asyncio
from types import TracebackType


class Tasks(asyncio.TaskGroup):
    """A task group that raises an error of its own body as it is, not in a group of one.

    When a task fails, the body is cancelled and an exception group is raised, as always.
    """

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            await super().__aexit__(kind, error, trace)
        except BaseExceptionGroup as group:
            if group.exceptions != (error,):
                raise
