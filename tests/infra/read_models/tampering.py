"""A history whose folded documents someone tampers with, and what replay finds."""

from uuid import UUID

from intersessional.infra.read_models.replay.differences import Difference
from tests.infra.read_models.things import TALLY, THINGS, Story
from tests.infra.read_models.world import World

OWNER = UUID(int=77)
A, B, C = (UUID(int=n) for n in (1, 2, 3))
STRANGER = UUID(int=4)

OF_THINGS = "head = (SELECT id FROM view_heads WHERE view = 'things')"


async def a_history(world: World) -> None:
    """Three things of one owner, folded and served: A at 1, 4, 7; B at 2, 5; C at 3, 6."""
    story = Story()
    async with world.projecting(THINGS, TALLY) as reader:
        for thing, kinds in ((A, "a"), (B, "ab"), (C, "a")):
            await world.record(story.begun(thing, 1, owner=OWNER, kinds=kinds, at="2018-04"))
        last = await world.record(*(story.changed(thing, 2) for thing in (A, B, C, A)))
        await reader.reached(last)


async def differences(world: World) -> tuple[Difference, ...]:
    """What replay finds in the things, and in nothing else."""
    replayed = await world.replay(THINGS, TALLY)
    [things, tally] = replayed.views
    assert tally.differences == ()
    assert not replayed.agrees
    return things.differences
