"""The one writer of a node: it groups what is asked at the same time into one commit."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import asyncpg

from intersessional.infra.record.entries import Append, Receipt


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


class Sequencer:
    """Records appends in one order, many to a commit."""

    def __init__(
        self, source: asyncpg.Pool | str, *, clock: Callable[[], datetime] = now
    ) -> None:
        self._source = source
        self._clock = clock

    async def __aenter__(self) -> Self:
        raise NotImplementedError

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        raise NotImplementedError

    async def append(self, append: Append) -> tuple[Receipt, ...]:
        """Record an append and answer after its commit, one receipt for each submission.

        Raises Conflict, CommandReused, TooBusy, Unavailable or Closed.
        """
        raise NotImplementedError
