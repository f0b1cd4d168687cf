"""A process that leads the views until it is killed."""

import asyncio
import sys

from tests.infra.read_models.harness import open_harness
from tests.infra.read_models.item_views import ITEMS, TALLY


async def lead(dsn: str, schema: str, batch_max: int) -> None:
    """Lead the views, print ``leading``, and run until the process is killed."""
    async with (
        open_harness(dsn, schema) as harness,
        harness.run_projector(ITEMS, TALLY, batch_max=batch_max),
    ):
        await harness.leader_pid()
        sys.stdout.write("leading\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(lead(sys.argv[1], sys.argv[2], int(sys.argv[3])))
