"""What is refused about proposals."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from intersessional.domain.kernel.refusals import Refused
from intersessional.domain.proposal.proposal_state import ProposalState


@dataclass(eq=False, kw_only=True)
class ProposalFrozen(Refused):
    """A decided or withdrawn proposal does not change any more (DOMAIN row 9)."""

    code: ClassVar[str] = "PROPOSAL_FROZEN"
    proposal: UUID
    """The id of the proposal."""
    state: ProposalState
    """Where it stands."""

    def __str__(self) -> str:
        return f"The proposal is {self.state.value.lower()}; it does not change any more."


@dataclass(eq=False, kw_only=True)
class NotAProposer(Refused):
    """Only those who put a proposal forward may withdraw it, for it is for good."""

    code: ClassVar[str] = "NOT_A_PROPOSER"
    proposal: UUID
    """The id of the proposal."""

    def __str__(self) -> str:
        return "Only those who put a proposal forward may withdraw it."


@dataclass(eq=False, kw_only=True)
class ProposalIncomplete(Refused):
    """A written proposal lacks parts of the template (DOMAIN rows 45, 46)."""

    code: ClassVar[str] = "PROPOSAL_INCOMPLETE"
    missing: tuple[str, ...]
    """The parts of the template that are missing."""

    def __str__(self) -> str:
        return f"The template also asks for: {', '.join(self.missing)}."


@dataclass(eq=False, kw_only=True)
class CoFacilitatorsMissing(Refused):
    """At least two co-facilitators, one of them a MAG member (DOMAIN row 43)."""

    code: ClassVar[str] = "CO_FACILITATORS_MISSING"
    named: int
    """How many are named."""
    needed: int
    """How many are needed."""
    mag_members: int
    """How many of those named are members of the MAG."""
    mag_members_needed: int = 1
    """How many members of the MAG are needed."""

    def __str__(self) -> str:
        return (
            f"{self.needed} co-facilitators are needed, {self.mag_members_needed} of them a MAG "
            f"member; {self.named} named, {self.mag_members} of them MAG members."
        )
