"""Background tasks of a part, owned by whoever entered it."""

import asyncio
from types import TracebackType


class Tasks(asyncio.TaskGroup):
    """A task group whose owner's own error leaves as it is, not in a group of one.

    When a task fails, the owner is cancelled and the group tells why, as always.
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
