"""Durable appends, side by side in one run: the stock library, plain INSERTs, ours, COPY.

Every round runs each contender once, in turn, on the same server: the one of DATABASE_URL, or one
embedded in a new directory.
"""

import argparse
import os
import platform
import statistics
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import asyncpg
import uvloop

from bench.recorders import appended, copied, inserted, inserted_by_the_library, saved
from intersessional.infra.embedded_postgres.lease import embedded_postgres

Run = Callable[[], Awaitable[float]]
"""One run of a contender: how many events a second were durable."""

OURS = "ours, 64 at once"
SAVED = "stock library, 8 threads"
STOCK_RECORDER = "its recorder alone, 8 threads"
COPIED = "COPY of the same rows"
COPIED_EVENTS = "COPY of the events alone"
REACH = ((SAVED, 25.0), (STOCK_RECORDER, None), (COPIED, 0.2), (COPIED_EVENTS, None))
"""Against whom ours is held, and what DESIGN asks for where it does."""


def contenders(dsn: str) -> Mapping[str, Run]:
    """The contenders in order; COPY takes the rows that ours has just recorded."""
    return {
        SAVED: partial(saved, dsn, 8, 800),
        STOCK_RECORDER: partial(inserted_by_the_library, dsn, 8, 800),
        "plain INSERT, 64 at once": partial(inserted, dsn, 64, 4_000),
        "ours, 1 at once": partial(appended, dsn, 1, 400),
        "ours, 256 at once": partial(appended, dsn, 256, 20_000),
        OURS: partial(appended, dsn, 64, 20_000),
        COPIED: partial(copied, dsn, ("stored_events", "commands")),
        COPIED_EVENTS: partial(copied, dsn, ("stored_events",)),
    }


async def compare(dsn: str, rounds: int) -> None:
    """Run every contender in turn, and print the rates and the ratios."""
    connection = await asyncpg.connect(dsn)
    version = await connection.fetchval("SHOW server_version")
    await connection.close()
    print(f"PostgreSQL {version}, Python {platform.python_version()}, {os.cpu_count()} cores")
    runs = contenders(dsn)
    rates: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(rounds + 1):
        for name, run in runs.items():
            rate = await run()
            # The first round warms up what can be warmed, and does not count.
            if number > 0:
                rates[name].append(rate)
    report(rates)


def report(rates: Mapping[str, Sequence[float]]) -> None:
    """Print medians and, as the machine may be busy with other things, how far they spread."""
    print(f"\n{'events a second':32s} {'median':>8s} {'least':>8s} {'most':>8s}")
    for name, samples in rates.items():
        print(f"{name:32s} {_spread(samples, '8,.0f')}")
    print(f"\n{OURS + ', times':32s} {'median':>8s} {'least':>8s} {'most':>8s}    reach")
    for name, reach in REACH:
        ratios = [mine / theirs for mine, theirs in zip(rates[OURS], rates[name], strict=True)]
        print(f"{name:32s} {_spread(ratios, '8.2f')} {reach or '':>8}")


def _spread(samples: Sequence[float], form: str) -> str:
    return " ".join(
        format(one, form) for one in (statistics.median(samples), min(samples), max(samples))
    )


async def main(rounds: int) -> None:
    """Compare on the server of DATABASE_URL, or on one of our own."""
    if dsn := os.environ.get("DATABASE_URL"):
        await compare(dsn, rounds)
        return
    with tempfile.TemporaryDirectory() as directory:
        async with embedded_postgres(Path(directory)) as dsn:
            await compare(dsn, rounds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m bench.append",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rounds", type=int, default=5, help="how many count (5)")
    uvloop.run(main(parser.parse_args().rounds))
