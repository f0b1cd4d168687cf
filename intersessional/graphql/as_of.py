"""Which past state a query asks for."""

from datetime import datetime

import strawberry

from intersessional.graphql.context import Context, Wrong
from intersessional.graphql.scalars import Position
from intersessional.graphql.sight import Sight
from intersessional.projections.moment import Moment


@strawberry.input(
    description=(
        "A past state of the record. `position` or `known` say how much of the record to read: "
        "up to a place in it, or what it held at an instant. `occurred` says what of that had "
        "happened by an instant; it may be combined with either of them."
    )
)
class AsOf:
    """A past state of the record."""

    position: Position | None = strawberry.field(
        default=None, description="What the record held up to this place."
    )
    known: datetime | None = strawberry.field(
        default=None, description="What the record held at this instant."
    )
    occurred: datetime | None = strawberry.field(
        default=None, description="What had happened by this instant, as the record tells it."
    )


async def sight(context: Context, as_of: AsOf | None) -> Sight:
    """What is seen as of then. Raises Wrong for a state that is ahead of this server."""
    now = await context.position()
    if as_of is None:
        return context.at(Moment(now))
    if as_of.position is not None and as_of.known is not None:
        raise Wrong("BAD_AS_OF", "Give a position or an instant at which it was known, not both.")
    position = now
    if as_of.position is not None:
        position = int(as_of.position)
    elif as_of.known is not None:
        position = min(await context.reader.position_known_at(as_of.known), now)
    if position > now:
        raise Wrong("POSITION_AHEAD", f"This server has read up to {now} so far.", headPosition=now)
    return context.at(Moment(position, as_of.occurred))
