"""Aggregates, loaded from the log and cached."""

from collections.abc import Iterable
from functools import reduce
from uuid import UUID

import orjson
from cachetools import LRUCache

from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent
from intersessional.domain.kernel.sealed import Sealed
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec

_AGGREGATES_MAX = 20_000


class CachedAggregateRepository:
    """Loads aggregates from their events and caches the most recently used ones.

    A cached aggregate may be older than the log when another node has appended. That is safe: an
    append checks the versions, and the command bus loads afresh before it answers a refusal.
    """

    def __init__(self, log: EventLog, codec: Codec) -> None:
        self._log = log
        self._codec = codec
        self._cache: LRUCache[UUID, Aggregate] = LRUCache(_AGGREGATES_MAX)

    async def load(self, id: UUID, *, fresh: bool = False) -> Aggregate | None:
        """A copy of the aggregate, from the cache unless ``fresh``; None when it does not exist."""
        aggregate = None if fresh else self._cache.get(id)
        if aggregate is None:
            events = self._codec.events(await self._log.stream(id))
            aggregate = reduce(_applied, events, None)
            if aggregate is None:
                return None
            self._cache[id] = aggregate
        return aggregate.copy()

    async def reveal(self, sealed: Sealed) -> str | None:
        """The text behind a commitment; None when it has been erased."""
        commitment = bytes.fromhex(sealed.sealed or "")
        opening = (await self._log.openings([commitment])).get(commitment)
        return None if opening is None else str(orjson.loads(opening.value))

    def cache(self, aggregates: Iterable[Aggregate]) -> None:
        """Cache aggregates as they are after an append, unless a later version is cached."""
        for aggregate in aggregates:
            cached = self._cache.get(aggregate.id)
            if cached is None or cached.version < aggregate.version:
                self._cache[aggregate.id] = aggregate


def _applied(aggregate: Aggregate | None, event: DomainEvent) -> Aggregate | None:
    return event.mutate(aggregate)
