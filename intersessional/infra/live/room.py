"""The live room of a node: whoever watches comes in here, by socket or by event stream."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import OperationDefinitionNode

from intersessional.domain.caller import NOBODY, Caller
from intersessional.graphql.context import Context, Stretch, Wrong
from intersessional.graphql.schema import ComposedSchema
from intersessional.infra.feed import LiveFeed
from intersessional.infra.live.groups import Groups
from intersessional.infra.live.plan import plan
from intersessional.infra.live.sink import Sink
from intersessional.infra.live.watched import Watched
from intersessional.infra.web.documents import Prepared


@dataclass(frozen=True, kw_only=True)
class LiveRoom:
    """Lets sinks watch subscription operations, shared where they can be."""

    schema: ComposedSchema
    groups: Groups
    feed: LiveFeed
    context: Context

    async def watch(
        self,
        prepared: Prepared,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
        caller: Caller,
        sink: Sink,
        *,
        resumed: int | None = None,
    ) -> Callable[[], None]:
        """Give the sink everything it asks for, past and to come; answers how to leave.

        ``resumed`` is where it left off, when the wire itself knows. Raises RequestRefused, and
        Wrong for a position the record has not reached.
        """
        planned = plan(self.schema, prepared, operation, variables)
        asked = planned.after if resumed is None else resumed
        head = self.feed.position
        after = head if asked is None else asked
        if after > head:
            await self._check_reached(after)

        def watched(caller: Caller) -> Watched:
            name = operation.name.value if operation.name else None
            return Watched(
                schema=self.schema,
                document=prepared.document,
                operation_name=name,
                variables=variables,
                context=lambda stretch: self._context(caller, stretch),
            )

        if planned.key is not None:
            # Nothing that is shared knows who asks, so it is executed for nobody.
            leave = await self.groups.join(planned.key, lambda: watched(NOBODY), sink, after, head)
            if leave is not None:
                return leave
        return self.groups.alone(watched(caller), sink, after)

    async def _check_reached(self, after: int) -> None:
        # This node may lag behind the one that told the position; then it catches up.
        head = await self.context.record.head()
        if after > head:
            raise Wrong("POSITION_AHEAD", f"The record stands at {head}.", headPosition=head)

    def _context(self, caller: Caller, stretch: Stretch) -> Context:
        return self.context.for_operation(caller, stretch)
