"""A subscription operation as it runs: events of the record become payloads."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any, cast

from graphql import DocumentNode, ExecutionResult, GraphQLError, execution

from intersessional.graphql.context import Context, Stretch
from intersessional.graphql.schema import ComposedSchema
from intersessional.graphql.subscription import place
from intersessional.infra.live.payload import Payload
from intersessional.infra.record.link import LOST
from intersessional.infra.web.requests import RequestRefused, encode

logger = logging.getLogger(__name__)

_core: Any = execution
"""Its functions are generic without saying so."""

_PAUSE_MIN_S = 0.05
_PAUSE_MAX_S = 1.0


@dataclass(frozen=True, kw_only=True)
class Watched:
    """One operation with its variables. ``context`` makes what its resolvers can reach."""

    schema: ComposedSchema
    document: DocumentNode
    operation_name: str | None
    variables: Mapping[str, Any]
    context: Callable[[Stretch], Context]

    async def payloads(self, after: int, until: int | None = None) -> AsyncGenerator[Payload, None]:
        """A payload for each event after a position that concerns the operation, in order.

        It ends at ``until`` when that is given. While the database cannot be reached it waits: an
        event is never skipped and never answered with an error for that. Raises RequestRefused.
        """
        position, pause = after, _PAUSE_MIN_S
        while True:
            try:
                async with aclosing(self._run(position, until)) as run:
                    async for payload in run:
                        position, pause = payload.position, _PAUSE_MIN_S
                        yield payload
                return
            except LOST as error:
                logger.warning("a watched operation waits at %d: %r", position, error)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _PAUSE_MAX_S)

    async def _run(self, after: int, until: int | None) -> AsyncGenerator[Payload, None]:
        context = self.context(Stretch(after, until))
        executor: Any = self.schema.executor(
            self.document, context, self.variables, self.operation_name
        )
        if isinstance(executor, list):
            raise RequestRefused(*cast("list[GraphQLError]", executor))
        begun = _core.create_source_event_stream(executor)
        events = await begun if isawaitable(begun) else begun
        if isinstance(events, ExecutionResult):
            raise RequestRefused(*_true_errors(events))
        async with aclosing(cast("AsyncGenerator[Any, None]", events)) as source:
            async for event in source:
                executed = _core.execute_subscription_event(
                    executor.build_per_event_executor(event)
                )
                result = await executed if isawaitable(executed) else executed
                _true_errors(result)
                yield Payload(place(event), encode(result))


def _true_errors(result: ExecutionResult) -> list[GraphQLError]:
    """The errors of a result. Raises what says that the database could not be reached."""
    errors = result.errors or []
    for error in errors:
        if isinstance(error.original_error, LOST):
            raise error.original_error
    return errors
