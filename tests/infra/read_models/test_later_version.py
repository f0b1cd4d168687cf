"""A node leaves its views to nodes of a later version where it does not know an event."""

import logging
from dataclasses import replace
from typing import Any, cast
from uuid import uuid4

import pytest

from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.infra.event_store.format.codec import Codec
from intersessional.projections.kernel.as_of import AsOf
from tests.infra.read_models.harness import ReadModelHarness, eventually
from tests.infra.read_models.item_views import ALL_ITEMS, TALLY, Item, ItemEvents, TallyDocument

# A plain class: the library takes a topic for one aggregate only.
_EARLIER_ITEM: Any = type(
    "EarlierItem", (), {"TOPIC": "item", "Begun": Item.Begun, "Changed": Item.Changed}
)
EARLIER = Codec([cast("type[Aggregate]", _EARLIER_ITEM)])
"""The codec of a version in which no item could be removed."""


async def test_view_waits_before_an_event_of_a_later_version_and_does_not_stop(
    harness: ReadModelHarness, caplog: pytest.LogCaptureFixture
) -> None:
    items, item = ItemEvents(), uuid4()
    async with harness.run_projector(TALLY, codec=EARLIER) as reader:
        await harness.wait_until_served(reader, TALLY)
        await harness.record(items.begun(item, 1), items.changed(item, 2), items.removed(item))
        await reader.wait_until_reached(2)
        await eventually(lambda: has_warned(caplog))

        [checkpoint] = await reader.checkpoints()

    assert (checkpoint.position, checkpoint.stopped_at) == (2, None)
    [warning] = [one for one in caplog.records if one.levelno == logging.WARNING]
    assert warning.getMessage() == "item.removed.v1 at position 3 is of a later version"


async def has_warned(caplog: pytest.LogCaptureFixture) -> bool:
    return any(one.levelno == logging.WARNING for one in caplog.records)


async def test_later_version_goes_on_where_the_earlier_one_waits(harness: ReadModelHarness) -> None:
    items, item = ItemEvents(), uuid4()
    async with harness.run_projector(TALLY, codec=EARLIER) as earlier:
        await harness.wait_until_served(earlier, TALLY)
        await harness.record(items.begun(item, 1), items.removed(item))
        await earlier.wait_until_reached(1)

        async with harness.run_projector(TALLY) as later:
            await later.wait_until_reached(2)
            last = await harness.record(items.begun(uuid4(), 5))
            await earlier.wait_until_reached(last)
            found = await earlier.get(TALLY, [ALL_ITEMS], AsOf(last))

    assert found[ALL_ITEMS].document == TallyDocument(3, 6)


async def test_event_of_a_plugin_that_is_not_installed_is_passed(
    harness: ReadModelHarness,
) -> None:
    event = harness.codec.new_event(ItemEvents().begun(uuid4(), 1))
    gone = replace(event, topic="gone.away.v1")

    async with harness.run_projector(TALLY, codec=EARLIER) as reader:
        await reader.wait_until_reached(await harness.record_as_stored(gone))
