"""A short history whose stored documents a test changes, and the findings of replay."""

from uuid import UUID

from intersessional.infra.read_models.replay.differences import Difference
from tests.infra.read_models.harness import ReadModelHarness
from tests.infra.read_models.item_views import ITEMS, TALLY, ItemEvents

OWNER = UUID(int=77)
A, B, C = (UUID(int=n) for n in (1, 2, 3))
UNKNOWN_ID = UUID(int=4)

OF_ITEMS = "head = (SELECT id FROM view_heads WHERE view = 'items')"


async def record_three_items(harness: ReadModelHarness, *, leaves: bool = False) -> None:
    """Three items of one owner, folded and served: A at 1, 4, 7; B at 2, 5; C at 3, 6.

    B ``leaves`` all lists at 8.
    """
    item_events = ItemEvents()
    async with harness.run_projector(ITEMS, TALLY) as reader:
        for item, kinds in ((A, "a"), (B, "ab"), (C, "a")):
            await harness.record(item_events.begun(item, 1, owner=OWNER, kinds=kinds, at="2018-04"))
        last = await harness.record(*(item_events.changed(item, 2) for item in (A, B, C, A)))
        if leaves:
            last = await harness.record(item_events.removed(B))
        await reader.wait_until_reached(last)


async def item_differences(harness: ReadModelHarness) -> tuple[Difference, ...]:
    """The differences that replay finds in the items; it finds no others."""
    replayed = await harness.replay(ITEMS, TALLY)
    [items, tally] = replayed.views
    assert tally.differences == ()
    assert not replayed.agrees
    return items.differences
