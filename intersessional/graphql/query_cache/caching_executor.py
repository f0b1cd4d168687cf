"""Answers queries, with one execution for everyone who asks the same until something changes."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import ExecutionResult, OperationDefinitionNode, OperationType

from intersessional.graphql.execution.documents import PreparedDocument
from intersessional.graphql.execution.requests import OPERATION_S, encode
from intersessional.graphql.execution.variables import canonical_variables
from intersessional.graphql.query_cache.dependencies import Dependencies, TrackingContext
from intersessional.graphql.query_cache.result_cache import CachedResult, Key, ResultCache
from intersessional.graphql.query_cache.single_flight import SingleFlight
from intersessional.graphql.query_cache.view_changes import ViewChanges
from intersessional.graphql.request.context import Context
from intersessional.projections.kernel.reader import ReadableState

Execute = Callable[
    [PreparedDocument, str | None, Mapping[str, Any], Context],
    Awaitable[ExecutionResult],
]
"""Executes a query or a mutation."""


@dataclass(frozen=True, kw_only=True)
class CachingExecutor:
    """Executes what is asked, or answers with what the same question was answered with before.

    That is done only where the operation provably answers everyone the same, and where no event
    since then concerned a view that it read. Nobody is answered from before they asked.
    """

    execute: Execute
    shown: SingleFlight[ReadableState]
    """What the views show."""
    changes: ViewChanges
    kept: ResultCache = field(default_factory=ResultCache)
    flight_s: float = 5.0
    """How long an execution is waited for that someone else began."""
    _flights: dict[Key, asyncio.Future[bool]] = field(
        default_factory=dict[Key, asyncio.Future[bool]]
    )
    """What is being executed; afterwards, whether others may hope for its result."""

    async def answer(
        self,
        prepared: PreparedDocument,
        name: str | None,
        variables: Mapping[str, Any],
        context: Context,
    ) -> bytes:
        """The answer, as a GraphQL response in JSON. Raises what `execute` raises."""
        operation = prepared.operation(name)
        key = _key(prepared, operation, variables)
        if key is None:
            return encode(await self.execute(prepared, name, variables, context))
        async with asyncio.timeout(OPERATION_S):
            shown = await self.shown.ask()
            while (found := self._find(key, shown)) is None:
                flight = self._flights.get(key)
                if flight is None or not await self._hope(key, flight):
                    return await self._run(key, prepared, name, variables, context, shown)
            return found.body

    def _find(self, key: Key, shown: ReadableState) -> CachedResult | None:
        """What would be answered from this, when that is kept."""
        result = self.kept.get(key)
        if result is None or result.heads != shown.heads:
            return None
        if result.position >= shown.position:
            return result
        if result.any_event:
            return None
        same = self.changes.none(result.views, result.position, shown.position)
        return result if same else None

    async def _hope(self, key: Key, flight: asyncio.Future[bool]) -> bool:
        """Wait for an execution; whether there may be a result then, or another execution."""
        await asyncio.wait((flight,), timeout=self.flight_s)
        if flight.done():
            return flight.result()
        # It hangs: whoever is first of those who waited begins again.
        if self._flights.get(key) is flight:
            del self._flights[key]
        return True

    async def _run(
        self,
        key: Key,
        prepared: PreparedDocument,
        name: str | None,
        variables: Mapping[str, Any],
        context: Context,
        shown: ReadableState,
    ) -> bytes:
        flight = self._flights[key] = asyncio.get_running_loop().create_future()
        hope = False
        noted = TrackingContext.of(context, shown.position)
        try:
            result = await self.execute(prepared, name, variables, noted)
            body = encode(result)
            if not result.errors:
                hope = True
                self._keep(key, body, noted.reads, shown)
            return body
        except asyncio.CancelledError:
            # Whoever leaves takes nothing from those who wait: one of them begins again.
            hope = True
            raise
        finally:
            if self._flights.get(key) is flight:
                del self._flights[key]
            flight.set_result(hope)

    def _keep(self, key: Key, body: bytes, reads: Dependencies, shown: ReadableState) -> None:
        result = CachedResult(
            body=body,
            position=shown.position,
            heads=shown.heads,
            views=frozenset(reads.views),
            any_event=reads.whole_record,
        )
        self.kept.put(key, result)


def _key(
    prepared: PreparedDocument, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> Key | None:
    """What tells the question from others; None where another may get another answer."""
    name = operation.name.value if operation.name else None
    if operation.operation is not OperationType.QUERY or name not in prepared.shareable:
        return None
    given = canonical_variables(operation, variables)
    return None if given is None else (prepared.sha256, name, given)
