"""A query executor that counts its executions."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import ExecutionResult

from intersessional.graphql.execution.coerced_operation import CoercedOperation, coerce_operation
from intersessional.graphql.execution.documents import ParsedDocuments
from intersessional.graphql.execution.operation_executor import execute
from intersessional.graphql.query_cache.caching_executor import CachingExecutor
from intersessional.graphql.query_cache.single_flight import SingleFlight
from intersessional.graphql.query_cache.view_changes import ViewChanges
from intersessional.graphql.request.context import Context
from intersessional.infra.backend import Backend
from intersessional.infra.http.documents import operation_limits
from tests.graphql.server import WAIT_MAX_S, Server

Json = Any


@dataclass(frozen=True, kw_only=True)
class CountingExecutor:
    """Executes queries on a node, and counts the executions of each document."""

    server: Server
    documents: ParsedDocuments
    executed: Counter[str] = field(default_factory=Counter[str])
    started: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when an execution starts."""

    @classmethod
    def on_server(cls, server: Server) -> "CountingExecutor":
        """An executor on a server, with nothing counted."""
        backend = server.backend
        return cls(
            server=server,
            documents=ParsedDocuments(server.composed.schema, operation_limits(backend.settings)),
        )

    @property
    def backend(self) -> Backend:
        """The backend of the node."""
        return self.server.backend

    async def execute(self, operation: CoercedOperation, context: Context) -> ExecutionResult:
        """Execute and count an operation."""
        self.executed[operation.document.sha256] += 1
        self.started.set()
        return await execute(operation, context)

    def results(self, changes: ViewChanges) -> CachingExecutor:
        """A query cache that executes here."""
        state = SingleFlight(self.backend.reader.readable_state, call_s=WAIT_MAX_S)
        return CachingExecutor(
            execute=self.execute,
            readable_state=state,
            changes=changes,
            feed=self.backend.feed,
            flight_s=WAIT_MAX_S,
        )

    async def fresh(self, query: str, **variables: Json) -> Json:
        """The data of an execution without the cache."""
        context = self.backend.context().for_operation()
        return (await execute(self.prepare(query, variables), context)).data

    async def ask(self, results: CachingExecutor, query: str, **variables: Json) -> bytes:
        """The result of the cache for an anonymous caller."""
        context = self.backend.context().for_operation()
        return await results.execute_query(self.prepare(query, variables), context)

    def prepare(self, query: str, variables: Json) -> CoercedOperation:
        """An operation of a valid document."""
        prepared = self.documents.prepare(query)
        assert not prepared.errors, prepared.errors
        return coerce_operation(self.server.composed.schema, prepared, None, variables)


def data(body: bytes) -> Json:
    """The data of a result without errors."""
    answer = orjson.loads(body)
    assert "errors" not in answer, answer["errors"]
    return answer["data"]
