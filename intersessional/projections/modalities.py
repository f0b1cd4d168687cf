"""The view of modalities."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.modality.modality import Modality
from intersessional.domain.modality.modality_state import ModalityState
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ListKey, View, stream_of, under


@dataclass(frozen=True)
class ModalityDocument:
    """How a group works, or how it was proposed that it works."""

    group_id: UUID
    modality: Sealed
    act: Act
    """The act of the proposal."""
    meeting_id: UUID | None
    state: ModalityState = ModalityState.PROPOSED
    supporters: int = 0
    """Members who supported it here."""
    adopted: Occurred | None = None
    adopted_at: UUID | None = None
    """The meeting at which it was adopted."""
    support: int | None = None
    """Supporters who were counted elsewhere."""
    without_objection: bool = False
    evidence: Sealed | None = None
    replaced_by: UUID | None = None


def _evolve(modality: ModalityDocument | None, recorded: RecordedEvent) -> ModalityDocument | None:
    match recorded.event:
        case Modality.Proposed() as event:
            return ModalityDocument(
                group_id=event.group_id,
                modality=event.modality,
                act=event.act,
                meeting_id=event.meeting_id,
            )
        case event:
            return None if modality is None else _changed(modality, event)


def _changed(modality: ModalityDocument, event: object) -> ModalityDocument:
    match event:
        case Modality.Supported():
            return replace(modality, supporters=modality.supporters + 1)
        case Modality.Adopted():
            return replace(
                modality,
                state=ModalityState.ADOPTED,
                adopted=event.act.occurred,
                adopted_at=event.meeting_id,
                support=event.support,
                without_objection=event.without_objection,
                evidence=event.evidence,
            )
        case Modality.Replaced():
            return replace(modality, state=ModalityState.REPLACED, replaced_by=event.replaced_by)
        case _:
            return modality


def _lists(modality: ModalityDocument) -> Collection[ListKey]:
    """The modalities of a group, and those in a state."""
    return under(modality.group_id, modality.state.value)


MODALITIES = View(
    name="modalities",
    version=1,
    document=ModalityDocument,
    keys=stream_of(Modality),
    evolve=_evolve,
    lists=_lists,
)
