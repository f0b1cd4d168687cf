"""Serves the metrics of a node at an address of their own: they are not for the public."""

from collections.abc import Generator
from contextlib import contextmanager

from prometheus_client import (
    CollectorRegistry,
    GCCollector,
    PlatformCollector,
    ProcessCollector,
    start_http_server,
)
from prometheus_client.registry import Collector

from intersessional.errors import OperatorError


class MetricsAddressError(OperatorError):
    """The metrics cannot be served at their address; the message says what to set."""


@contextmanager
def serving_metrics(collector: Collector, host: str, port: int) -> Generator[int]:
    """Serve until exit, in a thread; gives the port. Raises MetricsAddressError.

    A scrape is answered also while the event loop is busy.
    """
    registry = CollectorRegistry()
    registry.register(collector)
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    GCCollector(registry=registry)
    try:
        server, thread = start_http_server(port, host, registry)
    except OSError as error:
        raise MetricsAddressError(
            f"The metrics cannot be served on port {port} of {host}: {error.strerror}."
            " Set INTERSESSIONAL_METRICS_PORT or INTERSESSIONAL_METRICS_HOST."
        ) from error
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
