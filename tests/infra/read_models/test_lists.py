"""Documents appear in and disappear from lists, and are counted; each state is kept."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.reader import Cursor
from intersessional.projections.kernel.view import ListKey
from tests.infra.read_models.harness import ReadModelHarness
from tests.infra.read_models.item_views import ITEMS, ItemEvents


async def test_document_moves_between_lists_and_each_state_is_kept(
    harness: ReadModelHarness,
) -> None:
    events, item, here, there = ItemEvents(), uuid4(), uuid4(), uuid4()
    async with harness.run_projector(ITEMS) as reader:
        await harness.record(events.begun(item, owner=here, kinds="a"))
        await harness.record(events.moved(item, there, "b"))
        await harness.record(events.moved(item, here, "ab"))
        last = await harness.record(events.removed(item))
        await reader.wait_until_reached(last)

        lists = [ListKey(owner, kind) for owner in (here, there) for kind in ("", "a", "b")]
        pages = [await reader.pages(ITEMS, lists, AsOf(n), first=10) for n in range(last + 1)]
        counts = [
            await reader.counts(ITEMS, [here, there], "kind", AsOf(n)) for n in range(last + 1)
        ]

    totals = [[page[one].total for one in lists] for page in pages]
    assert totals == [
        [0, 0, 0, 0, 0, 0],
        [1, 1, 0, 0, 0, 0],
        [0, 0, 0, 1, 0, 1],
        [1, 1, 1, 0, 0, 0],
        [0, 0, 0, 0, 0, 0],
    ]
    assert [[len(page[one].items) for one in lists] for page in pages] == totals
    assert [(of[here], of[there]) for of in counts] == [
        ({}, {}),
        ({"a": 1}, {}),
        ({}, {"b": 1}),
        ({"a": 1, "b": 1}, {}),
        ({}, {}),
    ]


async def test_several_documents_begun_in_one_batch_are_paged_by_key_too(
    harness: ReadModelHarness,
) -> None:
    events, owner, items = ItemEvents(), uuid4(), [uuid4() for _ in range(9)]
    async with harness.run_projector(ITEMS, batch_max=2) as reader:
        await harness.record(*(events.begun(item, owner=owner) for item in items))
        last = await harness.record(*(events.moved(item, None) for item in items[::2]))
        await reader.wait_until_reached(last)
        seen: list[UUID] = []
        after: Cursor | None = None
        listed = ListKey(owner)
        while True:
            page = (await reader.pages(ITEMS, [listed], AsOf(last), first=2, after=after))[listed]
            seen += [one.key for one in page.items]
            if not page.has_next:
                break
            after = page.items[-1].cursor

    assert seen == items[1::2]
    assert page.total == 4


async def test_list_as_of_an_instant_is_right_though_the_move_was_recorded_first(
    harness: ReadModelHarness,
) -> None:
    events, item, owner = ItemEvents(), uuid4(), uuid4()
    a, b = ListKey(owner, "a"), ListKey(owner, "b")
    answers: dict[str, tuple[list[int], Mapping[str, int]]] = {}
    async with harness.run_projector(ITEMS) as reader:
        await harness.record(events.begun(item, owner=owner, at="2018-01"))
        await harness.record(events.moved(item, owner, "b", at="2018-05"))
        last = await harness.record(events.moved(item, owner, "a", at="2018-03"))
        await reader.wait_until_reached(last)

        for month in ("02", "04", "06"):
            as_of = AsOf(last, datetime.fromisoformat(f"2018-{month}-15T00:00:00Z"))
            pages = await reader.pages(ITEMS, [a, b], as_of, first=10)
            counts = await reader.counts(ITEMS, [owner], "kind", as_of)
            answers[month] = [len(pages[one].items) for one in (a, b)], counts[owner]

    assert answers == {
        "02": ([0, 0], {}),
        "04": ([1, 0], {"a": 1}),
        "06": ([0, 1], {"b": 1}),
    }
