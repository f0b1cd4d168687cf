"""Starts tracing where an endpoint is set, and the libraries for it are there."""

import os
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from typing import Any

from intersessional.errors import OperatorError

PROTOCOLS = ("OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL")
PROTOCOL = "http/protobuf"


class TracingNotInstalled(OperatorError):
    """An endpoint for traces is set, and the libraries are missing."""


class TracingProtocolError(OperatorError):
    """The variables of OpenTelemetry ask for a protocol that a node does not speak."""


def tracing_to(endpoint: str | None) -> AbstractContextManager[None]:
    """Export spans until exit; nothing without an endpoint. Raises OperatorError."""
    if endpoint is None:
        return nullcontext()
    for name in PROTOCOLS:
        if (given := os.environ.get(name, PROTOCOL)) != PROTOCOL:
            raise TracingProtocolError(
                f"{name} is {given}, but traces are sent with {PROTOCOL}: unset it, and name the"
                " collector's HTTP port (4318, say) in OTEL_EXPORTER_OTLP_ENDPOINT."
            )
    try:
        spans: Any = import_module("intersessional.infra.tracing.otlp_spans")
    except ModuleNotFoundError as error:
        raise TracingNotInstalled(
            "OTEL_EXPORTER_OTLP_ENDPOINT is set, but OpenTelemetry is not installed: install"
            " intersessional[otel]."
        ) from error
    exporting: AbstractContextManager[None] = spans.exporting_spans()
    return exporting
