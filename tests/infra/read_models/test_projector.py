"""Every event is folded exactly once, whoever leads and however that ends."""

import asyncio
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from intersessional.domain.kernel.event_store import Closed
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.fold import fold
from tests.infra.read_models.things import (
    ALL_THINGS,
    TALLY,
    THINGS,
    Story,
    TallyDocument,
    ThingDocument,
)
from tests.infra.read_models.world import WAIT_MAX_S, World, eventually


async def test_two_projectors_double_nothing(world: World) -> None:
    async with world.projecting(THINGS, TALLY) as one, world.projecting(THINGS, TALLY) as other:
        positions = await asyncio.gather(
            *(world.record(Story().begun(uuid4(), 1)) for _ in range(200))
        )
        last = max(positions)
        await one.reached(last)
        await other.reached(last)

        tallies = [await reader.get(TALLY, [ALL_THINGS], AsOf(last)) for reader in (one, other)]

    assert [found[ALL_THINGS].document for found in tallies] == [TallyDocument(200, 200)] * 2
    assert await world.rows("documents") == 2 * 200


async def test_a_follower_is_woken_by_the_leader(world: World) -> None:
    async with world.projecting(TALLY) as one:
        await one.reached(0)
        async with world.projecting(TALLY) as other:
            await other.reached(0)
            waiting = asyncio.gather(one.reached(1), other.reached(1))
            await asyncio.sleep(0)

            await world.record(Story().begun(uuid4(), 5))

            await waiting
            found = await other.get(TALLY, [ALL_THINGS], AsOf(1))

    assert found[ALL_THINGS].document == TallyDocument(1, 5)


async def test_a_leader_that_loses_its_connection_between_fold_and_commit_folds_again(
    world: World,
) -> None:
    async with world.projecting(THINGS, TALLY) as reader:
        await world.record(Story().begun(uuid4(), 1))
        await reader.reached(1)

        async with world.held_documents():
            await world.record(Story().begun(uuid4(), 2))
            pid = await world.waiting_leader()
            await world.end_session(pid)
        await reader.reached(2)
        found = await reader.get(TALLY, [ALL_THINGS], AsOf(2))

    assert found[ALL_THINGS].document == TallyDocument(2, 3)
    assert await world.rows("documents") == 2 * 2


async def test_a_follower_takes_over_from_a_leader_that_is_killed_between_fold_and_commit(
    world: World,
) -> None:
    async with killable_leader(world) as leader, world.projecting(THINGS, TALLY) as follower:
        await world.record(Story().begun(uuid4(), 1))
        await follower.reached(1)

        async with world.held_documents():
            await world.record(Story().begun(uuid4(), 2))
            await world.waiting_leader()
            leader.send_signal(signal.SIGKILL)
            await leader.wait()
        last = await world.record(Story().begun(uuid4(), 4))
        await follower.reached(last)
        found = await follower.get(TALLY, [ALL_THINGS], AsOf(last))

    assert found[ALL_THINGS].document == TallyDocument(3, 7)
    assert await world.rows("documents") == 2 * 3


async def test_leaders_that_lose_their_connections_again_and_again_double_nothing(
    world: World,
) -> None:
    async with (
        world.projecting(THINGS, TALLY, batch_max=3) as one,
        world.projecting(THINGS, TALLY, batch_max=5) as other,
    ):
        last = 0
        for _ in range(8):
            last = await world.record(*(Story().begun(uuid4(), 1) for _ in range(40)))
            await other.reached(last - 35)
            await world.end_session(await world.leader())
        await asyncio.gather(one.reached(last), other.reached(last))
        found = await one.get(TALLY, [ALL_THINGS], AsOf(last))

    assert found[ALL_THINGS].document == TallyDocument(last, last)
    assert (await world.replay(THINGS, TALLY)).agrees


async def test_a_leader_that_is_killed_amid_its_batches_leaves_nothing_half_done(
    world: World,
) -> None:
    last = await world.record(*(Story().begun(uuid4(), 1) for _ in range(1_500)))
    async with killable_leader(world, batch_max=4) as leader:

        async def has_begun() -> bool:
            position = await world.pool.fetchval("SELECT min(position) FROM view_heads")
            return int(position) > 100

        await eventually(has_begun)
        leader.send_signal(signal.SIGKILL)
        await leader.wait()
    async with world.projecting(THINGS, TALLY) as reader:
        await reader.reached(last)
        found = await reader.get(TALLY, [ALL_THINGS], AsOf(last))

    assert found[ALL_THINGS].document == TallyDocument(last, last)
    assert (await world.replay(THINGS, TALLY, chunk=500)).agrees


async def test_a_restarted_projector_goes_on_where_it_stood(world: World) -> None:
    story, thing = Story(), uuid4()
    async with world.projecting(THINGS) as reader:
        await reader.reached(await world.record(story.begun(thing, 1)))
    last = await world.record(story.changed(thing, 2), story.changed(thing, 3))

    async with world.projecting(THINGS) as reader:
        await reader.reached(last)
        found = await reader.get(THINGS, [thing], AsOf(last))

    assert found == fold(THINGS, await world.events(), AsOf(last))
    assert await world.rows("documents") == 3


async def test_views_over_a_record_that_is_already_there_are_read_when_they_are_built(
    world: World,
) -> None:
    story, thing = Story(), uuid4()
    last = await world.record(story.begun(thing, 1), *(story.changed(thing, n) for n in range(50)))

    async with world.projecting(THINGS, TALLY, batch_max=8) as reader:
        await reader.reached(last)

        found = await reader.get(THINGS, [thing], AsOf(last))

    assert found == fold(THINGS, await world.events(), AsOf(last))


async def test_who_still_waits_when_the_projector_ends_is_told(world: World) -> None:
    async with world.projecting(TALLY) as reader:
        waiting = asyncio.create_task(reader.reached(1))
        await reader.reached(0)

    with pytest.raises(Closed):
        await waiting


async def test_views_of_one_name_or_whose_documents_cannot_be_read_back_are_refused(
    world: World,
) -> None:
    either: Any = ThingDocument | TallyDocument

    with pytest.raises(ValueError, match="two views have the same name"):
        async with world.projecting(THINGS, replace(TALLY, name=THINGS.name)):
            pass
    with pytest.raises(TypeError):
        async with world.projecting(replace(THINGS, document=either)):
            pass


@asynccontextmanager
async def killable_leader(
    world: World, batch_max: int = 1_000
) -> AsyncGenerator[asyncio.subprocess.Process]:
    """A process of its own that leads the views of this world."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.infra.read_models.leader", world.dsn, world.schema,
        str(batch_max),
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
            await process.wait()
