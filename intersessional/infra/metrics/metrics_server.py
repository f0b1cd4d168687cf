"""Serves the metrics of a node at an address of their own: they are not for the public."""

import socket
from collections.abc import Generator
from contextlib import contextmanager, suppress
from socketserver import ThreadingMixIn
from threading import BoundedSemaphore, Thread, Timer
from typing import Any, cast
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from prometheus_client import (
    CollectorRegistry,
    GCCollector,
    PlatformCollector,
    ProcessCollector,
    make_wsgi_app,  # pyright: ignore[reportUnknownVariableType]
)
from prometheus_client.registry import Collector

from intersessional.errors import OperatorError

SCRAPES_MAX = 8
"""Connections that are open at the same time; further ones are closed at once."""
SCRAPE_S = 10.0
"""The time after which a connection ends, whatever it has sent or read."""


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
        server = _MetricsServer(host, port)
    except OSError as error:
        raise MetricsAddressError(
            f"The metrics cannot be served on port {port} of {host}: {error.strerror}."
            " Set INTERSESSIONAL_METRICS_PORT or INTERSESSIONAL_METRICS_HOST."
        ) from error
    server.set_app(cast("Any", make_wsgi_app(registry)))
    thread = Thread(target=server.serve_forever, name="metrics", daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """A scrape is no line in the log."""


class _MetricsServer(ThreadingMixIn, WSGIServer):
    """A thread for each connection, few at a time: each takes a file and a stack of the node."""

    daemon_threads = True

    def __init__(self, host: str, port: int) -> None:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        self.address_family = family
        self._places = BoundedSemaphore(SCRAPES_MAX)
        super().__init__((str(address[0]), port), _QuietHandler)

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        end = Timer(SCRAPE_S, _end, [request])
        end.daemon = True
        end.start()
        try:
            super().process_request_thread(request, client_address)
        finally:
            end.cancel()
            self._places.release()


def _end(request: socket.socket) -> None:
    # It may have ended by itself at the same moment.
    with suppress(OSError):
        request.shutdown(socket.SHUT_RDWR)
