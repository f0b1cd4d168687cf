"""The past state that a query reads."""

from datetime import datetime

from intersessional.graphql.request.context import BadRequest, Context, view_timeout
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import input_type
from intersessional.graphql.schema.scalars import Position
from intersessional.projections.kernel.as_of import AsOf


@input_type
class AsOfInput:
    """A past state of the record.

    ``position`` or ``known`` limit which events are read: up to a position, or up to an instant
    of recording. ``occurred`` further limits them to those that had happened by an instant; it
    may be combined with either. A node has the same ``id`` in all states: a client that caches
    nodes by ``id`` needs one cache for each state.
    """

    position: Position | None = None
    """Only events up to this position."""
    known: datetime | None = None
    """Only events recorded by this instant."""
    occurred: datetime | None = None
    """Only events that had happened by this instant."""


async def loaders_at(context: Context, as_of: AsOfInput | None) -> Loaders:
    """Loaders for a past state. Raises BadRequest for a state that the record has not reached."""
    latest = await context.latest_state()
    if as_of is None:
        return context.loaders(latest)
    try:
        async with view_timeout():
            position = await _position(context, as_of, latest.position)
    except TimeoutError:
        message = f"Only what was recorded up to {latest.position} can be shown so far."
        raise BadRequest("VIEWS_BEHIND", message, headPosition=latest.position) from None
    return context.loaders(AsOf(position, as_of.occurred))


async def _position(context: Context, as_of: AsOfInput, latest: int) -> int:
    if as_of.known is not None:
        if as_of.position is not None:
            raise BadRequest("BAD_AS_OF", "Give a position or an instant of recording, not both.")
        context.dependencies.any_event = True
        return await context.reader.position_at(as_of.known)
    if as_of.position is None:
        return latest
    await context.check_epoch(as_of.position)
    if as_of.position > latest:
        context.dependencies.any_event = True
        head = await context.record.head()
        if as_of.position > head:
            raise BadRequest(
                "POSITION_AHEAD", f"The last position of the record is {head}.", headPosition=head
            )
        await context.reader.wait_until_reached(as_of.position)
    return int(as_of.position)
