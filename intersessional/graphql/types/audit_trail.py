"""The audit trail in the API: every event of the record, in order."""

from collections.abc import AsyncGenerator
from typing import Annotated

import strawberry

from intersessional.domain.kernel.act import Ground, Role
from intersessional.domain.kernel.occurred import Precision
from intersessional.graphql.relay.connection import After, Before, Connection, Edge, First, Last
from intersessional.graphql.relay.event_page import EventPageArguments
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.request.as_of_input import AsOfInput, loaders_at
from intersessional.graphql.request.context import BadRequest, Info
from intersessional.graphql.request.recorded_period import recorded_in
from intersessional.graphql.roots.arguments import AfterPosition, PastState, Since, Until
from intersessional.graphql.schema.decorators import field, object_type, subscription
from intersessional.graphql.schema.scalars import Position
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.audit_entry import AuditEntryType, entries


@object_type
class AuditTrailQuery:
    """Queries of the record itself."""

    @field
    @shareable
    async def head_position(self, info: Info) -> Position:
        """The latest position, which this query reads: subscribe with it as ``after``."""
        return Position(await info.context.position())

    @field
    @shareable
    async def epoch(self, info: Info) -> strawberry.ID:
        """The present epoch of the record: another one begins when its server is started again or
        replaced, or a backup is restored. Positions that this query answers are read in it."""
        return strawberry.ID(info.context.feed.epochs.present)

    @field
    @shareable
    async def audit_trail(
        self,
        info: Info,
        first: First = 20,
        after: After = None,
        last: Last = None,
        before: Before = None,
        stream: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="Only events of the aggregate with this id."),
        ] = None,
        since: Since = None,
        until: Until = None,
        as_of: PastState = None,
    ) -> Connection[AuditEntryType] | None:
        """The events of the record, in order; ``after`` and ``before`` are positions."""
        page = EventPageArguments.parse(first=first, after=after, last=last, before=before)
        loaders = await loaders_at(info.context, as_of)
        check_no_instant(as_of)
        context, streams = info.context, None if stream is None else [parse_id(stream)]
        context.dependencies.any_event = True
        period = await recorded_in(context, since, until, loaders.as_of.position)
        events = await context.record.read(
            after=max(period.after, page.after),
            first=page.size + 1,
            until=min(period.until, page.until),
            streams=streams,
            backward=page.backward,
        )
        shown = entries(page.shown(events), loaders)
        edges = [Edge(cursor=str(entry.recorded.position), node=entry) for entry in shown]
        return Connection(
            total_count=period.length
            if streams is None
            else await context.record.count(streams, period.until, period.after),
            edges=edges,
            page_info=page.info(edges, more=len(events) > page.size),
        )

    @field
    @shareable
    async def event(
        self,
        info: Info,
        position: Annotated[Position, strawberry.argument(description="Its position.")],
        as_of: PastState = None,
    ) -> AuditEntryType | None:
        """The event at a position; null before it was recorded."""
        loaders = await loaders_at(info.context, as_of)
        await info.context.check_epoch(position)
        if not 1 <= position <= loaders.as_of.position:
            info.context.dependencies.any_event = True
            return None
        [entry] = entries(await loaders.events([int(position)]), loaders)
        return entry


@object_type
class AuditTrailSubscription:
    """Subscriptions to the record itself."""

    @subscription
    @shareable
    async def audit_trail(
        self, info: Info, after: AfterPosition = None
    ) -> AsyncGenerator[AuditEntryType, None]:
        """Every event of the record."""
        context = info.context
        async for recorded in context.follow(after):
            loaders = context.event_loaders(recorded.position)
            yield AuditEntryType(recorded=recorded, loaders=loaders)


AUDIT_TRAIL_SCHEMA = SchemaPart(
    enums=(Ground, Precision, Role),
    queries=(AuditTrailQuery,),
    subscriptions=(AuditTrailSubscription,),
)


def check_no_instant(as_of: AsOfInput | None) -> None:
    """Raise BadRequest for a past state that is no position."""
    if as_of is not None and as_of.occurred is not None:
        raise BadRequest(
            "BAD_AS_OF", "The audit trail is in the order of recording: no `occurred`."
        )
