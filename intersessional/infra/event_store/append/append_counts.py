"""Counts of the appends of a node, for the metrics."""

from dataclasses import dataclass, field

from intersessional.infra.metrics.distribution import Distribution

BATCH_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)
LATENCIES_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0)


@dataclass(slots=True)
class AppendCounts:
    """The appends that the database has answered: recorded, repeated and refused ones."""

    batch_sizes: Distribution = field(default_factory=lambda: Distribution(BATCH_SIZES))
    """How many were committed together."""
    latency_s: Distribution = field(default_factory=lambda: Distribution(LATENCIES_S))
    """The time of each in the queue and in the database, in seconds."""
