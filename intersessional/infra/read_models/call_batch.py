"""Calls of database functions that are made together, in one statement for each function."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg

from intersessional.concurrency.steps import steps
from intersessional.infra.postgres.pool import Pool

Rows = Sequence[asyncpg.Record]

_CALLS_MAX = 16
"""Calls of a function in one statement: each number of them is a statement to prepare."""
_TURNS = 1
"""Turns of the event loop after the first call in which the fields of a level ask for the rest."""


async def fetch_call(pool: Pool, function: str, arguments: Sequence[Any]) -> Rows:
    """The rows of one call of a function."""
    return await pool.fetch(f"SELECT * FROM {_call(function, 1, len(arguments))}", *arguments)


@dataclass(frozen=True)
class _Call:
    """A call that waits for its rows."""

    arguments: Sequence[Any]
    rows: asyncio.Future[Rows]


class CallBatch:
    """Makes the calls of some turns of the event loop at once: those of one request.

    Where one of them fails, all fail that are in its statement.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._waiting: dict[str, list[_Call]] = defaultdict(list)
        self._tasks: set[asyncio.Task[None]] = set()

    async def fetch(self, function: str, arguments: Sequence[Any]) -> Rows:
        """The rows of one call of a function, in their order."""
        loop = asyncio.get_running_loop()
        if not self._waiting:
            loop.call_soon(self._turn, loop, _TURNS)
        call = _Call(arguments, loop.create_future())
        self._waiting[function].append(call)
        return await call.rows

    def _turn(self, loop: asyncio.AbstractEventLoop, left: int) -> None:
        if left:
            loop.call_soon(self._turn, loop, left - 1)
            return
        waiting, self._waiting = self._waiting, defaultdict(list)
        for function, calls in waiting.items():
            for some in steps(calls, _CALLS_MAX):
                task = loop.create_task(self._read(function, some))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _read(self, function: str, calls: Sequence[_Call]) -> None:
        try:
            found = await self._rows(function, calls)
        except Exception as error:  # noqa: BLE001  Whoever waits gets it.
            for call in calls:
                if not call.rows.done():
                    call.rows.set_exception(error)
        else:
            for call, rows in zip(calls, found, strict=True):
                if not call.rows.done():
                    call.rows.set_result(rows)

    async def _rows(self, function: str, calls: Sequence[_Call]) -> Sequence[Rows]:
        if len(calls) == 1:
            return [await fetch_call(self._pool, function, calls[0].arguments)]
        selects: list[str] = []
        arguments: list[Any] = []
        for number, call in enumerate(calls):
            called = _call(function, len(arguments) + 1, len(call.arguments))
            selects.append(f"SELECT {number} AS call, * FROM {called} WITH ORDINALITY")
            arguments += call.arguments
        found: list[list[asyncpg.Record]] = [[] for _ in calls]
        every = " UNION ALL ".join(selects)
        for row in await self._pool.fetch(f"{every} ORDER BY call, ordinality", *arguments):
            place: int = row["call"]
            found[place].append(row)
        return found


def _call(function: str, first: int, count: int) -> str:
    """A call of a function with the parameters from a number on."""
    places = ", ".join(f"${place}" for place in range(first, first + count))
    return f"{function}({places})"
