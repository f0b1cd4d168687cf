"""Reference implementation of all reads: folds of events in memory, one by one."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import dropwhile
from typing import TypeVar
from uuid import UUID

from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.reader import Cursor, DocumentPage, DocumentSnapshot
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ListKey, View

D = TypeVar("D")


def fold(
    view: View[D], events: Iterable[RecordedEvent], as_of: AsOf
) -> dict[UUID, DocumentSnapshot[D]]:
    """Every document as of a state, by its key, in the order of their first events."""
    found: dict[UUID, DocumentSnapshot[D]] = {}
    for key, recorded in histories(view, events, AsOf(as_of.position)).items():
        happened = contributing_events(view, recorded, as_of)
        document = fold_one(view, happened)
        if document is not None:
            created_at_position, position = recorded[0].position, happened[-1].position
            found[key] = DocumentSnapshot(
                key=key,
                created_at_position=created_at_position,
                position=position,
                document=document,
            )
    return found


def fold_one(view: View[D], events: Iterable[RecordedEvent]) -> D | None:
    """The document that these events make; None if none of them creates it."""
    document: D | None = None
    for recorded in events:
        document = view.evolve(document, recorded)
    return document


def page(
    view: View[D],
    found: Mapping[UUID, DocumentSnapshot[D]],
    list_key: ListKey,
    *,
    first: int,
    after: Cursor | None = None,
) -> DocumentPage[D]:
    """A page of the documents that a list holds."""
    listed = [one for one in found.values() if list_key in view.lists(one.document)]
    listed.sort(key=lambda one: one.cursor)
    further = [one for one in listed if after is None or one.cursor > after]
    return DocumentPage(items=further[:first], total=len(listed), has_next=len(further) > first)


def contributing_events(
    view: View[D], recorded: Iterable[RecordedEvent], as_of: AsOf
) -> list[RecordedEvent]:
    """The events of one document that had happened, from the first that creates it."""
    instant = as_of.occurred
    happened = (one for one in recorded if instant is None or one.occurred.certain_by(instant))
    return list(dropwhile(lambda one: view.evolve(None, one) is None, happened))


def histories(
    view: View[D], events: Iterable[RecordedEvent], as_of: AsOf
) -> dict[UUID, Sequence[RecordedEvent]]:
    """The events that made each document, in the order of their first events."""
    histories = {
        key: contributing_events(view, recorded, as_of)
        for key, recorded in _by_key(view, events, as_of.position).items()
    }
    begun = [(recorded[0].position, key) for key, recorded in histories.items() if recorded]
    return {key: histories[key] for _, key in sorted(begun)}


def uncertain(
    view: View[D], events: Iterable[RecordedEvent], as_of: AsOf
) -> dict[UUID, Sequence[RecordedEvent]]:
    """The events of each document whose period was still running at ``as_of.occurred``."""
    instant = as_of.occurred
    if instant is None:
        return {}
    running = {
        key: [one for one in recorded if one.occurred.uncertain_at(instant)]
        for key, recorded in histories(view, events, AsOf(as_of.position)).items()
    }
    return {key: recorded for key, recorded in running.items() if recorded}


def _by_key(
    view: View[D], events: Iterable[RecordedEvent], position: int
) -> dict[UUID, list[RecordedEvent]]:
    by_key: dict[UUID, list[RecordedEvent]] = {}
    for recorded in events:
        for key in view.keys(recorded) if recorded.position <= position else ():
            by_key.setdefault(key, []).append(recorded)
    return by_key
