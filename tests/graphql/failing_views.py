"""Views that cannot fold an event with the text POISON."""

from collections.abc import Callable, Collection
from dataclasses import replace
from uuid import UUID

from intersessional.domain.draft.block import OutputElement
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.plugins.composition import Composition
from intersessional.plugins.core import CORE
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView

POISON = OutputElement.CARRY_FORWARD.value
"""A draft with a block of this element is poison."""


def poisoned(*names: str) -> Composition:
    """The core without questions, some of whose views stop at poison.

    The view of a question would go on: poison concerns none.
    """
    views = tuple(_poisoned(view) if view.name in names else view for view in CORE.views)
    return Composition((replace(CORE, views=views, questions=()),))


def _poisoned(view: AnyView) -> AnyView:
    keys: Callable[[RecordedEvent], Collection[UUID]] = view.keys

    def check(recorded: RecordedEvent) -> Collection[UUID]:
        blocks = getattr(recorded.event, "blocks", ())
        if isinstance(recorded.event, DomainEvent) and any(
            getattr(block, "element", None) is OutputElement.CARRY_FORWARD for block in blocks
        ):
            raise ValueError("poison")
        return keys(recorded)

    return replace(view, keys=check)
