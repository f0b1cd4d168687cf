"""An OpenTelemetry collector: an HTTP server that decodes the spans it gets (OTLP 1.x, HTTP)."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.trace.v1.trace_pb2 import Span


class Collector(ThreadingHTTPServer):
    """Listens on a port of its own."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        """The status of its answers."""
        self.answers = threading.Event()
        self.answers.set()
        self.asked = threading.Event()
        """Set once a request has come."""
        self.requests: list[ExportTraceServiceRequest] = []

    @property
    def url(self) -> str:
        """The endpoint."""
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def spans(self) -> list[Span]:
        """All spans that were taken."""
        return [
            span
            for request in self.requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        collector = self.server
        assert isinstance(collector, Collector)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.path == "/v1/traces"
        assert self.headers["Content-Type"] == "application/x-protobuf"
        # The test may set another one as soon as it knows of this request.
        status = collector.status
        if status == 200:
            collector.requests.append(ExportTraceServiceRequest.FromString(body))
        collector.asked.set()
        collector.answers.wait()
        self.send_response(status)
        self.send_header("Content-Type", "application/x-protobuf")
        answer = ExportTraceServiceResponse().SerializeToString()
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


@contextmanager
def collecting() -> Generator[Collector]:
    """A collector until exit."""
    collector = Collector()
    thread = threading.Thread(target=collector.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield collector
    finally:
        collector.answers.set()
        collector.shutdown()
        collector.server_close()
        thread.join()
