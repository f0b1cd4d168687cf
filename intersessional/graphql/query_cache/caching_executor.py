"""Execution of queries through a cache of their results."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from graphql import ExecutionResult

from intersessional.graphql.execution.coerced_operation import CoercedOperation
from intersessional.graphql.execution.operation_executor import OPERATION_S
from intersessional.graphql.execution.requests import encode
from intersessional.graphql.execution.variables import canonical_variables
from intersessional.graphql.query_cache.result_cache import CachedResult, CacheKey, ResultCache
from intersessional.graphql.query_cache.single_flight import SingleFlight
from intersessional.graphql.query_cache.view_changes import ViewChanges
from intersessional.graphql.request.context import Context
from intersessional.graphql.request.dependencies import Dependencies
from intersessional.projections.kernel.epochs import Epochs, PositionInEpoch
from intersessional.projections.kernel.feed import Feed
from intersessional.projections.kernel.reader import ReadableState

Execute = Callable[[CoercedOperation, Context], Awaitable[ExecutionResult]]


@dataclass(frozen=True, kw_only=True)
class CachingExecutor:
    """Executes queries; equal shareable queries share one execution until its state changes.

    A cached result is returned where no later event concerned a view that it was read from, or may
    have closed a text. The
    state of a result is never older than the request for it. A cached result keeps its position.
    """

    execute: Execute
    """Executes a query."""
    readable_state: SingleFlight[ReadableState]
    changes: ViewChanges
    feed: Feed
    cache: ResultCache = field(default_factory=ResultCache)
    flight_s: float = 5.0
    """How long to wait for an execution that another request began."""
    _flights: dict[CacheKey, asyncio.Future[bool]] = field(
        default_factory=dict[CacheKey, asyncio.Future[bool]]
    )
    """Running executions; the future's result is whether waiting requests should look again."""

    async def execute_query(self, operation: CoercedOperation, context: Context) -> bytes:
        """Return the result as a GraphQL response in JSON. Raises what `execute` raises.

        Its extensions say the position that was read.
        """
        key = _key(operation)
        async with asyncio.timeout(OPERATION_S):
            state = await self.readable_state.get()
            if key is None:
                return await self._run_alone(operation, context, state.position)
            while (cached := self._find(key, state)) is None:
                flight = self._flights.get(key)
                if flight is None or not await self._wait(key, flight):
                    self.cache.misses += 1
                    return await self._run(key, operation, context, state)
            self.cache.hits += 1
            return cached.body

    def _find(self, key: CacheKey, state: ReadableState) -> CachedResult | None:
        """The cached result, if an execution would return the same."""
        result = self.cache.get(key)
        if result is None or result.view_versions != state.view_versions:
            return None
        if (result.texts_closed_at, result.epochs) != (self.feed.texts_closed_at, self.feed.epochs):
            # It may hold a text that nobody may read any more, or what the record has lost.
            self.cache.clear()
            return None
        if result.position >= state.position:
            return result
        if result.any_event:
            return None
        unchanged = self.changes.unchanged(result.views, result.position, state.position)
        return result if unchanged else None

    async def _wait(self, key: CacheKey, flight: asyncio.Future[bool]) -> bool:
        """Wait for an execution; return whether to look for its result, or for another one."""
        await asyncio.wait((flight,), timeout=self.flight_s)
        if flight.done():
            return flight.result()
        # It hangs: the first of the waiting requests executes anew.
        if self._flights.get(key) is flight:
            del self._flights[key]
        return True

    async def _run_alone(
        self, operation: CoercedOperation, context: Context, position: int
    ) -> bytes:
        in_epoch = PositionInEpoch(position, self.feed.epochs.present)
        return encode(await self.execute(operation, context.reading_at(position)), in_epoch)

    async def _run(
        self,
        key: CacheKey,
        operation: CoercedOperation,
        context: Context,
        state: ReadableState,
    ) -> bytes:
        flight = self._flights[key] = asyncio.get_running_loop().create_future()
        look_again = False
        texts_closed_at, epochs = self.feed.texts_closed_at, self.feed.epochs
        context = context.reading_at(state.position)
        try:
            result = await self.execute(operation, context)
            body = encode(result, PositionInEpoch(state.position, epochs.present))
            if not result.errors:
                look_again = True
                self._store(key, body, context.dependencies, state, texts_closed_at, epochs)
            return body
        except asyncio.CancelledError:
            # One of the waiting requests executes anew.
            look_again = True
            raise
        finally:
            if self._flights.get(key) is flight:
                del self._flights[key]
            flight.set_result(look_again)

    def _store(
        self,
        key: CacheKey,
        body: bytes,
        dependencies: Dependencies,
        state: ReadableState,
        texts_closed_at: int,
        epochs: Epochs,
    ) -> None:
        result = CachedResult(
            body=body,
            position=state.position,
            view_versions=state.view_versions,
            views=frozenset(dependencies.views),
            texts_closed_at=texts_closed_at,
            epochs=epochs,
            any_event=dependencies.any_event,
        )
        self.cache.put(key, result)


def _key(operation: CoercedOperation) -> CacheKey | None:
    """The cache key of a query; None where its result depends on its caller."""
    if not operation.shareable:
        return None
    canonical = canonical_variables(operation.operation, operation.variables)
    return None if canonical is None else (operation.document.sha256, operation.name, canonical)
