"""A subscription operation as it runs: events of the record become payloads."""

import logging
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any, cast

from graphql import DocumentNode, ExecutionResult, GraphQLError, execution

from intersessional.concurrency.shielded import run_to_completion
from intersessional.graphql.execution.requests import RequestError, encode
from intersessional.graphql.request.context import (
    Context,
    OnProgress,
    PositionRange,
    ignore_progress,
)
from intersessional.graphql.roots.subscription import position_of
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.graphql.subscriptions.payload import Payload
from intersessional.graphql.subscriptions.retry import Backoff, is_transient

logger = logging.getLogger(__name__)

_core: Any = execution
"""Its functions are generic without saying so."""


@dataclass(frozen=True, kw_only=True)
class SubscriptionExecution:
    """One operation with its variables. ``context`` makes what its resolvers can reach."""

    schema: ComposedSchema
    document: DocumentNode
    operation_name: str | None
    variables: Mapping[str, Any]
    context: Callable[[PositionRange], Context]

    async def payloads(
        self, after: int, until: int | None = None, *, passed: OnProgress = ignore_progress
    ) -> AsyncGenerator[Payload, None]:
        """A payload for each event after a position that concerns the operation, in order.

        It ends at ``until`` when that is given. ``passed`` hears up to where nothing more is to
        come. While the record cannot be read it waits: an event is never skipped and never
        answered with an error for that. What cannot be shown at all ends it, before that event.
        Raises RequestError.
        """
        position, patience = after, Backoff()

        def went_on(reached: int) -> None:
            nonlocal position
            position = reached
            patience.restore()
            passed(reached)

        while True:
            try:
                async with aclosing(self._run(PositionRange(position, until, went_on))) as run:
                    async for payload in run:
                        yield payload
                        went_on(payload.position)
                return
            except Exception as error:
                if not is_transient(error):
                    raise
                logger.warning("a watched operation waits at %d: %r", position, error)
            await patience.wait()

    async def _run(self, stretch: PositionRange) -> AsyncGenerator[Payload, None]:
        executor: Any = self.schema.executor(
            self.document, self.context(stretch), self.variables, self.operation_name
        )
        if isinstance(executor, list):
            raise RequestError(*cast("list[GraphQLError]", executor))
        begun = _core.create_source_event_stream(executor)
        events = await begun if isawaitable(begun) else begun
        if isinstance(events, ExecutionResult):
            raise RequestError(*_lasting_errors(events))
        async with aclosing(cast("AsyncGenerator[Any, None]", events)) as source:
            async for event in source:
                # What one event reads is nothing to the next one.
                executor.context_value = self.context(stretch)
                executed = _core.execute_subscription_event(
                    executor.build_per_event_executor(event)
                )
                result = await run_to_completion(executed) if isawaitable(executed) else executed
                errors = _lasting_errors(result)
                if result.data is None:
                    raise RequestError(*errors)
                position = position_of(event)
                yield Payload(position, encode(result, position))


def _lasting_errors(result: ExecutionResult) -> list[GraphQLError]:
    """The errors of a result. Raises what says that it would be another a little later."""
    errors = result.errors or []
    for error in errors:
        if error.original_error is not None and is_transient(error.original_error):
            raise error.original_error
    return errors
