"""The spans of a mutation are one trace; without an endpoint nothing is started."""

import sys

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from intersessional.domain.kernel.act import Role
from intersessional.infra.tracing.otlp_spans import processing_spans
from intersessional.infra.tracing.tracing_setup import TracingNotInstalled, tracing_to
from intersessional.tracing import is_tracing, span
from tests.graphql.scenario import new_year
from tests.graphql.server import serving

pytestmark = pytest.mark.asyncio(loop_scope="session")

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


def span_id(one: ReadableSpan) -> int:
    assert one.context
    return int(one.context.span_id)


def trace_id(one: ReadableSpan) -> str:
    assert one.context
    return f"{one.context.trace_id:032x}"


async def test_spans_of_a_mutation_are_children_of_the_proxys_span(database: str) -> None:
    exporter = InMemorySpanExporter()
    async with (
        serving(database, INTERSESSIONAL_TRUSTED_PROXIES="127.0.0.1") as server,
        await server.client(Role.SECRETARIAT) as client,
    ):
        client.http.headers["traceparent"] = f"00-{TRACE}-00f067aa0ba902b7-01"
        with processing_spans(SimpleSpanProcessor(exporter)):
            await client.do("openCycle", year=new_year())

    spans = exporter.get_finished_spans()
    by_id = {span_id(one): one.name for one in spans}
    of_trace = [one for one in spans if trace_id(one) == TRACE]
    parents = {one.name: by_id.get(one.parent.span_id) for one in of_trace if one.parent}
    assert parents == {
        "request": None,
        "parse": "request",
        "execute": "request",
        "command": "execute",
        "append": "command",
    }
    [request] = [one for one in of_trace if one.name == "request"]
    assert (request.attributes or {})["request.id"] == TRACE
    assert "project" in {one.name for one in spans if trace_id(one) != TRACE}


async def test_without_an_endpoint_nothing_is_started() -> None:
    with tracing_to(None):
        assert not is_tracing()
        assert span("request") is span("append", commands=3)


async def test_endpoint_without_the_libraries_is_refused_with_the_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "intersessional.infra.tracing.otlp_spans", None)

    with pytest.raises(TracingNotInstalled, match=r"intersessional\[otel\]"):
        tracing_to("http://127.0.0.1:4318")
