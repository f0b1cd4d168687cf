"""Refusals about proposals."""

from collections.abc import Mapping
from uuid import UUID

from intersessional.domain.kernel.refusals import Refused
from intersessional.domain.proposal.proposal_state import ProposalState


class ProposalFrozen(Refused):
    """A decided or withdrawn proposal can no longer change (DOMAIN row 9)."""

    code = "PROPOSAL_FROZEN"
    sentence = "The proposal is {state}; it can no longer change."
    proposal: UUID
    """The id of the proposal."""
    state: ProposalState
    """The state of the proposal."""

    def facts_in_words(self) -> Mapping[str, str]:
        """The facts, with the state as a word of the sentence."""
        return {**super().facts_in_words(), "state": self.state.value.lower()}


class NotAProposer(Refused):
    """A proposal is written, revised and withdrawn by its proposers.

    Another member may write and revise it once a proposer has consented.
    """

    code = "NOT_A_PROPOSER"
    sentence = (
        "Only its proposers may write, revise or withdraw a proposal; another member may write "
        "and revise it once the consent of a proposer is recorded."
    )
    proposal: UUID
    """The id of the proposal."""


class ProposalIncomplete(Refused):
    """A written proposal lacks parts of the template (DOMAIN rows 45, 46)."""

    code = "PROPOSAL_INCOMPLETE"
    sentence = "The template also requires: {missing}."
    missing: tuple[str, ...]
    """The keys of the parts of the template that are missing."""


class CoFacilitatorsMissing(Refused):
    """A proposal needs at least two co-facilitators, one of them a MAG member (DOMAIN row 43)."""

    code = "CO_FACILITATORS_MISSING"
    sentence = (
        "{needed} co-facilitators are needed, {mag_members_needed} of them a MAG member; "
        "{named} named, {mag_members} of them MAG members."
    )
    named: int
    """How many are named."""
    needed: int
    """How many are needed."""
    mag_members: int
    """How many of those named are members of the MAG."""
    mag_members_needed: int = 1
    """How many members of the MAG are needed."""
