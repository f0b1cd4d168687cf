"""A new version of a view is built beside the old one, which serves meanwhile."""

import asyncio
from dataclasses import dataclass, replace
from uuid import uuid4

import pytest
from msgspec import ValidationError

from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.fold import fold
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, under
from intersessional.projections.kernel.view_errors import ViewNotBuilt
from tests.infra.read_models.harness import ReadModelHarness, eventually
from tests.infra.read_models.item_views import ALL_ITEMS, ITEMS, TALLY, ItemEvents, TallyDocument
from tests.infra.read_models.tampering import record_three_items


def _twice(tally: TallyDocument | None, recorded: RecordedEvent) -> TallyDocument | None:
    after = TALLY.evolve(tally, recorded)
    added = getattr(recorded.event, "amount", 0)
    return None if after is None else replace(after, amount=after.amount + added)


TWICE = replace(TALLY, version=2, evolve=_twice)


@dataclass(frozen=True)
class CountDocument:
    """The number of events."""

    count: int


def _count(counted: CountDocument | None, _: RecordedEvent) -> CountDocument:
    return CountDocument(1 if counted is None else counted.count + 1)


OF_ANOTHER_TYPE = View(
    name=TALLY.name,
    version=2,
    document=CountDocument,
    keys=TALLY.keys,
    evolve=_count,
    lists=lambda _: under(None),
)


async def test_both_versions_answer_while_events_are_appended(harness: ReadModelHarness) -> None:
    async with harness.run_projector(TALLY, ITEMS) as old:
        await harness.record(*(ItemEvents().begun(uuid4(), 1) for _ in range(300)))
        await old.wait_until_reached(300)

        async with (
            asyncio.TaskGroup() as tasks,
            harness.run_projector(TWICE, ITEMS, batch_max=40) as new,
        ):
            writing = tasks.create_task(_write(harness, 100))
            await harness.wait_until_served(new, TWICE)
            last = await writing
            await asyncio.gather(old.wait_until_reached(last), new.wait_until_reached(last))
            once = await old.get(TALLY, [ALL_ITEMS], AsOf(last))
            twice = await new.get(TWICE, [ALL_ITEMS], AsOf(last))
            earlier = await new.get(TWICE, [ALL_ITEMS], AsOf(77))

    assert last == 400
    assert once[ALL_ITEMS].document == TallyDocument(400, 400)
    assert twice[ALL_ITEMS].document == TallyDocument(400, 800)
    assert earlier[ALL_ITEMS].document == TallyDocument(77, 154)


