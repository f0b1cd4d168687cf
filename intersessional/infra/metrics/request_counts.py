"""Counts of the HTTP requests of a node, by what they ask for."""

import time

from intersessional.infra.metrics.distribution import Distribution

BOUNDS_S = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class RequestKind:
    """Requests of one kind."""

    __slots__ = ("answers", "latency_s")

    def __init__(self) -> None:
        self.answers: dict[int, int] = {}
        """The answers, by their status."""
        self.latency_s = Distribution(BOUNDS_S)
        """The seconds until an answer began."""


class RequestCounts:
    """Counts answers by kind and status, and the time until they began.

    A stream of events is counted when it begins; a WebSocket is no request.
    """

    def __init__(self) -> None:
        self.kinds = {name: RequestKind() for name in ("api", "page", "asset", "health")}

    def count(self, path: str, status: int, begun_s: float) -> None:
        """Count an answer that begins to a request of a time of ``time.perf_counter``."""
        kind = self.kinds[_kind(path)]
        # Every request comes by here: a Counter takes four times as long.
        kind.answers[status] = kind.answers.get(status, 0) + 1
        kind.latency_s.observe(time.perf_counter() - begun_s)


def _kind(path: str) -> str:
    if path == "/graphql":
        return "api"
    if path.startswith("/health"):
        return "health"
    return "asset" if path.startswith(("/static/", "/worker.js")) else "page"
