"""A new version of a view is built beside the old one, which serves meanwhile."""

import asyncio
from dataclasses import dataclass, replace
from uuid import uuid4

import pytest
from msgspec import ValidationError

from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.fold import fold
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import Placement, View
from intersessional.projections.kernel.view_errors import ViewNotBuilt
from tests.infra.read_models.things import ALL_THINGS, TALLY, THINGS, Story, TallyDocument
from tests.infra.read_models.world import World, eventually


def _twice(tally: TallyDocument | None, recorded: RecordedEvent) -> TallyDocument | None:
    after = TALLY.evolve(tally, recorded)
    added = getattr(recorded.event, "amount", 0)
    return None if after is None else replace(after, amount=after.amount + added)


TWICE = replace(TALLY, version=2, evolve=_twice)


@dataclass(frozen=True)
class CountDocument:
    """How many events there were."""

    count: int


def _count(counted: CountDocument | None, _: RecordedEvent) -> CountDocument:
    return CountDocument(1 if counted is None else counted.count + 1)


OF_ANOTHER_SHAPE = View(
    name=TALLY.name,
    version=2,
    document=CountDocument,
    key=TALLY.key,
    evolve=_count,
    shelf=lambda _: Placement(),
)


async def test_both_versions_answer_while_everything_is_being_written(world: World) -> None:
    async with world.projecting(TALLY, THINGS) as old:
        await world.record(*(Story().begun(uuid4(), 1) for _ in range(300)))
        await old.reached(300)

        async with (
            asyncio.TaskGroup() as tasks,
            world.projecting(TWICE, THINGS, batch_max=40) as new,
        ):
            writing = tasks.create_task(_write(world, 100))
            await world.served(new, TWICE)
            last = await writing
            await asyncio.gather(old.reached(last), new.reached(last))
            once = await old.get(TALLY, [ALL_THINGS], AsOf(last))
            twice = await new.get(TWICE, [ALL_THINGS], AsOf(last))
            earlier = await new.get(TWICE, [ALL_THINGS], AsOf(77))

    assert last == 400
    assert once[ALL_THINGS].document == TallyDocument(400, 400)
    assert twice[ALL_THINGS].document == TallyDocument(400, 800)
    assert earlier[ALL_THINGS].document == TallyDocument(77, 154)


async def test_whoever_reads_on_notices_nothing_of_the_switch(world: World) -> None:
    async with world.projecting(TALLY, THINGS) as old:
        await old.reached(await world.record(*(Story().begun(uuid4(), 1) for _ in range(200))))

        async with (
            asyncio.TaskGroup() as tasks,
            world.projecting(TWICE, THINGS, batch_max=4) as new,
        ):
            writing = tasks.create_task(_write(world, 60))
            seen: list[tuple[int, TallyDocument]] = []

            async def is_read_anew_and_all_is_written() -> bool:
                position = await new.position()
                found = await new.get(TWICE, [ALL_THINGS], AsOf(position))
                seen.append((position, found[ALL_THINGS].document))
                return seen[-1][1].amount > position and writing.done()

            async with world.held_documents():
                assert not await is_read_anew_and_all_is_written()
            await eventually(is_read_anew_and_all_is_written)

    positions = [position for position, _ in seen]
    amounts = [document.amount // position for position, document in seen]
    assert positions == sorted(positions)
    assert amounts == sorted(amounts)
    assert {*amounts} == {1, 2}
    assert all(document.events == position for position, document in seen)


async def test_the_old_version_serves_until_the_new_one_has_caught_up(world: World) -> None:
    async with world.projecting(TALLY) as reader:
        await reader.reached(await world.record(Story().begun(uuid4(), 1)))

    async with world.held_documents(), world.projecting(TWICE) as reader:
        await world.waiting_leader()
        meanwhile = await reader.get(TWICE, [ALL_THINGS], AsOf(1))

    assert meanwhile[ALL_THINGS].document == TallyDocument(1, 1)


async def test_old_documents_that_no_longer_fit_do_not_answer(world: World) -> None:
    async with world.projecting(TALLY) as reader:
        await reader.reached(await world.record(Story().begun(uuid4(), 1)))

    async with world.held_documents(), world.projecting(OF_ANOTHER_SHAPE) as reader:
        await world.waiting_leader()
        with pytest.raises(ViewNotBuilt):
            await reader.get(OF_ANOTHER_SHAPE, [ALL_THINGS], AsOf(1))


async def test_a_document_of_its_own_version_that_cannot_be_read_is_a_fault(world: World) -> None:
    async with world.projecting(TALLY) as reader:
        await reader.reached(await world.record(Story().begun(uuid4(), 1)))
        await world.server.execute("UPDATE documents SET document = '{}'")

        with pytest.raises(ValidationError):
            await reader.get(TALLY, [ALL_THINGS], AsOf(1))


async def test_what_is_new_does_not_answer_and_holds_nobody_up_while_it_is_built(
    world: World,
) -> None:
    async with world.projecting(THINGS) as reader:
        await reader.reached(await world.record(Story().begun(uuid4(), 1)))

    async with world.projecting(THINGS, TALLY) as reader:
        async with world.held_documents():
            await world.waiting_leader()
            await reader.reached(1)
            with pytest.raises(ViewNotBuilt):
                await reader.get(TALLY, [ALL_THINGS], AsOf(1))
        await world.served(reader, TALLY)
        found = await reader.get(TALLY, [ALL_THINGS], AsOf(1))

    assert found[ALL_THINGS].document == TallyDocument(1, 1)


async def test_the_old_documents_are_removed_once_nobody_leads_their_version(
    world: World,
) -> None:
    things = [uuid4() for _ in range(10)]
    async with world.projecting(THINGS) as old:
        last = await world.record(*(Story().begun(thing, 1) for thing in things))
        await old.reached(last)
        newer = replace(THINGS, version=2)
        async with world.projecting(newer) as new:
            await world.served(new, newer)
            kept = await old.get(THINGS, things, AsOf(last))
            versions = {head.version for head in await new.heads()}
    async with world.projecting(newer) as new:

        async def only_one_is_left() -> bool:
            return len(await new.heads()) == 1

        await eventually(only_one_is_left)
        [head] = await new.heads()
        found = await new.get(newer, things, AsOf(last))

    assert versions == {1, 2}
    assert kept == found == fold(THINGS, await world.events(), AsOf(last))
    assert (head.version, head.served) == (2, True)
    assert await world.rows("documents") == len(things)
    assert await world.rows("shelves") == len(things)


async def _write(world: World, events: int) -> int:
    last = 0
    for _ in range(events):
        last = await world.record(Story().begun(uuid4(), 1))
    return last
