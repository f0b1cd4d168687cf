"""Calls of database functions that one request makes at once are one statement."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from intersessional.infra.postgres.pool import Pool, open_pool
from intersessional.infra.read_models.call_batch import CallBatch

ITEMS = "json_array_elements_text"
"""A function whose rows are the texts of an array."""


class CountedPool(Pool):
    """A pool that keeps the statements that it was sent."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(pool._pool)  # pyright: ignore[reportPrivateUsage]
        self.statements: list[str] = []

    async def fetch(self, statement: str, *arguments: object) -> list[asyncpg.Record]:
        self.statements.append(statement)
        return await super().fetch(statement, *arguments)


@pytest_asyncio.fixture
async def pool(postgres: str) -> AsyncGenerator[CountedPool]:
    """A pool over a server, whatever database."""
    async with open_pool(postgres, size_max=2) as opened:
        yield CountedPool(opened)


async def values(batch: CallBatch, array: str) -> list[str]:
    rows: Sequence[Any] = await batch.fetch(ITEMS, [array])
    return [row["value"] for row in rows]


async def test_calls_at_once_are_one_statement_and_each_gets_its_own_rows(
    pool: CountedPool,
) -> None:
    batch = CallBatch(pool)

    found = await asyncio.gather(
        values(batch, '["b", "a"]'), values(batch, "[]"), values(batch, '["c"]')
    )

    assert [*found] == [["b", "a"], [], ["c"]]
    assert len(pool.statements) == 1
    assert await values(batch, '["later"]') == ["later"]
    assert pool.statements[1:] == [f"SELECT * FROM {ITEMS}($1)"]


async def test_more_calls_than_a_statement_takes_are_several_statements(pool: CountedPool) -> None:
    batch = CallBatch(pool)

    found = await asyncio.gather(*(values(batch, f'["{number}"]') for number in range(40)))

    assert found == [[str(number)] for number in range(40)]
    assert len(pool.statements) == 3


async def test_an_error_reaches_all_that_are_in_the_statement_and_nobody_later(
    pool: CountedPool,
) -> None:
    batch = CallBatch(pool)

    found = await asyncio.gather(values(batch, '["a"]'), values(batch, "["), return_exceptions=True)

    assert [type(one) for one in found] == [asyncpg.InvalidTextRepresentationError] * 2
    assert await values(batch, '["a"]') == ["a"]


async def test_one_that_is_cancelled_takes_nothing_from_the_others(pool: CountedPool) -> None:
    batch = CallBatch(pool)
    cancelled = asyncio.create_task(values(batch, '["a"]'))
    other = asyncio.create_task(values(batch, '["b"]'))
    await asyncio.sleep(0)

    cancelled.cancel()

    assert await other == ["b"]
    with pytest.raises(asyncio.CancelledError):
        await cancelled
