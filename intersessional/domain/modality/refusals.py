"""Refusals about modalities."""

from uuid import UUID

from intersessional.domain.kernel.refusals import Refused
from intersessional.domain.modality.modality_state import ModalityState


class ModalityNotIn(Refused):
    """The modality is not in the state that this needs."""

    code = "MODALITY_STATE"
    sentence = "The modality is {state}; this needs one that is {needed}."
    modality: UUID
    """The id of the modality."""
    state: ModalityState
    """Its state then."""
    needed: ModalityState
    """The state in which it would have to be."""
