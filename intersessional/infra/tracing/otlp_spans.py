"""Spans of OpenTelemetry's SDK; imported only where tracing is on (``intersessional[otel]``).

The SDK reads the other ``OTEL_…`` variables itself: sampling, headers, time limits.
"""

import os
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from threading import Thread

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from intersessional import __version__
from intersessional.infra.tracing.watched_exporter import WatchedExporter
from intersessional.tracing import TRACEPARENT, Attributes, StartSpan, trace_with

SHUTDOWN_S = 3.0
"""The time for the last spans to reach the collector; then a node ends without them."""


@contextmanager
def exporting_spans() -> Generator[None]:
    """Export spans in batches, from a thread, to ``OTEL_EXPORTER_OTLP_ENDPOINT`` until exit.

    2,048 spans wait at most (``OTEL_BSP_MAX_QUEUE_SIZE``): the oldest ones are dropped.
    """
    name = os.environ.get("OTEL_SERVICE_NAME", "intersessional")
    resource = Resource.create({"service.name": name, "service.version": __version__})
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(WatchedExporter(OTLPSpanExporter())))
    trace_with(_start_span(provider))
    try:
        yield
    finally:
        trace_with(None)
        _shut_down(provider)


def _shut_down(provider: TracerProvider) -> None:
    # The SDK waits 30 s for a collector that does not answer.
    ending = Thread(target=provider.shutdown, daemon=True)
    ending.start()
    ending.join(SHUTDOWN_S)


def _start_span(provider: TracerProvider) -> StartSpan:
    tracer = provider.get_tracer("intersessional", __version__)
    propagator = TraceContextTextMapPropagator()

    def start_span(name: str, attributes: Attributes) -> AbstractContextManager[object]:
        given = {key: value for key, value in attributes.items() if key != TRACEPARENT}
        context = None
        if TRACEPARENT in attributes:
            context = propagator.extract({TRACEPARENT: str(attributes[TRACEPARENT])})
        return tracer.start_as_current_span(name, context, attributes=given)

    return start_span
