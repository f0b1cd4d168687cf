"""The part of the domain about proposals."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.group_kind.refusals import UnknownGroupKind
from intersessional.domain.proposal import handlers
from intersessional.domain.proposal.commands import (
    MootProposal,
    ReviseProposal,
    SubmitProposal,
    WithdrawProposal,
)
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.refusals import (
    CoFacilitatorsMissing,
    NotAProposer,
    ProposalFrozen,
    ProposalIncomplete,
)

_WRITTEN = (CoFacilitatorsMissing, ProposalFrozen, ProposalIncomplete)

PROPOSAL_PART = DomainPart(
    aggregates=(Proposal,),
    command_handlers=(
        CommandHandler(MootProposal, handlers.moot_proposal, (UnknownGroupKind,)),
        CommandHandler(SubmitProposal, handlers.submit_proposal, (*_WRITTEN, UnknownGroupKind)),
        CommandHandler(ReviseProposal, handlers.revise_proposal, _WRITTEN),
        CommandHandler(
            WithdrawProposal, handlers.withdraw_proposal, (NotAProposer, ProposalFrozen)
        ),
    ),
)
