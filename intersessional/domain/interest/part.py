"""The part of the domain about the interest of organisations."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.interest import handlers
from intersessional.domain.interest.commands import SignalInterest
from intersessional.domain.interest.interest import Interest
from intersessional.domain.proposal.refusals import NotAProposer, ProposalFrozen

INTEREST_PART = DomainPart(
    aggregates=(Interest,),
    command_handlers=(
        CommandHandler(SignalInterest, handlers.signal_interest, (NotAProposer, ProposalFrozen)),
    ),
)
