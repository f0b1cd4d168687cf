"""The lists that an event itself says it concerns."""

from collections.abc import Collection

from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView, ListKey, StreamKeys


def carried_lists(view: AnyView, recorded: RecordedEvent) -> Collection[ListKey] | None:
    """The lists that hold the event's document right after it; None where only the view knows.

    Where a view has a document for each aggregate, no other event is folded into that of the first.
    """
    if recorded.version != 1 or not isinstance(view.keys, StreamKeys):
        return None
    document = view.evolve(None, recorded)
    return None if document is None else view.lists(document)
