"""The part of the domain about proposals."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.group_kind.refusals import UnknownGroupKind
from intersessional.domain.kernel.refusals import LimitReached
from intersessional.domain.proposal import handlers
from intersessional.domain.proposal.commands import (
    ConsentToRevision,
    GiveTheme,
    MootProposal,
    PresentProposal,
    ReviseProposal,
    SplitProposal,
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

_OWN = (NotAProposer, ProposalFrozen)
_WRITTEN = (*_OWN, CoFacilitatorsMissing, ProposalIncomplete)

PROPOSAL_PART = DomainPart(
    aggregates=(Proposal,),
    command_handlers=(
        CommandHandler(MootProposal, handlers.moot_proposal, (UnknownGroupKind,)),
        CommandHandler(SubmitProposal, handlers.submit_proposal, (*_WRITTEN, UnknownGroupKind)),
        CommandHandler(ReviseProposal, handlers.revise_proposal, _WRITTEN),
        CommandHandler(PresentProposal, handlers.present_proposal, (LimitReached,)),
        CommandHandler(GiveTheme, handlers.give_theme, _OWN),
        CommandHandler(ConsentToRevision, handlers.consent_to_revision, _OWN),
        CommandHandler(SplitProposal, handlers.split_proposal, _OWN),
        CommandHandler(WithdrawProposal, handlers.withdraw_proposal, _OWN),
    ),
)
