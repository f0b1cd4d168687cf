"""Which past state a query asks for."""

from datetime import datetime

from intersessional.graphql.request.context import BadRequest, Context, view_timeout
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import input_type
from intersessional.graphql.schema.scalars import Position
from intersessional.projections.kernel.as_of import AsOf


@input_type
class AsOfInput:
    """A past state of the record.

    ``position`` or ``known`` say how much of the record to read: up to a place in it, or what it
    held at an instant. ``occurred`` says what of that had happened by an instant; it may be
    combined with either of them. A node has the same ``id`` in all its states: a client that
    stores nodes by their ``id`` needs a store for each state that it shows.
    """

    position: Position | None = None
    """What the record held up to this place."""
    known: datetime | None = None
    """What the record held at this instant."""
    occurred: datetime | None = None
    """What had happened by this instant, as the record tells it."""


async def loaders_at(context: Context, as_of: AsOfInput | None) -> Loaders:
    """What is seen as of then. Raises BadRequest for a state that the record has not reached."""
    now = await context.now()
    if as_of is None:
        return context.at(now)
    try:
        async with view_timeout():
            position = await _position(context, as_of, now.position)
    except TimeoutError:
        message = f"Only what was recorded up to {now.position} can be shown so far."
        raise BadRequest("VIEWS_BEHIND", message, headPosition=now.position) from None
    return context.at(AsOf(position, as_of.occurred))


async def _position(context: Context, as_of: AsOfInput, now: int) -> int:
    if as_of.known is not None:
        if as_of.position is not None:
            raise BadRequest("BAD_AS_OF", "Give a position or an instant of knowledge, not both.")
        context.dependencies.any_event = True
        return await context.reader.position_at(as_of.known)
    if as_of.position is None:
        return now
    if as_of.position > now:
        context.dependencies.any_event = True
        head = await context.record.head()
        if as_of.position > head:
            raise BadRequest("POSITION_AHEAD", f"The record stands at {head}.", headPosition=head)
        await context.reader.reached(as_of.position)
    return int(as_of.position)
