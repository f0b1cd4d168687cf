"""Execution of a subscription operation: events become payloads."""

import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, nullcontext
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any, cast

from graphql import ExecutionResult, GraphQLError, execution

from intersessional.concurrency.shielded import run_to_completion
from intersessional.graphql.execution.coerced_operation import CoercedOperation
from intersessional.graphql.execution.operation_executor import complete, operation_executor
from intersessional.graphql.execution.requests import RequestError, encode
from intersessional.graphql.request.context import (
    Context,
    OnProgress,
    PositionRange,
    Turn,
    ignore_progress,
)
from intersessional.graphql.roots.change import item_position
from intersessional.graphql.subscriptions.payload import Payload
from intersessional.graphql.subscriptions.retry import is_transient, retry_backoff
from intersessional.projections.kernel.epochs import PositionInEpoch

logger = logging.getLogger(__name__)

_core: Any = execution
"""Untyped: graphql-core's functions lack type arguments."""


@dataclass(frozen=True, kw_only=True)
class SubscriptionExecution:
    """One operation with its variables; ``context`` makes the context of its resolvers."""

    operation: CoercedOperation
    context: Callable[[PositionRange], Context]

    @property
    def cost(self) -> int:
        """What one payload costs, in points."""
        return self.operation.cost

    async def payloads(
        self,
        after: int,
        until: int | None = None,
        *,
        on_progress: OnProgress = ignore_progress,
        turn: Turn = nullcontext,
    ) -> AsyncGenerator[Payload, None]:
        """Yield a payload for each matching event after a position, in order, up to ``until``.

        ``on_progress`` is called with each position up to which no further payload follows. Each
        event is executed in a ``turn``. A transient error is retried, so that no event is skipped.
        Raises RequestError, which says the position, for an event that cannot be shown.
        """
        position, backoff = after, retry_backoff()

        def advance(reached: int) -> None:
            nonlocal position
            position = reached
            backoff.reset()
            on_progress(reached)

        while True:
            try:
                async with aclosing(
                    self._run(PositionRange(position, until, advance, turn))
                ) as run:
                    async for payload in run:
                        yield payload
                        advance(payload.position)
                        del payload
                return
            except Exception as error:
                if not is_transient(error):
                    raise
                logger.warning("a subscription retries after %d: %r", position, error)
            await backoff.wait()

    async def _run(self, positions: PositionRange) -> AsyncGenerator[Payload, None]:
        executor: Any = operation_executor(self.operation, self.context(positions))
        created = _core.create_source_event_stream(executor)
        events = await created if isawaitable(created) else created
        if isinstance(events, ExecutionResult):
            raise RequestError(*_lasting_errors(events))
        async with aclosing(cast("AsyncGenerator[Any, None]", events)) as source:
            async for event in source:
                async with positions.turn():
                    payload = await self._execute(executor, event, positions)
                yield payload
                # Nothing that was read for it is held until the next event.
                del event, payload

    async def _execute(self, executor: Any, event: Any, positions: PositionRange) -> Payload:
        # Each event reads its own state.
        executor.context_value = context = self.context(positions)
        texts_closed_at, epoch = context.feed.texts_closed_at, context.feed.epochs.present
        per_event = executor.build_per_event_executor(event)
        executor.context_value = None
        executed = _core.execute_subscription_event(per_event)
        result = await run_to_completion(complete(per_event, executed))
        errors, position = _lasting_errors(result), item_position(event)
        if result.data is None:
            raise _at_position(RequestError(*errors), position)
        in_epoch = PositionInEpoch(position, epoch)
        return Payload(position, encode(result, in_epoch), texts_closed_at, epoch)


def _lasting_errors(result: ExecutionResult) -> list[GraphQLError]:
    """The errors of a result. Raises one that a retry resolves."""
    errors = result.errors or []
    for error in errors:
        if error.original_error is not None and is_transient(error.original_error):
            raise error.original_error
    return errors


def _at_position(refused: RequestError, position: int) -> RequestError:
    """A client that goes on after this position leaves the event out."""
    for error in refused.errors:
        error.extensions = {**(error.extensions or {}), "position": position}
    return refused
