"""The timeline in the API: from instants to positions of the record."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Annotated
from uuid import UUID

import strawberry

from intersessional.graphql.relay.connection import FIRST_MAX, parse_first
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import BadRequest, Context, Info
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.request.recorded_period import before, check_period
from intersessional.graphql.roots.arguments import PastState, Since, Until
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import ListSize, at_most
from intersessional.graphql.schema.scalars import Position
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.audit_entry import AuditEntryType, entries
from intersessional.graphql.types.audit_trail import check_no_instant
from intersessional.projections.kernel.reader import Cursor
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.milestones import MILESTONES, MILESTONES_LIST

BUCKETS_MAX = 200
_BUCKET_POINTS = 40
"""What it costs to find a position in a record of two million events."""
_LEAST = timedelta(microseconds=1)

Number = Annotated[
    int, strawberry.argument(description=f"How many at most, from 1 to {FIRST_MAX}.")
]
Buckets = Annotated[
    int,
    strawberry.argument(description=f"Into how many equal times it is cut, 1 to {BUCKETS_MAX}."),
]
At = Annotated[datetime, strawberry.argument(description="The instant.")]


@object_type
class TimelineBucket:
    """What was recorded in a part of the time."""

    begins: datetime
    """When the part begins; it ends where the next one begins."""
    count: int
    """How many events were recorded in it."""
    position: Position
    """The last position that was recorded before it ended; 0 before the first."""


@object_type
class TimelineType:
    """When things were recorded: an instant has a position, and a part of the time a number."""

    context: strawberry.Private[Context]
    loaders: strawberry.Private[Loaders]
    after: strawberry.Private[int]
    until: strawberry.Private[int]
    earliest: AuditEntryType | None
    """The first event of the record; null while it is empty."""
    head: AuditEntryType | None
    """The last event of the record, in the past state; null while it is empty."""
    buckets: list[TimelineBucket] = strawberry.field(directives=[ListSize(max=BUCKETS_MAX)])
    """The equal parts of the time."""

    @field
    @at_most(FIRST_MAX)
    async def milestones(self, first: Number = 20) -> list[AuditEntryType]:
        """The last events in this time that matter most: decisions, drafts, windows that open."""
        parse_first(first)
        begin, end = (Cursor(one, UUID(int=0)) for one in (self.after + 1, self.until + 1))
        page = await self.loaders.page(
            MILESTONES,
            MILESTONES_LIST,
            first=first,
            after=begin,
            before=end,
            backward=True,
        )
        found = [one.created_at_position for one in page.items]
        return entries(await self.loaders.events(sorted(found)), self.loaders)

    @field
    async def position(self, at: At) -> Position:
        """The last position that was recorded by an instant; 0 before the first."""
        [position] = await self.context.record.positions_at([at])
        return Position(min(position, self.loaders.as_of.position))


@object_type
class TimelineQuery:
    """Queries of the time of the record."""

    @field
    @shareable
    async def timeline(
        self,
        info: Info,
        since: Since = None,
        until: Until = None,
        buckets: Buckets = 1,
        as_of: PastState = None,
    ) -> TimelineType | None:
        """When things were recorded. What is read does not grow with the record."""
        _check(buckets)
        check_period(since, until)
        check_no_instant(as_of)
        context = info.context
        loaders = await loaders_at(context, as_of)
        context.dependencies.any_event = True
        last = loaders.as_of.position
        ends = entries(await loaders.events([1, last] if last else []), loaders)
        earliest, head = ends or (None, None)
        parts: list[TimelineBucket] = []
        after, end = 0, last
        if earliest is not None and head is not None:
            edges = _edges(since, until, earliest.recorded, head.recorded, buckets)
            context.charge(_BUCKET_POINTS * buckets)
            positions = await _positions(context, edges, last)
            after, end = positions[0], positions[-1]
            parts = [
                TimelineBucket(begins=edge, count=to - came, position=Position(to))
                for edge, (came, to) in zip(edges, pairwise(positions), strict=False)
            ]
        return TimelineType(
            context=context,
            loaders=loaders,
            after=after,
            until=end,
            earliest=earliest,
            head=head,
            buckets=parts,
        )


async def _positions(context: Context, edges: Sequence[datetime], last: int) -> Sequence[int]:
    """The last position that was recorded before each of these instants."""
    found = await context.record.positions_at([before(edge) for edge in edges])
    return [min(position, last) for position in found]


def _edges(
    since: datetime | None,
    until: datetime | None,
    earliest: RecordedEvent,
    head: RecordedEvent,
    buckets: int,
) -> Sequence[datetime]:
    """The instants between equal parts of a time in the record, with its beginning and end."""
    first, last = earliest.recorded_at, head.recorded_at + _LEAST
    begins = min(max(since or first, first), last)
    ends = max(min(until or last, last), begins)
    step = (ends - begins) / buckets
    return [*(begins + step * number for number in range(buckets)), ends]


def _check(buckets: int) -> None:
    """Raise BadRequest for a number of parts that no time is cut into."""
    if not 1 <= buckets <= BUCKETS_MAX:
        raise BadRequest("BAD_PAGE", f"buckets is {buckets}; it can be 1 to {BUCKETS_MAX}.")


TIMELINE_SCHEMA = SchemaPart(queries=(TimelineQuery,))
