"""Every event is folded exactly once, also when leaders lose their connection or are killed."""

import asyncio
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from intersessional.domain.command_handling.event_store import Closed
from intersessional.infra.read_models.view_progress import ViewProgress
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.epochs import RecordChanged
from intersessional.projections.kernel.fold import fold
from intersessional.projections.kernel.view_errors import ViewNotBuilt
from tests.infra.event_store.other_server import lose_tail, replace_server
from tests.infra.read_models.harness import WAIT_MAX_S, ReadModelHarness, eventually
from tests.infra.read_models.item_views import (
    ALL_ITEMS,
    ITEMS,
    TALLY,
    ItemDocument,
    ItemEvents,
    TallyDocument,
)


async def test_two_projectors_fold_each_event_once(harness: ReadModelHarness) -> None:
    async with (
        harness.run_projector(ITEMS, TALLY) as one,
        harness.run_projector(ITEMS, TALLY) as other,
    ):
        positions = await asyncio.gather(
            *(harness.record(ItemEvents().begun(uuid4(), 1)) for _ in range(200))
        )
        last = max(positions)
        await one.wait_until_reached(last)
        await other.wait_until_reached(last)

        tallies = [await reader.get(TALLY, [ALL_ITEMS], AsOf(last)) for reader in (one, other)]

    assert [found[ALL_ITEMS].document for found in tallies] == [TallyDocument(200, 200)] * 2
    assert await harness.row_count("documents") == 2 * 200


async def test_follower_is_woken_by_the_leader(harness: ReadModelHarness) -> None:
    async with harness.run_projector(TALLY) as one:
        await one.wait_until_reached(0)
        async with harness.run_projector(TALLY) as other:
            await other.wait_until_reached(0)
            waiting = asyncio.gather(one.wait_until_reached(1), other.wait_until_reached(1))
            await asyncio.sleep(0)

            await harness.record(ItemEvents().begun(uuid4(), 5))

            await waiting
            found = await other.get(TALLY, [ALL_ITEMS], AsOf(1))

    assert found[ALL_ITEMS].document == TallyDocument(1, 5)


async def test_leader_that_loses_its_connection_between_fold_and_commit_folds_again(
    harness: ReadModelHarness,
) -> None:
    async with harness.run_projector(ITEMS, TALLY) as reader:
        await harness.record(ItemEvents().begun(uuid4(), 1))
        await reader.wait_until_reached(1)

        async with harness.block_document_writes():
            await harness.record(ItemEvents().begun(uuid4(), 2))
            pid = await harness.blocked_leader_pid()
            await harness.end_session(pid)
        await reader.wait_until_reached(2)
        found = await reader.get(TALLY, [ALL_ITEMS], AsOf(2))

    assert found[ALL_ITEMS].document == TallyDocument(2, 3)
    assert await harness.row_count("documents") == 2 * 2


async def test_follower_takes_over_from_a_leader_killed_between_fold_and_commit(
    harness: ReadModelHarness,
) -> None:
    async with killable_leader(harness) as leader, harness.run_projector(ITEMS, TALLY) as follower:
        await harness.record(ItemEvents().begun(uuid4(), 1))
        await follower.wait_until_reached(1)

        async with harness.block_document_writes():
            await harness.record(ItemEvents().begun(uuid4(), 2))
            await harness.blocked_leader_pid()
            leader.send_signal(signal.SIGKILL)
            await leader.wait()
        last = await harness.record(ItemEvents().begun(uuid4(), 4))
        await follower.wait_until_reached(last)
        found = await follower.get(TALLY, [ALL_ITEMS], AsOf(last))

    assert found[ALL_ITEMS].document == TallyDocument(3, 7)
    assert await harness.row_count("documents") == 2 * 3


async def test_leaders_that_lose_their_connections_repeatedly_fold_each_event_once(
    harness: ReadModelHarness,
) -> None:
    async with (
        harness.run_projector(ITEMS, TALLY, batch_max=3) as one,
        harness.run_projector(ITEMS, TALLY, batch_max=5) as other,
    ):
        last = 0
        for _ in range(8):
            last = await harness.record(*(ItemEvents().begun(uuid4(), 1) for _ in range(40)))
            await other.wait_until_reached(last - 35)
            await harness.end_session(await harness.leader_pid())
        await asyncio.gather(one.wait_until_reached(last), other.wait_until_reached(last))
        found = await one.get(TALLY, [ALL_ITEMS], AsOf(last))

    assert found[ALL_ITEMS].document == TallyDocument(last, last)
    assert (await harness.replay(ITEMS, TALLY)).agrees


