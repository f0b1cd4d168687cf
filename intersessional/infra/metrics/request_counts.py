"""Counts of the HTTP requests of a node, by what they ask for."""

import time
from collections import Counter, defaultdict

from intersessional.infra.metrics.distribution import Distribution

BOUNDS_S = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class RequestCounts:
    """Counts answers by kind and status, and the time until they began.

    A stream of events is counted when it begins; a WebSocket is no request.
    """

    def __init__(self) -> None:
        self.answers = Counter[tuple[str, str]]()
        """The answers, by the kind of the request and the status."""
        self.latency_s = defaultdict[str, Distribution](lambda: Distribution(BOUNDS_S))
        """The seconds until an answer began, by the kind of the request."""

    def count(self, path: str, status: int, begun_s: float) -> None:
        """Count an answer that begins to a request of a time of ``time.perf_counter``."""
        kind = _kind(path)
        self.answers[kind, str(status)] += 1
        self.latency_s[kind].observe(time.perf_counter() - begun_s)


def _kind(path: str) -> str:
    if path == "/graphql":
        return "api"
    if path.startswith("/health"):
        return "health"
    return "asset" if path.startswith(("/static/", "/worker.js")) else "page"
