"""Wakes whoever waits for the log to grow."""

from types import TracebackType
from typing import Self

import asyncpg


class Tail:
    """Follows the head of the log on one LISTEN connection for the whole node."""

    position: int
    """The last position this node knows of."""

    def __init__(self, source: asyncpg.Pool | str) -> None:
        self._source = source
        self.position = 0

    async def __aenter__(self) -> Self:
        raise NotImplementedError

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        raise NotImplementedError

    async def wait(self, after: int) -> int:
        """Answer the head's position once it lies after this one. Raises Closed."""
        raise NotImplementedError
