"""The figures of the pages on security are those of the code."""

from fractions import Fraction
from pathlib import Path

import pytest

from intersessional.graphql.query_cache import result_cache
from intersessional.graphql.request import answer_size
from intersessional.graphql.subscriptions import (
    catch_up,
    catch_up_page,
    replay_buffer,
    shared_subscription,
    shared_subscriptions,
    subscription_hub,
    subscription_plan,
    subscription_shares,
)
from intersessional.infra.connections import open_connections, places
from intersessional.infra.event_store import live_feed, postgres_event_store, recent_events
from intersessional.infra.http.middleware import body_limit
from intersessional.infra.http.server import (
    capped_http_protocol,
    connection_state,
    listener,
    proxied_connection,
    refused_connection,
    rlimits,
    server,
)
from intersessional.infra.metrics import metrics_server
from intersessional.infra.page import rendered_pages
from intersessional.infra.rate_limits import request_limits, token_buckets
from intersessional.infra.read_models.projector import document_cache
from intersessional.infra.settings import Settings
from intersessional.infra.sse import sse_buffer, sse_streams
from intersessional.infra.websocket import (
    frame_reader,
    send_buffer,
    socket_operations,
)

DOCS = Path(__file__).parents[2] / "docs"
SECURITY = "security.md"
CONNECTIONS = "adr/0032-caps-addresses-and-places.md"
COST = "adr/0033-cost-is-measured-on-what-is-executed.md"
WATCHING = "adr/0034-bounds-of-watching.md"
RATES = "adr/0039-rate-limits.md"

WORDS = {8: "eight", 10: "ten"}
PARTS = {5: "A fifth"}
MIB = 1024 * 1024
_shares = subscription_shares


def default(alias: str) -> int:
    """The default of a setting."""
    fields = Settings.model_fields.values()
    value: int = next(field.default for field in fields if field.alias == alias)
    return value


def mib(size: int) -> str:
    """A size as the pages write it."""
    whole, rest = divmod(size, MIB)
    assert not rest
    return f"{whole} MiB"


def kib(size: int) -> str:
    """A size as the pages write it."""
    whole, rest = divmod(size, 1024)
    assert not rest
    return f"{whole} KiB"


LARGE_CACHES = (result_cache.BYTES_MAX, postgres_event_store.CACHE_BYTES_MAX)
CACHES = (
    document_cache.BYTES_MAX,
    2 * recent_events.BYTES_MAX,
    replay_buffer.NODE_BYTES_MAX,
    catch_up.BYTES_MAX,
    rendered_pages.BYTES_MAX,
)
(LARGE,), (SMALL,) = set(LARGE_CACHES), set(CACHES)
ANONYMOUS = Fraction(1 / _shares.ANONYMOUS_SHARE).limit_denominator(100)