async def test_leader_killed_between_batches_leaves_no_partial_batch(
    harness: ReadModelHarness,
) -> None:
    last = await harness.record(*(ItemEvents().begun(uuid4(), 1) for _ in range(1_500)))
    async with killable_leader(harness, batch_max=4) as leader:

        async def has_begun() -> bool:
            position: int | None = await harness.pool.fetchval(
                "SELECT min(position) FROM view_heads"
            )
            return position is not None and position > 100

        await eventually(has_begun)
        leader.send_signal(signal.SIGKILL)
        await leader.wait()
    async with harness.run_projector(ITEMS, TALLY) as reader:
        await reader.wait_until_reached(last)
        found = await reader.get(TALLY, [ALL_ITEMS], AsOf(last))

    assert found[ALL_ITEMS].document == TallyDocument(last, last)
    assert (await harness.replay(ITEMS, TALLY, chunk_events=500)).agrees


async def test_projector_continues_from_its_checkpoint_after_a_restart(
    harness: ReadModelHarness,
) -> None:
    item_events, item = ItemEvents(), uuid4()
    async with harness.run_projector(ITEMS) as reader:
        await reader.wait_until_reached(await harness.record(item_events.begun(item, 1)))
    last = await harness.record(item_events.changed(item, 2), item_events.changed(item, 3))

    async with harness.run_projector(ITEMS) as reader:
        await reader.wait_until_reached(last)
        found = await reader.get(ITEMS, [item], AsOf(last))

    assert found == fold(ITEMS, await harness.events(), AsOf(last))
    assert await harness.row_count("documents") == 3


async def test_views_over_an_existing_log_are_read_once_they_are_built(
    harness: ReadModelHarness,
) -> None:
    item_events, item = ItemEvents(), uuid4()
    last = await harness.record(
        item_events.begun(item, 1), *(item_events.changed(item, n) for n in range(50))
    )

    async with harness.run_projector(ITEMS, TALLY, batch_max=8) as reader:
        await reader.wait_until_reached(last)

        found = await reader.get(ITEMS, [item], AsOf(last))

    assert found == fold(ITEMS, await harness.events(), AsOf(last))


async def test_waiting_task_gets_an_error_when_the_projector_ends(
    harness: ReadModelHarness,
) -> None:
    async with harness.run_projector(TALLY) as reader:
        waiting = asyncio.create_task(reader.wait_until_reached(1))
        await reader.wait_until_reached(0)

    with pytest.raises(Closed):
        await waiting


async def test_views_with_equal_names_or_unreadable_documents_are_refused(
    harness: ReadModelHarness,
) -> None:
    either: Any = ItemDocument | TallyDocument

    with pytest.raises(ValueError, match="two views have the same name"):
        async with harness.run_projector(ITEMS, replace(TALLY, name=ITEMS.name)):
            pass
    with pytest.raises(TypeError):
        async with harness.run_projector(replace(ITEMS, document=either)):
            pass


@asynccontextmanager
async def killable_leader(
    harness: ReadModelHarness, batch_max: int = 1_000
) -> AsyncGenerator[asyncio.subprocess.Process]:
    """A process of its own that leads the views."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.infra.read_models.leader_process"),
        *(harness.owner_dsn, harness.schema, str(batch_max)),
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        async with asyncio.timeout(WAIT_MAX_S):
            assert await process.stdout.readline() == b"leading\n"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_task_that_waits_for_a_lost_event_is_told() -> None:
    progress = ViewProgress([TALLY], lambda: None)
    lost, kept = (asyncio.ensure_future(progress.wait_until_reached(n)) for n in (3, 2))
    await asyncio.sleep(0)

    progress.lose(2)

    with pytest.raises(RecordChanged):
        await lost
    progress.close()
    with pytest.raises(Closed):
        await kept


async def test_views_of_a_longer_log_are_folded_again(
    harness: ReadModelHarness, caplog: pytest.LogCaptureFixture
) -> None:
    items = ItemEvents()
    await harness.record(*(items.begun(uuid4(), 1) for _ in range(3)))
    peaks = [*(await harness.log.head()).frontier]
    await harness.record(*(items.begun(uuid4(), 1) for _ in range(4)))
    async with harness.run_projector(TALLY, ITEMS) as reader:
        await reader.wait_until_reached(7)
    # Only the tables of the record are restored, not those of the views.
    await replace_server(harness.server)
    await lose_tail(harness.server, 3, peaks)

    async with harness.run_projector(TALLY, ITEMS) as reader:

        async def tally() -> TallyDocument | None:
            try:
                found = await reader.get(TALLY, [ALL_ITEMS], AsOf(3))
            except ViewNotBuilt:
                return None
            return found[ALL_ITEMS].document if found[ALL_ITEMS].position <= 3 else None

        async def is_folded_again() -> bool:
            return {one.position for one in await reader.checkpoints()} == {3}

        await eventually(is_folded_again)
        assert await eventually(tally) == TallyDocument(3, 3)
        last = await harness.record(items.begun(uuid4(), 1))
        await reader.wait_until_reached(last)

    assert last == 4
    assert (await harness.replay(TALLY, ITEMS)).agrees
    said = [one for one in caplog.records if "folded again" in one.message]
    assert len(said) == 2
