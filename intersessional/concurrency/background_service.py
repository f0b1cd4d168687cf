"""Objects whose background tasks run while they are entered."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self

from intersessional.concurrency.tasks import Tasks


class TaskOwner:
    """Async context manager that owns the tasks it spawns: at exit all of them have ended."""

    def __init__(self) -> None:
        self._tasks = Tasks()

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        await self._tasks.__aexit__(kind, error, trace)

    def spawn(self, work: Coroutine[Any, Any, None], *, name: str) -> asyncio.Task[None]:
        """Start a task. Raises RuntimeError outside the context."""
        return self._tasks.create_task(work, name=name)

    def stop(self) -> None:
        """Make the tasks end. Called at exit, before they are awaited."""


class BackgroundService(TaskOwner, ABC):
    """Runs ``run`` as a task while it is entered, and cancels it at exit."""

    def __init__(self) -> None:
        super().__init__()
        self._run_task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self._run_task = self.spawn(self.run(), name=type(self).__name__)
        return self

    @property
    def running(self) -> bool:
        """Whether ``run`` was started and has not ended."""
        return self._run_task is not None and not self._run_task.done()

    @abstractmethod
    async def run(self) -> None:
        """Do the work of the service."""

    def stop(self) -> None:
        """Cancel ``run``. Override it for a service that ends its work first."""
        if self._run_task is not None:
            self._run_task.cancel()
