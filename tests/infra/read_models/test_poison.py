"""An event that a view cannot fold stops that view, and no other."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from intersessional.infra.event_store.entries import NewEvent
from intersessional.infra.read_models.projector.batch_fold import REASON_MAX
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import Placement
from intersessional.projections.kernel.view_errors import ViewBehind, ViewsStopped
from tests.infra.read_models.things import (
    ALL_THINGS,
    TALLY,
    THINGS,
    Story,
    TallyDocument,
    ThingDocument,
)
from tests.infra.read_models.world import World, eventually

POISON = 13


def _squeamish(thing: ThingDocument | None, recorded: RecordedEvent) -> ThingDocument | None:
    if getattr(recorded.event, "amount", 0) == POISON:
        raise ZeroDivisionError("thirteen")
    return THINGS.evolve(thing, recorded)


def _garbled(_: ThingDocument | None, __: RecordedEvent) -> ThingDocument | None:
    raise ValueError("nul \x00, line \n, and on" + " and on" * REASON_MAX)


SQUEAMISH = replace(THINGS, evolve=_squeamish)


async def test_a_view_stops_before_the_event_and_the_others_go_on(world: World) -> None:
    story, thing = Story(), uuid4()
    async with world.projecting(SQUEAMISH, TALLY) as reader:
        last = await world.record(
            story.begun(thing, 1), story.changed(thing, POISON), story.changed(thing, 3)
        )
        await reader.reached(last)

        tally = await reader.get(TALLY, [ALL_THINGS], AsOf(last))
        before = await reader.get(SQUEAMISH, [thing], AsOf(1))
        with pytest.raises(ViewBehind, match="ZeroDivisionError: thirteen"):
            await reader.get(SQUEAMISH, [thing], AsOf(2))
        heads = {head.view: head for head in await reader.heads()}

    assert tally[ALL_THINGS].document == TallyDocument(3, 1 + POISON + 3)
    assert before[thing].document.amounts == (1,)
    assert (heads["things"].position, heads["things"].stopped_at) == (1, 2)
    assert heads["things"].reason == "ZeroDivisionError: thirteen"
    assert heads["tally"].moves


async def test_it_is_told_loudly(world: World, caplog: pytest.LogCaptureFixture) -> None:
    async with world.projecting(SQUEAMISH, TALLY) as reader:
        await reader.reached(await world.record(Story().begun(uuid4(), POISON)))

    [told] = [record for record in caplog.records if record.levelname == "ERROR"]
    assert told.getMessage() == "the view things, version 1, stops at position 1"
    assert told.exc_info is not None
    assert told.exc_info[0] is ZeroDivisionError


async def test_whatever_the_reason_says_it_can_be_recorded(world: World) -> None:
    async with world.projecting(replace(THINGS, evolve=_garbled), TALLY) as reader:
        await reader.reached(await world.record(Story().begun(uuid4())))

        [reason] = [head.reason for head in await reader.heads() if not head.moves]

    assert reason is not None
    assert reason.startswith("ValueError: nul \\x00, line \\n, and on")
    assert len(reason) == REASON_MAX


async def test_it_stays_stopped_until_its_version_is_raised(world: World) -> None:
    story, thing = Story(), uuid4()
    async with world.projecting(SQUEAMISH, TALLY) as reader:
        await reader.reached(await world.record(story.begun(thing, POISON)))
    async with world.projecting(THINGS, TALLY) as reader:
        last = await world.record(story.changed(thing, 2))
        await reader.reached(last)
        with pytest.raises(ViewBehind):
            await reader.get(THINGS, [thing], AsOf(last))

    mended = replace(THINGS, version=2)
    async with world.projecting(mended, TALLY) as reader:
        await world.served(reader, mended)
        found = await reader.get(mended, [thing], AsOf(last))

    assert found[thing].document.amounts == (POISON, 2)


async def test_an_event_that_cannot_be_read_stops_every_view_and_nobody_waits(
    world: World,
) -> None:
    broken = NewEvent(stream=uuid4(), version=1, topic="thing.begun.v1", state=b'{"act":{}}')
    async with world.projecting(THINGS, TALLY) as reader:
        await world.record(Story().begun(uuid4()))
        last = await world.record_as_stored(broken)

        with pytest.raises(ViewsStopped):
            await reader.reached(last)
        position = await reader.position()
        found = await reader.get(TALLY, [ALL_THINGS], AsOf(position))

    assert position == last - 1
    assert found[ALL_THINGS].document.events == last - 1


async def test_what_stops_while_it_is_first_built_is_read_as_far_as_it_came(world: World) -> None:
    story, thing = Story(), uuid4()
    last = await world.record(story.begun(thing, 1), story.changed(thing, POISON))
    async with world.projecting(SQUEAMISH, TALLY) as reader:
        await reader.reached(last)

        before = await reader.get(SQUEAMISH, [thing], AsOf(1))
        with pytest.raises(ViewBehind, match="ZeroDivisionError: thirteen"):
            await reader.get(SQUEAMISH, [thing], AsOf(last))

    assert before[thing].document.amounts == (1,)


async def test_when_all_stop_while_they_are_first_built_nobody_waits(world: World) -> None:
    last = await world.record(Story().begun(uuid4(), POISON))
    async with world.projecting(SQUEAMISH) as reader:
        with pytest.raises(ViewsStopped):
            await reader.reached(last)


async def test_a_new_version_that_stops_leaves_the_old_one_served(world: World) -> None:
    story, thing = Story(), uuid4()
    async with world.projecting(THINGS) as reader:
        await reader.reached(await world.record(story.begun(thing, POISON)))
    async with world.projecting(replace(SQUEAMISH, version=2), TALLY) as reader:

        async def has_stopped() -> bool:
            return any(not head.moves for head in await reader.heads())

        await eventually(has_stopped)
        await reader.reached(await world.record(story.begun(uuid4(), 1)))
        found = await reader.get(SQUEAMISH, [thing], AsOf(1))

    assert found[thing].document.amounts == (POISON,)


def _moving(thing: ThingDocument) -> Placement:
    return Placement(UUID(int=len(thing.amounts)))


def _of_an_empty_kind(_: ThingDocument) -> Placement:
    return Placement(None, ("",))


def _of_a_kind_twice(_: ThingDocument) -> Placement:
    return Placement(None, ("a", "a"))


def _of_a_kind_nobody_can_ask_for(_: ThingDocument) -> Placement:
    return Placement(None, ("a\0",))


def _under_nil(_: ThingDocument) -> Placement:
    return Placement(UUID(int=0))


@pytest.mark.parametrize(
    "shelf",
    [_moving, _of_an_empty_kind, _of_a_kind_twice, _of_a_kind_nobody_can_ask_for, _under_nil],
)
async def test_a_shelf_where_a_document_could_not_be_found_again_stops_the_view(
    world: World, shelf: Callable[[ThingDocument], Placement]
) -> None:
    story, thing = Story(), uuid4()
    async with world.projecting(replace(THINGS, shelf=shelf), TALLY) as reader:
        last = await world.record(story.begun(thing), story.changed(thing))
        await reader.reached(last)

        heads = {head.view: head for head in await reader.heads()}

    assert not heads["things"].moves


def _vanishing(thing: ThingDocument | None, recorded: RecordedEvent) -> ThingDocument | None:
    return None if thing else THINGS.evolve(None, recorded)


async def test_a_document_that_goes_away_stops_the_view(world: World) -> None:
    story, thing = Story(), uuid4()
    async with world.projecting(replace(THINGS, evolve=_vanishing), TALLY) as reader:
        await reader.reached(await world.record(story.begun(thing), story.changed(thing)))

        heads = {head.view: head for head in await reader.heads()}

    assert heads["things"].stopped_at == 2
