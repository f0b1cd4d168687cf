"""The part of the domain about deliberations on proposals."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.deliberation import handlers
from intersessional.domain.deliberation.commands import OpenDeliberation
from intersessional.domain.deliberation.deliberation import Deliberation
from intersessional.domain.proposal.refusals import ProposalFrozen

DELIBERATION_PART = DomainPart(
    aggregates=(Deliberation,),
    command_handlers=(
        CommandHandler(OpenDeliberation, handlers.open_deliberation, (ProposalFrozen,)),
    ),
)
