"""What a server holds and how fast it answers, from time to time."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import psutil

SAMPLE_S = 10.0


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A server at one time, and its latencies since the sample before."""

    at_s: float
    memory_bytes: int
    descriptors: int
    threads: int
    cpu_s: float
    median_ms: float
    slowest_ms: float


@dataclass
class Sampler:
    """Takes samples of a process."""

    process: psutil.Process
    samples: list[Sample] = field(default_factory=list[Sample])
    _latencies_s: list[float] = field(default_factory=list[float])
    _started: float = field(default_factory=time.monotonic)

    def answered(self, seconds: float) -> None:
        """Note the latency of one request."""
        self._latencies_s.append(seconds)

    async def run(self) -> None:
        """Take samples until cancelled."""
        while True:
            await asyncio.sleep(SAMPLE_S)
            self.take()

    def take(self) -> None:
        """Take a sample now."""
        latencies, self._latencies_s = sorted(self._latencies_s) or [0.0], []
        times = self.process.cpu_times()
        self.samples.append(
            Sample(
                at_s=time.monotonic() - self._started,
                memory_bytes=self.process.memory_full_info().uss,
                descriptors=self.process.num_fds(),
                threads=self.process.num_threads(),
                cpu_s=times.user + times.system,
                median_ms=1_000 * statistics.median(latencies),
                slowest_ms=1_000 * latencies[-1],
            )
        )


def print_minutes(samples: Sequence[Sample]) -> None:
    """Print the medians of each minute."""
    print("minute  MB   descriptors  threads  median ms  slowest ms  CPU %")
    by_minute: dict[int, list[Sample]] = {}
    for one in samples:
        by_minute.setdefault(int(one.at_s // 60), []).append(one)
    for minute, taken in by_minute.items():
        spent = taken[-1].cpu_s - taken[0].cpu_s
        passed = max(taken[-1].at_s - taken[0].at_s, SAMPLE_S)
        print(
            f"{minute:6} {_median(taken, 'memory_bytes') / 1e6:4.0f}"
            f" {_median(taken, 'descriptors'):12.0f} {_median(taken, 'threads'):8.0f}"
            f" {_median(taken, 'median_ms'):10.1f} {max(one.slowest_ms for one in taken):11.0f}"
            f" {100 * spent / passed:6.0f}"
        )


def print_ratios(samples: Sequence[Sample]) -> None:
    """Print the last quarter of the time against the second one."""
    quarter = len(samples) // 4
    if quarter == 0:
        print("The time was too short to compare its quarters.")
        return
    earlier, later = samples[quarter : 2 * quarter], samples[-quarter:]
    for name in ("memory_bytes", "descriptors", "threads", "median_ms"):
        ratio = _median(later, name) / max(_median(earlier, name), 1e-9)
        print(f"{name:14} last quarter / second quarter: {ratio:5.2f}")


def _median(samples: Sequence[Sample], name: str) -> float:
    values: list[float] = [getattr(one, name) for one in samples]
    return statistics.median(values)
