"""An event that a view cannot fold stops that view, and no other."""

from collections.abc import Callable, Collection
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from intersessional.infra.event_store.format.new_event import NewEvent
from intersessional.infra.read_models.projector.batch_fold import REASON_CHARS_MAX
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import CountKey, ListKey, under
from intersessional.projections.kernel.view_errors import ViewBehind, ViewsStopped
from tests.infra.read_models.harness import ReadModelHarness, eventually
from tests.infra.read_models.item_views import (
    ALL_ITEMS,
    ITEMS,
    TALLY,
    ItemDocument,
    ItemEvents,
    TallyDocument,
)

POISON = 13


def _fail_at_poison(item: ItemDocument | None, recorded: RecordedEvent) -> ItemDocument | None:
    if getattr(recorded.event, "amount", 0) == POISON:
        raise ZeroDivisionError("thirteen")
    return ITEMS.evolve(item, recorded)


def _fail_with_unprintable_text(_: ItemDocument | None, __: RecordedEvent) -> ItemDocument | None:
    raise ValueError("nul \x00, line \n, and on" + " and on" * REASON_CHARS_MAX)


FAILING_ITEMS = replace(ITEMS, evolve=_fail_at_poison)


async def test_view_stops_before_a_poison_event_and_the_others_run_on(
    harness: ReadModelHarness,
) -> None:
    item_events, item = ItemEvents(), uuid4()
    async with harness.run_projector(FAILING_ITEMS, TALLY) as reader:
        last = await harness.record(
            item_events.begun(item, 1),
            item_events.changed(item, POISON),
            item_events.changed(item, 3),
        )
        await reader.wait_until_reached(last)

        tally = await reader.get(TALLY, [ALL_ITEMS], AsOf(last))
        before = await reader.get(FAILING_ITEMS, [item], AsOf(1))
        with pytest.raises(ViewBehind, match="ZeroDivisionError: thirteen"):
            await reader.get(FAILING_ITEMS, [item], AsOf(2))
        checkpoints = {checkpoint.view: checkpoint for checkpoint in await reader.checkpoints()}

    assert tally[ALL_ITEMS].document == TallyDocument(3, 1 + POISON + 3)
    assert before[item].document.amounts == (1,)
    assert (checkpoints["items"].position, checkpoints["items"].stopped_at) == (1, 2)
    assert checkpoints["items"].reason == "ZeroDivisionError: thirteen"
    assert checkpoints["tally"].is_running


async def test_stopped_view_is_logged_as_an_error(
    harness: ReadModelHarness, caplog: pytest.LogCaptureFixture
) -> None:
    async with harness.run_projector(FAILING_ITEMS, TALLY) as reader:
        await reader.wait_until_reached(await harness.record(ItemEvents().begun(uuid4(), POISON)))

    [event_batches] = [record for record in caplog.records if record.levelname == "ERROR"]
    assert event_batches.getMessage() == "the view items, version 1, stops at position 1"
    assert event_batches.exc_info is not None
    assert event_batches.exc_info[0] is ZeroDivisionError


async def test_reason_is_stored_whatever_characters_it_contains(harness: ReadModelHarness) -> None:
    async with harness.run_projector(
        replace(ITEMS, evolve=_fail_with_unprintable_text), TALLY
    ) as reader:
        await reader.wait_until_reached(await harness.record(ItemEvents().begun(uuid4())))

        [reason] = [
            checkpoint.reason
            for checkpoint in await reader.checkpoints()
            if not checkpoint.is_running
        ]

    assert reason is not None
    assert reason.startswith("ValueError: nul \\x00, line \\n, and on")
    assert len(reason) == REASON_CHARS_MAX


async def test_view_stays_stopped_until_its_version_is_raised(harness: ReadModelHarness) -> None:
    item_events, item = ItemEvents(), uuid4()
    async with harness.run_projector(FAILING_ITEMS, TALLY) as reader:
        await reader.wait_until_reached(await harness.record(item_events.begun(item, POISON)))
    async with harness.run_projector(ITEMS, TALLY) as reader:
        last = await harness.record(item_events.changed(item, 2))
        await reader.wait_until_reached(last)
        with pytest.raises(ViewBehind):
            await reader.get(ITEMS, [item], AsOf(last))

    mended = replace(ITEMS, version=2)
    async with harness.run_projector(mended, TALLY) as reader:
        await harness.wait_until_served(reader, mended)
        found = await reader.get(mended, [item], AsOf(last))

    assert found[item].document.amounts == (POISON, 2)


