"""The entry to subscriptions, for all transports of a node."""

from dataclasses import dataclass, replace

from intersessional.domain.kernel.caller import ANONYMOUS, Caller
from intersessional.graphql.execution import points
from intersessional.graphql.execution.coerced_operation import CoercedOperation
from intersessional.graphql.request.answer_size import AnswerSize, AnswerSizes
from intersessional.graphql.request.context import BadRequest, Context, PositionRange
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.graphql.subscriptions.retry import is_transient, retry_backoff
from intersessional.graphql.subscriptions.shared_subscriptions import SharedSubscriptions
from intersessional.graphql.subscriptions.sink import Sink
from intersessional.graphql.subscriptions.sink_membership import SinkMembership
from intersessional.graphql.subscriptions.subscriber import Subscriber
from intersessional.graphql.subscriptions.subscription_execution import SubscriptionExecution
from intersessional.graphql.subscriptions.subscription_plan import SubscriptionPlanner
from intersessional.projections.kernel.epochs import PositionInEpoch
from intersessional.projections.kernel.feed import Feed

PAYLOAD_BYTES_MAX = 1_000_000
"""The largest payload: each of thousands of send buffers may hold one."""


@dataclass(frozen=True, kw_only=True)
class SubscriptionHub:
    """Subscribes sinks to operations, which are shared where their results are equal."""

    schema: ComposedSchema
    planner: SubscriptionPlanner
    subscriptions: SharedSubscriptions
    feed: Feed
    context: Context
    payload_sizes: AnswerSizes
    """The bounds of one payload, and of all that are made at the same time."""

    async def subscribe(
        self,
        operation: CoercedOperation,
        caller: Caller,
        sink: Sink,
        *,
        subscriber: Subscriber,
        last_position: int | None = None,
    ) -> SinkMembership:
        """Send a sink every payload of an operation; returns when the sink is live.

        What is started anew is counted for the ``subscriber``, who pays for one payload, for going
        through the past, and for each payload of the past that is made; ``last_position`` is where
        the client continues, if its transport knows it. Raises RequestError, and BadRequest for a
        position that the log has not reached, or has lost, or where the points do not suffice.

        A shared operation shows every caller the same, so roles do not matter. Another one is
        executed for its caller alone, whose roles are read again at each event.
        """
        plan = self.planner.plan(operation)
        given = plan.after if last_position is None else last_position
        after = self.feed.position if given is None else given
        await self.context.check_epoch(after)
        await self._check_reached(after)
        subscriber.payer.charge(
            operation.cost + points.of_catching_up(max(self.feed.position - after, 0))
        )
        sink.start(PositionInEpoch(after, self.feed.epochs.present))
        # A shared execution must not depend on its first caller.
        executing_caller = caller if plan.key is None else ANONYMOUS

        def context(positions: PositionRange) -> Context:
            context = self.context.for_operation(executing_caller, positions)
            return replace(context, answer=AnswerSize(self.payload_sizes))

        def execution() -> SubscriptionExecution:
            return SubscriptionExecution(
                operation=operation if plan.key is None else self.planner.shared(operation),
                context=context,
            )

        return await self.subscriptions.join(
            plan.key, execution, sink, after, self.feed, subscriber=subscriber
        )

    async def _check_reached(self, position: int) -> None:
        # This node may lag behind the node that sent the position; then it catches up.
        backoff = retry_backoff()
        while position > self.feed.position:
            try:
                head = await self.context.record.head()
            except Exception as error:
                if not is_transient(error):
                    raise
                await backoff.wait()
                continue
            if position > head:
                raise BadRequest(
                    "POSITION_AHEAD",
                    f"The last position of the record is {head}.",
                    headPosition=head,
                )
            return
