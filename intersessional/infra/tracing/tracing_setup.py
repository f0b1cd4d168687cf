"""Starts tracing where an endpoint is set, and the libraries for it are there."""

from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from typing import Any

from intersessional.errors import OperatorError


class TracingNotInstalled(OperatorError):
    """An endpoint for traces is set, and the libraries are missing."""


def tracing_to(endpoint: str | None) -> AbstractContextManager[None]:
    """Export spans until exit; nothing without an endpoint. Raises TracingNotInstalled."""
    if endpoint is None:
        return nullcontext()
    try:
        spans: Any = import_module("intersessional.infra.tracing.otlp_spans")
    except ModuleNotFoundError as error:
        raise TracingNotInstalled(
            "OTEL_EXPORTER_OTLP_ENDPOINT is set, but OpenTelemetry is not installed: install"
            " intersessional[otel]."
        ) from error
    exporting: AbstractContextManager[None] = spans.exporting_spans()
    return exporting
