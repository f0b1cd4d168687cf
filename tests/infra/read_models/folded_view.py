"""The states of a view by the reference fold, each document folded once for each of its events."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from intersessional.projections.kernel import fold
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.reader import DocumentPage, DocumentSnapshot, ListUnion
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView, ListKey
from tests.infra.read_models.read_scope import ReadScope, covering
from tests.infra.read_models.view_answer import ViewAnswer
from tests.projections.occurred_texts import INSTANTS

T = TypeVar("T")


@dataclass(frozen=True)
class _Folded:
    """What the first events of a document make, as of an instant."""

    snapshot: DocumentSnapshot[Any] | None
    history: Sequence[RecordedEvent] | None
    uncertain: Sequence[RecordedEvent] | None


class FoldedView:
    """The states of a view, as a fold from the first event on gives them.

    A document depends on its own events alone. So it is folded anew, from its first event on, for
    each of them and for each instant, and is the same at the positions between.
    """

    def __init__(self, view: AnyView, events: Sequence[RecordedEvent] = ()) -> None:
        self._view = replace(view, lists=_once_each(view.lists), counts=_once_each(view.counts))
        self._head = 0
        self._events: dict[UUID, list[RecordedEvent]] = {}
        self._folded: dict[tuple[UUID, int, datetime | None], _Folded] = {}
        self._shown: dict[UUID, list[DocumentSnapshot[Any]]] = {}
        """What each document has been at the positions so far."""
        self.extend(events)

    def extend(self, events: Sequence[RecordedEvent]) -> None:
        """Go on with the next events."""
        for recorded in events:
            self._head = recorded.position
            for key in dict.fromkeys(self._view.keys(recorded.fact)):
                self._events.setdefault(key, []).append(recorded)
                snapshot = self._document(key, AsOf(self._head)).snapshot
                if snapshot is not None:
                    self._shown.setdefault(key, []).append(snapshot)

    def scope(self, first: int, after: int) -> ReadScope:
        """All keys and lists of the events so far.

        They are those of each position, and of each instant at the last one.
        """
        shown = [one for snapshots in self._shown.values() for one in snapshots]
        for instant in INSTANTS:
            shown += self._found(AsOf(self._head, instant)).values()
        return covering(self._view, [*self._events], shown, first, after)

    def answer(self, as_of: AsOf, scope: ReadScope) -> ViewAnswer:
        """The answers to all reads of a state."""
        found = self._found(as_of)
        held: dict[ListKey, dict[UUID, DocumentSnapshot[Any]]] = defaultdict(dict)
        counted: dict[UUID, dict[UUID, DocumentSnapshot[Any]]] = defaultdict(dict)
        for key, one in found.items():
            for list_key in self._view.lists(one.document):
                held[list_key][key] = one
            for count_key in self._view.counts(one.document):
                counted[count_key.parent][key] = one
        documents = {key: self._document(key, as_of) for key in self._events}
        return ViewAnswer(
            found=found,
            counts={
                (parent, dimension): fold.counts(
                    self._view, counted.get(parent, {}), parent, dimension
                )
                for parent in scope.parents
                for dimension in scope.dimensions
            },
            pages={
                list_key: fold.page(
                    self._view,
                    held.get(list_key, {}),
                    list_key,
                    first=scope.first,
                    after=scope.after,
                    before=scope.before,
                    backward=scope.backward,
                )
                for list_key in scope.lists
            },
            totals={
                list_key: fold.page(self._view, held.get(list_key, {}), list_key, first=1).total
                for list_key in scope.totalled
            },
            union_pages={union: self._union_page(found, union, scope) for union in scope.unions},
            histories={
                key: one.history for key, one in documents.items() if one.history is not None
            },
            uncertain={
                key: one.uncertain for key, one in documents.items() if one.uncertain is not None
            },
        )

    def _found(self, as_of: AsOf) -> dict[UUID, DocumentSnapshot[Any]]:
        """Every document as of a state, in the order of lists."""
        documents = (self._document(key, as_of).snapshot for key in self._events)
        found = sorted((one for one in documents if one is not None), key=lambda one: one.cursor)
        return {one.key: one for one in found}

    def _document(self, key: UUID, as_of: AsOf) -> _Folded:
        of_key, instant = self._events[key], as_of.occurred
        count = bisect_right(of_key, as_of.position, key=lambda one: one.position)
        if (key, count, instant) not in self._folded:
            events = of_key[:count]
            self._folded[key, count, instant] = _Folded(
                snapshot=fold.fold(self._view, events, as_of).get(key),
                history=fold.histories(self._view, events, as_of).get(key),
                uncertain=fold.uncertain(self._view, events, as_of).get(key),
            )
        return self._folded[key, count, instant]

    def _union_page(
        self, found: Mapping[UUID, DocumentSnapshot[Any]], union: ListUnion, scope: ReadScope
    ) -> DocumentPage[Any]:
        held = [one for one in found.values() if union.holds(self._view.lists(one.document))]
        further = [one for one in held if one.cursor.is_between(scope.after, None)]
        return DocumentPage(
            items=further[: scope.first], total=len(held), has_next=len(further) > scope.first
        )


def _once_each(function: Callable[[Any], Collection[T]]) -> Callable[[Any], Collection[T]]:
    """The function of documents, called once for each of them."""
    known: dict[int, tuple[object, Collection[T]]] = {}

    def remembered(document: object) -> Collection[T]:
        if id(document) not in known:
            # The document too, so that its id is no other's.
            known[id(document)] = document, function(document)
        return known[id(document)][1]

    return remembered