async def test_event_that_cannot_be_decoded_stops_every_view_and_all_waiting(
    harness: ReadModelHarness,
) -> None:
    broken = NewEvent(stream=uuid4(), version=1, topic="item.begun.v1", state=b'{"act":{}}')
    async with harness.run_projector(ITEMS, TALLY) as reader:
        await harness.record(ItemEvents().begun(uuid4()))
        last = await harness.record_as_stored(broken)

        with pytest.raises(ViewsStopped):
            await reader.wait_until_reached(last)
        position = await reader.position()
        found = await reader.get(TALLY, [ALL_ITEMS], AsOf(position))

    assert position == last - 1
    assert found[ALL_ITEMS].document.events == last - 1


async def test_view_that_stops_while_first_built_is_read_up_to_there(
    harness: ReadModelHarness,
) -> None:
    item_events, item = ItemEvents(), uuid4()
    last = await harness.record(item_events.begun(item, 1), item_events.changed(item, POISON))
    async with harness.run_projector(FAILING_ITEMS, TALLY) as reader:
        await reader.wait_until_reached(last)

        before = await reader.get(FAILING_ITEMS, [item], AsOf(1))
        with pytest.raises(ViewBehind, match="ZeroDivisionError: thirteen"):
            await reader.get(FAILING_ITEMS, [item], AsOf(last))

    assert before[item].document.amounts == (1,)


async def test_views_that_all_stop_while_first_built_end_all_waiting(
    harness: ReadModelHarness,
) -> None:
    last = await harness.record(ItemEvents().begun(uuid4(), POISON))
    async with harness.run_projector(FAILING_ITEMS) as reader:
        with pytest.raises(ViewsStopped):
            await reader.wait_until_reached(last)


async def test_new_version_that_stops_leaves_the_old_one_served(harness: ReadModelHarness) -> None:
    item_events, item = ItemEvents(), uuid4()
    async with harness.run_projector(ITEMS) as reader:
        await reader.wait_until_reached(await harness.record(item_events.begun(item, POISON)))
    async with harness.run_projector(replace(FAILING_ITEMS, version=2), TALLY) as reader:

        async def has_stopped() -> bool:
            return any(not checkpoint.is_running for checkpoint in await reader.checkpoints())

        await eventually(has_stopped)
        await reader.wait_until_reached(await harness.record(item_events.begun(uuid4(), 1)))
        found = await reader.get(FAILING_ITEMS, [item], AsOf(1))

    assert found[item].document.amounts == (POISON,)


def _empty_kind(_: ItemDocument) -> Collection[ListKey]:
    return under(None, "")


def _kind_twice(_: ItemDocument) -> Collection[ListKey]:
    return under(None, "a", "a")


def _unprintable_kind(_: ItemDocument) -> Collection[ListKey]:
    return under(None, "a\0")


def _nil_parent(_: ItemDocument) -> Collection[ListKey]:
    return under(UUID(int=0))


@pytest.mark.parametrize(
    "lists",
    [_empty_kind, _kind_twice, _unprintable_kind, _nil_parent],
)
async def test_list_in_which_a_document_could_not_be_found_stops_the_view(
    harness: ReadModelHarness, lists: Callable[[ItemDocument], Collection[ListKey]]
) -> None:
    item_events, item = ItemEvents(), uuid4()
    async with harness.run_projector(replace(ITEMS, lists=lists), TALLY) as reader:
        last = await harness.record(item_events.begun(item), item_events.changed(item))
        await reader.wait_until_reached(last)

        checkpoints = {checkpoint.view: checkpoint for checkpoint in await reader.checkpoints()}

    assert not checkpoints["items"].is_running


def _nil_parent_count(_: ItemDocument) -> Collection[CountKey]:
    return [CountKey(UUID(int=0), "dimension", "value")]


def _count_of_another_parent(_: ItemDocument) -> Collection[CountKey]:
    return [CountKey(UUID(int=9), "dimension", "value")]


def _count_twice(item: ItemDocument) -> Collection[CountKey]:
    return [CountKey(_owner(item), "dimension", "value")] * 2


def _count_without_dimension(item: ItemDocument) -> Collection[CountKey]:
    return [CountKey(_owner(item), "", "value")]


def _unprintable_value(item: ItemDocument) -> Collection[CountKey]:
    return [CountKey(_owner(item), "dimension", "\0")]


def _owner(item: ItemDocument) -> UUID:
    assert item.owner is not None
    return item.owner


@pytest.mark.parametrize(
    "counts",
    [
        _nil_parent_count,
        _count_of_another_parent,
        _count_twice,
        _count_without_dimension,
        _unprintable_value,
    ],
)
async def test_count_that_could_not_be_read_stops_the_view(
    harness: ReadModelHarness, counts: Callable[[ItemDocument], Collection[CountKey]]
) -> None:
    async with harness.run_projector(replace(ITEMS, counts=counts), TALLY) as reader:
        last = await harness.record(ItemEvents().begun(uuid4(), owner=uuid4()))
        await reader.wait_until_reached(last)

        checkpoints = {checkpoint.view: checkpoint for checkpoint in await reader.checkpoints()}

    assert not checkpoints["items"].is_running
