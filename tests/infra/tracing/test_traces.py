"""The spans of a mutation reach a collector as one trace; one that is away disturbs nobody."""

import asyncio
import sys

import pytest

from intersessional.infra.tracing import otlp_spans
from intersessional.infra.tracing.otlp_spans import exporting_spans
from intersessional.infra.tracing.tracing_setup import (
    TracingNotInstalled,
    TracingProtocolError,
    tracing_to,
)
from intersessional.tracing import is_tracing, span
from tests.graphql.client import plain_http
from tests.infra.tracing.collector import Collector, collecting
from tests.journeys.live_server import ready
from tests.recorded import Recorded
from tests.without_rate_limits import WITHOUT_RATE_LIMITS

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = "00f067aa0ba902b7"
POST = """mutation ($input: PostCommentInput!) { postComment(input: $input) { __typename } }"""


@pytest.mark.asyncio(loop_scope="session")
async def test_spans_of_a_mutation_reach_the_collector_as_children_of_the_proxys_span(
    recorded: Recorded,
) -> None:
    variables = {
        "DATABASE_URL": recorded.url,
        "INTERSESSIONAL_MODE": "development",
        "INTERSESSIONAL_TRUSTED_PROXIES": "127.0.0.1",
        "OTEL_SERVICE_NAME": "a-node",
        "OTEL_EXPORTER_OTLP_COMPRESSION": "none",
    }
    comment = {
        "commandId": "0b4d9c5e-53a5-4f0e-9c56-0f2ae7a1a4a9",
        "draft": str(recorded.draft),
        "body": "Traced.",
    }
    headers = {
        "Authorization": f"Bearer {recorded.token}",
        "traceparent": f"00-{TRACE}-{PARENT}-01",
    }
    with collecting() as collector:
        variables |= {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url, **WITHOUT_RATE_LIMITS}
        async with ready("serve", PORT="0", **variables) as node, plain_http(headers) as http:
            request = {"query": POST, "variables": {"input": comment}}
            answer = await http.post(node.url, json=request)
            # What waits for the next batch is delivered before a node ends.
            code = await node.end()
            lines = node.running.stderr()

    assert "CommentPosted" in answer.text
    assert code == 0
    assert "collector" not in lines
    names = {one.span_id: one.name for one in collector.spans}
    of_trace = [one for one in collector.spans if one.trace_id.hex() == TRACE]
    parents = {one.name: names.get(one.parent_span_id) for one in of_trace}
    assert parents == {
        "request": None,
        "parse": "request",
        "execute": "request",
        "command": "execute",
        "append": "command",
    }
    [request_span] = [one for one in of_trace if one.name == "request"]
    assert request_span.parent_span_id.hex() == PARENT
    attributes = {one.key: one.value.string_value for one in request_span.attributes}
    assert attributes["request.id"] == TRACE
    assert "project" in {one.name for one in collector.spans if one.trace_id.hex() != TRACE}
    [service] = {
        one.value.string_value
        for request in collector.requests
        for one in request.resource_spans[0].resource.attributes
        if one.key == "service.name"
    }
    assert service == "a-node"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch is one span, and is sent at once; a collector that answers slowly is no fault."""
    monkeypatch.setenv("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "1")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "30")
    monkeypatch.setattr(otlp_spans, "SHUTDOWN_S", 30.0)


async def spend(name: str, collector: Collector) -> None:
    """Start and end a span, and wait until the collector was asked to take it."""
    collector.asked.clear()
    with span(name):
        pass
    assert await asyncio.to_thread(collector.asked.wait, 30)


async def test_collector_that_fails_is_a_line_when_it_begins_and_one_when_it_ends(
    quick: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with collecting() as collector:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url)
        with exporting_spans():
            await spend("first", collector)
            collector.status = 500
            for _ in range(3):
                await spend("lost", collector)
            collector.status = 200
            await spend("last", collector)

    names = [one.name for one in collector.spans]
    assert (names[0], names[-1]) == ("first", "last")
    begun, ended = (one.getMessage() for one in caplog.records)
    assert begun.startswith("the export of traces cannot use the collector: CollectorError('Failed")
    assert ended.startswith("the export of traces can use the collector again after")
    assert not any(one.exc_info for one in caplog.records)


async def test_node_ends_while_its_collector_does_not_answer(
    quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "3600")
    monkeypatch.setattr(otlp_spans, "SHUTDOWN_S", 0.1)
    with collecting() as collector:
        collector.answers.clear()
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url)
        with exporting_spans():
            await spend("unanswered", collector)

        assert not is_tracing()
        assert not collector.answers.is_set()


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


async def test_protocol_that_is_not_spoken_is_refused_with_the_one_that_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")

    with pytest.raises(TracingProtocolError, match=r"is grpc, .* sent with http/protobuf"):
        tracing_to("http://127.0.0.1:4317")
