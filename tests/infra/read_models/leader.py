"""A process that leads the views of a world until it is killed."""

import asyncio
import sys

from tests.infra.read_models.things import TALLY, THINGS
from tests.infra.read_models.world import a_world


async def lead(dsn: str, schema: str, batch_max: int) -> None:
    """Lead, say so, and stay."""
    async with (
        a_world(dsn, schema) as world,
        world.projecting(THINGS, TALLY, batch_max=batch_max),
    ):
        await world.leader()
        sys.stdout.write("leading\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(lead(sys.argv[1], sys.argv[2], int(sys.argv[3])))
