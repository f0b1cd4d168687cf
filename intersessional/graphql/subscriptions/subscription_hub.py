"""The live room of a node: whoever watches comes in here, by socket or by event stream."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import OperationDefinitionNode

from intersessional.domain.kernel.caller import NOBODY, Caller
from intersessional.graphql.execution.documents import PreparedDocument
from intersessional.graphql.request.context import BadRequest, Context
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.graphql.subscriptions.membership import Membership
from intersessional.graphql.subscriptions.retry import Backoff, is_transient
from intersessional.graphql.subscriptions.shared_subscriptions import SharedSubscriptions
from intersessional.graphql.subscriptions.sink import Sink
from intersessional.graphql.subscriptions.subscription_execution import SubscriptionExecution
from intersessional.graphql.subscriptions.subscription_plan import SubscriptionPlanner
from intersessional.projections.kernel.reader import Feed


@dataclass(frozen=True, kw_only=True)
class SubscriptionHub:
    """Lets sinks watch subscription operations, shared where they can be."""

    schema: ComposedSchema
    plans: SubscriptionPlanner
    groups: SharedSubscriptions
    feed: Feed
    context: Context

    async def watch(
        self,
        prepared: PreparedDocument,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
        caller: Caller,
        sink: Sink,
        *,
        resumed: int | None = None,
    ) -> Membership:
        """Give the sink everything it asks for, past and to come.

        ``resumed`` is where it left off, when the wire itself knows. Raises RequestRefused, and
        BadRequest for a position the record has not reached.

        What is shared is the same for everyone who may ask, so nobody's roles matter. What is not
        is executed for its caller alone, whose roles are read from the record at each event.
        """
        prepared.check(operation, variables)
        planned = self.plans.plan(prepared, operation, variables)
        asked = planned.after if resumed is None else resumed
        after = self.feed.position if asked is None else asked
        await self._check_reached(after)
        sink.begin(after)
        # Nothing that is shared knows who asks, so it is executed for nobody.
        asker = caller if planned.key is None else NOBODY

        def watched() -> SubscriptionExecution:
            return SubscriptionExecution(
                schema=self.schema,
                document=prepared.document,
                operation_name=operation.name.value if operation.name else None,
                variables=variables,
                context=lambda stretch: self.context.for_operation(asker, stretch),
            )

        return await self.groups.join(planned.key, watched, sink, after, lambda: self.feed.position)

    async def _check_reached(self, position: int) -> None:
        # This node may lag behind the one that told the position; then it catches up.
        patience = Backoff()
        while position > self.feed.position:
            try:
                head = await self.context.record.head()
            except Exception as error:
                if not is_transient(error):
                    raise
                await patience.wait()
                continue
            if position > head:
                raise BadRequest(
                    "POSITION_AHEAD", f"The record stands at {head}.", headPosition=head
                )
            return
