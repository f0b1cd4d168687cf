"""What a reader must answer, by definition: events folded one by one, in memory."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import dropwhile
from typing import TypeVar
from uuid import UUID

from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.reader import DocumentPage, DocumentSnapshot
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View

D = TypeVar("D")


def fold(
    view: View[D], events: Iterable[RecordedEvent], moment: AsOf
) -> dict[UUID, DocumentSnapshot[D]]:
    """Every document as it stood at a moment, by its key, in the order they were born."""
    found: dict[UUID, DocumentSnapshot[D]] = {}
    for key, recorded in histories(view, events, AsOf(moment.position)).items():
        happened = made_of(view, recorded, moment)
        document = fold_one(view, happened)
        if document is not None:
            born, position = recorded[0].position, happened[-1].position
            found[key] = DocumentSnapshot(key=key, born=born, position=position, document=document)
    return found


def fold_one(view: View[D], events: Iterable[RecordedEvent]) -> D | None:
    """The document that these events make; None when none of them begins it."""
    document: D | None = None
    for recorded in events:
        document = view.evolve(document, recorded)
    return document


def page(
    view: View[D],
    found: Mapping[UUID, DocumentSnapshot[D]],
    parent: UUID | None,
    *,
    kind: str | None = None,
    first: int,
    after: int = 0,
) -> DocumentPage[D]:
    """Some of the documents that stand on a parent's shelf."""
    on_shelf: list[DocumentSnapshot[D]] = []
    for one in found.values():
        shelf = view.shelf(one.document)
        if shelf.parent == parent and (kind is None or kind in shelf.kinds):
            on_shelf.append(one)
    further = [one for one in on_shelf if one.born > after]
    return DocumentPage(items=further[:first], total=len(on_shelf), has_next=len(further) > first)


def made_of(view: View[D], recorded: Iterable[RecordedEvent], moment: AsOf) -> list[RecordedEvent]:
    """Of one document's events those that had happened, from the first that begins it."""
    instant = moment.occurred
    happened = (one for one in recorded if instant is None or one.occurred.by(instant))
    return list(dropwhile(lambda one: view.evolve(None, one) is None, happened))


def histories(
    view: View[D], events: Iterable[RecordedEvent], moment: AsOf
) -> dict[UUID, Sequence[RecordedEvent]]:
    """For each document the events that made it what it was, in the order they were born."""
    histories = {
        key: made_of(view, recorded, moment)
        for key, recorded in _by_key(view, events, moment.position).items()
    }
    begun = [(recorded[0].position, key) for key, recorded in histories.items() if recorded]
    return {key: histories[key] for _, key in sorted(begun)}


def uncertain(
    view: View[D], events: Iterable[RecordedEvent], moment: AsOf
) -> dict[UUID, Sequence[RecordedEvent]]:
    """For each document its events whose period was still running at the moment."""
    instant = moment.occurred
    if instant is None:
        return {}
    running = {
        key: [one for one in recorded if one.occurred.uncertain_at(instant)]
        for key, recorded in histories(view, events, AsOf(moment.position)).items()
    }
    return {key: recorded for key, recorded in running.items() if recorded}


def _by_key(
    view: View[D], events: Iterable[RecordedEvent], position: int
) -> dict[UUID, list[RecordedEvent]]:
    by_key: dict[UUID, list[RecordedEvent]] = {}
    for recorded in events:
        key = view.key(recorded) if recorded.position <= position else None
        if key is not None:
            by_key.setdefault(key, []).append(recorded)
    return by_key
