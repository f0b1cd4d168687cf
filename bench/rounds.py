"""Runs contenders in turn, in several rounds, and prints their results."""

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
    """A server, and the requests of a run."""

    server: Server
    ask: Callable[[int], bytes]
    """The next request of a client."""
    expected: bytes
    """A text in every response."""
    clients: int
    """The number of concurrent clients."""
    requests: int
    """The number of requests in a run."""
    meanwhile: Callable[[], AbstractAsyncContextManager[None]] = nullcontext
    """A context that is entered during a run."""


@dataclass(frozen=True)
class Measurement:
    """One run: requests per second, and CPU time of the server for each, in microseconds."""

    rate: float
    cpu_us: float


Runs = Mapping[str, Sequence[Measurement]]
"""The counted runs of each contender, in order of the rounds."""


async def run_rounds(contenders: Mapping[str, Contender], rounds: int) -> Runs:
    """Run every contender in turn, round after round."""
    runs: dict[str, list[Measurement]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, contender in contenders.items():
            measured = await _measure(contender)
            # The first round warms caches, and does not count.
            if number > 0:
                runs[name].append(measured)
    return runs


async def _measure(contender: Contender) -> Measurement:
    server, each = contender.server, contender.requests // contender.clients
    queues = [[contender.ask(client) for _ in range(each)] for client in range(contender.clients)]
    async with contender.meanwhile():
        before = server.cpu_seconds()
        seconds = await answer_all(server.url, queues, contender.expected)
        cpu_seconds = server.cpu_seconds() - before
    count = each * contender.clients
    return Measurement(rate=count / seconds, cpu_us=cpu_seconds / count * 1e6)


def print_runs(runs: Runs) -> None:
    """Print medians, minima and maxima."""
    width = max(_WIDTH, *map(len, runs))
    print(
        f"\n{'requests a second':{width}s} {'median':>8s} {'least':>8s} {'most':>8s}   CPU µs each"
    )
    for name, samples in runs.items():
        rates, cpu_us = [one.rate for one in samples], [one.cpu_us for one in samples]
        print(f"{name:{width}s} {_spread(rates, '8,.0f')} {statistics.median(cpu_us):13,.0f}")


@dataclass(frozen=True)
class ComparedPair:
    """Two contenders that are compared round by round."""

    mine: str
    theirs: str
    reach: float | None = None
    """The target for the ratio of their rates."""


def print_ratios(
    runs: Runs,
    heading: str,
    pairs: Sequence[ComparedPair],
    *,
    form: str,
    ratio: Callable[[float, float], float],
) -> None:
    """Print ``ratio`` of the two rates of each pair, by round."""
    width = max(_WIDTH, *map(len, runs))
    print(f"\n{heading:{width}s} {_HEAD}    reach")
    for pair in pairs:
        rounds = list(zip(runs[pair.mine], runs[pair.theirs], strict=True))
        ratios = [ratio(mine.rate, theirs.rate) for mine, theirs in rounds]
        print(f"{pair.mine:{width}s} {_spread(ratios, form)} {pair.reach or '':>8}")
        ratios = [ratio(1 / mine.cpu_us, 1 / theirs.cpu_us) for mine, theirs in rounds]
        print(f"{'  by processor time':{width}s} {_spread(ratios, form)}")


def _spread(samples: Sequence[float], form: str) -> str:
    return " ".join(
        format(one, form) for one in (statistics.median(samples), min(samples), max(samples))
    )
