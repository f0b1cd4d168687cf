"""The positions at which something happens to a document or a list: found, and by a fold."""

from collections.abc import Sequence
from uuid import UUID

from intersessional.projections.kernel import fold
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.reader import DocumentReader
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView, ListKey


async def found_positions(
    reader: DocumentReader, view: AnyView, of: UUID | ListKey, until: int, limit: int
) -> list[int]:
    """All positions that the reader finds for a document or a list, a few at a time."""
    after, positions = 0, list[int]()
    while after < until:
        found = await reader.event_positions(view, of, after=after, until=until, limit=limit)
        assert len(found.positions) <= limit
        assert all(after < position <= found.until for position in found.positions)
        assert after < found.until <= until
        positions += found.positions
        after = found.until
    return positions


def concerned_positions(
    view: AnyView, events: Sequence[RecordedEvent], of: UUID | ListKey
) -> list[int]:
    """The positions of the events of a document, or of those that the list holds after them."""
    if isinstance(of, UUID):
        return [one.position for one in events if of in view.keys(one.fact)]
    return [one.position for one in events if of in lists_after(view, events, one)]


def lists_after(
    view: AnyView, events: Sequence[RecordedEvent], recorded: RecordedEvent
) -> set[ListKey]:
    """The lists that hold the documents of an event right after it."""
    found = fold.fold(view, events, AsOf(recorded.position))
    documents = [found[key].document for key in view.keys(recorded.fact) if key in found]
    return {one for document in documents for one in view.lists(document)}
