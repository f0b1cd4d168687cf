"""Spans of the work of a request; without a tracer they cost a comparison."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext

TRACEPARENT = "traceparent"
"""The attribute of a span that names its parent in another process (W3C Trace Context §3.2)."""

Attributes = Mapping[str, str | int]
StartSpan = Callable[[str, Attributes], AbstractContextManager[object]]
"""Starts a span of this name in the running task, until exit."""


class _Tracer:
    start_span: StartSpan | None = None


_NO_SPAN = nullcontext()


def trace_with(start_span: StartSpan | None) -> None:
    """Start spans from now on, or none."""
    _Tracer.start_span = start_span


def is_tracing() -> bool:
    """Whether spans are started."""
    return _Tracer.start_span is not None


def span(name: str, **attributes: str | int) -> AbstractContextManager[object]:
    """A span of the running task until exit."""
    if _Tracer.start_span is None:
        return _NO_SPAN
    return _Tracer.start_span(name, attributes)
