"""Compares delivery to many clients: ours, stock Strawberry and ``websockets.broadcast``.

Ours stores a comment, folds it into the views, executes the subscription and delivers the result.
The others start with a text in memory; ``notify`` inserts it and gets it back by NOTIFY.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from intersessional.infra.embedded_postgres.lease import embedded_postgres
from tests.databases import fresh_database

TICK = os.sysconf("SC_CLK_TCK")
NAMES = ("broadcast", "ours", "notify", "stock")
SINGLES = 30
"""The number of messages that are published one by one."""


@dataclass(frozen=True)
class Figures:
    """The result of one run of a contender."""

    alone_us: float
    """CPU of the server for each delivery, when messages come one by one."""
    cpu_us: float
    """The same, in a burst."""
    last_ms: float
    """Time from publishing one message until the last watcher has it; median of several."""
    watcher_kib: float
    """Memory of the server for each watcher."""


def cpu_seconds(process: Process) -> float:
    """CPU time of a process."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def resident_kib(process: Process) -> int:
    """Resident memory of a process."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


@asynccontextmanager
async def run_process(*arguments: str, **variables: str) -> AsyncGenerator[Process]:
    """A process that reads numbers and prints lines."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *arguments, stdin=PIPE, stdout=PIPE, env={**os.environ, **variables}
    )
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


async def line(process: Process) -> str:
    """The next line that a process prints."""
    assert process.stdout
    async with asyncio.timeout(180):
        output = await process.stdout.readline()
    assert output, "the process ended"
    return output.decode()


def send(process: Process, number: int) -> None:
    """Send a number to a process."""
    assert process.stdin
    process.stdin.write(b"%d\n" % number)


async def run(name: str, watchers: int, burst: int, dsn: str) -> Figures:
    """One contender with so many watchers."""
    async with run_process("bench.fanout.servers", name, DATABASE_URL=dsn) as server:
        url, messages = json.loads(await line(server))
        before = resident_kib(server)
        arguments = (url, str(watchers), json.dumps(messages))
        async with run_process("bench.fanout.watchers", *arguments) as crowd:
            await line(crowd)
            await asyncio.sleep(1.0)

            async def publish(count: int) -> float:
                send(crowd, count)
                send(server, count)
                began, ended = await asyncio.gather(line(server), line(crowd))
                return float(ended) - float(began)

            await publish(20)
            used = cpu_seconds(server)
            lasts = [await publish(1) for _ in range(SINGLES)]
            alone = cpu_seconds(server) - used
            memory = (resident_kib(server) - before) / watchers
            used = cpu_seconds(server)
            await publish(burst)
            used = cpu_seconds(server) - used
    return Figures(
        alone_us=1e6 * alone / (SINGLES * watchers),
        cpu_us=1e6 * used / (burst * watchers),
        last_ms=1e3 * statistics.median(lasts),
        watcher_kib=memory,
    )


async def compare(sizes: list[int], rounds: int, names: list[str]) -> None:
    """Run everyone in turn, round after round, and print medians and ratios."""
    async with AsyncExitStack() as stack:
        server = os.environ.get("DATABASE_URL", "")
        if not server:
            directory = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            server = await stack.enter_async_context(embedded_postgres(directory / "postgres"))
        for watchers in sizes:
            burst = max(20, 200_000 // watchers)
            samples: dict[str, list[Figures]] = {name: [] for name in names}
            for _ in range(rounds):
                for name in names:
                    async with fresh_database(server) as dsn:
                        less = burst // 4 if name == "stock" else burst
                        samples[name].append(await run(name, watchers, less, dsn))
            report(watchers, samples)


def report(watchers: int, samples: dict[str, list[Figures]]) -> None:
    """Print medians, and the ratio to broadcast of the same round."""
    columns = "alone us", "times", "in a burst us", "times", "last ms", "KiB"
    print(f"\n{f'{watchers} watchers':16}", *(f"{column:>13}" for column in columns))
    for name, figures in samples.items():
        against = samples.get("broadcast", figures)
        pairs = list(zip(figures, against, strict=True))
        values = (
            [one.alone_us for one in figures],
            [one.alone_us / other.alone_us for one, other in pairs],
            [one.cpu_us for one in figures],
            [one.cpu_us / other.cpu_us for one, other in pairs],
            [one.last_ms for one in figures],
            [one.watcher_kib for one in figures],
        )
        medians = (f"{statistics.median(values):13.2f}" for values in values)
        print(f"{name:16}", *medians, flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.fanout", description=__doc__)
    parser.add_argument("--watchers", type=int, nargs="+", default=[100, 1_000, 5_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", default=list(NAMES), choices=NAMES)
    options = parser.parse_args()
    asyncio.run(compare(options.watchers, options.rounds, options.only))
