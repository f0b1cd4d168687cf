"""Calls in the API."""

from datetime import datetime
from typing import Annotated, ClassVar

import strawberry

from intersessional.domain.call import commands
from intersessional.domain.call.call import VOLUNTEERS
from intersessional.domain.call.call_period import CallState
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.relay.filtered_connection import filtered_connection
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import BadRequest, Info
from intersessional.graphql.roots.arguments import Id, PastState
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.cycle import CycleType
from intersessional.graphql.types.group import GroupType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.calls import CALLS, CallDocument
from intersessional.projections.kernel.view import ANY_KIND, AnyView, ListKey

CallKey = Annotated[
    str | None,
    strawberry.argument(description="Only calls for this, by its key, such as `volunteers`."),
]
StateOfCall = Annotated[
    CallState | None,
    strawberry.argument(description="Only calls in this state at the instant `at`."),
]
StateAt = Annotated[
    datetime | None,
    strawberry.argument(
        description="The instant of which the state is; that of `asOf.occurred` when not given. "
        "An answer does not depend on the clock: for the present, give the present."
    ),
]


@object_type
class CallType(DocumentNode[CallDocument]):
    """A call: for issues, for workshops, for volunteers, for contributions to a group's work."""

    view: ClassVar[AnyView] = CALLS

    @field
    def of(self) -> str:
        """The key of what is called for, such as `issues` or `volunteers`."""
        return self.document.of

    @field
    async def title(self) -> str | None:
        """The title."""
        return await self.loaders.text(self.document.title)

    @field
    async def text(self) -> str | None:
        """The words of the call; null where none are given."""
        return await self.loaders.text(self.document.text)

    @field
    def launched(self) -> OccurredType:
        """When it was launched."""
        return OccurredType(value=self.document.launched)

    @field
    def opens(self) -> OccurredType:
        """When it opens, as this state of the record knows it."""
        return OccurredType(value=self.document.period.opens)

    @field
    def closes(self) -> OccurredType | None:
        """When it closes: a day is its last one; null where no end is known."""
        closes = self.document.period.closes
        return None if closes is None else OccurredType(value=closes)

    @field
    def time_zone(self) -> str | None:
        """The time zone in which its days begin and end; null for UTC, where none is named."""
        return self.document.period.time_zone

    @field
    def opens_at(self) -> datetime:
        """The first instant at which it is open."""
        return self.document.period.opens_at

    @field
    def closes_at(self) -> datetime | None:
        """The instant from which it is closed; null where no end is known."""
        return self.document.period.closes_at

    @field
    def extended(self) -> bool:
        """Whether it was extended after it was launched."""
        return self.document.extended

    @field
    def closed(self) -> OccurredType | None:
        """When somebody closed it; null for a call that ends by its last day."""
        return None if self.document.closed is None else OccurredType(value=self.document.closed)

    @field
    async def reason(self) -> str | None:
        """Why it was extended, moved or closed last."""
        return await self.loaders.text(self.document.reason)

    @field
    def state(self, at: StateAt = None) -> CallState | None:
        """Its state at an instant; null where none is given and nobody has closed it."""
        instant = at or self.loaders.as_of.occurred
        if instant is not None:
            return self.document.period.state_at(instant, self.document.closed)
        return None if self.document.closed is None else CallState.CLOSED

    @field
    async def cycle(self) -> CycleType | None:
        """The cycle it belongs to."""
        return await CycleType.find(self.document.cycle_id, self.loaders)

    @field
    async def group(self) -> GroupType | None:
        """The group whose work it is for; null for a call of the MAG."""
        return await GroupType.find(self.document.group_id, self.loaders)


async def calls_of(
    root: CycleType | GroupType,
    of: CallKey = None,
    state: StateOfCall = None,
    at: StateAt = None,
    first: First = 20,
    after: After = None,
) -> Connection[CallType] | None:
    """The calls, for one thing or all, in one state at an instant or in any; those for volunteers
    are in ``volunteer_calls``.
    """
    calls = ListKey(root.snapshot.key, of or ANY_KIND)
    if state is None:
        return await CallType.page(calls.parent, root.loaders, kind=of, first=first, after=after)
    instant = at or root.loaders.as_of.occurred
    if instant is None:
        message = "The state depends on the instant: give `at`, or `asOf.occurred`."
        raise BadRequest("INSTANT_REQUIRED", message)
    return await filtered_connection(
        CALLS,
        calls,
        root.loaders,
        first=first,
        after=after,
        holds=lambda call: call.period.state_at(instant, call.closed) is state,
        item=CallType.from_snapshot,
    )


async def volunteer_calls_of(
    root: CycleType | GroupType,
    state: StateOfCall = None,
    at: StateAt = None,
    first: First = 20,
    after: After = None,
) -> Connection[CallType] | None:
    """The calls for volunteers, in one state at an instant or in any."""
    return await calls_of(root, VOLUNTEERS, state, at, first, after)


@object_type
class CallQuery:
    """Queries of calls."""

    @field
    @shareable
    async def call(self, info: Info, id: Id, as_of: PastState = None) -> CallType | None:
        """The call with this id."""
        return await CallType.find(parse_id(id), await loaders_at(info.context, as_of))


CALL_SCHEMA = SchemaPart(
    nodes=(CallType,),
    enums=(CallState,),
    queries=(CallQuery,),
    mutations=(
        Mutation(commands.LaunchCall, "CallLaunched", CallType, versioned=False),
        Mutation(commands.MoveCall, "CallMoved", CallType),
        Mutation(commands.CloseCall, "CallClosed", CallType),
    ),
    extends={
        name: {"calls": calls_of, "volunteer_calls": volunteer_calls_of}
        for name in ("Cycle", "Group")
    },
)
