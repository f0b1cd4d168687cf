"""Contenders that take turns: what each reaches in a round, and how that is told."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass

from bench.http_load import answer_all
from bench.servers import Server

_WIDTH = 32
_HEAD = f"{'median':>8s} {'least':>8s} {'most':>8s}"


@dataclass(frozen=True, kw_only=True)
class Contender:
    """A server, and what is asked of it in a run."""

    server: Server
    ask: Callable[[int], bytes]
    """The next request of a client."""
    expected: bytes
    """What every answer holds."""
    clients: int
    """How many ask at once."""
    requests: int
    """How many there are in a run."""
    meanwhile: Callable[[], AbstractAsyncContextManager[None]] = nullcontext
    """What goes on during a run."""


@dataclass(frozen=True)
class Measured:
    """One run: requests a second, and the server's processor time for each in microseconds."""

    rate: float
    cpu_us: float


Runs = Mapping[str, Sequence[Measured]]
"""The runs of each contender that count, in order of the rounds."""


async def take_turns(contenders: Mapping[str, Contender], rounds: int) -> Runs:
    """Run every contender in turn, round after round."""
    runs: dict[str, list[Measured]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, contender in contenders.items():
            measured = await _measure(contender)
            # The first round warms up what can be warmed, and does not count.
            if number > 0:
                runs[name].append(measured)
    return runs


async def _measure(contender: Contender) -> Measured:
    server, each = contender.server, contender.requests // contender.clients
    queues = [[contender.ask(client) for _ in range(each)] for client in range(contender.clients)]
    async with contender.meanwhile():
        before = server.cpu_seconds()
        seconds = await answer_all(server.url, queues, contender.expected)
        cpu_seconds = server.cpu_seconds() - before
    count = each * contender.clients
    return Measured(rate=count / seconds, cpu_us=cpu_seconds / count * 1e6)


def print_runs(runs: Runs) -> None:
    """Print medians and, as the machine may be busy with other things, how far they spread."""
    width = max(_WIDTH, *map(len, runs))
    print(
        f"\n{'requests a second':{width}s} {'median':>8s} {'least':>8s} {'most':>8s}   CPU µs each"
    )
    for name, found in runs.items():
        rates, cpu_us = [one.rate for one in found], [one.cpu_us for one in found]
        print(f"{name:{width}s} {_three(rates, '8,.0f')} {statistics.median(cpu_us):13,.0f}")


@dataclass(frozen=True)
class Against:
    """Two contenders to be compared, round by round."""

    mine: str
    theirs: str
    reach: float | None = None
    """What the ratio of their rates should reach."""


def print_ratios(
    runs: Runs,
    heading: str,
    pairs: Sequence[Against],
    *,
    form: str,
    ratio: Callable[[float, float], float],
) -> None:
    """Print what ``ratio`` makes of the speed of mine and of theirs in each round."""
    width = max(_WIDTH, *map(len, runs))
    print(f"\n{heading:{width}s} {_HEAD}    reach")
    for pair in pairs:
        rounds = list(zip(runs[pair.mine], runs[pair.theirs], strict=True))
        ratios = [ratio(mine.rate, theirs.rate) for mine, theirs in rounds]
        print(f"{pair.mine:{width}s} {_three(ratios, form)} {pair.reach or '':>8}")
        ratios = [ratio(1 / mine.cpu_us, 1 / theirs.cpu_us) for mine, theirs in rounds]
        print(f"{'  by processor time':{width}s} {_three(ratios, form)}")


def _three(found: Sequence[float], form: str) -> str:
    return " ".join(format(one, form) for one in (statistics.median(found), min(found), max(found)))
