"""A process that leads the views of a world until it is killed."""

import asyncio
import sys

from tests.infra.views.things import TALLY, THINGS
from tests.infra.views.world import a_world


async def lead(dsn: str, schema: str) -> None:
    """Lead, say so, and stay."""
    async with a_world(dsn, schema) as world, world.projecting(THINGS, TALLY) as reader:
        await reader.reached(0)
        sys.stdout.write("leading\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(lead(sys.argv[1], sys.argv[2]))
