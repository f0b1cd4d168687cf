"""Documents are read as of any position, many at once."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.view import ListKey
from intersessional.projections.kernel.view_errors import ViewBehind, ViewNotBuilt
from tests.infra.read_models.harness import ReadModelHarness
from tests.infra.read_models.item_views import ITEMS, TALLY, ItemDocument, ItemEvents


async def test_document_is_read_as_of_each_position(harness: ReadModelHarness) -> None:
    item_events, item = ItemEvents(), uuid4()
    async with harness.run_projector(ITEMS) as reader:
        await harness.record(item_events.begun(item, 1))
        last = await harness.record(item_events.changed(item, 2), item_events.changed(item, 3))

        await reader.wait_until_reached(last)
        stood = [await reader.get(ITEMS, [item], AsOf(n)) for n in range(last + 1)]

    assert stood[0] == {}
    assert [found[item].document.amounts for found in stood[1:]] == [(1,), (1, 2), (1, 2, 3)]
    assert [(found[item].created_at_position, found[item].position) for found in stood[1:]] == [
        (1, 1),
        (1, 2),
        (1, 3),
    ]


async def test_pages_of_many_parents_come_at_once_in_the_order_of_birth(
    harness: ReadModelHarness,
) -> None:
    item_events, owners, items = ItemEvents(), [uuid4(), uuid4()], [uuid4() for _ in range(5)]
    async with harness.run_projector(ITEMS) as reader:
        begun = [item_events.begun(item, owner=owners[n % 2]) for n, item in enumerate(items)]
        last = await harness.record(*begun)
        await reader.wait_until_reached(last)

        mine, others = ListKey(owners[0]), ListKey(owners[1])
        pages = await reader.pages(ITEMS, [mine, others, ListKey(None)], AsOf(last), first=2)
        after = pages[mine].items[-1].cursor
        second = await reader.pages(ITEMS, [mine], AsOf(last), first=2, after=after)
        earlier = await reader.pages(ITEMS, [mine], AsOf(3), first=2)

    assert [found.key for found in pages[mine].items] == [items[0], items[2]]
    assert [found.key for found in pages[others].items] == [items[1], items[3]]
    assert [(page.total, page.has_next) for page in pages.values()] == [
        (3, True),
        (2, False),
        (0, False),
    ]
    assert [found.key for found in second[mine].items] == [items[4]]
    assert (second[mine].total, second[mine].has_next) == (3, False)
    assert (earlier[mine].total, earlier[mine].has_next) == (2, False)


async def test_documents_of_one_kind_are_counted_apart(harness: ReadModelHarness) -> None:
    item_events, owner, items = ItemEvents(), uuid4(), [uuid4() for _ in range(3)]
    async with harness.run_projector(ITEMS) as reader:
        await harness.record(item_events.begun(items[0], owner=owner, kinds=["a", "b"]))
        await harness.record(item_events.begun(items[1], owner=owner, kinds=["a"]))
        last = await harness.record(item_events.begun(items[2], owner=owner))
        await reader.wait_until_reached(last)

        a, b, c = (ListKey(owner, kind) for kind in "abc")
        pages = await reader.pages(ITEMS, [a, b, c], AsOf(last), first=10)

    assert [pages[one].total for one in (a, b, c)] == [2, 1, 0]
    assert [found.key for found in pages[a].items] == items[:2]


async def test_event_that_had_not_happened_by_an_instant_is_left_out(
    harness: ReadModelHarness,
) -> None:
    item_events, item, later = ItemEvents(), uuid4(), uuid4()
    async with harness.run_projector(ITEMS) as reader:
        await harness.record(item_events.begun(item, 1, at="2018-04-04"))
        await harness.record(item_events.changed(item, 2, at="2018-06"))
        await harness.record(item_events.changed(item, 3, at="2018-04-10T12:00:00Z"))
        last = await harness.record(item_events.begun(later, 9, at="2019"))
        await reader.wait_until_reached(last)
        as_of = AsOf(last, _instant("2018-05-01T00:00:00Z"))

        got = await reader.get(ITEMS, [item, later], as_of)
        pages = await reader.pages(ITEMS, [ListKey(None)], as_of, first=10)

    assert got[item].document == ItemDocument(None, (), (1, 3))
    assert (got[item].created_at_position, got[item].position) == (1, 3)
    assert later not in got
    assert pages[ListKey(None)].items == [got[item]]
    assert pages[ListKey(None)].total == 1


async def test_event_within_its_day_is_uncertain_and_left_out(harness: ReadModelHarness) -> None:
    item_events, item = ItemEvents(), uuid4()
    async with harness.run_projector(ITEMS) as reader:
        await harness.record(item_events.begun(item, 1, at="2018-04-03"))
        last = await harness.record(item_events.changed(item, 2, at="2018-04-04"))
        await reader.wait_until_reached(last)
        noon, midnight = (
            AsOf(last, _instant(f"2018-04-{at}")) for at in ("04T12:00:00Z", "05T00:00:00Z")
        )

        at_noon = await reader.get(ITEMS, [item], noon)
        at_midnight = await reader.get(ITEMS, [item], midnight)
        uncertain = [await reader.uncertain(ITEMS, [item], as_of) for as_of in (noon, midnight)]
        history = await reader.histories(ITEMS, [item], noon)

    assert at_noon[item].document.amounts == (1,)
    assert at_midnight[item].document.amounts == (1, 2)
    assert [[one.position for one in of.get(item, [])] for of in uncertain] == [[2], []]
    assert [one.position for one in history[item]] == [1]


async def test_position_that_is_not_reached_is_refused(harness: ReadModelHarness) -> None:
    async with harness.run_projector(ITEMS) as reader:
        await reader.wait_until_reached(0)

        with pytest.raises(ViewBehind, match="is at 0, not yet at 1"):
            await reader.get(ITEMS, [uuid4()], AsOf(1))


async def test_view_that_was_never_built_is_refused(harness: ReadModelHarness) -> None:
    async with harness.run_projector(ITEMS) as reader:
        await reader.wait_until_reached(0)

        with pytest.raises(ViewNotBuilt):
            await reader.get(TALLY, [uuid4()], AsOf(0))


async def test_position_at_an_instant_waits_for_the_views(harness: ReadModelHarness) -> None:
    async with harness.run_projector(ITEMS) as reader:
        before = datetime.now(UTC)
        last = await harness.record(ItemEvents().begun(uuid4()))

        positions = [await reader.position_at(instant) for instant in (before, datetime.now(UTC))]

        assert positions == [last - 1, last]
        assert await reader.position() == last


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
