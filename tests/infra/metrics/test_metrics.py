"""What Prometheus reads of a node."""

import asyncio
import socket
from http.client import HTTPConnection

import pytest
from prometheus_client.parser import text_string_to_metric_families

from intersessional.domain.kernel.act import Role
from intersessional.infra.metrics.metrics_server import MetricsAddressError, serving_metrics
from intersessional.infra.settings import Settings
from tests.graphql.client import plain_http
from tests.graphql.scenario import new_id, new_year
from tests.graphql.server import Server, serving
from tests.page.visitor import visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

WATCH = "subscription { auditTrail { position } }"

Samples = dict[tuple[str, str], float]


def read(port: int, path: str) -> str:
    connection = HTTPConnection("127.0.0.1", port)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


async def scrape(server: Server) -> Samples:
    """The value of each sample, by its name and the value of its label."""
    with serving_metrics(server.app.state.metrics, "127.0.0.1", 0) as port:
        text = await asyncio.to_thread(read, port, "/metrics")
    return {
        (sample.name, "".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_node_counts_appends_watchers_lookups_and_errors(database: str) -> None:
    async with serving(database) as server:
        async with await server.client(Role.SECRETARIAT) as client, server.socket() as socket:
            await socket.subscribe("1", WATCH)
            await socket.subscribe("2", WATCH)
            await client.do("openCycle", year=new_year())
            for name in ("1", "2"):
                await socket.next(name)
            for _ in range(3):
                await client.ask("{ cycles { totalCount } }")
            before = await scrape(server)
            await client.answer("{ nowhere }")
            await server.caught_up()
            samples = await scrape(server)
        head = await server.backend.record.head()

    def value(name: str, label: str = "") -> float:
        return samples[f"intersessional_{name}", label]

    assert value("append_seconds_count") >= 2
    assert value("append_seconds_bucket", "+Inf") == value("append_seconds_count")
    assert value("append_batch_size_sum") == value("append_seconds_count")
    assert value("head_position") == head
    assert value("view_lag_events", "cycles") == 0
    assert value("view_stopped", "cycles") == 0
    assert value("watched_operations") == 1
    assert value("watchers") == 2
    assert value("connections", "websocket") == 1
    assert value("unsent_bytes", "websocket") == 0
    assert value("tcp_connections") >= 1
    assert value("refused_connections_total", "address") == 0
    assert value("query_cache_lookups_total", "hit") >= 2
    assert value("deliveries_total") >= 2
    assert value("database_outage", "sequencer") == 0
    errors = "intersessional_request_errors_total", "VALIDATION"
    assert samples[errors] == before.get(errors, 0) + 1
    assert ("process_cpu_seconds_total", "") in samples


CHECK = "query ($input: ImportCheckInput!) { importCheck(input: $input) { check { history } } }"
PREVIEW = """query ($command: CommandInput!) { preview(command: $command) {
    refusal { code } events { totalCount } } }"""


async def test_requests_pages_commands_previews_and_sign_ins_are_counted(database: str) -> None:
    async with serving(database) as server, visiting(server) as visitor:
        before = await scrape(server)
        for _ in range(2):
            await visitor.get("/keys")
        await visitor.get("/nowhere")
        await visitor.post("/sign-in", {"role": "SECRETARIAT", "name": "Somebody"})
        await visitor.post("/sign-in", {"role": "NONE", "name": "Nobody"})
        async with await server.client(Role.SECRETARIAT) as client, await server.client() as other:
            command = {"openCycle": {"commandId": new_id(), "year": new_year()}}
            await client.ask(PREVIEW, command=command)
            await other.ask(PREVIEW, command=command)
            await client.ask(CHECK, input={"text": "entries: ["})
            await client.do("openCycle", year=new_year())
        after = await scrape(server)

    def grown(name: str, label: str) -> float:
        key = f"intersessional_{name}", label
        return after[key] - before.get(key, 0)

    assert grown("requests_total", "page200") == 2
    assert grown("requests_total", "page303") == 1
    assert grown("requests_total", "page404") == 1
    assert grown("requests_total", "page400") == 1
    assert grown("requests_total", "api200") == 4
    assert grown("request_seconds_count", "page") == 5
    assert (grown("page_lookups_total", "miss"), grown("page_lookups_total", "hit")) == (2, 1)
    assert grown("request_errors_total", "NOT_FOUND") == 1
    assert (grown("sign_ins_total", "done"), grown("sign_ins_total", "refused")) == (1, 1)
    assert (grown("previews_total", "shown"), grown("previews_total", "refused")) == (1, 2)
    assert grown("commands_total", "OpenCycle") == 1


async def test_metrics_are_not_served_by_default_nor_beside_the_api(server: Server) -> None:
    async with plain_http() as http:
        response = await http.get(server.url.replace("/graphql", "/metrics"))

    assert Settings().metrics_port is None
    assert response.status_code == 404


async def test_port_in_use_is_reported_with_the_setting(server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with (
            pytest.raises(MetricsAddressError, match="INTERSESSIONAL_METRICS_PORT"),
            serving_metrics(server.app.state.metrics, "127.0.0.1", port),
        ):
            pass


async def test_other_paths_of_the_metrics_are_not_found(server: Server) -> None:
    with serving_metrics(server.app.state.metrics, "127.0.0.1", 0) as port:
        text = await asyncio.to_thread(read, port, "/favicon.ico")

    assert "intersessional_" not in text
