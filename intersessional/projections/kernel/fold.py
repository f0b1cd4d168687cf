"""Reference implementation of all reads: folds of events in memory, one by one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from intersessional.projections.kernel import corrections
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.corrections import as_corrected, happened
from intersessional.projections.kernel.order_of_effect import can_begin, in_order_of_effect
from intersessional.projections.kernel.reader import Cursor, DocumentPage, DocumentSnapshot
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView, ListKey, View

D = TypeVar("D")


def fold(
    view: View[D], events: Iterable[RecordedEvent], as_of: AsOf
) -> dict[UUID, DocumentSnapshot[D]]:
    """Every document as of a state, by its key, in the order of lists."""
    found: list[DocumentSnapshot[D]] = []
    for key, recorded in _by_key(view, events, as_of.position).items():
        certain = happened(recorded, as_of.occurred)
        document = fold_one(view, certain)
        if document is not None:
            found.append(
                DocumentSnapshot(
                    key=key,
                    created_at_position=min(
                        one.position for one in recorded if can_begin(view, one)
                    ),
                    position=max(one.position for one in certain),
                    document=document,
                )
            )
    return {one.key: one for one in sorted(found, key=lambda one: one.cursor)}


def fold_one(view: View[D], events: Iterable[RecordedEvent]) -> D | None:
    """The document that these events make; None if they make none, or it has gone."""
    document: D | None = None
    for recorded in in_order_of_effect(view, events):
        document = view.evolve(document, recorded)
    return document


def page(
    view: View[D],
    found: Mapping[UUID, DocumentSnapshot[D]],
    list_key: ListKey,
    *,
    first: int,
    after: Cursor | None = None,
    before: Cursor | None = None,
    backward: bool = False,
) -> DocumentPage[D]:
    """A page of the documents that a list holds."""
    listed = [one for one in found.values() if list_key in view.lists(one.document)]
    between = [one for one in listed if one.cursor.is_between(after, before)]
    items = between[max(len(between) - first, 0) :] if backward else between[:first]
    return DocumentPage(items=items, total=len(listed), has_next=len(between) > first)


def counts(
    view: View[D], found: Mapping[UUID, DocumentSnapshot[D]], parent: UUID, dimension: str
) -> dict[str, int]:
    """The number of documents under a parent by their values in a dimension."""
    return Counter(
        counted.value
        for one in found.values()
        for counted in view.counts(one.document)
        if (counted.parent, counted.dimension) == (parent, dimension)
    )


def histories(
    view: AnyView, events: Iterable[RecordedEvent], as_of: AsOf
) -> dict[UUID, Sequence[RecordedEvent]]:
    """The events that made each document, in order of position."""
    histories = {
        key: happened(recorded, as_of.occurred)
        for key, recorded in _by_key(view, events, as_of.position).items()
    }
    return {
        key: recorded
        for key, recorded in histories.items()
        if any(can_begin(view, one) for one in as_corrected(recorded))
    }


def uncertain(
    view: AnyView, events: Iterable[RecordedEvent], as_of: AsOf
) -> dict[UUID, Sequence[RecordedEvent]]:
    """The events of each document whose period was still running at ``as_of.occurred``."""
    instant = as_of.occurred
    if instant is None:
        return {}
    running = {
        key: corrections.uncertain(recorded, instant)
        for key, recorded in _by_key(view, events, as_of.position).items()
    }
    return {key: recorded for key, recorded in running.items() if recorded}


def _by_key(
    view: AnyView, events: Iterable[RecordedEvent], position: int
) -> dict[UUID, list[RecordedEvent]]:
    by_key: dict[UUID, list[RecordedEvent]] = {}
    for recorded in events:
        for key in dict.fromkeys(view.keys(recorded.fact)) if recorded.position <= position else ():
            by_key.setdefault(key, []).append(recorded)
    return by_key
