"""Refusals about consolidations."""

from uuid import UUID

from intersessional.domain.kernel.refusals import Refused


class ConsolidationIsDone(Refused):
    """What was suggested was carried out: the proposals are merged (DOMAIN row 13)."""

    code = "CONSOLIDATION_DONE"
    sentence = "The proposals are merged already."
    consolidation: UUID
    """The id of the consolidation."""
    into: UUID
    """The id of the proposal that was made out of them."""
