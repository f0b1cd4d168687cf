"""What must be folded again as of an instant is bounded, paid for, and computed in slices."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any
from uuid import UUID, uuid4

from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.view import ListKey
from tests.infra.read_models.harness import ReadModelHarness
from tests.infra.read_models.item_views import ITEMS, ItemEvents

INSTANT = datetime(2018, 5, 1, tzinfo=UTC)
ITEMS_NUMBER = 120
SLICE = 100
UNPAID = 4
CONNECTIONS = 4
"""As many as the pool of the harness has."""


async def _changed_later(harness: ReadModelHarness) -> tuple[list[UUID], int]:
    """Record items that began before the instant and changed after it; the last position."""
    item_events, items = ItemEvents(), [uuid4() for _ in range(ITEMS_NUMBER)]
    await harness.record(*(item_events.begun(item, 1, at="2018-04-03") for item in items))
    last = await harness.record(*(item_events.changed(item, 2, at="2019") for item in items))
    return items, last


async def test_many_documents_are_folded_in_slices_and_their_rows_paid_for(
    harness: ReadModelHarness,
) -> None:
    slices, rows = list[int](), list[int]()

    async def compute(function: Callable[..., Any], *arguments: Any) -> Any:
        lists: list[Sequence[object]] = [one for one in arguments if isinstance(one, list)]
        slices.append(max(map(len, lists)))
        return function(*arguments)

    async with harness.run_projector(ITEMS) as reader:
        items, last = await _changed_later(harness)
        await reader.wait_until_reached(last)
        present, then = AsOf(last), AsOf(last, INSTANT)
        got = await reader.batched(compute, rows.append).get(ITEMS, items, present)
        at_present, free = [*slices], [*rows]
        pages = await reader.batched(compute, rows.append).pages(
            ITEMS, [ListKey(None)], then, first=ITEMS_NUMBER
        )

    assert at_present == [SLICE, ITEMS_NUMBER - SLICE]
    assert free == []
    assert got[items[0]].document.amounts == (1, 2)
    [page] = pages.values()
    assert (page.total, page.items[0].document.amounts) == (ITEMS_NUMBER, (1,))
    assert max(slices) == SLICE
    # The list; no corrections; the events that may have happened.
    assert rows == [ITEMS_NUMBER, 0, ITEMS_NUMBER]


async def test_corrections_are_looked_up_once_for_all_documents(harness: ReadModelHarness) -> None:
    async with harness.run_projector(ITEMS) as reader:
        items, last = await _changed_later(harness)
        await reader.wait_until_reached(last)
    told_again = [*range(ITEMS_NUMBER + 1, ITEMS_NUMBER + 31)]

    async with harness.pool.acquire() as connection, connection.transaction():
        found = await connection.fetch(
            "SELECT * FROM events_happened($1, $2, $3, $4, $5, $6)",
            *(ITEMS.name, ITEMS.version, items, last, INSTANT, told_again),
        )
        scans = await connection.fetchval(
            "SELECT sum(pg_stat_get_xact_numscans(indexrelid)) FROM pg_index"
            " WHERE indrelid = 'documents'::regclass"
        )

    assert len(found) == ITEMS_NUMBER + len(told_again)
    # Not once more for each document.
    assert scans <= len(items) + len(told_again)


async def test_one_request_asks_once_for_the_corrections(harness: ReadModelHarness) -> None:
    rows = list[int]()
    async with harness.run_projector(ITEMS) as reader:
        items, last = await _changed_later(harness)
        await reader.wait_until_reached(last)
        of_request = reader.batched(spend_rows=rows.append)
        for day in range(1, 4):
            as_of = AsOf(last, datetime(2018, 5, day, tzinfo=UTC))
            await of_request.get(ITEMS, items[:1], as_of)

    # A document, its events, and no corrections, which are looked up the first time only.
    assert rows == [1, 0, 1, 1, 1, 1, 1]


async def test_lists_as_of_many_instants_are_paid_for_a_few_at_a_time(
    harness: ReadModelHarness,
) -> None:
    unpaid = list[int]()
    async with harness.run_projector(ITEMS) as reader:
        _, last = await _changed_later(harness)
        await reader.wait_until_reached(last)
        of_request = reader.batched(spend_rows=lambda _: unpaid.append(-1))

        def went_through(record: Any) -> None:
            unpaid.append(record.query.count("pages_between_as_of("))

        async with AsyncExitStack() as stack:
            # All of them at once, so that each is met.
            for _ in range(CONNECTIONS):
                connection = await stack.enter_async_context(harness.pool.acquire())
                connection.add_query_logger(went_through)
        # Each of them after all that changed: nothing is folded again, and paid for besides.
        instants = [AsOf(last, datetime(2020, 1, day, tzinfo=UTC)) for day in range(1, 11)]
        await asyncio.gather(
            *(of_request.pages(ITEMS, [ListKey(None)], one, first=1) for one in instants)
        )

    assert sum(unpaid) == 0
    assert 0 < max(accumulate(unpaid)) <= UNPAID
