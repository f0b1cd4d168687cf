"""The views of a node are built when its version of each is served, or can go no further."""

import asyncio
from dataclasses import replace

import pytest

from intersessional.domain.command_handling.event_store import Closed
from intersessional.infra.read_models.view_checkpoint import ViewCheckpoint
from intersessional.infra.read_models.view_progress import ViewProgress
from tests.infra.read_models.item_views import TALLY

OWN = ViewCheckpoint(
    id=2,
    view=TALLY.name,
    version=TALLY.version,
    position=9,
    served=True,
    stopped_at=None,
    reason=None,
)
EARLIER = replace(OWN, id=1, version=TALLY.version - 1)
LATER = replace(OWN, id=3, version=TALLY.version + 1)


async def is_built(*checkpoints: ViewCheckpoint, left_at: int | None = None) -> bool:
    """Whether the views count as built at position 9."""
    progress = ViewProgress([TALLY], lambda: None)
    if left_at is not None:
        progress.leave_to_a_later_version(left_at)
    progress.update(checkpoints)
    waiting = asyncio.create_task(progress.wait_until_built(9))
    await asyncio.sleep(0)
    built = waiting.done()
    waiting.cancel()
    return built


async def test_view_is_built_once_its_own_version_is_served_at_the_position() -> None:
    assert await is_built(OWN)
    assert not await is_built()
    assert not await is_built(replace(OWN, position=8))


async def test_version_before_does_not_count_while_the_new_one_is_built() -> None:
    assert not await is_built(EARLIER, replace(OWN, served=False))


async def test_view_that_cannot_go_further_is_not_waited_for() -> None:
    assert await is_built(replace(OWN, position=3, stopped_at=4, reason="x", served=False))
    assert await is_built(replace(OWN, position=3), LATER)
    assert await is_built(replace(OWN, position=3), left_at=4)
    assert not await is_built(replace(OWN, position=2), left_at=4)


async def test_waiting_ends_with_the_projector() -> None:
    progress = ViewProgress([TALLY], lambda: None)
    progress.close()

    with pytest.raises(Closed):
        await progress.wait_until_built(1)
