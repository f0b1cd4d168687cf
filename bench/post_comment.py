"""``postComment`` over HTTP, from the request to durable and visible, against an empty endpoint.

Every round runs each contender once, in turn. Both servers are processes of their own with the same
settings of uvicorn, get the same requests from this process, and stay for the whole run. The record
is in the database of DATABASE_URL, or in an embedded one in a new directory.

The servers' own CPU time for each request is printed too: a busy machine hardly changes it.
"""

import argparse
import os
import platform

import uvloop

from bench.recorded_draft import CLIENTS, POSTED, RecordedDraft, open_recorded_draft
from bench.rounds import ComparedPair, Contender, print_ratios, print_runs, run_rounds
from bench.servers import Server, our_server, server

REACH = 0.25
EMPTY_ALONE, OURS_ALONE = "empty endpoint, 1 at once", "postComment, 1 at once"
EMPTY, OURS = f"empty endpoint, {CLIENTS} at once", f"postComment, {CLIENTS} at once"
TEXT = "It would help to say who is meant to do this, and by when. " * 5


async def compare(record: RecordedDraft, rounds: int) -> None:
    """Run every contender in turn, and print what they reach."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores")
    async with (
        server("-m", "bench.empty_endpoint") as empty,
        our_server(record.dsn) as ours,
    ):

        def contender(of: Server, expected: bytes, *, clients: int, requests: int) -> Contender:
            return Contender(
                server=of,
                ask=lambda client: record.comment(of.url, client, TEXT),
                expected=expected,
                clients=clients,
                requests=requests,
            )

        runs = await run_rounds(
            {
                EMPTY_ALONE: contender(empty, b"{}", clients=1, requests=2_000),
                OURS_ALONE: contender(ours, POSTED, clients=1, requests=200),
                EMPTY: contender(empty, b"{}", clients=CLIENTS, requests=12_800),
                OURS: contender(ours, POSTED, clients=CLIENTS, requests=2_560),
            },
            rounds,
        )
    print_runs(runs)
    pairs = (ComparedPair(OURS, EMPTY, REACH), ComparedPair(OURS_ALONE, EMPTY_ALONE))
    print_ratios(
        runs, "of the empty endpoint", pairs, form="8.3f", ratio=lambda mine, theirs: mine / theirs
    )


async def main(rounds: int) -> None:
    """Compare on the server of DATABASE_URL, or on one of our own."""
    async with open_recorded_draft() as record:
        await compare(record, rounds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m bench.post_comment",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rounds", type=int, default=5, help="how many count (5)")
    uvloop.run(main(parser.parse_args().rounds))
