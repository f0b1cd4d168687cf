"""A node under mixed load for a long time, attackers included.

It ends with memory, descriptors and latency where they began, or has a leak: the last quarter of
the time is compared with the second one, and what is held a minute after the load with both. The
load is the same all the time, but the record grows by some 20 comments a second.
"""

import argparse
import asyncio

import httpx
import uvloop

from bench.recorded_draft import open_recorded_draft
from bench.servers import our_server
from bench.soak.attackers import Attackers
from bench.soak.samples import Sampler, print_minutes, print_ratios
from bench.soak.users import Users, again_and_again

IDLE_S = 75.0
"""Longer than a subscription without watchers goes on."""


async def main(minutes: float) -> None:
    """Load a node, let it rest, and print what it held."""
    async with (
        open_recorded_draft() as record,
        our_server(record.dsn) as server,
        httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=100)) as http,
    ):
        sampler = Sampler(server.process)
        users, attackers = Users(server.url, record, http, sampler), Attackers(server.url)
        doing = (
            *([users.read_the_dashboard] * 4 + [users.read_pages] * 4 + [users.comment] * 4),
            *([users.read_screens] * 2 + [users.watch] * 50 + [users.watch_the_past] * 3),
            *(attackers.send_wrong_documents, attackers.ask_for_much, attackers.never_read),
            *(attackers.offer_another_protocol, attackers.send_trailers),
            *(attackers.connect_and_wait, attackers.flood_with_pings, attackers.rename_operations),
        )
        sampler.take()
        with_load = asyncio.timeout(minutes * 60)
        try:
            async with with_load, asyncio.TaskGroup() as tasks:
                tasks.create_task(sampler.run())
                for user in doing:
                    tasks.create_task(again_and_again(user))
        except TimeoutError:
            if not with_load.expired():
                raise
        before, *loaded = sampler.samples
        await asyncio.sleep(IDLE_S)
        sampler.take()
        after = sampler.samples[-1]
    print_minutes(loaded)
    print_ratios(loaded)
    for name, one in (("before", before), ("after", after)):
        print(f"{name} the load: {one.memory_bytes / 1e6:.0f} MB, {one.descriptors} descriptors")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m bench.soak",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--minutes", type=float, default=20, help="how long (20)")
    uvloop.run(main(parser.parse_args().minutes))
