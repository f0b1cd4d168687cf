"""The order in which the events of a document took effect."""

from collections.abc import Iterable, Sequence

from intersessional.projections.kernel.corrections import as_corrected
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView


def in_order_of_effect(view: AnyView, events: Iterable[RecordedEvent]) -> Sequence[RecordedEvent]:
    """The events of one document by the end of their time, its beginning, and their position.

    The first that can begin the document is put before all others: none of them is lost because
    it is recorded with an earlier time. A corrected fact stands in the place of what was recorded
    first, at its corrected time; the corrections are left out.
    """
    ordered = sorted(as_corrected(events), key=lambda one: (one.occurred.effect, one.position))
    opening = next((n for n, one in enumerate(ordered) if can_begin(view, one)), 0)
    return [*ordered[opening : opening + 1], *ordered[:opening], *ordered[opening + 1 :]]


def can_begin(view: AnyView, recorded: RecordedEvent) -> bool:
    """Whether the event can begin a document."""
    return view.evolve(None, recorded.fact) is not None