async def test_reader_never_goes_back_when_the_new_version_takes_over(
    harness: ReadModelHarness,
) -> None:
    async with harness.run_projector(TALLY, ITEMS) as old:
        await old.wait_until_reached(
            await harness.record(*(ItemEvents().begun(uuid4(), 1) for _ in range(200)))
        )

        async with (
            asyncio.TaskGroup() as tasks,
            harness.run_projector(TWICE, ITEMS, batch_max=4) as new,
        ):
            writing = tasks.create_task(_write(harness, 60))
            seen: list[tuple[int, TallyDocument]] = []

            async def is_read_anew_and_all_is_written() -> bool:
                position = await new.position()
                found = await new.get(TWICE, [ALL_ITEMS], AsOf(position))
                seen.append((position, found[ALL_ITEMS].document))
                return seen[-1][1].amount > position and writing.done()

            async with harness.block_document_writes():
                assert not await is_read_anew_and_all_is_written()
            await eventually(is_read_anew_and_all_is_written)

    positions = [position for position, _ in seen]
    amounts = [document.amount // position for position, document in seen]
    assert positions == sorted(positions)
    assert amounts == sorted(amounts)
    assert {*amounts} == {1, 2}
    assert all(document.events == position for position, document in seen)


async def test_old_version_serves_until_the_new_one_has_caught_up(
    harness: ReadModelHarness,
) -> None:
    async with harness.run_projector(TALLY) as reader:
        await reader.wait_until_reached(await harness.record(ItemEvents().begun(uuid4(), 1)))

    async with harness.block_document_writes(), harness.run_projector(TWICE) as reader:
        await harness.blocked_leader_pid()
        meanwhile = await reader.get(TWICE, [ALL_ITEMS], AsOf(1))

    assert meanwhile[ALL_ITEMS].document == TallyDocument(1, 1)


async def test_old_documents_of_another_type_do_not_answer(harness: ReadModelHarness) -> None:
    async with harness.run_projector(TALLY) as reader:
        await reader.wait_until_reached(await harness.record(ItemEvents().begun(uuid4(), 1)))

    async with harness.block_document_writes(), harness.run_projector(OF_ANOTHER_TYPE) as reader:
        await harness.blocked_leader_pid()
        with pytest.raises(ViewNotBuilt):
            await reader.get(OF_ANOTHER_TYPE, [ALL_ITEMS], AsOf(1))


async def test_unreadable_document_of_the_own_version_is_an_error(
    harness: ReadModelHarness,
) -> None:
    async with harness.run_projector(TALLY) as reader:
        await reader.wait_until_reached(await harness.record(ItemEvents().begun(uuid4(), 1)))
        await harness.server.execute("UPDATE documents SET document = '{}'")

        with pytest.raises(ValidationError):
            await reader.get(TALLY, [ALL_ITEMS], AsOf(1))


async def test_new_view_does_not_answer_and_delays_no_other_while_it_is_built(
    harness: ReadModelHarness,
) -> None:
    async with harness.run_projector(ITEMS) as reader:
        await reader.wait_until_reached(await harness.record(ItemEvents().begun(uuid4(), 1)))

    async with harness.run_projector(ITEMS, TALLY) as reader:
        async with harness.block_document_writes():
            await harness.blocked_leader_pid()
            await reader.wait_until_reached(1)
            with pytest.raises(ViewNotBuilt):
                await reader.get(TALLY, [ALL_ITEMS], AsOf(1))
        await harness.wait_until_served(reader, TALLY)
        found = await reader.get(TALLY, [ALL_ITEMS], AsOf(1))

    assert found[ALL_ITEMS].document == TallyDocument(1, 1)


async def test_old_documents_are_removed_once_no_session_leads_their_version(
    harness: ReadModelHarness,
) -> None:
    items = [uuid4() for _ in range(10)]
    async with harness.run_projector(ITEMS) as old:
        last = await harness.record(*(ItemEvents().begun(item, 1) for item in items))
        await old.wait_until_reached(last)
        newer = replace(ITEMS, version=2)
        async with harness.run_projector(newer) as new:
            await harness.wait_until_served(new, newer)
            cache = await old.get(ITEMS, items, AsOf(last))
            versions = {checkpoint.version for checkpoint in await new.checkpoints()}
    async with harness.run_projector(newer) as new:

        async def only_one_is_left() -> bool:
            return len(await new.checkpoints()) == 1

        await eventually(only_one_is_left)
        [checkpoint] = await new.checkpoints()
        found = await new.get(newer, items, AsOf(last))

    assert versions == {1, 2}
    assert cache == found == fold(ITEMS, await harness.events(), AsOf(last))
    assert (checkpoint.version, checkpoint.served) == (2, True)
    assert await harness.row_count("documents") == len(items)
    assert await harness.row_count("list_entries") == len(items)


async def _write(harness: ReadModelHarness, events: int) -> int:
    last = 0
    for _ in range(events):
        last = await harness.record(ItemEvents().begun(uuid4(), 1))
    return last


async def test_view_that_somebody_has_set_back_is_folded_again(harness: ReadModelHarness) -> None:
    await record_three_items(harness)
    await harness.pool.execute("UPDATE view_heads SET position = 2 WHERE view = 'items'")

    async def is_folded_again() -> bool:
        return (await harness.replay(ITEMS, TALLY)).agrees

    async with harness.run_projector(ITEMS, TALLY):
        await harness.record(ItemEvents().begun(uuid4(), 1))
        await eventually(is_folded_again)
