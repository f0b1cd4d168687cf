"""Spans of OpenTelemetry's SDK; imported only where tracing is on (``intersessional[otel]``).

The SDK reads the other ``OTEL_…`` variables itself: sampling, headers, time limits.
"""

import os
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from intersessional import __version__
from intersessional.tracing import TRACEPARENT, Attributes, StartSpan, trace_with


def exporting_spans() -> AbstractContextManager[None]:
    """Export spans in batches, from a thread, to ``OTEL_EXPORTER_OTLP_ENDPOINT`` until exit."""
    return processing_spans(BatchSpanProcessor(OTLPSpanExporter()))


@contextmanager
def processing_spans(processor: SpanProcessor) -> Generator[None]:
    """Give spans to a processor until exit."""
    name = os.environ.get("OTEL_SERVICE_NAME", "intersessional")
    resource = Resource.create({"service.name": name, "service.version": __version__})
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(processor)
    trace_with(_start_span(provider))
    try:
        yield
    finally:
        trace_with(None)
        provider.shutdown()


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
