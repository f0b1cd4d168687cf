"""Documents are read as of any position, many at once."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.view_errors import ViewBehind, ViewNotBuilt
from tests.infra.read_models.things import TALLY, THINGS, Story, ThingDocument
from tests.infra.read_models.world import World


async def test_a_document_is_read_as_it_stood_at_each_position(world: World) -> None:
    story, thing = Story(), uuid4()
    async with world.projecting(THINGS) as reader:
        await world.record(story.begun(thing, 1))
        last = await world.record(story.changed(thing, 2), story.changed(thing, 3))

        await reader.reached(last)
        stood = [await reader.get(THINGS, [thing], AsOf(n)) for n in range(last + 1)]

    assert stood[0] == {}
    assert [found[thing].document.amounts for found in stood[1:]] == [(1,), (1, 2), (1, 2, 3)]
    assert [(found[thing].born, found[thing].position) for found in stood[1:]] == [
        (1, 1),
        (1, 2),
        (1, 3),
    ]


async def test_pages_of_many_parents_come_at_once_in_the_order_of_birth(world: World) -> None:
    story, owners, things = Story(), [uuid4(), uuid4()], [uuid4() for _ in range(5)]
    async with world.projecting(THINGS) as reader:
        begun = [story.begun(thing, owner=owners[n % 2]) for n, thing in enumerate(things)]
        last = await world.record(*begun)
        await reader.reached(last)

        pages = await reader.pages(THINGS, [*owners, None], AsOf(last), first=2)
        second = await reader.pages(THINGS, owners[:1], AsOf(last), first=2, after=3)
        earlier = await reader.pages(THINGS, owners[:1], AsOf(3), first=2)

    assert [found.key for found in pages[owners[0]].items] == [things[0], things[2]]
    assert [found.key for found in pages[owners[1]].items] == [things[1], things[3]]
    assert [(page.total, page.has_next) for page in pages.values()] == [
        (3, True),
        (2, False),
        (0, False),
    ]
    assert [found.key for found in second[owners[0]].items] == [things[4]]
    assert (second[owners[0]].total, second[owners[0]].has_next) == (3, False)
    assert (earlier[owners[0]].total, earlier[owners[0]].has_next) == (2, False)


async def test_one_kind_is_counted_apart(world: World) -> None:
    story, owner, things = Story(), uuid4(), [uuid4() for _ in range(3)]
    async with world.projecting(THINGS) as reader:
        await world.record(story.begun(things[0], owner=owner, kinds=["a", "b"]))
        await world.record(story.begun(things[1], owner=owner, kinds=["a"]))
        last = await world.record(story.begun(things[2], owner=owner))
        await reader.reached(last)

        a = await reader.pages(THINGS, [owner], AsOf(last), kind="a", first=10)
        b = await reader.pages(THINGS, [owner], AsOf(last), kind="b", first=10)
        c = await reader.pages(THINGS, [owner], AsOf(last), kind="c", first=10)

    assert [page[owner].total for page in (a, b, c)] == [2, 1, 0]
    assert [found.key for found in a[owner].items] == things[:2]


async def test_what_had_not_happened_by_an_instant_is_folded_out(world: World) -> None:
    story, thing, later = Story(), uuid4(), uuid4()
    async with world.projecting(THINGS) as reader:
        await world.record(story.begun(thing, 1, at="2018-04-04"))
        await world.record(story.changed(thing, 2, at="2018-06"))
        await world.record(story.changed(thing, 3, at="2018-04-10T12:00:00Z"))
        last = await world.record(story.begun(later, 9, at="2019"))
        await reader.reached(last)
        moment = AsOf(last, _instant("2018-05-01T00:00:00Z"))

        got = await reader.get(THINGS, [thing, later], moment)
        pages = await reader.pages(THINGS, [None], moment, first=10)

    assert got[thing].document == ThingDocument(None, (), (1, 3))
    assert (got[thing].born, got[thing].position) == (1, 3)
    assert later not in got
    assert pages[None].items == [got[thing]]
    assert pages[None].total == 1


async def test_inside_its_day_an_event_is_uncertain_and_left_out(world: World) -> None:
    story, thing = Story(), uuid4()
    async with world.projecting(THINGS) as reader:
        await world.record(story.begun(thing, 1, at="2018-04-03"))
        last = await world.record(story.changed(thing, 2, at="2018-04-04"))
        await reader.reached(last)
        noon, midnight = (
            AsOf(last, _instant(f"2018-04-{at}")) for at in ("04T12:00:00Z", "05T00:00:00Z")
        )

        at_noon = await reader.get(THINGS, [thing], noon)
        at_midnight = await reader.get(THINGS, [thing], midnight)
        uncertain = [await reader.uncertain(THINGS, [thing], moment) for moment in (noon, midnight)]
        history = await reader.histories(THINGS, [thing], noon)

    assert at_noon[thing].document.amounts == (1,)
    assert at_midnight[thing].document.amounts == (1, 2)
    assert [[one.position for one in of.get(thing, [])] for of in uncertain] == [[2], []]
    assert [one.position for one in history[thing]] == [1]


async def test_a_position_that_is_not_reached_is_never_answered(world: World) -> None:
    async with world.projecting(THINGS) as reader:
        await reader.reached(0)

        with pytest.raises(ViewBehind, match="is asked for 1, it is at 0"):
            await reader.get(THINGS, [uuid4()], AsOf(1))


async def test_a_view_that_was_never_built_does_not_answer(world: World) -> None:
    async with world.projecting(THINGS) as reader:
        await reader.reached(0)

        with pytest.raises(ViewNotBuilt):
            await reader.get(TALLY, [uuid4()], AsOf(0))


async def test_what_was_known_at_an_instant_is_answered_once_it_is_visible(world: World) -> None:
    async with world.projecting(THINGS) as reader:
        before = datetime.now(UTC)
        last = await world.record(Story().begun(uuid4()))

        positions = [
            await reader.position_known_at(instant) for instant in (before, datetime.now(UTC))
        ]

        assert positions == [last - 1, last]
        assert await reader.position() == last


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