FIGURES = [
    (SECURITY, f"{mib(LARGE)} each"),
    (SECURITY, f"{mib(SMALL)} each"),
    (SECURITY, f"{mib(sum(LARGE_CACHES) + sum(CACHES))} together"),
    (SECURITY, f"{PARTS[round(1 / (1 - places.ANONYMOUS_SHARE))]} of the places"),
    (
        CONNECTIONS,
        f"{default('INTERSESSIONAL_CONNECTIONS_MAX'):,} a node,"
        f" {default('INTERSESSIONAL_ADDRESS_CONNECTIONS_MAX'):,} an address",
    ),
    (
        CONNECTIONS,
        f"{default('INTERSESSIONAL_SOCKETS_MAX'):,} a node,"
        f" {default('INTERSESSIONAL_ADDRESS_SOCKETS_MAX')} an address,"
        f" {places.ANONYMOUS_SHARE * 100:.0f} % without a person,"
        f" {default('INTERSESSIONAL_PERSON_SOCKETS_MAX')} a person",
    ),
    (CONNECTIONS, f"{proxied_connection.HEADER_S:.0f} s, then aborted"),
    (CONNECTIONS, f"the cap is what the files allow, less {rlimits.OTHER_FILES}"),
    (
        CONNECTIONS,
        f"{refused_connection.LINGERING_MAX} at a time,"
        f" {refused_connection.HEAD_S + refused_connection.LINGER_S} s"
        f" and {kib(refused_connection.LINGER_BYTES_MAX)} each",
    ),
    (CONNECTIONS, f"{server.ACCEPTS_PER_TURN} are accepted in a turn"),
    (
        CONNECTIONS,
        f"{default('INTERSESSIONAL_INIT_SECONDS_MAX')} s;"
        f" {places.PENDING_S:.0f} s where every place is taken",
    ),
    (
        CONNECTIONS,
        f"{frame_reader.FRAMES_PER_TURN} a turn; {frame_reader.FRAMES_BURST} at once,"
        f" {frame_reader.FRAMES_PER_S:.0f} a second, then closed",
    ),
    (
        CONNECTIONS,
        f"{frame_reader.MESSAGES_BURST} at once, {frame_reader.MESSAGES_PER_S:.0f} a second,"
        " then they wait",
    ),
    (
        CONNECTIONS,
        f"{kib(server.SOCKET_MESSAGE_BYTES_MAX)} a socket"
        f" ({default('INTERSESSIONAL_MUTATION_BYTES_MAX') // 1_000_000} MB of a person),"
        f" {mib(open_connections.MESSAGES_BYTES_MAX)} a node",
    ),
    (
        CONNECTIONS,
        f"{mib(body_limit.BODIES_BYTES_MAX)} a node;"
        f" up to {kib(body_limit.SMALL_BYTES)} each are not counted",
    ),
    (
        CONNECTIONS,
        f"{mib(open_connections.REQUESTS_BYTES_MAX)} a node;"
        f" up to {kib(capped_http_protocol.SMALL_BYTES)} each are not counted",
    ),
    (
        CONNECTIONS,
        f"{mib(send_buffer.BYTES_MAX)} and one answer a connection,"
        f" {mib(open_connections.UNSENT_BYTES_MAX)} a node, {open_connections.UNREAD_S:.0f} s",
    ),
    (CONNECTIONS, f"{kib(listener.KERNEL_UNSENT_BYTES)} a connection |"),
    (
        CONNECTIONS,
        f"{mib(sse_buffer.BYTES_MAX)} a stream, {mib(sse_streams.NODE_BYTES_MAX)} a node",
    ),
    (
        CONNECTIONS,
        f"one is prepared, {WORDS[socket_operations.EXECUTIONS_MAX]} are executed at a time",
    ),
    (COST, f"{answer_size.ALL_ANSWERS_BYTES_MAX // 1_000_000} MB in the making on a node"),
    (
        WATCHING,
        f"1/{_shares.CONNECTION_SHARE}, 1/{_shares.OWNER_SHARE}, 1/{_shares.OWNER_SHARE},"
        f" {ANONYMOUS} of what the node runs |"
        f" `INTERSESSIONAL_OPERATIONS_MAX` ({default('INTERSESSIONAL_OPERATIONS_MAX')})",
    ),
    (
        WATCHING,
        f"1/{shared_subscriptions.UNCOUNTED_SHARE} of them may be counted for nobody,"
        f" without members for {shared_subscriptions.LINGER_S:.0f} s",
    ),
    (WATCHING, f"{default('INTERSESSIONAL_SUBSCRIPTION_COST_MAX'):,} fields an event"),
    (WATCHING, f"{shared_subscriptions.EXECUTIONS_MAX} executions at the same time"),
    (
        WATCHING,
        f"{catch_up.EXECUTIONS_MAX} pages at the same time, in rotation by owner; a page ends"
        f" after {catch_up_page.PAYLOADS_MAX} payloads, {kib(catch_up_page.BYTES_MAX)}"
        f" or {catch_up.POSITIONS_MAX:,} positions",
    ),
    (WATCHING, f"pages of the past | {mib(catch_up.BYTES_MAX)} a node"),
    (
        WATCHING,
        f"{mib(replay_buffer.NODE_BYTES_MAX)} a node in equal shares,"
        f" {kib(2 * replay_buffer.BYTES_MAX)} each at most",
    ),
    (WATCHING, f"recent events | {mib(2 * recent_events.BYTES_MAX)} a node"),
    (WATCHING, f"{kib(live_feed.READ_BYTES_MAX)} of states, or one event"),
    (WATCHING, f"{subscription_hub.PAYLOAD_BYTES_MAX:,} bytes: `ANSWER_TOO_LARGE`"),
    (WATCHING, f"a payload is executed {shared_subscription.EXECUTIONS_MAX} times at most"),
    (WATCHING, f"{subscription_plan.CACHED_MAX:,} digests"),
    (RATES, f"A bucket holds what it gains in {request_limits.BURST_S} seconds"),
    (RATES, f"bounded in number ({token_buckets.BUCKETS_MAX:,};"),
    (
        "operating.md",
        f"{WORDS[metrics_server.SCRAPES_MAX].capitalize()} connections are open there at most,"
        f" for {WORDS[int(metrics_server.SCRAPE_S)]} seconds each",
    ),
    ("running.md", f"idle connection for {connection_state.KEEP_ALIVE_S:.0f} seconds"),
]


@pytest.mark.parametrize(("page", "figure"), FIGURES)
def test_figure_of_the_code_stands_on_the_page(page: str, figure: str) -> None:
    words = " ".join((DOCS / page).read_text().split())

    assert figure in words
