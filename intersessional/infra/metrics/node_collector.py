"""Collects the metrics of a node from counts that it keeps anyway.

It runs in the thread of the metrics' server while the event loop goes on: it copies a collection
before it walks over it, and a number may be of the moment after the one before it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from prometheus_client import Metric
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
)
from prometheus_client.registry import Collector

from intersessional import __version__, answer_counts
from intersessional.graphql.query_cache.result_cache import ResultCache
from intersessional.graphql.subscriptions.shared_subscription import SharedSubscription
from intersessional.graphql.subscriptions.shared_subscriptions import SharedSubscriptions
from intersessional.infra.backend import Backend
from intersessional.infra.connections.client_connections import ClientConnections
from intersessional.infra.connections.open_connections import OpenConnections
from intersessional.infra.metrics.distribution import Distribution
from intersessional.infra.metrics.request_counts import RequestCounts
from intersessional.infra.page.rendered_pages import RenderedPages
from intersessional.infra.postgres.database_outage import DatabaseOutage

PREFIX = "intersessional_"


class NodeCollector(Collector):
    """The metrics of one node."""

    def __init__(
        self,
        backend: Backend,
        *,
        subscriptions: SharedSubscriptions,
        connections: ClientConnections,
        cache: ResultCache,
        requests: RequestCounts,
        pages: RenderedPages,
    ) -> None:
        """``cache`` is that of the results of queries."""
        self._requests = requests
        self._pages = pages
        self._backend = backend
        self._subscriptions = subscriptions
        self._connections = connections
        self._cache = cache
        self.open_connections: OpenConnections | None = None
        """The TCP connections, once the node listens."""

    def collect(self) -> Iterable[Metric]:
        """All metrics, as they are now."""
        yield _gauge("node", "The version of this node.", {__version__: 1}, "version")
        yield from self._record()
        yield from self._watching()
        yield from _answers()
        yield from self._answered()
        yield from self._outages()
        if (opened := self.open_connections) is not None:
            yield _gauge("tcp_connections", "Open connections.", len(opened))
            yield _gauge("unread_bytes", "Written and unread.", opened.unsent.total)
            yield _counter("refused_connections", "Refused by a cap.", opened.refused, "cap")

    def _record(self) -> Iterator[Metric]:
        appends, head = self._backend.sequencer.counts, self._backend.feed.position
        yield _histogram("append_seconds", "From an append to its commit.", appends.latency_s)
        yield _histogram("append_batch_size", "The appends of one commit.", appends.batch_sizes)
        yield _gauge("waiting_appends", "Appends that wait.", len(self._backend.sequencer))
        yield _gauge("head_position", "The last position that this node has read.", head)
        positions = self._backend.projector.progress.positions
        lags = {view: max(0, head - position) for view, position in positions.items()}
        stopped = self._backend.projector.progress.stopped
        yield _gauge("view_lag_events", "Events that a view has not folded.", lags, "view")
        yield _gauge("view_stopped", "1 for a view that has stopped.", stopped, "view")

    def _watching(self) -> Iterator[Metric]:
        groups, connections = self._subscriptions, self._connections.by_kind()
        opened = {kind: len(unsent) for kind, unsent in connections.items()}
        unsent = {kind: sum(each) for kind, each in connections.items()}
        yield _gauge("watched_operations", "Subscriptions that are executed.", len(groups))
        yield _gauge("watchers", "Subscribers of all of them.", groups.watchers)
        yield _gauge("held_payload_bytes", "Payloads in memory.", groups.held_bytes)
        yield _counter("deliveries", "Payloads sent to watchers.", SharedSubscription.delivered)
        yield _gauge("connections", "Open sockets and streams.", opened, "kind")
        yield _gauge("unsent_bytes", "Bytes in their send buffers.", unsent, "kind")
        lookups = {"hit": self._cache.hits, "miss": self._cache.misses}
        yield _counter("query_cache_lookups", "Cacheable queries.", lookups, "outcome")
        yield _gauge("query_cache_results", "Results in the cache.", len(self._cache))

    def _answered(self) -> Iterator[Metric]:
        requests = CounterMetricFamily(
            PREFIX + "requests", "Answered HTTP requests.", labels=["kind", "status"]
        )
        for name, kind in self._requests.kinds.items():
            for status, count in kind.answers.copy().items():
                requests.add_metric([name, str(status)], count)
        yield requests
        seconds = HistogramMetricFamily(
            PREFIX + "request_seconds", "From a request to its answer's begin.", labels=["kind"]
        )
        for name, kind in self._requests.kinds.items():
            seconds.add_metric([name], _buckets(kind.latency_s), kind.latency_s.sum)
        yield seconds
        lookups = {"hit": self._pages.hits, "miss": self._pages.misses}
        yield _counter("page_lookups", "Pages of an answer.", lookups, "outcome")
        yield _gauge("rendered_pages", "Rendered pages in memory.", len(self._pages))

    def _outages(self) -> Iterator[Metric]:
        outages = self._backend.outages
        begun = {part: outage.count for part, outage in outages.items()}
        now = {part: int(outage.failures > 0) for part, outage in outages.items()}
        yield _counter("database_outages", "Outages as a part has seen them.", begun, "part")
        missed = {
            part: outage.missed_count
            for part, outage in outages.items()
            if isinstance(outage, DatabaseOutage)
        }
        yield _counter("database_misses", "Statements that missed something.", missed, "part")
        yield _gauge("database_outage", "1 while a part cannot use it.", now, "part")


def _answers() -> Iterator[Metric]:
    yield _counter("commands", "Commands of clients.", answer_counts.commands, "command")
    yield _counter("previews", "Previews of commands.", answer_counts.previews, "outcome")
    yield _counter("sign_ins", "Signing in on the page.", answer_counts.sign_ins, "outcome")
    yield _counter("refusals", "Refused commands.", answer_counts.refusals, "code")
    yield _counter("request_errors", "Refused requests.", answer_counts.request_errors, "code")
    yield _counter("masked_errors", "Faults and outages.", answer_counts.masked_errors, "code")


def _gauge(
    name: str, what: str, values: float | Mapping[str, float], label: str | None = None
) -> Metric:
    metric = GaugeMetricFamily(PREFIX + name, what, labels=[label] if label else None)
    return _add(metric, values)


def _counter(
    name: str, what: str, values: float | Counter[str] | Mapping[str, float], label: str = ""
) -> Metric:
    metric = CounterMetricFamily(PREFIX + name, what, labels=[label] if label else None)
    return _add(metric, values)


def _add(
    metric: GaugeMetricFamily | CounterMetricFamily, values: float | Mapping[str, float]
) -> Metric:
    if isinstance(values, Mapping):
        for key, value in tuple(values.items()):
            metric.add_metric([key], value)
    else:
        metric.add_metric([], values)
    return metric


def _histogram(name: str, what: str, observed: Distribution) -> Metric:
    metric = HistogramMetricFamily(PREFIX + name, what)
    metric.add_metric([], _buckets(observed), observed.sum)
    return metric


def _buckets(observed: Distribution) -> list[tuple[str, float]]:
    return [
        ("+Inf" if bound == float("inf") else f"{bound:g}", float(count))
        for bound, count in observed.up_to()
    ]
